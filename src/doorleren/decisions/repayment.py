"""The plan by which a loan is paid back, month by month, as a pure function; and whether it was, as the record of the case says.

Whole cents. When it begins, the months and the rate come from the scheme's file (rules/handling.py); that all months are alike is
an assumption of `law/frameworks.toml`, shown with the plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from doorleren.cases.models import Case, CaseAct
from doorleren.cases.stops import said
from doorleren.core.days import add_months
from doorleren.core.money import half_up
from doorleren.core.texts import Texts
from doorleren.decisions.models import Decision
from doorleren.decisions.queries import decision_in_force
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rules.frameworks import LOAN, ON_REPAYMENT
from doorleren.rules.handling import MONTHS, Repaying

REPAID = "loan_repaid"
"""What the note of the site says once nothing of a loan is outstanding."""
NOT_REPAID = said(
    "Deze lening is nog niet terugbetaald. Vaststellen kan pas als alles is terugbetaald.",
    "This loan has not been repaid yet. It can be settled only once all of it was repaid.",
)
NEVER_LOWER = said(
    "Een lening wordt niet lager vastgesteld. Zij wordt vastgesteld als alles is terugbetaald.",
    "A loan is not settled lower. It is settled once all of it was repaid.",
)


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


def repaid(decision: Decision) -> bool:
    """Say whether all of a loan was repaid since this decision on it."""
    notes = CaseAct.objects.filter(case=decision.case_id, act="contact_noted", details__what=REPAID)
    return notes.filter(number__gt=decision.act.number, by_kind="site").exists()


def not_repaid(case: Case) -> Texts | None:
    """Give the sentence why a loan is not settled yet; None where all was repaid, or the case has no loan."""
    decision = _loan(case)
    return None if decision is None or repaid(decision) else NOT_REPAID


def never_lower(case: Case) -> Texts | None:
    """Give the sentence why a loan is not settled lower; None where the case has no loan."""
    return None if _loan(case) is None else NEVER_LOWER


def _loan(case: Case) -> Decision | None:
    found = decision_in_force(case.pk) if case.procedure == LOAN else None
    return found if found is not None and found.settle_how == ON_REPAYMENT else None


def ensure_repaid(decision: Decision) -> None:
    """Raise DecisionRefused for a loan that was not repaid: it is settled once that was noted."""
    if decision.settle_how == ON_REPAYMENT and not repaid(decision):
        raise DecisionRefused(NOT_REPAID, code="not_repaid")


def ensure_no_loan(decision: Decision) -> None:
    """Raise DecisionRefused for a loan: that is settled at what was lent, never lower."""
    if decision.settle_how == ON_REPAYMENT:
        raise DecisionRefused(NEVER_LOWER, code="loan")
