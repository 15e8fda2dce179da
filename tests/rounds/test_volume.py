"""How many grants a budget gives, and the budget that a number takes: worked examples, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.rounds.volume import Kind, budget_for, split, volume

HALF = Fraction(1, 2)
TWO = (Kind("a", 100_000, HALF), Kind("b", 300_000, HALF))


@st.composite
def mixes(draw: st.DrawFn) -> tuple[Kind, ...]:
    """Some kinds with tariffs and shares that are 1 together."""
    weights = draw(st.lists(st.integers(0, 100), min_size=1, max_size=5).filter(any))
    cents = draw(st.lists(st.integers(1, 500_000), min_size=len(weights), max_size=len(weights)))
    return tuple(Kind(str(n), cents[n], Fraction(one, sum(weights))) for n, one in enumerate(weights))


def test_a_budget_gives_grants_of_each_kind() -> None:
    """100,000 euros over two kinds of 1,000 and 3,000, half and half, gives 25 of each and nothing left."""
    found = volume(10_000_000, TWO)
    assert (found.number, found.cents, found.left_cents) == (50, 10_000_000, 0)
    assert [(line.name, line.number, line.cents) for line in found.lines] == [
        ("a", 25, 2_500_000),
        ("b", 25, 7_500_000),
    ]


def test_what_does_not_buy_a_grant_is_left() -> None:
    """A budget between two numbers of grants gives the lower number, and says what is left."""
    found = volume(10_099_999, TWO)
    assert (found.number, found.left_cents) == (50, 99_999)


def test_a_number_takes_a_budget() -> None:
    """The other way round: 51 grants take one of the first kind more than 50."""
    assert budget_for(50, TWO).cents == 10_000_000
    assert budget_for(51, TWO).cents == 10_100_000


@given(st.integers(0, 10**10), mixes())
def test_a_forecast_is_within_the_budget_and_the_next_grants_are_not(budget: int, kinds: tuple[Kind, ...]) -> None:
    """What a budget gives never costs more than it, its lines add up, and a few grants more never fit."""
    found = volume(budget, kinds)
    assert found.cents == sum(line.cents for line in found.lines) <= budget
    assert found.number == sum(line.number for line in found.lines)
    assert budget_for(found.number, kinds).cents == found.cents
    assert all(budget_for(found.number + more, kinds).cents > budget for more in range(1, 5))


@given(st.integers(0, 10**6), mixes())
def test_a_split_loses_nobody(number: int, kinds: tuple[Kind, ...]) -> None:
    """Whole numbers by share add up to the number, and each is less than one away from its share."""
    shares = [one.share for one in kinds]
    found = split(number, shares)
    assert sum(found) == number
    assert all(abs(one - number * share) < 1 for one, share in zip(found, shares, strict=True))


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        ((Kind("a", 1, HALF),), "mix"),
        ((Kind("a", 1, Fraction(3, 2)), Kind("b", 1, -HALF)), "mix of b"),
        ((Kind("a", 0, Fraction(1)),), "tariff of a"),
    ],
    ids=["not-one", "below-nothing", "for-nothing"],
)
def test_a_wrong_mix_is_named(kinds: tuple[Kind, ...], named: str) -> None:
    """Shares that are not 1 together, a share below nothing and a tariff of nothing are refused by name."""
    for ask in (volume, budget_for):
        with pytest.raises(ValueError, match=named):
            ask(100, kinds)


def test_nothing_below_nothing() -> None:
    """A budget or number below nothing is refused by name."""
    with pytest.raises(ValueError, match="budget"):
        volume(-1, TWO)
    with pytest.raises(ValueError, match="number"):
        budget_for(-1, TWO)
