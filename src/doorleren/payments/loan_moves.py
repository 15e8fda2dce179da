"""What was outstanding of the loan of a case on a day, from the postings of the ledger. Reads only.

Interest counts from the last day of its own month, whenever it was posted: so it does not matter when the site looked. What was
taken back counts as never lent.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from doorleren.core.days import day_of
from doorleren.payments.models import Posting, Transaction

TAKEN_OFF = ("amend_down", "drop_loan_interest")
"""Events by which a loan, or the interest on it, counts as never lent."""


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many cents the loan changed on a day; `interest_of`: the last day of the month of which that is the interest."""

    day: date
    cents: int
    interest_of: date | None = None


def moves_of(case: int) -> list[Moved]:
    """Give all that the ledger has on the loan of a case; what an earlier ledger booked as an advance was lent since that day."""
    rows = Posting.objects.filter(
        account__kind__in=("loan", "advance"), transaction__subject_kind="case", transaction__subject_id=str(case)
    )
    told = rows.order_by("transaction").values_list(
        "account__kind", "cents", "transaction__at", "transaction__act", "transaction__key"
    )
    found, advanced = list[Moved](), list[date]()
    for kind, cents, at, act, key in told:
        if kind == "advance":
            advanced += [day_of(at)] if act != "lend_advanced" else []
        elif act == "charge_loan_interest":
            found.append(of_month(_last_day(key), cents))
        elif act == "lend_advanced" and advanced:
            found.append(Moved(advanced[0], cents))
        else:
            found.append(Moved(found[0].day if act in TAKEN_OFF and found else day_of(at), cents))
    return found


def of_month(last: date, cents: int) -> Moved:
    """Describe the interest of the month that ends on a day."""
    return Moved(last, cents, last)


def outstanding(moves: Iterable[Moved], day: date) -> int:
    """Give the cents that were outstanding when a day began. Of a loan in parts more can have been taken back than was lent by then."""
    return max(0, sum(one.cents for one in moves if one.day < day))


def repaid_before(case: int) -> int:
    """Give the cents that were repaid on what was taken back of the loan of a case, before or since, and do not count as repaid now.

    What was taken back before something was lent last was settled with that.
    """
    of_loan = Q(account__kind="repaid", transaction__act__in=("amend_down", "repay_again"))
    since = Q(account__kind="undue", transaction__act="receive_undue")
    return -int(_since_lent(case).filter(of_loan | since).aggregate(cents=Sum("cents"))["cents"] or 0)


def remitted_before(case: int) -> int:
    """Give the cents that were remitted of what was taken back of the loan of a case, and do not count as remitted now; as `repaid_before`."""
    rows = _since_lent(case).filter(account__kind="remitted", transaction__act__in=("amend_down", "remit_again"))
    return -int(rows.aggregate(cents=Sum("cents"))["cents"] or 0)


def _since_lent(case: int) -> QuerySet[Posting]:
    """Give the postings of a case since something was lent last."""
    own = Transaction.objects.filter(subject_kind="case", subject_id=str(case))
    last = own.filter(act="lend").aggregate(turn=Max("turn"))["turn"] or 0
    return Posting.objects.filter(transaction__in=own.filter(turn__gt=last))


def interest_key(case: int, last: date) -> str:
    """Give the key under which the interest of a month is posted once. `last`: the last day of that month."""
    return f"loan_interest/{case}/{last:%Y-%m}"


def _last_day(key: str) -> date:
    year, month = map(int, key.rpartition("/")[2].split("-"))
    return date(year, month, monthrange(year, month)[1])
