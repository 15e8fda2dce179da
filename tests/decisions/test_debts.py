"""Instalments to the cent, what a payment counts for, and legal interest per day; and the dated law behind them. Pure."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.decisions.debts import (
    Moved,
    interest,
    interest_cents,
    off_the_principal,
    overdue,
    rows_of,
    schedule,
    standing,
)
from doorleren.decisions.law_of_debts import NotDated, law_of_debts, read_law
from doorleren.rules.faults import SchemeFault
from doorleren.shipped import folder

DAY = date(2026, 1, 31)


@given(cents=st.integers(1, 10**9), parts=st.integers(1, 60), day=st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_instalments_add_up(cents: int, parts: int, day: date) -> None:
    """A schedule adds up to the cent, differs by at most one, and has one day in each month, in order."""
    if parts > cents:
        with pytest.raises(ValueError, match=f"parts: given is {parts}, allowed is 1 to {cents}"):
            schedule(cents, parts, day)
        return
    found = schedule(cents, parts, day)
    amounts = [one.cents for one in found]
    assert sum(amounts) == cents
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] - amounts[-1] <= 1
    months = [one.day.year * 12 + one.day.month for one in found]
    assert all(later == earlier + 1 for earlier, later in pairwise(months))


def test_a_month_without_that_day() -> None:
    """What is to be paid on the 31st is to be paid on the last day of a shorter month, and on the 31st again after it."""
    found = schedule(100, 3, DAY)
    assert [(one.day, one.cents) for one in found] == [
        (DAY, 34), (date(2026, 2, 28), 33), (date(2026, 3, 31), 33),
    ]  # fmt: skip


def test_what_a_payment_counts_for() -> None:
    """A payment counts for what was charged by then first; what is charged later waits; what is given up comes off whole."""
    first, second, third = (date(2026, month, 1) for month in (1, 2, 3))
    off = off_the_principal(
        [Moved(first, 16), Moved(third, 20)], [Moved(second, 100), Moved(third, 50)], [Moved(second, 5)]
    )
    assert off == (Moved(second, 5), Moved(second, 84), Moved(third, 30))


def test_how_instalments_stand() -> None:
    """The oldest is paid first; the next is partly paid until its day is over, then late."""
    plan = schedule(300, 3, DAY)
    assert [one.state for one in standing(plan, 150, date(2026, 2, 28))] == ["paid", "partly", "open"]
    assert [one.state for one in standing(plan, 150, date(2026, 3, 1))] == ["paid", "late", "open"]
    assert [one.state for one in standing(plan, 300, date(2030, 1, 1))] == ["paid"] * 3
    assert overdue(plan, [Moved(DAY, 150)], date(2026, 3, 1)) == 50
    assert overdue(plan, [Moved(DAY, 150)], date(2026, 2, 28)) == 0


CASES = {
    # 244 days from 2 May to 31 December at 4 %: 29,995 x 4 % x 244 / 365 = 802.06
    "a_year_in_part": ((29_995, 1, date(2026, 5, 1)), [], date(2026, 12, 31), 802),
    # two whole years at 2 %: the interest of the first (2,000) is counted over in the second (2,040)
    "on_interest_after_a_year": ((100_000, 1, date(2019, 12, 31)), [], date(2021, 12, 31), 4_040),
    # 2023-12-31 at 6 % over 365 days, 2024-01-01 at 7 % over 366: 1,643.8 and 1,912.6
    "two_rates": ((10_000_000, 1, date(2023, 12, 30)), [], date(2024, 1, 1), 1_643 + 1_913),
    "not_before_it_is_late": ((29_995, 1, date(2026, 5, 1)), [], date(2026, 5, 1), 0),
    "paid_on_the_last_day": ((29_995, 1, date(2026, 5, 1)), [Moved(date(2026, 5, 1), 29_995)], date(2027, 1, 1), 0),
    # ten days over 36,500 at 4 %: 40; then 10 days over half of it: 20
    "half_paid": ((36_500, 1, date(2026, 5, 1)), [Moved(date(2026, 5, 12), 18_250)], date(2026, 5, 21), 60),
    # only the first of two parts is late until the second is: 31 days over 18,250 and 9 over 36,500
    "two_parts": ((36_500, 2, date(2026, 5, 1)), [], date(2026, 6, 10), 62 + 36),
}


@pytest.mark.parametrize("name", CASES)
def test_legal_interest(name: str) -> None:
    """Interest is counted per day over what is late, at the rate of the day; its rows add up to the cent."""
    (cents, parts, first), off, until, wanted = CASES[name]
    found = interest(schedule(cents, parts, first), off, law_of_debts(), until=until)
    assert interest_cents(found) == wanted
    *rows, total = rows_of(found)
    assert sum(one.cents or 0 for one in rows) == total.cents == wanted
    assert total.total


def test_interest_goes_on_where_it_was_fixed() -> None:
    """What was fixed up to a day is not counted again."""
    plan, law = schedule(36_500, 1, date(2026, 5, 1)), law_of_debts()
    first = interest(plan, [], law, until=date(2026, 5, 11))
    second = interest(plan, [], law, until=date(2026, 5, 21), since=date(2026, 5, 12))
    assert [interest_cents(one) for one in (first, second)] == [40, 40]


def test_the_law_of_each_day() -> None:
    """Each day has its own rate and fee; a day before the first row is refused."""
    law = law_of_debts()
    assert [law.rate_on(date(year, 1, 1)).percent for year in (2014, 2015, 2023, 2024)] == [3, 2, 4, 7]
    assert [law.fee_on(date(2016, 1, 1)).of(debt) for debt in (49_999, 50_000)] == [700, 1500]
    with pytest.raises(NotDated, match="day: given is 2009-12-31, allowed is a day from 2010-01-01 on"):
        law.rate_on(date(2009, 12, 31))


WRONG = {
    "order": ("from = 2011-07-01", "from = 2001-07-01", "rows by day, the earliest first"),
    "twice": ('id = "barred"', 'id = "writ"', "each once"),
    "unknown": ("least_cents = 2000", "least_cents = 2000\nmost_cents = 1", "most_cents"),
    "without_a_source": ('source = "Awb, art. 4:99"\n', "", "source"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused(name: str, tmp_path: Path) -> None:
    """Rows out of order, an article twice, a key that nobody reads and a fact without a source are refused, by name."""
    right, wrong, told = WRONG[name]
    text = (folder("law") / "money-debts.toml").read_text("utf-8")
    assert right in text
    path = tmp_path / "money-debts.toml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(SchemeFault, match=told):
        read_law(path)
