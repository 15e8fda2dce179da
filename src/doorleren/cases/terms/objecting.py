"""The terms of objection and appeal: six weeks for who objects, and those for deciding on it. Awb 6:7, 6:8, 7:10.

Each decision has its own, and so has each objection: there can be several in one case, answered one after another.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from doorleren.cases.acts import ACTS, FAMILIES
from doorleren.cases.terms.deciding import merged
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law, waiting
from doorleren.cases.terms.sent_again import sent_again
from doorleren.core.term_steps import Step
from doorleren.core.terms import Suspension
from doorleren.core.texts import Texts

CONTESTABLE = tuple(
    one.name for one in ACTS.values() if one.duty == "decide" and one.letter and one.name != "slip_corrected"
)
"""Decisions against which one can object, once they were sent."""
LIFTED = "recovery_lifted"
"""What a note says of a recovery that falls away, where an objection lets several do so."""
DECIDING_ON = "objection-decision"
"""The id of the term for deciding on an objection; `about` says on which."""
CAME_LATE: Texts = {
    "nl": "Het bezwaar kwam na de termijn. Daarom telt de dag waarop het kwam.",
    "en": "The objection came after its term. So the day on which it came counts.",
}
ASSUMED_LATE = "assumption: Awb, art. 7:10(1) names the end of the term for objecting only"
LEADS_ON = frozenset(FAMILIES["objection_decided"]) - {"objection_rejected", "objection_inadmissible"}
"""Answers to an objection after which another decision can follow in the same transaction."""


def objection_terms_of(life: Life, law: Law) -> list[CaseTerm]:
    """Give the term for objecting to each decision, for deciding on each objection, and for appeal against each of those."""
    objecting = [_objecting(life, one, law) for one in open_to_objection(life)]
    deciding = [replace(_deciding(life, one, law), about=one.number) for one in life.all("objection_received")]
    appealing = [
        _from_dispatch("appeal", "appeal", one, _appeal_against(life, one), life, law)
        for one in life.all("objection_decided")
    ]
    return [*objecting, *deciding, *appealing]


def objection_of(life: Life, act: Done) -> Done | None:
    """Give the objection that an act is about: the one that it numbers, else the last one before it.

    What came in to repair one numbers none: it is about the one of the last question to repair.
    """
    every, named = list(life.all("objection_received")), act.details.get("objection")
    if isinstance(named, int) and 0 < named <= len(every):
        return every[named - 1]
    asked = life.last("objection_repair_asked", before=act.number) if act.act == "objection_repaired" else None
    return life.last("objection_received", before=act.number) if asked is None else objection_of(life, asked)


def open_to_objection(life: Life) -> Iterator[Done]:
    """Give the decisions that one can object to, in order; what was decided on an objection goes to court."""
    for one in life.all(*CONTESTABLE):
        if with_a_letter(life, one) is one and not _on_objection(life, one):
            yield one


def with_a_letter(life: Life, decision: Done | None) -> Done | None:
    """Give the decision with its letter: a grant that settles at once is two acts of one moment with the same details, and one letter."""
    if decision is None or decision.act != "settled_as_granted":
        return decision
    before = next((one for one in life.all("granted", "partly_granted") if one.number == decision.number - 1), None)
    return before if before is not None and before.details == decision.details else decision


def _objecting(life: Life, decision: Done, law: Law) -> CaseTerm:
    later = (one for one in life.all("objection_received") if one.number > decision.number)
    used = next((one for one in later if contested_by(life, one) is decision), None)
    return _from_dispatch("objection", "objection", decision, used, life, law)


def _appeal_against(life: Life, answer: Done) -> Done | None:
    """Give the first appeal against an answer to an objection; one that names no act counts too."""
    later = (one for one in life.all("appeal_noted") if one.number > answer.number)
    return next((one for one in later if one.details.get("against", answer.number) == answer.number), None)


def _on_objection(life: Life, decision: Done) -> bool:
    """Say whether a decision was taken on an objection, so that the court is next: the act right before it decided that.

    A note that a recovery fell away by it may stand between.
    """
    before = (one for one in reversed(life.acts) if one.number < decision.number and one.details.get("what") != LIFTED)
    return (last := next(before, None)) is not None and last.act in LEADS_ON


def _from_dispatch(key: str, kind: str, decision: Done, used: Done | None, life: Life, law: Law) -> CaseTerm:
    """Count a term of a party from the day on which a decision was sent; it ends when it was used."""
    sent = life.sent_on(decision)
    if sent is None:
        return replace(waiting(key, kind, "party", law), about=decision.number)
    found = of_law(key, "party", law.terms.reckon(kind, sent), used.on if used else None)
    return replace(found, about=decision.number, steps=(*sent_again(life, decision), *found.steps))


def _deciding(life: Life, objection: Done, law: Law) -> CaseTerm:
    """Count from the end of the term for objecting: 6 weeks, 12 with a committee, extended by 6 at most (Awb 7:10).

    It stands still from the question to repair the objection until that was done, or its last day (7:10(2)). Example: the
    decision was sent on 2 March, one could object until 13 April: decided by 26 May (25 May 2026 is a holiday). For an objection
    that came too late the law names no other day; from the day it came is an assumption: nobody can decide before there is one.
    """
    kind = kind_of_deciding(objection)
    ended = _ended(life, objection)
    decision = contested_by(life, objection)
    sent = life.sent_on(decision) if decision else None
    if sent is None or decision is None:
        return waiting(DECIDING_ON, kind, "authority", law, ended_on=ended)
    start = law.terms.reckon("objection", sent).last
    came_late = objection.details.get("late") is True and objection.on > start
    start = objection.on if came_late else start
    extended = any(life.sent_on(one) is not None for one in acts_about(life, objection, "objection_extended"))
    counted: list[Suspension] = []
    found = law.terms.reckon(kind, start, extended=extended)
    for one in _repairs(life, objection):
        if one.ended <= start:
            continue
        inside = Suspension(max(one.asked, start), one.ended)
        if inside.asked <= found.last:
            counted.append(inside)
            found = law.terms.reckon(kind, start, counted, extended=extended)
    term = of_law(DECIDING_ON, "authority", found, ended)
    late = (Step(CAME_LATE, start, ASSUMED_LATE),) if came_late else ()
    return replace(term, steps=(*sent_again(life, decision), *late, *term.steps))


def kind_of_deciding(objection: Done) -> str:
    """Give the kind of the term for deciding on an objection, by who advises on it."""
    return "objection-decision-committee" if objection.details.get("committee") else DECIDING_ON


def contested_by(life: Life, objection: Done) -> Done | None:
    """Give the decision that an objection names; the last one before it where it names none."""
    named = objection.details.get("against")
    found = next((one for one in life.all(*CONTESTABLE) if one.number == named), None)
    return with_a_letter(life, found or life.last(*CONTESTABLE, before=objection.number))


def acts_about(life: Life, objection: Done, *names: str) -> Iterator[Done]:
    """Give the acts of these names that are about an objection, in order."""
    return (one for one in life.all(*names) if one.number > objection.number and objection_of(life, one) is objection)


def _repairs(life: Life, objection: Done) -> list[Suspension]:
    times = []
    for asked in acts_about(life, objection, "objection_repair_asked"):
        sent = life.sent_on(asked)
        after = acts_about(life, objection, "objection_repair_asked", "objection_repaired")
        answer = next((one for one in after if one.number > asked.number), None)
        answered = answer.on if answer is not None and answer.act == "objection_repaired" else None
        ends = [day for day in (answered, asked.day("until")) if day is not None]
        if sent is not None and ends:
            times.append(Suspension(sent, max(sent, min(ends))))
    return merged(times)


def _ended(life: Life, objection: Done) -> date | None:
    withdrawn = next(acts_about(life, objection, "objection_withdrawn"), None)
    decided = next(acts_about(life, objection, "objection_decided"), None)
    days = [withdrawn.on if withdrawn else None, life.sent_on(decided) if decided else None]
    return min((day for day in days if day is not None), default=None)
