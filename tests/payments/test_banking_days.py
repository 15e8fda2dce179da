"""The days on which banks pay: the closing days of TARGET, and that a run for such a day is refused with the next one."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from doorleren.payments.banking_days import easter_sunday, is_banking_day, next_banking_day, read_closings
from doorleren.rules.faults import SchemeFault
from doorleren.shipped import folder

FILE = folder("law") / "banking-days.toml"


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 4, 6), date(2026, 4, 7)),
        (date(2026, 5, 1), date(2026, 5, 4)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2024, 12, 26), date(2024, 12, 27)),
        (date(2026, 4, 27), date(2026, 4, 27)),
        (date(2026, 5, 14), date(2026, 5, 14)),
    ],
    ids=str,
)
def test_the_next_banking_day(day: date, following: date) -> None:
    """Weekends and the six closing days lead to the next day that is none; a Dutch holiday on which TARGET is open stays."""
    assert next_banking_day(day) == following
    assert is_banking_day(day) is (day == following)


def test_easter() -> None:
    """Easter falls on the days that are known, always on a Sunday between 22 March and 25 April."""
    known = {2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2019: (4, 21), 2026: (4, 5), 2038: (4, 25)}
    assert {year: (easter_sunday(year).month, easter_sunday(year).day) for year in known} == known
    for year in range(1900, 2100):
        found = easter_sunday(year)
        assert found.weekday() == 6
        assert date(year, 3, 22) <= found <= date(year, 3, 22) + timedelta(days=34)


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [('"05-01"', '"05-32"', r"days.*05-32"), ("[-2, 1]", '["Easter"]', r"easter.*Easter"), ("weekend = true\n", "", "weekend")],
)  # fmt: skip
def test_what_the_file_cannot_say(tmp_path: Path, before: str, after: str, wrong: str) -> None:
    """A day that there is not, a distance that is no number and a missing field are refused by name."""
    changed = tmp_path / "banking-days.toml"
    changed.write_text(FILE.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(SchemeFault, match=wrong):
        read_closings(changed)
