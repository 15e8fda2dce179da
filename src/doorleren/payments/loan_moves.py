"""What was outstanding of the loan of a case on a day, from the postings of the ledger. Reads only.

Interest counts from the last day of its own month, whenever it was posted: so it does not matter when the site looked.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from doorleren.core.days import day_of
from doorleren.payments.models import Posting


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many cents the loan changed on a day; `interest_of`: the last day of the month of which that is the interest."""

    day: date
    cents: int
    interest_of: date | None = None


def moves_of(case: int) -> list[Moved]:
    """Give all that the ledger has on the loan of a case."""
    rows = Posting.objects.filter(
        account__kind="loan", transaction__subject_kind="case", transaction__subject_id=str(case)
    )
    told = rows.values_list("cents", "transaction__at", "transaction__act", "transaction__key")
    return [
        of_month(_last_day(key), cents) if act == "charge_loan_interest" else Moved(day_of(at), cents)
        for cents, at, act, key in told
    ]


def of_month(last: date, cents: int) -> Moved:
    """Describe the interest of the month that ends on a day."""
    return Moved(last, cents, last)


def outstanding(moves: Iterable[Moved], day: date) -> int:
    """Give the cents that were outstanding when a day began."""
    return sum(one.cents for one in moves if one.day < day)


def interest_key(case: int, last: date) -> str:
    """Give the key under which the interest of a month is posted once. `last`: the last day of that month."""
    return f"loan_interest/{case}/{last:%Y-%m}"


def _last_day(key: str) -> date:
    year, month = map(int, key.rpartition("/")[2].split("-"))
    return date(year, month, monthrange(year, month)[1])
