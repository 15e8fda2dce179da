"""What somebody must pay back, in instalments: the schedule, what of it was paid, and legal interest per day. Pure.

Cents are whole; the rates and the order in which a payment counts stand in `law/money-debts.toml`. Ground: Awb 4:92 to 4:98,
BW 6:119.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from doorleren.core.days import add_months
from doorleren.core.money import comes_off, euros
from doorleren.decisions.law_of_debts import LawOfDebts
from doorleren.decisions.sealed import Row

State = Literal["paid", "partly", "open", "late"]
Happening = Literal["charged", "came_off", "lifted"]
"""What changes how much of a claim is open: a fee or interest; a payment, set-off or waiver; an objection that was upheld."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part: its number from 1, the last day to pay it, and its cents."""

    number: int
    day: date
    cents: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Cents on a day: charged (costs, interest that was fixed), paid or set off, or given up.

    `after`: of what the ledger got, the number of the last act (on its case) that it had followed by then; None: go by the day.
    """

    day: date
    cents: int
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """How an instalment stands: what was paid of it. `late`: its day is over and something is still open."""

    instalment: Instalment
    cents: int
    state: State


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row with the same interest: over so many cents at so many percents, in a year of so many days."""

    first: date
    last: date
    cents: int
    percent: int
    year: int
    interest: Fraction

    @property
    def days(self) -> int:
        """Count the days, both ends included."""
        return (self.last - self.first).days + 1


def schedule(cents: int, parts: int, first: date) -> tuple[Instalment, ...]:
    """Divide an amount over months, the first part by day `first`; the parts add up to the cent, the earlier ones carry the rest.

    A month without that day takes its last day. Raises ValueError for fewer parts than 1 or more than there are cents.
    Example: 100 cents in 3 parts from 31 January: 34 on the 31st, 33 on 28 February, 33 on 31 March.
    """
    if not 1 <= parts <= cents:
        raise ValueError(f"parts: given is {parts}, allowed is 1 to {cents}")
    least, rest = divmod(cents, parts)
    return tuple(
        Instalment(place + 1, add_months(first, place), least + (1 if place < rest else 0)) for place in range(parts)
    )


def off_the_principal(charged: Iterable[Moved], paid: Iterable[Moved], waived: Iterable[Moved]) -> tuple[Moved, ...]:
    """Say what came off the amount that had to be paid back, by day: a payment counts for what was charged by then first.

    Example: 16 charged on the 1st and 100 paid on the 2nd: 84 off on the 2nd. What was given up comes off as a whole.
    """
    rows = sorted([(one.day, 0, one) for one in charged] + [(one.day, 1, one) for one in paid], key=lambda row: row[:2])
    owed, found = 0, list(waived)
    for _, is_paid, one in rows:
        if not is_paid:
            owed += one.cents
            continue
        first = min(owed, one.cents)
        owed -= first
        if one.cents > first:
            found.append(replace(one, cents=one.cents - first))
    return tuple(sorted(found, key=lambda one: one.day))


def still_open(cents: int, happened: Iterable[tuple[Happening, int]]) -> int:
    """Give what is open of a claim after what happened to it, in that order, as the ledger counts it (payments/events.py).

    What falls away takes along all that was charged before. What is over when nothing is open any more lowers nothing later:
    it is owed back, or waits on suspense. Example: 100, of which 100 came in, 60 is lifted and 5 charged: 5.
    """
    left, charged = cents, 0
    for what, one in happened:
        if what == "charged":
            left, charged = left + one, charged + one
            continue
        left -= comes_off(left, one + charged if what == "lifted" else one)[0]
        charged = 0 if what == "lifted" else charged
    return left


def without(moves: Iterable[Moved], cents: int) -> Iterator[Moved]:
    """Leave the first so many cents out."""
    for one in moves:
        skipped, rest = comes_off(cents, one.cents)
        cents -= skipped
        if rest:
            yield replace(one, cents=rest)


def standing(instalments: Sequence[Instalment], off: int, today: date) -> tuple[Paid, ...]:
    """Say of each instalment what was paid when so many cents came off: the oldest first."""
    found, left = [], off
    for one in instalments:
        cents = min(left, one.cents)
        left -= cents
        state: State = "paid" if cents == one.cents else "late" if one.day < today else "partly" if cents else "open"
        found.append(Paid(one, cents, state))
    return tuple(found)


def overdue(instalments: Iterable[Instalment], off: Iterable[Moved], day: date) -> int:
    """Give what should have been paid before a day and was not. What is paid on a day counts from that day on."""
    due = sum(one.cents for one in instalments if one.day < day)
    return max(0, due - sum(one.cents for one in off if one.day <= day))


def interest(
    instalments: Sequence[Instalment], off: Sequence[Moved], law: LawOfDebts, *, until: date, since: date | None = None
) -> tuple[Stretch, ...]:
    """Count legal interest over what is overdue, from the day after its last day (or `since`) up to and including `until`.

    After each whole year the interest of that year is counted over too (BW 6:119(2)). Raises NotDated.
    """
    found: list[Stretch] = []
    day = max(instalments[0].day + _DAY, since or instalments[0].day + _DAY)
    begun, added, this_year = None, Fraction(0), Fraction(0)
    while day <= until:
        cents = overdue(instalments, off, day)
        if cents:
            begun = begun or day
            if day == add_months(begun, 12):
                begun, added, this_year = day, added + this_year, Fraction(0)
            rate, year = law.rate_on(day).percent, 366 if isleap(day.year) else 365
            one = (cents + added) * rate / 100 / year
            this_year += one
            _grow(found, day, int(cents + added), rate, year, one)
        day += _DAY
    return tuple(found)


def interest_cents(stretches: Iterable[Stretch]) -> int:
    """Give the interest of some stretches together; a part of a cent is dropped."""
    return int(sum((one.interest for one in stretches), Fraction(0)))


def rows_of(stretches: Sequence[Stretch]) -> Iterator[Row]:
    """Write how interest was counted: a row for each stretch, which add up to the cent, and the total."""
    told, before = Fraction(0), 0
    for one in stretches:
        told += one.interest
        cents, before = int(told) - before, int(told)
        over = euros(one.cents)
        yield Row({
            "nl": f"{one.first:%d-%m-%Y} tot en met {one.last:%d-%m-%Y}: {one.days} dagen, {one.percent}% per jaar "
                  f"over € {over.replace('.', ',')}",
            "en": f"{one.first:%Y-%m-%d} to {one.last:%Y-%m-%d}: {one.days} days, {one.percent}% a year over € {over}",
        }, cents)  # fmt: skip
    yield Row({"nl": "rente", "en": "interest"}, before, total=True)


def _grow(found: list[Stretch], day: date, cents: int, percent: int, year: int, one: Fraction) -> None:
    """Add a day to the last stretch where nothing differs, else begin another."""
    last = found[-1] if found else None
    if last and (last.last + _DAY, last.cents, last.percent, last.year) == (day, cents, percent, year):
        found[-1] = replace(last, last=day, interest=last.interest + one)
    else:
        found.append(Stretch(day, day, cents, percent, year, one))
