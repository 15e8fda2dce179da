"""Days, moments and exact amounts: whole years and months, what counts as a moment, and what is no number."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.days import NotAMoment, add_months, months_between, read_asked, years_between
from doorleren.core.money import NotExact, euros, scaled

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "years", "months"),
    [
        (date(2004, 2, 29), date(2022, 2, 28), 17, 215),
        (date(2004, 2, 29), date(2022, 3, 1), 18, 216),
        (date(2004, 2, 29), date(2024, 2, 29), 20, 240),
        (date(2023, 1, 31), date(2023, 2, 28), 0, 0),
        (date(2023, 1, 31), date(2023, 3, 31), 0, 2),
        (date(2023, 12, 31), date(2024, 1, 1), 0, 0),
        (date(2024, 3, 2), date(2024, 3, 1), -1, -1),
        (date(2024, 3, 1), date(2024, 3, 1), 0, 0),
    ],
)
def test_whole_years_and_months(start: date, end: date, years: int, months: int) -> None:
    """Whole years and months are counted down, also around leap days and at the ends of months."""
    assert (years_between(start, end), months_between(start, end)) == (years, months)


@given(DAYS, st.integers(-600, 600))
def test_a_moved_day_is_so_many_months_away(day: date, months: int) -> None:
    """A day moved by months lies in that month, on the same day or the month's last."""
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(DAYS, DAYS)
def test_years_are_twelve_months(start: date, end: date) -> None:
    """Whole years are whole months divided by twelve."""
    assert years_between(start, end) == months_between(start, end) // 12


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2023-03-17", datetime(2023, 3, 16, 23, tzinfo=UTC)),
        ("2023-07-17", datetime(2023, 7, 16, 22, tzinfo=UTC)),
        ("2023-03-17T10:00", datetime(2023, 3, 17, 9, tzinfo=UTC)),
        ("2023-03-17T10:00:00Z", datetime(2023, 3, 17, 10, tzinfo=UTC)),
        ("2023-03-17T23:30-05:00", datetime(2023, 3, 18, 4, 30, tzinfo=UTC)),
    ],
)
def test_a_day_or_moment_is_in_amsterdam(text: str, begins: datetime) -> None:
    """A day begins at midnight in Amsterdam, and a moment without a zone is one there."""
    assert read_asked(text).begins == begins


def test_a_moment_elsewhere_falls_on_its_day_in_amsterdam() -> None:
    """A moment late in the evening in New York is the next day in Amsterdam."""
    assert read_asked("2023-03-17T23:30-05:00").day == date(2023, 3, 18)


@pytest.mark.parametrize(("text", "hours"), [("2023-03-26", 23), ("2023-10-29", 25), ("2023-06-01", 24)])
def test_a_day_ends_when_the_next_begins(text: str, hours: int) -> None:
    """The days on which the clock is moved are 23 and 25 hours long."""
    asked = read_asked(text)
    assert asked.ends.astimezone(UTC) - asked.begins.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "17-03-2023",
        "2023-3-17",
        "2023-02-29",
        "20230317",
        "2023-W11-5",
        "2023-03-17T25:00",
        "2023-03",
        "2023-03-17T",
        "20230317T10:00",
        "2023-W11-5T10:00",
        "2023-03-17 ",
        "١٢٣٤-٠١-٠١",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    """Other ways to write a day, and days that do not exist, are refused with what was given and what is allowed."""
    with pytest.raises(NotAMoment, match="is not a day"):
        read_asked(text)


@pytest.mark.parametrize(
    ("value", "cents"),
    [("699.95", 69995), (" 5 ", 500), (5, 500), (Decimal("0.10"), 10), ("1e3", 100000), ("0.00", 0), ("-0.01", -1)],
)
def test_a_number_is_read_exactly(value: object, cents: int) -> None:
    """A number or a text is read exactly as cents."""
    assert scaled(value, 2) == cents


@pytest.mark.parametrize(
    "value",
    ["0.001", "1/3", "", "NaN", "Infinity", "1e13", "1e999999999", "five", "1,50", True, None, 0.1, [], "12.345"],
)
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    """Text that is no number, too many decimals, sizes without end, and binary floating point are refused."""
    with pytest.raises(NotExact):
        scaled(value, 2)


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0.00"), (5, "0.05"), (70000, "700.00"), (-5, "-0.05"), (-12345, "-123.45")]
)
def test_euros_have_two_decimals(cents: int, text: str) -> None:
    """Amounts are printed with a point and two decimals, also below zero."""
    assert euros(cents) == text
