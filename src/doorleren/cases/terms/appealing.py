"""Appeals to the court: against which act each one is, how it ended, and what that changes. Awb 6:12, 7:1a, 8:1 and 8:72 (recalled).

One appeals the answer to an objection, a decision on which no objection was answered (7:1a), or that it is decided too late (6:12). An
appeal of before these named their act is about the decision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from doorleren.cases.acts import FAMILIES
from doorleren.cases.terms.facts import Done, Life
from doorleren.cases.terms.objecting import CONTESTABLE, contested_by, objection_of, open_to_objection

ANNULLED = "annulled"
"""The judgment that annuls, and leaves another decision to take."""
JUDGMENT_NOTED, APPEAL_ENDED = "judgment_noted", "appeal_ended"
"""The act of a judgment that makes room for another decision on the application, and that of every other end of an appeal."""
ANSWERS = FAMILIES["objection_decided"]
LATE = "declared_in_default"
GRANTING = (*FAMILIES["decided"], *FAMILIES["settled"], "amended", "budget_reservation_invoked", "revoked")
"""Decisions on the grant itself: annulled, another is taken. A debt, a penalty or a suspension leaves the grant as it is."""
MAY_BE_APPEALED = (*ANSWERS, LATE, *CONTESTABLE)


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal: that it was noted, the act that it is against (None: it names none), and its end (None: it is open)."""

    noted: Done
    against: Done | None
    ended: Done | None

    @property
    def number(self) -> int:
        """Give the number of the act that noted it, by which a judgment names it."""
        return self.noted.number

    @property
    def overturns(self) -> bool:
        """Say whether annulling makes room for another decision on the application or settlement."""
        return self.against is None or self.against.act in GRANTING


def appeals_of(life: Life) -> list[Appeal]:
    """Give the appeals in order. An end that names none ended all that were noted before it."""
    noted, acts, ended = list(life.all("appeal_noted")), {one.number: one for one in life.acts}, dict[int, Done]()
    for end in life.all(JUDGMENT_NOTED, APPEAL_ENDED):
        named = end.details.get("appeal")
        for one in noted:
            if one.number == named or (named is None and one.number < end.number):
                ended.setdefault(one.number, end)
    return [Appeal(one, _against(one, acts), ended.get(one.number)) for one in noted]


def appeals_open(life: Life) -> list[Appeal]:
    """Give the appeals of which the end was not noted, in order."""
    return [one for one in appeals_of(life) if one.ended is None]


def appealable(life: Life) -> list[Done]:
    """Give the acts that one can appeal now, the last one first: not one that an open appeal is against, nor one that was annulled."""
    every = appeals_of(life)
    gone = {one.against.number for one in every if one.against and (one.ended is None or is_annulled(one.ended))}
    found = (*life.all(*ANSWERS, LATE), *_directly(life))
    return sorted((one for one in found if one.number not in gone), key=lambda one: -one.number)


def is_annulled(ended: Done) -> bool:
    """Say whether an appeal ended in an annulment that leaves a decision to take."""
    return ended.details.get("judgment") == ANNULLED


def objection_reopened(life: Life, appeal: Appeal) -> int | None:
    """Give the number of the objection that waits for an answer again once an appeal annuls; None where it is against no answer."""
    if appeal.against is None or appeal.against.act not in ANSWERS:
        return None
    objection = objection_of(life, appeal.against)
    every = [one.number for one in life.all("objection_received")]
    return None if objection is None else every.index(objection.number) + 1


def _directly(life: Life) -> Iterator[Done]:
    """Give the decisions on which no objection was answered."""
    answered = (objection_of(life, one) for one in life.all(*ANSWERS))
    contested = {found.number for one in answered if one is not None and (found := contested_by(life, one)) is not None}
    return (one for one in open_to_objection(life) if one.number not in contested)


def _against(noted: Done, acts: Mapping[int, Done]) -> Done | None:
    named = noted.details.get("against")
    return acts.get(named) if isinstance(named, int) else None
