"""On which day an application counts: never before the opening, never a day that was divided, on paper the day of receipt."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.rounds.days import counting_day, last_for_paper, last_over

OPENED = date(2026, 3, 2)


def march(day: int | None) -> date | None:
    """Give a day in March."""
    return None if day is None else date(2026, 3, day)


@pytest.mark.parametrize(
    ("arrived", "received", "paper_days", "divided", "wanted"),
    [
        (5, None, 2, None, 5), (5, 3, 2, None, 3), (5, 3, 1, None, 5), (5, 5, 0, None, 5), (5, 3, 0, None, 5), (4, 1, 2, None, 2),
        (5, 1, 2, None, 5), (5, 3, 2, 2, 3), (5, 3, 2, 3, 5), (5, None, 2, 5, 6), (5, 3, 2, 7, 8), (5, 9, 2, None, 5),
    ],
)  # fmt: skip
def test_the_day_that_counts(
    arrived: int, received: int | None, paper_days: int, divided: int | None, wanted: int
) -> None:
    """Digital counts on its day, paper on its day of receipt if entered in time; a day that was divided is never joined."""
    told = {"opened": OPENED, "paper_days": paper_days, "divided": march(divided)}
    assert counting_day(date(2026, 3, arrived), march(received), **told) == march(wanted)  # type: ignore[arg-type]


@given(
    st.integers(0, 30), st.none() | st.integers(-20, 40), st.integers(0, 10), st.none() | st.integers(-1, 40)
)  # fmt: skip
def test_whatever_is_told_the_bounds_hold(
    arrived: int, received: int | None, paper_days: int, divided: int | None
) -> None:
    """It is never before the opening, never on or before a day that was divided, and without one never after the submission."""
    came = OPENED + timedelta(days=arrived)
    told = None if received is None else OPENED + timedelta(days=received)
    last = None if divided is None else OPENED + timedelta(days=divided)
    day = counting_day(came, told, opened=OPENED, paper_days=paper_days, divided=last)
    assert day >= OPENED
    assert day <= came if last is None else day > last
    assert came - day <= timedelta(days=paper_days)


@pytest.mark.parametrize(
    ("at", "paper_days", "wanted"),
    [
        (datetime(2026, 3, 5, 22, 59, tzinfo=UTC), 0, 4), (datetime(2026, 3, 5, 23, 0, 30, tzinfo=UTC), 0, 4),
        (datetime(2026, 3, 5, 23, 2, tzinfo=UTC), 0, 5), (datetime(2026, 3, 5, 23, 2, tzinfo=UTC), 3, 2),
    ],
)  # fmt: skip
def test_a_day_is_over_after_midnight_and_its_paper(at: datetime, paper_days: int, wanted: int) -> None:
    """A day is over a minute after midnight in Amsterdam and the days of its paper."""
    assert last_over(at, paper_days=paper_days) == march(wanted)


@pytest.mark.parametrize(("paper_days", "wanted"), [(0, 15), (14, 15), (20, 21)])
def test_paper_of_before_the_closing_has_two_weeks_or_its_own_time(paper_days: int, wanted: int) -> None:
    """A round that closes on the 1st takes its paper for 14 days, or for as long as was announced where that is longer."""
    assert last_for_paper(OPENED - timedelta(days=1), paper_days=paper_days) == march(wanted)
