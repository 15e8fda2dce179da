"""The plan by which a loan is paid back, month by month, as pure functions.

Whole cents. When it begins, the months and the rate come from the scheme's file (rules/handling.py); that all months are alike is
an assumption of `law/frameworks.toml`, shown with the plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from doorleren.core.days import add_months
from doorleren.core.money import half_up
from doorleren.rules.handling import MONTHS, Repaying


@dataclass(frozen=True, slots=True)
class Month:
    """One instalment: its number from 1, its last day, what of it is interest and what is repaid, and what is left after it."""

    number: int
    day: date
    interest: int
    repaid: int
    left: int

    @property
    def cents(self) -> int:
        """Give what is to be paid."""
        return self.interest + self.repaid


def plan(cents: int, law: Repaying) -> tuple[Month, ...]:
    """Divide a loan over the months: the same amount each, of interest and repayment; the last month takes what is left.

    Example: 1,000 euros in 12 months at 12 per cent a year: 88.85 a month, of which 10.00 is interest in the first.
    """
    monthly, left, rows = monthly_cents(cents, law), cents, list[Month]()
    for number in range(1, law.months + 1):
        interest = month_of_interest(left, law.rate)
        repaid = left if number == law.months else min(monthly - interest, left)
        left -= repaid
        rows.append(Month(number, due_on(law, number), interest, repaid, left))
        if not left:
            break
    return tuple(rows)


def monthly_cents(cents: int, law: Repaying) -> int:
    """Give the amount a month of an annuity, rounded up: cents x r / (1 - (1 + r)^-n), with r the interest of a month."""
    rate = law.rate / MONTHS
    if not rate:
        return ceil(Fraction(cents, law.months))
    return ceil(cents * rate / (1 - 1 / (1 + rate) ** law.months))


def month_of_interest(cents: int, rate: Fraction) -> int:
    """Give the interest of a month over what is outstanding."""
    return half_up(cents * rate / MONTHS)


def due_on(law: Repaying, number: int) -> date:
    """Give the last day of a month of the plan, on which it is to be paid."""
    return add_months(law.starts, number) - timedelta(days=1)
