"""Closing a case in which nothing is left to do, and opening it again. Retention counts from the closing."""

from datetime import datetime

from doorleren.audit.acts import Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def close_case(case: int, *, by: SignedIn | Party, at: datetime) -> CaseAct:
    """Close. Raises NotAllowed, or CaseRefused while something is open."""
    return perform(case, "closed", by=by, at=at)


def reopen_case(case: int, *, reason: str, by: SignedIn, at: datetime) -> CaseAct:
    """Open again; `reason` is a code ("new_facts"). Raises NotAllowed or CaseRefused."""
    return perform(case, "reopened", by=by, at=at, details={"reason": reason})
