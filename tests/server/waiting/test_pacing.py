"""When people ask again, with the numbers of an opening day: 300,000 who wait are 5,000 questions a second, never a storm."""

import random
from collections.abc import Callable

import pytest

from doorleren.server.waiting.pacing import AFTER_OPENING_SECONDS, EVERY_SECONDS, LONGEST_SECONDS, after_trouble, again

PEOPLE = 300_000
A_SECOND = PEOPLE / EVERY_SECONDS
Wait = Callable[[int], float]


def asked(
    begin: Callable[[], float], out: range, seconds: int, healthy: Callable[[], float], trouble: Wait
) -> list[int]:
    """Let everybody wait and ask for so many seconds, with no answer in the seconds `out`; give the questions per second."""
    due: list[list[int]] = [[] for _ in range(seconds)]
    for _ in range(PEOPLE):
        due[min(seconds - 1, int(begin()))].append(0)
    counts = [0] * seconds
    for second in range(seconds):
        counts[second] = len(due[second])
        for tries in due[second]:
            tried = tries + 1 if second in out else 0
            wait = trouble(tried) if tried else healthy()
            when = second + max(1, round(wait))
            if when < seconds:
                due[when].append(tried)
        due[second] = []
    return counts


@pytest.fixture
def chance() -> random.Random:
    """Draw the same each time."""
    return random.Random("opening day")


def test_everybody_who_comes_in_one_second_spreads(chance: random.Random) -> None:
    """All 300,000 open the page in one second; after it never more than 1.5 times 5,000 a second, soon 5,000 within 10%."""
    counts = asked(lambda: 0.0, range(0), 330, lambda: again(chance.random), lambda _: 0.0)
    assert counts[0] == PEOPLE
    assert max(counts[1:]) <= 1.5 * A_SECOND
    settled = counts[240:]
    assert min(settled) >= 0.9 * A_SECOND
    assert max(settled) <= 1.1 * A_SECOND
    assert sum(settled) / len(settled) == pytest.approx(A_SECOND, rel=0.03)


@pytest.mark.parametrize("out", [range(120, 125), range(120, 150), range(120, 420)], ids=["5s", "30s", "300s"])
def test_after_an_outage_nobody_storms(chance: random.Random, out: range) -> None:
    """Spread people lose the room for 5, 30 or 300 seconds: at most 2.2 times 5,000 a second then, and 2 times when it is back."""
    counts = asked(
        lambda: LONGEST_SECONDS * chance.random(), out, out.stop + 150, lambda: again(chance.random),
        lambda tries: after_trouble(tries, chance.random),
    )  # fmt: skip
    assert max(counts[out.start :]) <= 2.2 * A_SECOND
    assert max(counts[out.stop :]) <= 2 * A_SECOND
    assert max(counts[-60:]) <= 1.3 * A_SECOND


def test_without_chance_there_would_be_a_storm(chance: random.Random) -> None:
    """The control: the same people who ask again after a fixed minute come all at once, and the counting sees it."""
    counts = asked(lambda: 0.0, range(0), 130, lambda: EVERY_SECONDS, lambda _: 0.0)
    assert counts[60] == PEOPLE


def test_waits_after_trouble_double_up_to_the_longest() -> None:
    """The widest wait doubles with each try, never beyond the longest, however often somebody tried."""
    widest = [after_trouble(tries, lambda: 1.0) for tries in range(1, 8)]
    assert widest == [30, 60, 120, 120, 120, 120, 120]
    assert after_trouble(10_000, lambda: 1.0) == LONGEST_SECONDS
    assert after_trouble(3, lambda: 0.0) == 0


def test_where_being_early_counts_nobody_hears_late(chance: random.Random) -> None:
    """All 300,000 hear of the opening within 20 seconds after it, at no more than 3.5 times 5,000 questions a second."""
    opening, counts = 200, [0] * 400
    heard = [0.0] * PEOPLE
    for one in range(PEOPLE):
        moment = LONGEST_SECONDS * chance.random()
        while moment < opening:
            counts[int(moment)] += 1
            moment += again(chance.random, opening - moment)
        counts[int(moment)] += 1
        heard[one] = moment
    assert opening <= min(heard)
    assert max(heard) <= opening + AFTER_OPENING_SECONDS
    assert max(counts[opening:]) <= 3.5 * A_SECOND


def test_where_being_early_does_not_count_the_opening_changes_nothing(chance: random.Random) -> None:
    """Without an opening to wait for, waits are drawn over two minutes, also when many would hear of it late."""
    assert max(again(chance.random) for _ in range(1000)) > LONGEST_SECONDS - 2


def test_an_opening_that_is_late_is_asked_for_soon(chance: random.Random) -> None:
    """Past the moment of the opening, while the round is not open yet, people ask within 20 seconds."""
    assert max(again(chance.random, -30.0) for _ in range(1000)) <= AFTER_OPENING_SECONDS
