"""Noting that an application was completed, on the day that the rest came in. Ground: Awb 4:5(1), 4:15(1)."""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def complete(case: int, *, by: SignedIn, at: datetime, on: date | None = None, party: bool = False) -> CaseAct:
    """Complete what was asked; the term for deciding runs on. `party`: see `perform`. Raises NotAllowed or CaseRefused."""
    return perform(case, "completed", by=by, at=at, on=on, party=party)
