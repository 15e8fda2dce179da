"""What every act in a request shares: the request held until the transaction ends, who may, its step and its act of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stdnum.nl import bsn

from doorleren.applications.access import ensure, may_treat_correction
from doorleren.applications.corrections.letters import TEMPLATES, write_letter
from doorleren.applications.corrections.refusing import (
    ENDED,
    MEANWHILE,
    NATIONAL_NUMBER,
    NO_OBJECTION,
    CorrectionRefused,
    lacking,
)
from doorleren.applications.corrections.sealed import party_of, seal
from doorleren.applications.corrections.standing import Standing, standing_of
from doorleren.applications.models import CorrectionAct, CorrectionRequest, CorrectionStep
from doorleren.audit.acts import Detail, record
from doorleren.audit.holding import hold
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn

MOST = 2000
"""Characters of what somebody writes."""
RECORDED: Mapping[str, str] = {
    CorrectionAct.ASKED: "correction_asked", CorrectionAct.EXTENDED: "correction_extended",
    CorrectionAct.CORRECTED: "corrected", CorrectionAct.IN_PART: "corrected_in_part",
    CorrectionAct.COMPLETED: "completed_by_statement", CorrectionAct.REFUSED: "correction_refused",
    CorrectionAct.TAKEN_BACK: "correction_taken_back", CorrectionAct.TOLD: "receivers_told",
    CorrectionAct.OBJECTED: "correction_objected", CorrectionAct.MORE_TIME: "correction_more_time",
    CorrectionAct.UPHELD: "correction_upheld", CorrectionAct.UPHELD_IN_PART: "correction_upheld_in_part",
    CorrectionAct.REJECTED: "correction_objection_rejected", CorrectionAct.INADMISSIBLE: "correction_inadmissible",
    CorrectionAct.WITHDRAWN: "correction_objection_withdrawn",
}  # fmt: skip
"""How each step is called in the record of acts."""
TREAT, REFUSE = "treat_correction", "refuse_correction"
RULINGS = (CorrectionAct.UPHELD, CorrectionAct.UPHELD_IN_PART, CorrectionAct.REJECTED, CorrectionAct.INADMISSIBLE)
"""What an official decides on an objection."""
RIGHT: Mapping[str, str] = dict.fromkeys((CorrectionAct.IN_PART, CorrectionAct.REFUSED, *RULINGS), REFUSE)
"""Which right a step of an official asks, where that is not TREAT: who refuses, also in part, or rules on an objection, decides."""


def held(number: int) -> Standing:
    """Hold a request until the transaction ends, and read how it stands. Raises DoesNotExist."""
    request = CorrectionRequest.objects.select_related("body", "application__round").get(pk=number)
    hold(party_of(request))
    return standing_of(request)


def at_desk(number: int, step: CorrectionAct, *, seen: int, by: SignedIn, at: datetime) -> Standing:
    """Hold a request for an official who saw it with its step `seen` as the last. Raises NotAllowed, CorrectionRefused."""
    standing = held(number)
    ensure(may_treat_correction(by, standing.request, RIGHT.get(step, TREAT), at=at))
    if step in (CorrectionAct.MORE_TIME, *RULINGS):
        ensure_contested(standing)
    elif step not in (CorrectionAct.TOLD, CorrectionAct.OBJECTED):
        ensure_open(standing)
    if step in RULINGS:
        ensure_other_hands(standing, by)
    if standing.last != seen:
        raise CorrectionRefused(MEANWHILE)
    return standing


def ensure_contested(standing: Standing) -> None:
    """Raise CorrectionRefused unless an objection waits for a decision."""
    if not standing.contested:
        raise CorrectionRefused(NO_OBJECTION)


def is_own_answer(standing: Standing, who: SignedIn) -> bool:
    """Say whether it was somebody's own answer: on an objection to it another person decides (Awb 10:3(3), recalled)."""
    end = standing.end
    return end is not None and (end.by_kind, end.by_id) == (who.party.kind, who.party.id)


def ensure_other_hands(standing: Standing, by: SignedIn) -> None:
    """Raise NotAllowed for who gave the answer that is objected to."""
    if is_own_answer(standing, by):
        raise NotAllowed(Refused("decided_it"))


def ensure_open(standing: Standing) -> None:
    """Raise CorrectionRefused once it was answered or taken back."""
    if standing.end is not None:
        raise CorrectionRefused(ENDED)


@dataclass(frozen=True, slots=True)
class ToSet:
    """A step to set: what it says, the day it extends to, and what the record tells of it."""

    step: CorrectionAct
    said: Mapping[str, Any]
    until: date | None = None
    details: Mapping[str, Detail] | None = None


def set_step(standing: Standing, one: ToSet, *, by: SignedIn, at: datetime) -> CorrectionStep:
    """Add a step with its letter and its act; called within the transaction that holds the request. Raises Destroyed."""
    request, number = standing.request, standing.last + 1 if standing.steps else 1
    content = seal(request, number, one.said, at=at) if one.said else None
    made = CorrectionStep.objects.create(
        request=request, number=number, step=one.step, by_kind=by.party.kind, by_id=by.party.id, at=at, until=one.until,
        content=content,
    )  # fmt: skip
    if one.step in TEMPLATES:
        write_letter(standing, one.step, one.said, one.until, at=at)
    record(RECORDED[one.step], party_of(request), by=by.party, at=at, details=one.details)
    return made


def words(text: str, field: str, *, needed: bool = True, most: int = MOST) -> str:
    """Give what was written, trimmed. Raises CorrectionRefused for nothing, too much, or a national number in it."""
    said = " ".join(text.replace("\x00", "").split())
    if (needed and not said) or len(said) > most:
        raise CorrectionRefused(lacking(most), field)
    digits = "".join(one if one.isdigit() else " " if one not in ".-" else "" for one in said).split()
    if any(len(one) == 9 and bsn.is_valid(one) for one in digits):
        raise CorrectionRefused(NATIONAL_NUMBER, field)
    return said
