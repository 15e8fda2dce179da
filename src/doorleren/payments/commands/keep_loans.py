"""Keeping loans in the ledger, once a day and around each receipt: what is a loan, the interest of its months, that it was repaid.
Once a day who has one is told of the plan, when it is known (tell_of_loan.py).

Pulled, and asked again without harm: the interest of a month has the key `loan_interest/9/2027-01`, by its case and month. It is
counted over what was outstanding when the last day of that month began, whenever it is posted. A loan that an earlier ledger booked as an advance becomes one; what that ledger
settled as an expense stays one, as no posting changes. Once nothing is outstanding the site notes so in the case, and it can be settled.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from doorleren.audit.acts import SITE, Party
from doorleren.cases.commands.perform import perform
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.core.looks import AT_ONCE, Looked, looked
from doorleren.decisions.loans import REPAID, decided_loan, repaid
from doorleren.decisions.models import GIVING, Decision
from doorleren.decisions.one_by_one import one_by_one
from doorleren.decisions.repayment import due_on, month_of_interest
from doorleren.payments.balances import standing_of
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.tell_of_loan import tell_plan
from doorleren.payments.loan_moves import interest_key, moves_of, of_month, outstanding
from doorleren.payments.loans import law_of
from doorleren.payments.models import Transaction
from doorleren.rules.frameworks import ON_REPAYMENT

OPEN = ("granted", "objection")
"""States of a case whose loan is not settled."""
WITHDRAWN = "revoked"
"""The state of a case whose loan was withdrawn: an earlier ledger left interest on it."""


def keep_loans(
    now: Callable[[], datetime], *, after: int = 0, most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> Looked:
    """Keep the loans of the next cases, each in a transaction of its own. What goes wrong is said in the log."""
    rows = Decision.objects.filter(
        settle_how=ON_REPAYMENT,
        kind__in=GIVING,
        replaced_by=None,
        followed__isnull=False,
        case__state__in=(*OPEN, WITHDRAWN),
        case__gt=after,
    )
    found = list(rows.order_by("case").values_list("case", flat=True)[:most])
    done = sum(
        one_by_one(found, partial(_step, step, now), wrong="the loan of case %s could not be kept", stopped=stopped)
        for step in (keep_loan, tell_plan)
    )
    return looked(done, found, most)


def _step(step: Callable[[Case, datetime], int], now: Callable[[], datetime], case: int) -> int:
    return step(locked_case(case), now())


def keep_loan(case: Case, at: datetime) -> int:
    """Post what is due on the loan of a case that the caller locked, and note that it was repaid; give how much was done."""
    decision = decided_loan(case)
    if decision is None:
        return 0
    done = _without_interest(case, decision, at)
    if case.state not in OPEN:
        return done
    return done + _as_a_loan(case, decision, at) + _interest(case, decision, at) + _repaid(case, decision, at)


def _without_interest(case: Case, decision: Decision, at: datetime) -> int:
    """Take off the interest that stands on a loan of which nothing is lent any more: an earlier ledger left it there."""
    standing = standing_of("case", str(case.pk))
    cents = min(standing.amount("loan"), standing.amount("loan_interest"))
    if standing.lent or standing.amount("obligation") or not cents:
        return 0
    before = Transaction.objects.filter(subject_kind="case", subject_id=str(case.pk), act="drop_loan_interest").count()
    _post(case, decision, "drop_loan_interest", cents, f"loan_interest_off/{case.pk}/{before + 1}", at)
    return 1


def _as_a_loan(case: Case, decision: Decision, at: datetime) -> int:
    """Book as a loan what stands as an advance."""
    cents = standing_of("case", str(case.pk)).amount("advance")
    if cents:
        before = Transaction.objects.filter(subject_kind="case", subject_id=str(case.pk), act="lend_advanced").count()
        _post(case, decision, "lend_advanced", cents, f"loan/{case.pk}/{before + 1}", at)
    return int(bool(cents))


def _interest(case: Case, decision: Decision, at: datetime) -> int:
    """Charge the interest of each month of the plan whose last day was reached, while something is outstanding."""
    law, done = law_of(case, decision), 0
    if law is None or not standing_of("case", str(case.pk)).amount("loan"):
        return 0
    told = moves_of(case.pk)
    for number in range(1, law.months + 1):
        last = due_on(law, number)
        if last > day_of(at):
            break
        cents = (
            0 if any(one.interest_of == last for one in told) else month_of_interest(outstanding(told, last), law.rate)
        )
        if cents:
            _post(case, decision, "charge_loan_interest", cents, interest_key(case.pk, last), at)
            told.append(of_month(last, cents))
            done += 1
    return done


def _repaid(case: Case, decision: Decision, at: datetime) -> int:
    """Note that all was repaid, once; a note that the case does not take now is for the next time."""
    standing = standing_of("case", str(case.pk))
    if not standing.loan_to_settle or standing.amount("loan") or repaid(decision):
        return 0
    try:
        with transaction.atomic():
            perform(
                case.pk, "contact_noted", by=SITE, at=at, details={"what": REPAID, "cents": standing.loan_to_settle}
            )
    except CaseRefused:
        return 0
    return 1


def _post(case: Case, decision: Decision, act: str, cents: int, key: str, at: datetime) -> None:
    post(Event(act, Party("case", str(case.pk)), cents, key, case.body_id, decision.round_id), by=SITE, at=at)
