"""Days as people and systems write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.intake.days import Calendar, month_first
from doorleren.register.intake.faults import Misread
from tests.register.intake.reading import TODAY

CALENDAR = Calendar(TODAY)
DAYS = st.dates(TODAY - timedelta(days=49 * 365), TODAY + timedelta(days=19 * 365))
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31", "31-01-2026", "31/1/2026", "31 januari 2026", "Jan 31, 2026", "January 31st, 2026", "31.01.2026", "20260131",
        "31 jan. 2026", "za 31 januari 2026", "2026-01-31T09:00:00Z", "31-01-2026 09:00", "31-jan-26", "2026/1/31", "31-1-26",
    ],
)  # fmt: skip
def test_one_day_in_many_styles(text: str) -> None:
    """The same day is read from each of the styles in which people and systems write it."""
    assert CALENDAR.read(text) == date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["31-02-2026", "2026-13-01", "0001-01-01", "31-01-1926", "2099-01-01", "morgen", "45000", "1-2", "32 mei 2026", ""],
)
def test_what_is_no_day(text: str) -> None:
    """Days that do not exist or lie absurdly far away are refused."""
    with pytest.raises(Misread):
        CALENDAR.read(text)


@given(DAYS)
def test_every_day_comes_back(day: date) -> None:
    """Every day within the bounds comes back from each style, in both orders."""
    us = Calendar(TODAY, month_first=True)
    for text in (
        day.isoformat(), f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%Y%m%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
    ):  # fmt: skip
        assert CALENDAR.read(text) == day
    assert us.read(f"{day:%m/%d/%Y}") == us.read(day.isoformat()) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_misread(text: str) -> None:
    """No text brings anything but a day within the bounds or a fault."""
    try:
        day = CALENDAR.read(text)
    except Misread:
        return
    assert TODAY.year - 50 <= day.year <= TODAY.year + 20


def test_a_column_tells_which_comes_first() -> None:
    """A day above twelve tells the order of a column; without one, or with both, it stays open."""
    assert month_first(["01/02/2026", "01/31/2026"]) is True
    assert month_first(["01/02/2026", "31/01/2026 10:00"]) is False
    assert month_first(["01/02/2026", "2026-01-31"]) is None
    assert month_first(["31/01/2026", "01/31/2026"]) is None
    assert CALENDAR.read("01/02/2026") == date(2026, 2, 1)


def test_no_end() -> None:
    """The year 9999 is how systems write that something has no end."""
    assert CALENDAR.read_end("9999-12-31") is None
    assert CALENDAR.read_end("31-12-2027") == date(2027, 12, 31)
