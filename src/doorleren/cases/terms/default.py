"""What follows on a notice of default: two weeks, then the penalty, then the decision that fixes it. Awb 4:17 and 4:18."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from doorleren.cases.stops import said
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law, waiting
from doorleren.core.penalty import Penalty

TOO_SOON = said(
    "De ingebrekestelling kwam voordat de termijn voorbij was. Zij heeft geen gevolg.",
    "The notice of default came before the term was over. It has no effect.",
)


def default_terms_of(life: Life, decision: CaseTerm | None, objecting: Sequence[CaseTerm], law: Law) -> list[CaseTerm]:
    """Give the two weeks after the last notice of default, and the term for fixing the penalty where one was owed."""
    notice = life.last("declared_in_default")
    late = late_term(life, notice, decision, objecting)
    if notice is None or late is None:
        return []
    if late.last is None or notice.on <= late.last:
        return [waiting("default", "default", "authority", law, TOO_SOON, ended_on=late.ended_on)]
    found = [of_law("default", "authority", law.terms.reckon("default", notice.on), late.ended_on)]
    over = _penalty_over(late, notice, law)
    if over is not None:
        fixed = life.first("penalty_fixed", after=notice.number)
        reckoned = law.terms.reckon("penalty-decision", over)
        found.append(of_law("penalty-decision", "authority", reckoned, fixed.on if fixed else None))
    return found


def late_term(
    life: Life, notice: Done | None, decision: CaseTerm | None, objecting: Sequence[CaseTerm]
) -> CaseTerm | None:
    """Give the term that a notice of default is about: that of the objection where one came before it, else of the decision."""
    if notice is None:
        return None
    if life.last("objection_received", before=notice.number):
        return next((one for one in objecting if one.id == "objection-decision"), None)
    return decision


def overdue(terms: Iterable[CaseTerm], notices: Iterable[date], today: date) -> CaseTerm | None:
    """Give the term of the authority about which notice of default can be given today; None where there is none.

    Deciding on the open objection, else on the application: its last day has passed, it was not met, and no notice came since.
    Example: to be decided by 13 April; on 14 April that term, and none any more once notice came on that day.
    """
    running = {one.id: one for one in terms if one.runs and one.last is not None}
    term = running.get("objection-decision") or running.get("decision")
    if term is None or term.last is None or today <= term.last:
        return None
    return None if any(one > term.last for one in notices) else term


def penalty_on(today: date, life: Life, terms: Sequence[CaseTerm], law: Law) -> Penalty | None:
    """Give what is owed up to a day for the last notice of default; None where that had no effect."""
    notice = life.last("declared_in_default")
    decision = next((one for one in terms if one.id == "decision"), None)
    late = late_term(life, notice, decision, terms)
    if notice is None or late is None or late.last is None or notice.on <= late.last:
        return None
    return law.penalty.owed(late.last, notice.on, min(late.ended_on or today, today))


def _penalty_over(late: CaseTerm, notice: Done, law: Law) -> date | None:
    """Give the last day for which the penalty is owed: the day before the decision was sent, or the last of its days."""
    if late.last is None:
        return None
    longest = sum(one.days for one in law.penalty.steps)
    at_most = law.penalty.owed(late.last, notice.on, late.ended_on or notice.on + timedelta(days=longest + 60))
    return at_most.last
