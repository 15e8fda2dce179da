"""When a round runs out: as likely as it says, exact where it can be, and silent where nobody can tell."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from doorleren.rounds.forecast import FEWEST, FURTHEST, _beta_below, forecast, still_fit

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
HOUR = 3600.0


def inside(needed: int, rate: float, chance: random.Random, *, wrong: float = 1.0) -> bool | None:
    """Let tickets come at a rate per hour for an hour, foresee when so many more are in, and see whether that was right."""
    count, moment = 0, chance.expovariate(rate)
    while moment < 1:
        count, moment = count + 1, moment + chance.expovariate(rate)
    foreseen = forecast(at=AT, tickets=count, window_seconds=HOUR, needed=needed)
    if foreseen is None:
        return None
    took = AT + timedelta(hours=chance.gammavariate(needed, 1 / rate) * wrong)
    return foreseen.earliest <= took <= foreseen.latest


@pytest.mark.parametrize(("needed", "rate"), [(5, 30.0), (60, 40.0), (400, 25.0)])
@pytest.mark.parametrize("wrong", [1.0, 2.0], ids=["as it is", "a pace that halves"])
def test_four_in_five_fall_within_it(needed: int, rate: float, wrong: float) -> None:
    """Of many rounds that run out at a steady pace, 80 of 100 do so between the moments told; when the pace halves they do not."""
    chance = random.Random(7)
    told = [one for one in (inside(needed, rate, chance, wrong=wrong) for _ in range(300)) if one is not None]
    assert len(told) > 250
    share = sum(told) / len(told)
    assert (0.75 <= share <= 0.85) is (wrong == 1.0)


def test_an_example_as_it_is_written() -> None:
    """With 100 tickets in the last hour and 50 to go it is about half an hour, and sooner or later by a fifth."""
    foreseen = forecast(at=AT, tickets=100, window_seconds=HOUR, needed=50)
    assert foreseen is not None
    minutes = [(one - AT).total_seconds() / 60 for one in (foreseen.earliest, foreseen.expected, foreseen.latest)]
    assert [round(one) for one in minutes] == [24, 30, 37]


def test_nobody_can_tell() -> None:
    """Too few tickets, too short a look, or a moment ten years away: nothing is told."""
    assert forecast(at=AT, tickets=FEWEST - 1, window_seconds=HOUR, needed=5) is None
    assert forecast(at=AT, tickets=100, window_seconds=1, needed=5) is None
    assert forecast(at=AT, tickets=10, window_seconds=HOUR, needed=10**7) is None
    far = forecast(at=AT, tickets=10, window_seconds=HOUR, needed=10**5)
    assert far is not None
    assert far.latest < AT + FURTHEST


def test_large_numbers_stay_exact() -> None:
    """With a hundred thousand tickets the moments lie close together, around the plain division."""
    foreseen = forecast(at=AT, tickets=100_000, window_seconds=HOUR, needed=100_000)
    assert foreseen is not None
    assert abs((foreseen.expected - AT).total_seconds() - HOUR) < 1
    assert foreseen.latest - foreseen.earliest < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("x", "a", "b", "wanted"), [(0.3, 1, 1, 0.3), (0.5, 4, 4, 0.5), (0.2, 1, 3, 1 - 0.8**3), (0.9, 2, 1, 0.81)]
)
def test_the_beta_function_at_known_points(x: float, a: float, b: float, wanted: float) -> None:
    """The incomplete beta function has the values that can be written down without it."""
    assert _beta_below(x, a, b) == pytest.approx(wanted, abs=1e-10)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [((1000, None, 300, 0), 3), ((1000, 2, 300, 0), 2), ((1000, None, 300, 2), 1), ((1000, None, 300, 9), 0),
     ((None, None, 300, 0), None), ((1000, None, None, 0), None), ((None, 7, None, 0), 7)],
)  # fmt: skip
def test_how_many_still_fit(given: tuple[int | None, int | None, int | None, int], wanted: int | None) -> None:
    """The stricter ceiling counts, after who waits for a place; without a ceiling or a mean amount nobody can tell."""
    assert still_fit(*given) == wanted
