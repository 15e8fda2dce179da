"""A claim as it stands: the recovery of a case with its instalments, and what the bank received of it, by day. Reads only.

What a page shows and what the commands of recovering and collecting must be given.
"""

from dataclasses import dataclass
from datetime import date

from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.collecting import Debt, debt_of
from doorleren.decisions.debts import Moved, Paid, interest_cents
from doorleren.decisions.models import Recovery, RecoveryStep
from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.models import BankAnswer, Transaction
from doorleren.payments.queries import receipt_key

_STEPS = ("waiver", "fee", "interest", "set_off", "lift", "lift_write_off")
"""What the keys of postings begin with that follow a step after a recovery; then comes the number of the step."""


@dataclass(frozen=True, slots=True)
class Claim:
    """How the last recovery of a case stands on a day, in cents: what the ledger claims, what is late, interest not fixed yet.

    `posted`: the ledger has followed everything that was decided, so that `open_cents` is what `debt.open` says: both count what
    came off with `core.money.comes_off`, in the order of the ledger.
    """

    debt: Debt
    instalments: tuple[Paid, ...]
    open_cents: int
    overdue_cents: int
    interest_cents: int
    barred_after: date
    posted: bool


def received_on(case: int) -> tuple[Moved, ...]:
    """Give what came in since the last recovery of a case, as the ledger has it, in its order; by the day of the bank where it told one."""
    found = Recovery.objects.filter(case=case).order_by("-number").first()
    rows = Transaction.objects.filter(subject_kind="case", subject_id=str(case)).order_by("turn")
    begun = None if found is None else rows.filter(key=f"recovery/{found.pk}").first()
    if begun is None:
        return ()
    numbers = dict(RecoveryStep.objects.filter(recovery=found).values_list("pk", "act__number"))
    days, after, told = _days(case), 0, []
    for one in rows.filter(turn__gt=begun.turn):
        name, _, number = one.key.partition("/")
        if one.act == "receive":
            told.append(Moved(days.get(one.key) or day_of(one.at), one.cents, after))
        elif name in _STEPS:
            after = max(after, numbers.get(int(number.partition("/")[0]), 0))
    return tuple(told)


def claim_of(case: int, today: date) -> Claim:
    """Give how the claim of a case stands. Raises DecisionRefused where nothing is recovered."""
    debt = debt_of(case, received_on(case))
    standing = standing_of("case", str(case))
    open_cents = standing.amount("recoverable")
    yesterday = date.fromordinal(today.toordinal() - 1)
    return Claim(
        debt, debt.standing(today), open_cents, debt.overdue(today), interest_cents(debt.interest(yesterday)),
        debt.barred_after(), open_cents == debt.open,
    )  # fmt: skip


def payable_elsewhere(case: int) -> dict[int, int]:
    """Give the cases (ids) of the same applicant, scheme and body in which something is to be paid, with the cents.

    A set-off may be against these. Whether the applicant is whom is paid, the command asks (decisions/commands/collect.py).
    """
    own = Case.objects.get(pk=case)
    mine = Application.objects.get(pk=int(own.subject_id))
    same = Application.objects.filter(applicant_kind=mine.applicant_kind, applicant_number=mine.applicant_number)
    numbers = [str(one) for one in same.values_list("pk", flat=True)]
    cases = Case.objects.filter(
        scheme=own.scheme, body=own.body_id, subject_kind=own.subject_kind, subject_id__in=numbers
    )
    asked = [("case", str(one)) for one in cases.values_list("pk", flat=True)]
    owed = {int(id_): standing.amount("payable") for (_, id_), (_, standing) in standings_of(asked).items()}
    return {one: cents for one, cents in owed.items() if cents}


def _days(case: int) -> dict[str, date]:
    """Give for each receipt of a case the day on which the bank booked it, by the key of its posting."""
    rows = BankAnswer.objects.filter(case=case, outcome="received").select_related("entry__message").order_by("-entry")
    return {receipt_key(one.entry, one.entry.message.body_id): one.entry.day for one in rows if one.entry.day}
