"""Withdrawing an application that has not been decided on. Called with `party=True` for who filed it (see `perform`)."""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def withdraw(case: int, *, by: SignedIn, at: datetime, on: date | None = None, party: bool = False) -> CaseAct:
    """Withdraw for good; nothing is left to decide. Raises NotAllowed or CaseRefused."""
    return perform(case, "withdrawn", by=by, at=at, on=on, party=party)
