"""The clock of the site: that of the machine, and in a demo of another day the same time on that day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from doorleren.cli import surroundings
from doorleren.core.days import AMSTERDAM, day_of, on_day
from doorleren.server import clock

SHOWN = date(2023, 3, 17)


@pytest.fixture(autouse=True)
def _settled_anew() -> Iterator[None]:
    clock.ahead.cache_clear()
    yield
    clock.ahead.cache_clear()


@pytest.mark.parametrize("day", [SHOWN, date(2022, 7, 1), date(2031, 12, 31)])
def test_the_same_time_on_another_day(day: date) -> None:
    """A moment keeps its time by the clocks of Amsterdam, in summer and in winter, and its zone."""
    for at in (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 6, 1, 0, 5, tzinfo=UTC)):
        moved = on_day(at, day)
        assert day_of(moved) == day
        assert moved.astimezone(AMSTERDAM).time() == at.astimezone(AMSTERDAM).time()
        assert moved.tzinfo == at.tzinfo
    assert on_day(at, None) is at


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({"DOORLEREN_DAY": "2023-03-17", "DOORLEREN_DEMO": "1"}, SHOWN),
        ({"DOORLEREN_DAY": "2023-03-17", "DOORLEREN_DEMO": "0"}, None),
        ({"DOORLEREN_DAY": "", "DOORLEREN_DEMO": "1"}, None),
    ],
    ids=["a demo of a day", "no demo", "a demo of today"],
)
def test_only_a_demo_lives_on_another_day(
    variables: dict[str, str], shown: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Site and command line have one clock; where there is no demo the day that is named moves no act."""
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    wanted = on_day(datetime.now(UTC), shown)
    for told in (clock.now(), surroundings.now()):
        assert timedelta(0) <= told - wanted < timedelta(minutes=1)
