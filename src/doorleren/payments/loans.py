"""How the loan of a case stands: what was lent, repaid and is left, and its plan of repayment. Reads only.

What a page shows, and what commands/keep_loans.py posts from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from doorleren.cases.models import Case
from doorleren.decisions.debts import Instalment, Paid, overdue, standing
from doorleren.decisions.debts import Moved as Received
from doorleren.decisions.loans import decided_loan
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import Decision
from doorleren.decisions.repayment import Month, plan
from doorleren.payments.balances import standing_of
from doorleren.rules.frameworks import Repayment
from doorleren.rules.handling import Repaying, repaying


@dataclass(frozen=True, slots=True)
class Loan:
    """The loan of a case on a day, in cents. `left`: what is outstanding with the interest so far; `law`: by what it is repaid.

    `law` is None, and `months` empty, while the last day of the activities is not known or the scheme's file does not say all of it
    for then. `assumption`: how the law becomes an amount a month.
    """

    lent: int
    repaid: int
    remitted: int
    interest: int
    left: int
    stopped: date | None
    law: Repaying | None
    months: tuple[Month, ...]
    standing: tuple[Paid, ...]
    overdue: int
    assumption: Repayment | None

    @property
    def next(self) -> Paid | None:
        """Give the first instalment that is not paid whole; None where nothing is left, or there is no plan."""
        return next((one for one in self.standing if one.state != "paid"), None) if self.left else None

    @property
    def next_cents(self) -> int:
        """Give what of that is still to be paid: no more than is left."""
        one = self.next
        return 0 if one is None else min(one.instalment.cents - one.cents, self.left)


def law_of(case: Case, decision: Decision) -> Repaying | None:
    """Give by what a loan is repaid; None while that is not known."""
    if decision.activities_until is None:
        return None
    matter = matter_of(case)
    return repaying(matter.version, matter.track, decision.activities_until)


def loan_of(case: Case, today: date) -> Loan | None:
    """Give how the loan of a case stands; None where it has none in the ledger.

    What comes in counts for the oldest instalments. The plan is that of the whole loan: who repays more, or later, sees it in what
    is left, for interest is counted over what is outstanding.
    """
    decision, sums = decided_loan(case), standing_of("case", str(case.pk))
    if decision is None or not sums.lent:
        return None
    law, assumption = law_of(case, decision), matter_of(case).handled(decision.amount_cents).arrangement.repayment
    months = () if law is None else plan(sums.lent, law)
    came_in, remitted = sums.amount("repaid"), sums.amount("remitted")
    instalments = _without_the_last(tuple(Instalment(one.number, one.day, one.cents) for one in months), remitted)
    return Loan(
        lent=sums.lent, repaid=came_in, remitted=remitted, interest=sums.amount("loan_interest"), left=sums.amount("loan"),
        stopped=decision.activities_until, law=law, months=months, standing=standing(instalments, came_in, today),
        overdue=_overdue(instalments, came_in, sums.amount("loan"), today), assumption=assumption,
    )  # fmt: skip


def _without_the_last(instalments: tuple[Instalment, ...], remitted: int) -> tuple[Instalment, ...]:
    """Leave out what was remitted: of the last instalments, so that the next ones stay as they were told."""
    left = max(0, sum(one.cents for one in instalments) - remitted)
    found = []
    for one in instalments:
        cents = min(one.cents, left)
        left -= cents
        if cents:
            found.append(replace(one, cents=cents))
    return tuple(found)


def _overdue(instalments: Sequence[Instalment], came_in: int, left: int, today: date) -> int:
    return min(left, overdue(instalments, (Received(date.min, came_in),), today))
