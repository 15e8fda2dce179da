"""Closing a case in which nothing is left to do, and opening it again. Retention counts from the closing."""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.cases.appeals import appeals_running
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import APPEAL_RUNS, NOT_REPAID, CaseRefused
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn
from doorleren.rules.frameworks import LOAN


def close_case(case: int, *, by: SignedIn | Party, at: datetime) -> CaseAct:
    """Close. Raises NotAllowed, or CaseRefused while something is open, such as an appeal or a loan."""
    with transaction.atomic():
        held = locked_case(case)
        why = why_not_closed(held)
        if why is not None:
            raise CaseRefused(why, "closed")
        return perform(case, "closed", by=by, at=at, held=held)


def why_not_closed(case: Case) -> Texts | None:
    """Give the sentence why a case stays open that the table of acts would let close: an appeal runs, a loan is outstanding; None where nothing does."""
    if appeals_running(case):
        return APPEAL_RUNS
    return NOT_REPAID if case.procedure == LOAN and case.state == "granted" else None


def reopen_case(case: int, *, reason: str, by: SignedIn, at: datetime) -> CaseAct:
    """Open again; `reason` is a code ("new_facts"). Raises NotAllowed or CaseRefused."""
    return perform(case, "reopened", by=by, at=at, details={"reason": reason})
