"""What must be true of claims after every step: as decided and as the ledger has them, terms before a reminder and a writ, who is set off, what is upheld.

Asked of the rows themselves, with counting of our own: the last days from letters that went out, the interest from above.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from doorleren.applications.models import Application
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.law_of_debts import law_of_debts
from doorleren.decisions.models import Decision, ObjectionDecision, Recovery, RecoveryStep
from doorleren.payments.claims import claim_of
from doorleren.payments.models import Transaction
from doorleren.simulation.holding import Violation

Found = Iterator[Violation]
Steps = Sequence[RecoveryStep]
FOUR_WEEKS = timedelta(days=28 + 8)
"""Four weeks, and what the Algemene termijnenwet may add."""
SIX_WEEKS, TWO_WEEKS, FIVE_YEARS = timedelta(days=42), timedelta(days=14), timedelta(days=5 * 366 + 8)
LEAST_CENTS = 2000
"""Less interest than that at once is not owed (Awb 4:98)."""
BARRED = ("reminded", "set_off", "writ")
"""What is no longer possible once five years are over (Awb 4:104)."""
INSTEAD = {"penalty_fixed": "penalty_fixed", "payment_suspended": "payment_released"}
"""What takes the place of a decision on money when an objection against it is upheld; of a recovery a part falls away."""
POSTED_AS = {
    "waived": ("waiver",), "reminded": ("fee",), "interest": ("interest",), "set_off": ("set_off",), "lifted": (),
    "deferred": (), "writ": (),
}  # fmt: skip


def hold_debts(case: int, today: date) -> Found:
    """Give what is wrong with what is recovered in a case, and with a grant that came down because the budget fell short."""
    for number, one in enumerate(Recovery.objects.filter(case=case).select_related("act").order_by("number"), 1):
        steps = list(one.steps.select_related("act", "against").order_by("act__number"))
        sent = _sent(case)
        for found in (_in_time(one, steps, sent), _interest(one, steps), _sums(one, steps), _same_person(one, steps)):
            yield from found
        if one.number != number:
            yield Violation("claims", f"case {case}", f"recovery {one.number} is the one with place {number}")
    yield from _upheld(case)
    yield from _as_posted(case, today)
    yield from _budget(case)


def _sent(case: int) -> dict[int, date]:
    """Give for each act of a case the day on which its letter was first noted as sent."""
    found: dict[int, date] = {}
    for details, day in CaseAct.objects.filter(case=case, act="dispatched").values_list("details", "happened_on"):
        number = int(details["of"])
        found[number] = min(day, found.get(number, day))
    return found


def _in_time(one: Recovery, steps: Steps, sent: dict[int, date]) -> Found:
    """Nobody is reminded before the last day of a letter that went out, nor gets a writ before that of a reminder that did."""
    where, told = f"recovery {one.pk}", sent.get(one.act.number)
    until = one.pay_by if told is None else max(one.pay_by, told + SIX_WEEKS)
    begun, reminded = [until], 0
    for step in steps:
        day, went = step.act.happened_on, sent.get(step.act.number)
        if step.step in BARRED and day_of(step.act.at) > max(begun) + FIVE_YEARS + _months(one, steps):
            yield Violation("terms", where, f"{step.step} on {day}, and the claim is barred")
        if step.step == "reminded":
            if told is None or told >= until or day <= until:
                yield Violation("terms", where, f"reminded on {day}; the letter went out on {told}, until {until}")
            reminded = step.act.number
        elif step.step == "writ" and (reminded not in sent or day <= sent[reminded] + TWO_WEEKS):
            yield Violation("terms", where, f"a writ on {day}, and the reminder went out on {sent.get(reminded)}")
        elif step.step == "deferred" and step.pay_by is not None:
            told, until, reminded = went, step.pay_by, 0
            begun.append(until)
        begun.append(max(day, went or day))


def _months(one: Recovery, steps: Steps) -> timedelta:
    """Give the longest time that all parts together take."""
    return timedelta(days=31 * max([one.instalments, *(step.instalments or 0 for step in steps)]))


def _interest(one: Recovery, steps: Steps) -> Found:
    """Interest is fixed for days that are over and that no earlier decision counted, never too little, never more than the law can ask."""
    first, total, where = one.act.happened_on, 0, f"recovery {one.pk}"
    last = first
    for step in steps:
        if step.step != "interest" or step.counted_until is None:
            continue
        if step.cents < LEAST_CENTS or not last < step.counted_until < step.act.happened_on:
            told = f"fixed on {step.act.happened_on}, before that until {last}"
            yield Violation("interest", where, f"{step.cents} cents until {step.counted_until}, {told}")
        last, total = step.counted_until, total + step.cents
        percents, days = max(law_of_debts().rate_on(day).percent for day in (first, last)), (last - first).days
        most = Fraction(one.cents * percents * days, 100 * 365) * Fraction(100 + percents, 100) ** (days // 365)
        if total > most:
            yield Violation("interest", where, f"{total} cents over {one.cents} in {days} days")


def _sums(one: Recovery, steps: Steps) -> Found:
    """No more is given up, or falls away, than was recovered; and a deferral is of no more than that."""
    off = sum(step.cents for step in steps if step.step in ("waived", "lifted"))
    deferred = max((step.cents for step in steps if step.step == "deferred"), default=0)
    if off > one.cents or deferred > one.cents:
        yield Violation(
            "claims", f"recovery {one.pk}", f"{one.cents} cents, of which {off} given up and {deferred} put off"
        )


def _same_person(one: Recovery, steps: Steps) -> Found:
    """A set-off is with money for the same person, of the same scheme and body."""
    for step in steps:
        if step.against is not None and len({_whose(one.case), _whose(step.against)} - {None}) > 1:
            yield Violation("set off for the same", f"recovery {one.pk}", f"set off against case {step.against_id}")


def _upheld(case: int) -> Found:
    """An objection against a debt that is upheld gives something: so much of that recovery falls away, a longer penalty, an end of the suspension."""
    rows = ObjectionDecision.objects.filter(objection__case=case, outcome="debt_objection_upheld")
    for one in rows.select_related("act", "instead", "objection__against"):
        against, told, instead, fell = one.objection.against, one.act.details, one.instead, list[int]()
        if against.act == "recovery_decided":
            steps = RecoveryStep.objects.filter(recovery__act=against, step="lifted", act=one.act)
            fell = [step.cents + step.waived_cents for step in steps]
            right = len(fell) == 1 and fell[0] >= int(str(told["cents"])) == one.lifted_cents
        else:
            right = instead is not None and instead.act == INSTEAD.get(against.act) and instead.number > against.number
        if not right:
            yield Violation("upheld", f"case {case}, act {one.act.number}", f"{told} for {against.act}, and there is {instead or fell}")  # fmt: skip


def _whose(case: Case) -> tuple[int, str, str, int] | None:
    """Give the body, scheme and applicant of a case; None once that was destroyed."""
    if case.destroyed_at is not None:
        return None
    subject = Application.objects.get(pk=int(case.subject_id))
    return case.body_id, case.scheme, subject.applicant_kind, subject.applicant_number


def _as_posted(case: int, today: date) -> Found:
    """Once the ledger has followed all that was decided on the one claim of a case, both say the same of what is open."""
    rows = list(Recovery.objects.filter(case=case)[:2])
    if len(rows) != 1:
        return
    one = rows[0]
    keys = set(Transaction.objects.filter(subject_kind="case", subject_id=str(case)).values_list("key", flat=True))
    for step in one.steps.all():
        if not _followed(step, keys):
            return
    if f"recovery/{one.pk}" not in keys:
        return
    claim = claim_of(case, today)
    if not claim.posted:
        yield Violation("claims", f"recovery {one.pk}", f"decided is that {claim.debt.open} cents are open, in the ledger are {claim.open_cents}")  # fmt: skip


def _followed(step: RecoveryStep, keys: set[str]) -> bool:
    """Say whether the ledger has a step, where that moves money."""
    if step.step == "lifted":
        names = [name for name, cents in (("lift", step.cents), ("lift_write_off", step.waived_cents)) if cents]
    else:
        names = list(POSTED_AS[step.step])
    if step.step == "reminded" and not step.fee_cents:
        names = []
    if step.step == "set_off" and step.against_id != step.recovery.case_id:
        return f"set_off/{step.pk}/received" in keys
    return all(f"{name}/{step.pk}" in keys for name in names)


def _budget(case: int) -> Found:
    """A grant comes down for lack of budget only where it was given on that condition, within four weeks, to less than it was."""
    for act in CaseAct.objects.filter(case=case, act="budget_reservation_invoked").order_by("number"):
        where, decision = f"case {case}, act {act.number}", Decision.objects.select_related("replaces").get(act=act)
        granted = CaseAct.objects.filter(case=case, act__in=("granted", "partly_granted"), number__lt=act.number)
        given = granted.order_by("-number").first()
        adopted, before = date.fromisoformat(str(act.details["adopted_on"])), decision.replaces
        if given is None or not given.details.get("budget_reservation"):
            yield Violation("budget", where, "the grant was given without that condition")
        if not adopted <= act.happened_on <= adopted + FOUR_WEEKS:
            yield Violation("budget", where, f"on {act.happened_on}, and the budget was adopted on {adopted}")
        if before is None or not decision.amount_cents < before.amount_cents:
            yield Violation("budget", where, f"{decision.amount_cents} cents are left")
