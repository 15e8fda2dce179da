"""Objecting to the answer to a request: received, more time taken, decided on by somebody else, withdrawn.

An answer is a decision under the Awb (UAVG, art. 34). Terms run from the day on which a letter was sent (corrections/told.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from doorleren.applications.access import ensure, may_see_own_correction
from doorleren.applications.corrections.commands.answer_correction import New, Told, change
from doorleren.applications.corrections.commands.at_hand import (
    RULINGS,
    ToSet,
    at_desk,
    ensure_contested,
    held,
    set_step,
    words,
)
from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.letters import LANGUAGE
from doorleren.applications.corrections.refusing import (
    HEARD_OR_NOT,
    IN_TIME,
    MORE_TIME_TAKEN,
    MORE_TIME_TOO_LATE,
    NO_OBJECTION,
    NOTHING_TO_CONTEST,
    OBJECTED_BEFORE,
    WHEN_HEARD,
    WHEN_POSTED,
    WHEN_RECEIVED,
    CorrectionRefused,
)
from doorleren.applications.corrections.sealed import said_in
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.corrections.told import deciding_term, is_late, objecting_term
from doorleren.applications.models import UPHOLDS, CorrectionAct, CorrectionStep
from doorleren.audit.acts import Detail
from doorleren.core.days import day_of, written_day
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library

HEARD = "heard"
MOST_WORDS = 20_000
"""Characters of an objection, as of one in a case."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """An objection that came by post: the day on which it came in, and on which it was posted where that is known."""

    received_on: date | None
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether the objector was heard (`how` is "heard", with the day), or why not: an id of the law (Awb 7:2, 7:3)."""

    how: str
    on: date | None = None

    def said(self, ruling: str, received_on: date, today: date) -> dict[str, str]:
        """Give it as a step keeps it, with a sentence. Raises CorrectionRefused for what does not go with the decision."""
        if self.how == HEARD:
            if self.on is None or not received_on <= self.on <= today:
                raise CorrectionRefused(WHEN_HEARD, "heard_on")
            return {"heard": self.on.isoformat(), "hearing": f"Wij hoorden u op {written_day(self.on, LANGUAGE)}."}
        why = correction_law().objection.unheard.get(self.how)
        if why is None or why.only not in ("", ruling):
            raise CorrectionRefused(HEARD_OR_NOT, "heard")
        return {"heard": self.how, "hearing": f"Wij hoorden u niet: {why.texts[LANGUAGE]}."}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided on an objection, why in words, whether the objector was heard; where it is upheld what is now, and who was told."""

    outcome: CorrectionAct
    words: str
    heard: Heard
    new: New | None = None
    told: Told | None = None


def object_to_answer(number: int, text: str, *, by: SignedIn, at: datetime) -> CorrectionStep:
    """Object, as who asked. Raises NotAllowed, CorrectionRefused before the letter with the answer was sent, DoesNotExist."""
    with transaction.atomic():
        standing = held(number)
        ensure(may_see_own_correction(by, standing.request, at=at))
        return _received(standing, text, OnPaper(day_of(at)), by, at)


def enter_objection(
    number: int, text: str, paper: OnPaper, *, seen: int, by: SignedIn, at: datetime
) -> CorrectionStep:  # fmt: skip
    """Enter an objection that came by post. Raises NotAllowed, CorrectionRefused."""
    with transaction.atomic():
        return _received(at_desk(number, CorrectionAct.OBJECTED, seen=seen, by=by, at=at), text, paper, by, at)


def withdraw_objection(number: int, *, by: SignedIn, at: datetime) -> CorrectionStep:
    """Withdraw the objection, as who asked; the answer stays. Ground: Awb 6:21 (recalled). Raises NotAllowed, CorrectionRefused."""
    with transaction.atomic():
        standing = held(number)
        ensure(may_see_own_correction(by, standing.request, at=at))
        ensure_contested(standing)
        return set_step(standing, ToSet(CorrectionAct.WITHDRAWN, {}), by=by, at=at)


def take_more_time(number: int, comment: str, *, seen: int, by: SignedIn, at: datetime) -> CorrectionStep:
    """Take more time for an objection, once and within its term (Awb 7:10(3)). Raises NotAllowed, CorrectionRefused."""
    with transaction.atomic():
        standing = at_desk(number, CorrectionAct.MORE_TIME, seen=seen, by=by, at=at)
        said = {"words": words(comment, "words")}
        until = more_time_until(standing, day_of(at))
        details: dict[str, Detail] = {"until": until.isoformat()}
        return set_step(standing, ToSet(CorrectionAct.MORE_TIME, said, until, details), by=by, at=at)


def more_time_until(standing: Standing, today: date) -> date:
    """Give the last day with more time. Raises CorrectionRefused where it was taken before, or the term is over."""
    if any(one.step == CorrectionAct.MORE_TIME for one in standing.steps):
        raise CorrectionRefused(MORE_TIME_TAKEN)
    later = deciding_term(standing, extended=True)
    if later is None or today > standing.due_on:
        raise CorrectionRefused(MORE_TIME_TOO_LATE)
    return later.last


def decide_objection(
    number: int, ruling: Ruling, *, seen: int, library: Library, by: SignedIn, at: datetime
) -> CorrectionStep:  # fmt: skip
    """Decide on an objection, by another than who gave the answer; upheld, also in part, it corrects as an answer does.

    Raises NotAllowed, CorrectionRefused, Destroyed. Ground: law/corrections.toml.
    """
    with transaction.atomic():
        standing = at_desk(number, ruling.outcome, seen=seen, by=by, at=at)
        said = ruling_said(standing, ruling, day_of(at))
        details: dict[str, Detail] = {"about": standing.request.about}
        if ruling.new is not None and ruling.outcome in UPHOLDS:
            details |= {"changed": change(standing, ruling.new, library, by, at), "told": len(said["told"])}
        return set_step(standing, ToSet(ruling.outcome, said, details=details), by=by, at=at)


def ruling_said(standing: Standing, ruling: Ruling, today: date) -> dict[str, Any]:
    """Give what a decision on an objection says, as its step keeps it. Raises CorrectionRefused, also where no objection waits."""
    own, heard = words(ruling.words, "words"), heard_said(standing, ruling, today)
    if ruling.outcome == CorrectionAct.INADMISSIBLE and not came_late(standing):
        raise CorrectionRefused(IN_TIME)
    said: dict[str, Any] = {"words": f"{own} {heard['hearing']}", "own": own, **heard}
    if ruling.outcome in UPHOLDS:
        new, told = ruling.new or New(""), ruling.told or Told()
        said |= {"new": words(new.written, "new"), **told.checked()}
    return said


def came_late(standing: Standing) -> bool:
    """Say whether the objection came too late: the one reason here not to treat it. Raises Destroyed."""
    return standing.objected is not None and bool(said_in(standing.objected)["late"])


def heard_said(standing: Standing, ruling: Ruling, today: date) -> dict[str, str]:
    """Give what a decision says of the hearing. Raises CorrectionRefused, also where no objection waits."""
    if standing.objected is None or not standing.contested or ruling.outcome not in RULINGS:
        raise CorrectionRefused(NO_OBJECTION)
    received_on = date.fromisoformat(said_in(standing.objected)["received_on"])
    return ruling.heard.said(ruling.outcome, received_on, today)


def _received(standing: Standing, text: str, paper: OnPaper, by: SignedIn, at: datetime) -> CorrectionStep:
    if standing.objected is not None:
        raise CorrectionRefused(OBJECTED_BEFORE)
    objecting, deciding = objecting_term(standing), deciding_term(standing)
    if objecting is None or deciding is None:
        raise CorrectionRefused(NOTHING_TO_CONTEST)
    said = objection_words(text)
    received, posted = paper_days(paper, objecting.start, day_of(at))
    late = is_late(objecting, received, posted)
    kept = {
        "words": said,
        "received_on": received.isoformat(),
        "posted_on": posted.isoformat() if posted else "",
        "late": late,
    }
    details: dict[str, Detail] = {"until": deciding.last.isoformat(), "late": late}
    return set_step(standing, ToSet(CorrectionAct.OBJECTED, kept, deciding.last, details), by=by, at=at)


def objection_words(text: str) -> str:
    """Give what an objection says, trimmed. Raises CorrectionRefused."""
    return words(text, "words", most=MOST_WORDS)


def paper_days(paper: OnPaper, answered_on: date, today: date) -> tuple[date, date | None]:
    """Give the days of an objection, checked: come in after the answer was sent and until today, posted before. Raises CorrectionRefused."""
    if paper.received_on is None or not answered_on <= paper.received_on <= today:
        raise CorrectionRefused(WHEN_RECEIVED, "received_on")
    if paper.posted_on is not None and paper.posted_on > paper.received_on:
        raise CorrectionRefused(WHEN_POSTED, "posted_on")
    return paper.received_on, paper.posted_on
