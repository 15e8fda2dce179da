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
from doorleren.payments.balances import standing_of, standings_of
from doorleren.payments.models import BankAnswer


@dataclass(frozen=True, slots=True)
class Claim:
    """How the last recovery of a case stands on a day, in cents: what the ledger claims, what is late, interest not fixed yet.

    `posted`: the ledger has followed everything that was decided, so that `open_cents` is what `debt.open` says.
    """

    debt: Debt
    instalments: tuple[Paid, ...]
    open_cents: int
    overdue_cents: int
    interest_cents: int
    barred_after: date
    posted: bool


def received_on(case: int) -> tuple[Moved, ...]:
    """Give what the bank received of a claim, by the day on which it was booked there."""
    rows = BankAnswer.objects.filter(case=case, outcome="received").order_by("entry__day", "entry")
    told = rows.values_list("entry__day", "at", "entry__cents")
    return tuple(Moved(day or day_of(at), cents or 0) for day, at, cents in told)


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
