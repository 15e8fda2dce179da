"""Noting that an application was completed: on its case, and in the order of its round, in one transaction.

Ground: Awb 4:5(1) and 4:15(1); Kaderregeling 2.3. The place itself is given by the site (rounds/commands/fill_freed.py).
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.complete import complete
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.matters import matters_of
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.note_completeness import note_completed


def complete_application(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Complete what was asked, on the day that it came in; also of a case that is about no application.

    Raises NotAllowed or CaseRefused.
    """
    with transaction.atomic():
        matter = matters_of((locked_case(case),)).get(case)
        if matter is not None:  # before the act: who records one locks no places after it (note_completeness)
            note_completed(matter.ticket.pk, on=on or day_of(at), by=by.party, at=at)
        return complete(case, by=by, at=at, on=on)
