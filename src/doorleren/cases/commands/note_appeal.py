"""Noting that somebody went to court against an act, and what the court decided. Awb 8:1 and 8:72 (recalled). Codes and days only.

What an annulment does depends on the act that the appeal is against: a decision on the grant itself can be taken anew, an answer to an
objection puts that objection in hand again, and of a debt, a penalty or a suspension nothing else changes.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Detail
from doorleren.cases.appeals import NONE_OPEN, nothing_to_appeal, to_appeal
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import life_of
from doorleren.cases.refusing import CaseRefused
from doorleren.cases.stops import said
from doorleren.cases.terms.appealing import (
    ANNULLED,
    APPEAL_ENDED,
    JUDGMENT_NOTED,
    Appeal,
    appeals_open,
    objection_reopened,
)
from doorleren.cases.terms.facts import Done
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn

ENDS = ("court_decided", "unfounded", "inadmissible", "withdrawn")
"""How else an appeal ends: annulled while the court decides itself or lets the consequences stand (Awb 8:72(3)), the decision
stays, it was not looked at, or it was taken back. No other decision follows from these."""
JUDGMENTS = (ANNULLED, *ENDS)
NO_SUCH = said(
    f"Kies hoe het beroep afliep: {', '.join(JUDGMENTS)}.", f"Choose how the appeal ended: {', '.join(JUDGMENTS)}."
)


def note_appeal(case: int, against: int, *, by: SignedIn, at: datetime, on: date | None = None) -> CaseAct:
    """Note an appeal against act number `against`, on the day of which the court gave word. Raises NotAllowed or CaseRefused."""
    with transaction.atomic():
        held = locked_case(case)
        if (why := nothing_to_appeal(held)) is not None:
            raise CaseRefused(why, "appeal_noted")
        found = to_appeal(held)
        if against not in {one.number for one in found}:
            raise CaseRefused(_not_open(against, found), "appeal_noted", "against")
        return perform(case, "appeal_noted", by=by, at=at, on=on, details={"against": against}, held=held)


def note_judgment(
    case: int,
    judgment: str,
    *,
    by: SignedIn,
    at: datetime,
    on: date | None = None,
    appeal: int | None = None,
    until: date | None = None,
) -> CaseAct:
    """Note how an appeal ended (one of `JUDGMENTS`), on the day of the judgment; `appeal`: the act that noted it, where several are open.

    `until`: the day by which the court says that must be decided anew, where it annuls and names one (Awb 8:72(4)). Only an annulment of a decision on the grant itself is the act that makes room for another one. Raises NotAllowed or CaseRefused.
    """
    if judgment not in JUDGMENTS:
        raise CaseRefused(NO_SUCH, JUDGMENT_NOTED, "judgment")
    with transaction.atomic():
        held = locked_case(case)
        life = life_of(held, acts_of(case))
        found = _which(appeals_open(life), appeal)
        objection = objection_reopened(life, found)
        anew = judgment == ANNULLED and (found.overturns or objection is not None)
        _ensure_day(until, on or day_of(at), anew=anew)
        details: dict[str, Detail] = {"judgment": judgment, "appeal": found.number}
        if found.against is not None:
            details["against"] = found.against.number
        if until is not None:
            details["until"] = until.isoformat()
        act = JUDGMENT_NOTED if judgment == ANNULLED and found.overturns else APPEAL_ENDED
        row = perform(case, act, by=by, at=at, on=on, details=details, held=held)
        if anew and objection is not None:
            _take_up_again(held, objection, by, at)
        return row


def _ensure_day(until: date | None, on: date, *, anew: bool) -> None:
    """Raise CaseRefused for a day to decide anew by where nothing is decided anew, or that lies not after the judgment."""
    if until is None or (anew and until > on):
        return
    raise CaseRefused(said(
        f"Gegeven is: beslis opnieuw uiterlijk op {until:%d-%m-%Y}. Dat kan alleen na een vernietiging waarna wij opnieuw beslissen, "
        f"en met een dag na de uitspraak van {on:%d-%m-%Y}.",
        f"Given is: decide anew by {until}. Allowed is only an annulment after which we decide anew, and a day after the judgment of {on}.",
    ), JUDGMENT_NOTED, "until")  # fmt: skip


def _which(found: list[Appeal], number: int | None) -> Appeal:
    """Give the open appeal that is meant: the only one, or the one that is named."""
    if not found:
        raise CaseRefused(NONE_OPEN, JUDGMENT_NOTED)
    if number is None and len(found) == 1:
        return found[0]
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        allowed = _listed(one.number for one in found)
        raise CaseRefused(said(
            f"Zeg welk beroep is geëindigd. Gegeven is: {number or 'niets'}. Kies uit: {allowed}.",
            f"Say which appeal ended. Given is: {number or 'nothing'}. Choose from: {allowed}.",
        ), JUDGMENT_NOTED, "appeal")  # fmt: skip
    return chosen


def _not_open(against: int, found: list[Done]) -> Texts:
    allowed = _listed(one.number for one in found)
    return said(
        f"Tegen handeling {against} staat geen beroep open. Kies uit: {allowed}.",
        f"Act {against} is not open to appeal. Choose from: {allowed}.",
    )


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "-"


def _take_up_again(case: Case, objection: int, by: SignedIn, at: datetime) -> None:
    """Put an objection in hand of which the answer was annulled; where another is in hand it waits for its turn."""
    if case.state == "closed":
        perform(case.pk, "reopened", by=by, at=at, details={"reason": "judgment"}, held=case)
    if case.state != "objection":
        perform(case.pk, "objection_taken_up", by=SITE, at=at, details={"objection": objection}, held=case)
