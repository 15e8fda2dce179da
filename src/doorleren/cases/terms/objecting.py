"""The terms of objection and appeal: six weeks for who objects, and those for deciding on it. Awb 6:7, 6:8, 7:10."""

from datetime import date

from doorleren.cases.acts import ACTS
from doorleren.cases.terms.deciding import merged
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law, waiting
from doorleren.core.terms import Suspension

CONTESTABLE = tuple(
    one.name for one in ACTS.values() if one.duty == "decide" and one.letter and one.name != "slip_corrected"
)
"""Decisions against which one can object, once they were sent."""


def objection_terms_of(life: Life, law: Law) -> list[CaseTerm]:
    """Give the term for objecting to the last decision, for deciding on the last objection, and for appeal against that."""
    found = []
    decision = _with_a_letter(life, life.last(*CONTESTABLE))
    if decision is not None and not _on_objection(life, decision):
        found.append(_objecting(life, decision, law))
    objection = life.last("objection_received")
    if objection is not None:
        found.append(_deciding(life, objection, law))
    answer = life.last("objection_decided")
    if answer is not None:
        found.append(
            _from_dispatch("appeal", "appeal", answer, life.first("appeal_noted", after=answer.number), life, law)
        )
    return found


def _with_a_letter(life: Life, decision: Done | None) -> Done | None:
    """Give the decision with its letter: a grant that settles at once is two acts of one moment with the same details, and one letter."""
    if decision is None or decision.act != "settled_as_granted":
        return decision
    before = next((one for one in life.all("granted", "partly_granted") if one.number == decision.number - 1), None)
    return before if before is not None and before.details == decision.details else decision


def _objecting(life: Life, decision: Done, law: Law) -> CaseTerm:
    later = (one for one in life.all("objection_received") if one.number > decision.number)
    used = next((one for one in later if one.details.get("against") in (None, decision.number)), None)
    return _from_dispatch("objection", "objection", decision, used, life, law)


def _on_objection(life: Life, decision: Done) -> bool:
    """Say whether a decision was taken on an objection, so that the court is next: the act right before it decided that."""
    return any(one.number == decision.number - 1 for one in life.all("objection_decided"))


def _from_dispatch(key: str, kind: str, decision: Done, used: Done | None, life: Life, law: Law) -> CaseTerm:
    """Count a term of a party from the day on which a decision was sent; it ends when it was used."""
    sent = life.sent_on(decision)
    if sent is None:
        return waiting(key, kind, "party", law)
    return of_law(key, "party", law.terms.reckon(kind, sent), used.on if used else None)


def _deciding(life: Life, objection: Done, law: Law) -> CaseTerm:
    """Count from the end of the term for objecting: 6 weeks, 12 with a committee, extended by 6 at most (Awb 7:10).

    It stands still from the question to repair the objection until that was done, or its last day (7:10(2)). Example: the
    decision was sent on 2 March, one could object until 13 April: decided by 26 May (25 May 2026 is a holiday).
    """
    kind = "objection-decision-committee" if objection.details.get("committee") else "objection-decision"
    ended = _ended(life, objection)
    decision = _contested(life, objection)
    sent = life.sent_on(decision) if decision else None
    if sent is None:
        return waiting("objection-decision", kind, "authority", law, ended_on=ended)
    start = law.terms.reckon("objection", sent).last
    extended = any(
        life.sent_on(one) is not None for one in life.all("objection_extended") if one.number > objection.number
    )
    counted: list[Suspension] = []
    found = law.terms.reckon(kind, start, extended=extended)
    for one in _repairs(life, objection):
        if one.ended <= start:
            continue
        inside = Suspension(max(one.asked, start), one.ended)
        if inside.asked <= found.last:
            counted.append(inside)
            found = law.terms.reckon(kind, start, counted, extended=extended)
    return of_law("objection-decision", "authority", found, ended)


def _contested(life: Life, objection: Done) -> Done | None:
    """Give the decision that an objection names; the last one before it where it names none."""
    named = objection.details.get("against")
    found = next((one for one in life.all(*CONTESTABLE) if one.number == named), None)
    return _with_a_letter(life, found or life.last(*CONTESTABLE, before=objection.number))


def _repairs(life: Life, objection: Done) -> list[Suspension]:
    times = []
    for asked in life.all("objection_repair_asked"):
        sent = life.sent_on(asked)
        answer = life.first("objection_repaired", after=asked.number)
        ends = [day for day in (answer.on if answer else None, asked.day("until")) if day is not None]
        if asked.number > objection.number and sent is not None and ends:
            times.append(Suspension(sent, max(sent, min(ends))))
    return merged(times)


def _ended(life: Life, objection: Done) -> date | None:
    withdrawn = life.first("objection_withdrawn", after=objection.number)
    decided = life.first("objection_decided", after=objection.number)
    days = [withdrawn.on if withdrawn else None, life.sent_on(decided) if decided else None]
    return min((day for day in days if day is not None), default=None)
