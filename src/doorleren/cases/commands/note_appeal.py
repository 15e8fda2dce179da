"""Noting that somebody went to court, and what the court decided. Awb 8:1 and 8:72 (recalled). Codes and days only."""

from datetime import date, datetime

from doorleren.cases.commands.perform import perform
from doorleren.cases.models import CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import said
from doorleren.people.signed_in import SignedIn

JUDGMENTS = ("founded", "unfounded", "inadmissible", "withdrawn")
"""How an appeal ended: the decision is annulled, stays, was not looked at, or the appeal was taken back."""
NO_SUCH = said(
    f"Kies hoe het beroep afliep: {', '.join(JUDGMENTS)}.", f"Choose how the appeal ended: {', '.join(JUDGMENTS)}."
)


def note_appeal(case: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note an appeal, on the day of which the court gave word. Raises NotAllowed or CaseRefused."""
    return perform(case, "appeal_noted", by=by, at=at, on=on)


def note_judgment(case: int, judgment: str, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note how an appeal ended (one of `JUDGMENTS`), on the day of the judgment. Raises NotAllowed or CaseRefused."""
    if judgment not in JUDGMENTS:
        raise CaseRefused(NO_SUCH, "judgment_noted", "judgment")
    return perform(case, "judgment_noted", by=by, at=at, on=on, details={"judgment": judgment})
