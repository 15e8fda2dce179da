"""Noting who acts for an applicant: a guardian or administrator, or after a death who acts for the heirs.

From then on letters of the case go to them, by post. No term changes: the law gives none, and what runs goes on. What a guardian
does ends when an official notes so; letters go to the applicant again. After a death somebody else is noted instead.
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.cases.commands.note import note_death, note_guardian
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import CaseAct
from doorleren.core.texts import Texts
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.representatives import ENDED, why_not_ended
from doorleren.decisions.said_with_acts import keep_words
from doorleren.people.signed_in import SignedIn

LONGEST_NAME, MOST_LINES = 200, 6
NAME: Texts = {
    "nl": f"Vul de naam in, van ten hoogste {LONGEST_NAME} tekens.",
    "en": f"Give the name, of at most {LONGEST_NAME} characters.",
}
ADDRESS: Texts = {
    "nl": f"Vul het adres in, op ten hoogste {MOST_LINES} regels. Daar gaan de brieven heen.",
    "en": f"Give the address, on at most {MOST_LINES} lines. Letters go there.",
}  # fmt: skip


def note_guardian_of(
    case: int, name: str, address: str, *, by: SignedIn, at: datetime, on: date | None = None
) -> CaseAct:
    """Note that somebody acts for the applicant from now on. Raises NotAllowed, CaseRefused, DecisionRefused by field."""
    told = _checked(name, address)
    with transaction.atomic():
        act = note_guardian(case, by=by, at=at, on=on)
        keep_words(act, told, at=at)
    return act


def note_death_of(case: int, name: str, address: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note that the applicant died, and who acts for the heirs ("de erven van ..."). Raises as `note_guardian_of`."""
    told = _checked(name, address)
    with transaction.atomic():
        act = note_death(case, by=by, at=at, on=on)
        keep_words(act, told, at=at)
    return act


def end_representing(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note that nobody acts for the applicant any more. Raises NotAllowed, CaseRefused, DecisionRefused where nobody did."""
    with transaction.atomic():
        why = why_not_ended(locked_case(case))
        if why is not None:
            raise DecisionRefused(why, code="not_represented")
        return perform(case, "contact_noted", by=by, at=at, on=on, details={"what": ENDED})


def _checked(name: str, address: str) -> str:
    """Give name and address as they are kept: the name on the first line."""
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST_NAME:
        raise DecisionRefused(NAME, "represented_by", "represented_by")
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_LINES:
        raise DecisionRefused(ADDRESS, "represented_at", "represented_at")
    return "\n".join([called, *lines])
