"""Noting that somebody went to court, and what the court decided. Awb 8:1 and 8:72 (recalled). Codes and days only."""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import said
from doorleren.people.signed_in import SignedIn

ANNULLED = "annulled"
"""The court annulled the decision and another one must be taken: the only end of an appeal that makes room for one."""
ENDS = ("court_decided", "unfounded", "inadmissible", "withdrawn")
"""How else an appeal ends: annulled while the court decides itself or lets the consequences stand (Awb 8:72(3)), the decision
stays, it was not looked at, or it was taken back. No other decision follows from these."""
JUDGMENTS = (ANNULLED, *ENDS)
NO_SUCH = said(
    f"Kies hoe het beroep afliep: {', '.join(JUDGMENTS)}.", f"Choose how the appeal ended: {', '.join(JUDGMENTS)}."
)


def note_appeal(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note an appeal, on the day of which the court gave word. Raises NotAllowed or CaseRefused."""
    return perform(case, "appeal_noted", by=by, at=at, on=on)


def note_judgment(case: int, judgment: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note how an appeal ended (one of `JUDGMENTS`), on the day of the judgment. Raises NotAllowed or CaseRefused.

    Only an annulment with a decision to take is the act that makes room for another one; the others leave everything as it is.
    """
    if judgment not in JUDGMENTS:
        raise CaseRefused(NO_SUCH, "judgment_noted", "judgment")
    act = "judgment_noted" if judgment == ANNULLED else "appeal_ended"
    return perform(case, act, by=by, at=at, on=on, details={"judgment": judgment})
