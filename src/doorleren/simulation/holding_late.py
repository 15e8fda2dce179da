"""What must be true after every step of late decisions: one notice about each counts, and its penalty is for whole days, once, as the ledger has it.

Asked of the rows themselves, with counting of our own: days and sums of the penalty from above, that a decision was sent from the acts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Sum

from doorleren.cases.acts import FAMILIES
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.recording import law, life_of
from doorleren.cases.terms import notices_of, terms_of
from doorleren.cases.terms.default import Matter
from doorleren.decisions.models import FixedPenalty, ObjectionDecision
from doorleren.payments.models import Transaction
from doorleren.payments.penalties import PENALTY
from doorleren.simulation.holding import Violation

Found = Iterator[Violation]
A_DAY = ((14, 2300), (14, 3500), (14, 4500))
"""So many days at so many cents a day (Awb 4:17)."""
MOST_DAYS, TWO_WEEKS = 42, timedelta(days=14)
WITHDRAWN = ("withdrawn", "forwarded", "objection_withdrawn")
"""After which nothing is left to decide on the application, or on the last objection."""


def hold_late(case: Case, rows: Sequence[CaseAct]) -> Found:
    """Give what is wrong with notices of default in a case and their penalties."""
    if not any(one.act == "declared_in_default" for one in rows):
        return
    yield from _one_counts(case, rows)
    penalties = list(FixedPenalty.objects.filter(act__case=case).select_related("notice", "replaces").order_by("act"))
    yield from _once(case, rows, penalties)
    for one in penalties:
        yield from _counted(one)
        if one.replaces is None:
            yield from _over(case, one, rows)
    yield from _owed(case, penalties)


def _one_counts(case: Case, rows: Sequence[CaseAct]) -> Found:
    """About one late decision a notice came once, but for one noted later that came on an earlier day."""
    first: dict[Matter, date] = {}
    life = life_of(case, rows)
    for one in notices_of(life, terms_of(life, law())):
        came = first.get(one.matter)
        late, day = one.late, one.done.on
        counted = late is not None and late.last is not None and late.last < day <= (late.ended_on or day)
        if came is not None and came <= day:
            told = f"of {day} about {one.about}; one came on {came}"
            yield Violation("notices", f"case {case.pk}, act {one.done.number}", told)
        if counted:
            first[one.matter] = day


def _once(case: Case, rows: Sequence[CaseAct], penalties: Sequence[FixedPenalty]) -> Found:
    """For each late decision a penalty was fixed once; what an objection made of it takes its place, and is more."""
    life = life_of(case, rows)
    late_with = {one.done.number: one.matter for one in notices_of(life, terms_of(life, law()))}
    about = Counter(late_with[one.notice.number] for one in penalties if one.replaces is None)
    for number, times in about.items():
        if times > 1:
            yield Violation("penalties", f"case {case.pk}", f"fixed {times} times for being late with {number}")
    for one in penalties:
        if one.replaces is not None and not (one.days > one.replaces.days and one.notice_id == one.replaces.notice_id):
            yield Violation("penalties", f"penalty of act {one.act_id}", f"{one.days} days in the place of {one.replaces.days}")  # fmt: skip


def _counted(one: FixedPenalty) -> Found:
    """It begins two weeks after its notice, its days follow each other, and its cents are those of its days."""
    first, left, cents = one.notice.happened_on + TWO_WEEKS + timedelta(days=1), one.days, 0
    for days, a_day in A_DAY:
        cents, left = cents + min(left, days) * a_day, left - min(left, days)
    days = 0 if one.last_on is None else (one.last_on - one.first_on).days + 1
    if left or cents != one.cents or days != one.days or not first <= one.first_on <= first + timedelta(days=8):
        told = f"{one.cents} cents for {one.days} days from {one.first_on}, after a notice of {one.notice.happened_on}"
        yield Violation("penalties", f"penalty of act {one.act_id}", told)


def _over(case: Case, one: FixedPenalty, rows: Sequence[CaseAct]) -> Found:
    """It was fixed when all its days were over, or when what it is about had been sent: on the day after its last day."""
    if one.days == MOST_DAYS:
        return
    after = one.first_on + timedelta(days=one.days)
    sent = _answered(case, one.notice, rows)
    if after not in sent or (one.last_on is not None and one.last_on >= one.act.happened_on):
        told = f"fixed on {one.act.happened_on} until {one.last_on}; what was decided was sent on {sorted(sent)}"
        yield Violation("penalties", f"penalty of act {one.act_id}", told)


def _answered(case: Case, notice: CaseAct, rows: Sequence[CaseAct]) -> set[date]:
    """Give the days on which something that ended the wait was sent or happened."""
    number = notice.details.get("objection")
    if number:
        answers = ObjectionDecision.objects.filter(objection__case=case, objection__number=number)
        acts = set(answers.values_list("act__number", flat=True))
    else:
        acts = {one.number for one in rows if one.act in FAMILIES["decided"]}
    sent = {one.happened_on for one in rows if one.act == "dispatched" and int(str(one.details["of"])) in acts}
    return sent | {one.happened_on for one in rows if one.act in WITHDRAWN}


def _owed(case: Case, penalties: Sequence[FixedPenalty]) -> Found:
    """The ledger owes no more than the penalties that stand, and nothing that was not fixed."""
    replaced = {one.replaces_id for one in penalties}
    stand = sum(one.cents for one in penalties if one.act_id not in replaced)
    owed = Transaction.objects.filter(act="owe_penalty", subject_kind=PENALTY, subject_id=str(case.pk))
    there = owed.aggregate(sum=Sum("cents"))["sum"] or 0
    if there > stand:
        yield Violation("penalties", f"case {case.pk}", f"{there} cents are owed, and {stand} were fixed")
