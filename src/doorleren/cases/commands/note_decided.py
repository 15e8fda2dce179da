"""Noting a decision that has no act of its own, such as that a report of progress is accepted or that a debt is given up.

It asks who may as for the act that it is like, and leaves a hand in that duty: who decided so neither assesses nor pays in the case.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail
from doorleren.cases.access import DUTIES, ensure_may, stands_in_for
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def note_decided(
    case: int, like: str, *, by: SignedIn, at: datetime, details: Mapping[str, Detail], ground: str = "",
    on: date | None = None,
) -> CaseAct:  # fmt: skip
    """Note it in a case, as who may do the act `like`, and give the note. Raises NotAllowed, CaseRefused, Case.DoesNotExist."""
    with transaction.atomic():
        held = locked_case(case)
        ensure_may(by, like, held, at=at)
        away = stands_in_for(by, like, held, at=at)
        principal: dict[str, Detail] = {} if away is None else {"on_behalf_of": away}
        row = perform(case, "contact_noted", by=by, at=at, on=on, details={**details, **principal}, ground=ground)
        people = (by.person,) if away is None else (by.person, away)
        keep_hands((case,), DUTIES[like], people, cause=f"act/{row.number}")
    return row
