"""Days as people and systems write them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.entries import Run
from doorleren.register.intake.days import Calendar, month_first
from doorleren.register.intake.faults import Misread
from tests.register.intake.reading import TODAY, rows_of

CALENDAR = Calendar(TODAY)
DAYS = st.dates(TODAY - timedelta(days=49 * 365), TODAY + timedelta(days=19 * 365))
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31", "31-01-2026", "31/1/2026", "31 januari 2026", "Jan 31, 2026", "January 31st, 2026", "31.01.2026", "20260131",
        "31 jan. 2026", "za 31 januari 2026", "2026-01-31T09:00:00Z", "31-01-2026 09:00", "31-jan-26", "2026/1/31", "31-1-26",
        "per 31 januari 2026", "vanaf 31-01-2026", "31/jan/2026", "za 31 jan '26", "Start: 31-1-2026",
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


@pytest.mark.parametrize(
    "text",
    ["09/2027", "9-2027", "2027-09", "sept 2027", "Sept. 2027", "september 2027", "september '27", "vanaf sep 2027", "09.2027"],
)  # fmt: skip
def test_a_month_alone(text: str) -> None:
    """Where months are read, a month is its first day, and its last where something ends; elsewhere it is refused."""
    months = Calendar(TODAY, months=True)
    assert (months.read(text), months.read_end(text)) == (date(2027, 9, 1), date(2027, 9, 30))
    with pytest.raises(Misread):
        CALENDAR.read(text)


@pytest.mark.parametrize("text", ["najaar 2027", "Q3 2027", "13/2027", "2027", "september", "9/27", "00-2027"])
def test_what_is_no_month(text: str) -> None:
    """A season, a quarter, a month without a year or a year alone is refused, and the fault says that a month would do."""
    with pytest.raises(Misread) as refused:
        Calendar(TODAY, months=True).read(text)
    assert "of een maand, zoals 09-2026" in refused.value.allowed["nl"]


def test_a_month_in_a_file_is_read_with_a_remark(tmp_path: Path) -> None:
    """A start in a month stands as its first day with a remark that names the column; a season refuses the row."""
    head = "Cursusnaam;Aanbieder;Startmaand;Einde\n"
    rows = rows_of(tmp_path / "a.csv", head + "Lassen;A;09/2027;juni 2028\nKoken;A;1-9-2027;\nBakken;A;najaar 2027;\n")
    welding, cooking, baking = rows
    assert welding.entry is not None
    assert welding.entry.runs == (Run(date(2027, 9, 1), date(2028, 6, 30)),)
    said = [one.text["nl"] for one in welding.faults]
    assert said == [
        "Rij 2, kolom 'Startmaand': gegeven is '09/2027', gelezen als 1-9-2027.",
        "Rij 2, kolom 'Einde': gegeven is 'juni 2028', gelezen als 30-6-2028.",
    ]
    assert cooking.faults == ()
    assert baking.entry is None
    assert "kolom 'Startmaand': gegeven is 'najaar 2027'" in baking.faults[0].text["nl"]
