"""What must be true of loans after every step: interest of each month over what was outstanding, repaid before settled, no more remitted than allowed.

Asked of the rows themselves, with counting of our own: the interest of the scheme is half a per cent a month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import add_months, day_of
from doorleren.decisions.models import GIVING, Decision
from doorleren.payments.models import Posting
from doorleren.rules.frameworks import ON_REPAYMENT
from doorleren.simulation.holding import Violation
from doorleren.simulation.world import Season

Found = Iterator[Violation]
LENT, INTEREST, TAKEN_BACK = ("lend", "lend_advanced"), "charge_loan_interest", "amend_down"
MONTHS = 12
SIX_WEEKS, TWO_WEEKS = timedelta(days=42), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moved:
    """By how many cents a loan changed, by what and when; interest counts on the last day of its own month, what was taken back as never lent."""

    act: str
    cents: int
    at: datetime
    day: date


def hold_loan(case: Case, rows: Sequence[CaseAct]) -> Found:
    """Give what is wrong with the loan of a case."""
    if case.procedure != "loan":
        return
    moves = moved(case.pk)
    yield from _interest(case, moves)
    yield from _repaid(case, moves, rows)
    yield from _remitted(case, moves, rows)
    yield from _reminded(case, rows)


def moved(case: int) -> list[Moved]:
    """Give all that happened to the loan of a case in the ledger, in order."""
    told = Posting.objects.filter(
        account__kind="loan", transaction__subject_kind="case", transaction__subject_id=str(case)
    )
    rows = told.order_by("transaction").values_list(
        "transaction__act", "cents", "transaction__at", "transaction__key"
    )  # fmt: skip
    found = list[Moved]()
    for act, cents, at, key in rows:
        day = found[0].day if found and act == TAKEN_BACK else day_of(at)
        found.append(Moved(act, cents, at, _month(key) if act == INTEREST else day))
    return found


def _month(key: str) -> date:
    """Give the last day of the month that a key names."""
    year, month = map(int, key.rpartition("/")[2].split("-"))
    return add_months(date(year, month, 1), 1) - timedelta(days=1)


def of_a_month(moves: Sequence[Moved], last: date) -> int:
    """Count the interest of the month that ends on a day: half a per cent of what was outstanding when that day began, halves up."""
    return (max(0, sum(one.cents for one in moves if one.day < last)) * 5 + 500) // 1000


def _interest(case: Case, moves: Sequence[Moved]) -> Found:
    """The interest of a month is that of what was outstanding, once, and never before the month is over; what is left is not below zero."""
    charged = [one for one in moves if one.act == INTEREST]
    if len({one.day for one in charged}) != len(charged):
        yield Violation("loans", f"case {case.pk}", f"interest of {[str(one.day) for one in charged]}")
    for place, one in enumerate(moves):
        if one.act != INTEREST:
            continue
        wanted = of_a_month(moves[:place], one.day)
        if one.cents != wanted or day_of(one.at) < one.day:
            told = f"{one.cents} cents of interest until {one.day}, posted at {one.at}; it should be {wanted}"
            yield Violation("loans", f"case {case.pk}", told)
    if sum(one.cents for one in moves) < 0:
        yield Violation("loans", f"case {case.pk}", "more was repaid than was lent with its interest")


def _repaid(case: Case, moves: Sequence[Moved], rows: Sequence[CaseAct]) -> Found:
    """It is noted as repaid when nothing is outstanding, and settled as granted after such a note since it was granted."""
    granted = noted = 0
    for row in rows:
        left = sum(one.cents for one in moves if one.at <= row.at)
        if row.act in ("granted", "partly_granted", "amended", "budget_reservation_invoked"):
            granted = row.number
        elif row.details.get("what") == "loan_repaid":
            noted = row.number
            if left or not any(one.act in LENT for one in moves):
                yield Violation("loans", f"case {case.pk}, act {row.number}", f"noted as repaid, and {left} cents are outstanding")  # fmt: skip
        elif row.act == "settled_as_granted" and noted < granted:
            yield Violation("loans", f"case {case.pk}, act {row.number}", f"settled with {left} cents outstanding")


def _remitted(case: Case, moves: Sequence[Moved], rows: Sequence[CaseAct]) -> Found:
    """What is remitted was decided in an act, and is at most the half of what was lent."""
    remitted = -sum(one.cents for one in moves if one.act == "remit")
    lent = sum(one.cents for one in moves if one.act in LENT)
    decided = sum(int(str(row.details["cents"])) for row in rows if row.details.get("what") == "loan_remitted")
    if remitted != decided or 2 * remitted > lent:
        yield Violation("loans", f"case {case.pk}", f"{remitted} cents were remitted of {lent}, decided were {decided}")


def _reminded(case: Case, rows: Sequence[CaseAct]) -> Found:
    """Nobody is reminded within six weeks of the letter with the plan, nor within two weeks of a reminder that went out."""
    what: dict[int, str] = {}
    told, reminded = [], []
    for row in rows:
        what[row.number] = str(row.details.get("what", ""))
        if row.act == "dispatched":
            of = what.get(int(str(row.details["of"])))
            told += [row.happened_on] if of == "loan_plan" else []
            reminded += [row.happened_on] if of == "loan_reminded" else []
        elif what[row.number] == "loan_reminded":
            early = not told or row.happened_on <= min(told) + SIX_WEEKS
            if early or any(row.happened_on <= day + TWO_WEEKS for day in reminded):
                yield Violation("terms", f"case {case.pk}, act {row.number}", f"reminded on {row.happened_on}; plan {told}, before {reminded}")  # fmt: skip


def hold_kept_loans(season: Season, today: date) -> Found:
    """After the site looked no month of interest lacks, and what was repaid is noted as such."""
    if not season.lends:
        return
    rows = Decision.objects.filter(
        case__in=season.cases, settle_how=ON_REPAYMENT, kind__in=GIVING, replaced_by=None, case__state="granted"
    )
    for one in rows.filter(followed__isnull=False).select_related("act").order_by("case"):
        moves = moved(one.case_id)
        left = sum(move.cents for move in moves)
        there = {move.day for move in moves if move.act == INTEREST}
        for last in _months(one.activities_until):
            if left and last <= today and last not in there and of_a_month(moves, last):
                yield Violation("loans", f"case {one.case_id}", f"the interest until {last} lacks")
        notes = CaseAct.objects.filter(case=one.case_id, details__what="loan_repaid", number__gt=one.act.number)
        if moves and not left and not notes.exists():
            yield Violation("loans", f"case {one.case_id}", "all was repaid, and nobody noted so")


def _months(stopped: date | None) -> list[date]:
    """Give the last day of each month of the plan: from 1 January after the activities stopped."""
    if stopped is None:
        return []
    first = date(stopped.year + 1, 1, 1)
    return [add_months(first, number) - timedelta(days=1) for number in range(1, MONTHS + 1)]
