"""Standing still of the term for deciding on other grounds than a question: consent, delay by the applicant, force majeure.

Ground: Awb 4:15(2).
"""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.people.signed_in import SignedIn


def suspend_term(case: int, *, reason: str, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Let the term stand still from a day; `reason` is a code ("consent"). Raises NotAllowed or CaseRefused."""
    return perform(case, "term_suspended", by=by, at=at, on=on, details={"reason": reason})


def resume_term(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Let the term run on after a day. Raises NotAllowed or CaseRefused."""
    return perform(case, "term_resumed", by=by, at=at, on=on)
