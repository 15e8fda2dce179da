"""Extending the term for deciding by a notice that names the new day. Ground: Awb 4:14; Kaderregeling 4.1."""

from datetime import date, datetime

from doorleren.cases import refusing
from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.people.signed_in import SignedIn


def extend_decision(case: int, *, until: date, by: SignedIn, at: datetime) -> CaseAct:
    """Extend to a day; it holds once the notice was sent within the term. Raises NotAllowed or CaseRefused."""
    if until <= day_of(at):
        raise CaseRefused(refusing.PAST_DAY, "extended", "until")
    return perform(case, "extended", by=by, at=at, details={"until": until.isoformat()})
