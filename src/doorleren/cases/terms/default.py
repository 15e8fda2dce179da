"""What follows on a notice of default: two weeks, then the penalty, then the decision that fixes it. Awb 4:17 and 4:18."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from doorleren.cases.stops import said
from doorleren.cases.terms.facts import CaseTerm, Done, Law, Life, of_law, waiting
from doorleren.cases.terms.objecting import DECIDING_ON
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
    """Give the term that a notice of default is about: that of an objection where one came before it, else of the decision.

    Of several objections the one whose term was over first and not met by then; where none was, the last one.
    """
    if notice is None:
        return None
    told = [one for one in objecting if one.id == DECIDING_ON and one.about < notice.number]
    if not told:
        return decision
    late = [
        (one.last, one.about, one) for one in told
        if one.last is not None and one.last < notice.on and (one.ended_on is None or one.ended_on >= notice.on)
    ]  # fmt: skip
    return min(late)[2] if late else told[-1]


def overdue(terms: Iterable[CaseTerm], notices: Iterable[date], today: date) -> CaseTerm | None:
    """Give the term of the authority about which notice of default can be given today; None where there is none.

    Deciding on the open objection that is due first, else on the application: its last day has passed, it was not met, and no
    notice came since.
    Example: to be decided by 13 April; on 14 April that term, and none any more once notice came on that day.
    """
    running = [(one.last, one.about, one) for one in terms if one.runs and one.last is not None]
    term = min((one for one in running if one[2].id == DECIDING_ON), default=None)
    last, _, found = term or next((one for one in running if one[2].id == "decision"), (today, 0, None))
    return None if today <= last or any(one > last for one in notices) else found


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
