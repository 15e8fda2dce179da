"""The state pension age: as the law's table says, certain where it can be, and unknown only where nobody can know."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.days import add_months
from tests.rules.language import LIBRARY, ask

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "law" / "pension-age.csv"
REACHED = "pension_age_reached(person.birth_date)"
BIRTHS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
DAYS = st.dates(date(2013, 1, 1), date(2045, 12, 31))
PENSION = LIBRARY.law.pension
LAST = max(PENSION.months)


def reached(born: date, on: date) -> bool | None:
    """Ask whether somebody has reached the age on a day."""
    return ask(REACHED, {"person.birth_date": born.isoformat()}, on)


@pytest.mark.skipif(not SOURCE.exists(), reason="the table of the state pension age (../shared/data/law) is absent")
def test_the_table_is_the_source() -> None:
    """The table that comes with the project is, year by year, that of the source."""
    rows = csv.DictReader(line for line in SOURCE.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert {int(row["year"]): int(row["years"]) * 12 + int(row["months"]) for row in rows} == dict(PENSION.months)


@pytest.mark.parametrize("year", sorted(PENSION.months))
def test_the_age_of_each_year_counts_to_the_day(year: int) -> None:
    """Who reaches the year's age on a day of that year has it on that day, and not the day before."""
    for day in (date(year, 1, 1), date(year, 6, 15), date(year, 12, 28)):
        born = add_months(day, -PENSION.months[year])
        assert reached(born, day) is True
        if day != date(year, 1, 1):
            assert reached(born, day - timedelta(days=1)) is False


@pytest.mark.parametrize(
    ("born", "on", "wanted"),
    [
        ("1955-08-31", "2021-12-31", True),
        ("1955-09-01", "2021-12-31", False),
        ("1955-09-01", "2022-01-01", False),
        ("1955-09-01", "2022-03-31", False),
        ("1955-09-01", "2022-04-01", True),
        ("1957-03-01", "2024-03-01", True),
        ("1957-03-02", "2024-03-01", False),
        ("1960-12-31", "2027-12-31", True),
        ("1961-01-01", "2028-03-31", False),
        ("1961-01-01", "2028-04-01", True),
        ("1956-02-29", "2022-09-28", False),
        ("1956-02-29", "2022-09-29", True),
    ],
)
def test_worked_examples(born: str, on: str, wanted: bool) -> None:
    """The table's steps fall where the law puts them, also for who is born at the turn of a year or on a leap day."""
    assert reached(date.fromisoformat(born), date.fromisoformat(on)) is wanted


def test_beyond_the_table_young_and_old_are_certain() -> None:
    """After the last year the young have surely not reached the age and the old surely have; between them it is unknown."""
    day = date(2035, 7, 1)
    assert reached(date(1960, 1, 1), day) is True
    assert reached(date(1990, 1, 1), day) is False
    least = add_months(day, -PENSION.months[LAST])
    most = add_months(day, -(PENSION.months[LAST] + (day.year - LAST) * PENSION.yearly_step))
    assert reached(least, day) is None
    assert reached(least + timedelta(days=1), day) is False
    assert reached(most, day) is True
    assert reached(most + timedelta(days=400), day) is None


def test_within_the_table_nothing_is_unknown() -> None:
    """Up to the last day of the table everyone's answer is known."""
    for day in (date(2013, 1, 1), date(2019, 12, 31), date(LAST, 12, 31)):
        for years in range(60, 72):
            for days in range(0, 366, 5):
                assert reached(add_months(day, -12 * years) - timedelta(days=days), day) is not None


RANK = {False: 0, None: 1, True: 2}


@given(BIRTHS, DAYS, st.integers(0, 4000))
def test_older_is_never_further_from_it(born: date, on: date, days: int) -> None:
    """Who is born earlier, or asks later, is never less sure to have reached the age."""
    assert RANK[reached(born - timedelta(days=days), on)] >= RANK[reached(born, on)]
    if on.year <= LAST or reached(born, on) is True:
        assert (
            RANK[reached(born, on + timedelta(days=days))] >= RANK[reached(born, on)]
            or (on + timedelta(days=days)).year > LAST
        )


@given(BIRTHS, DAYS)
def test_reached_once_is_reached_for_ever(born: date, on: date) -> None:
    """A certain yes stays a yes on every later day, whatever later years bring."""
    if reached(born, on) is True:
        assert all(reached(born, on + timedelta(days=days)) is True for days in (1, 31, 366, 2000))


def test_no_birth_date() -> None:
    """An unknown birth date leaves it unknown; who has none has no pension age."""
    assert ask(REACHED, {}) is None
    assert ask(REACHED, {"person.birth_date": "n/a"}) is False
    assert ask(f"not {REACHED}", {"person.birth_date": "n/a"}) is True
