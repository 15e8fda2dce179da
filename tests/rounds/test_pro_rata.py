"""Dividing in proportion: to the last cent, nobody above what they ask, nobody below the floor where it fits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.pro_rata import divide

ASKED = some.dictionaries(some.text("abcdef", min_size=1, max_size=3), some.integers(0, 10_000), max_size=12)


@given(some.integers(0, 50_000), ASKED, some.integers(0, 4_000))
def test_to_the_last_cent(ceiling: int, asked: dict[str, int], floor: int) -> None:
    """The sum is exactly the ceiling, or exactly what is asked where that is less; nobody gets more than is asked."""
    given_ = divide(ceiling, asked, floor_cents=floor)
    assert sum(given_.values()) == min(ceiling, sum(asked.values()))
    assert all(0 <= given_[name] <= cents for name, cents in asked.items())


@given(some.integers(0, 50_000), ASKED)
def test_in_proportion(ceiling: int, asked: dict[str, int]) -> None:
    """Without a floor everybody gets the same share of what they ask, within one cent."""
    whole = sum(asked.values())
    for name, cents in divide(ceiling, asked).items():
        assert abs(cents - Fraction(asked[name] * min(ceiling, whole), whole or 1)) < 1


@given(some.integers(0, 50_000), ASKED, some.integers(0, 4_000))
def test_the_floor_holds_where_it_fits(ceiling: int, asked: dict[str, int], floor: int) -> None:
    """Everybody gets at least the floor or what they ask; those above it get the same share of what they ask, within a cent."""
    floors = {name: min(cents, floor) for name, cents in asked.items()}
    if sum(floors.values()) > ceiling:
        return
    given_ = divide(ceiling, asked, floor_cents=floor)
    assert all(given_[name] >= cents for name, cents in floors.items())
    above = [Fraction(given_[name], asked[name]) for name in asked if given_[name] > floors[name] + 1]
    slack = max((Fraction(1, asked[name]) for name in asked if asked[name]), default=Fraction(0))
    assert not above or max(above) - min(above) <= 2 * slack


def test_the_example_of_the_floor() -> None:
    """100 over asks of 100 and 300 is 25 and 75; with a floor of 40 it is 40 and 60."""
    assert divide(100, {"a": 100, "b": 300}) == {"a": 25, "b": 75}
    assert divide(100, {"a": 100, "b": 300}, floor_cents=40) == {"a": 40, "b": 60}


def test_the_last_cent_goes_by_the_draw() -> None:
    """Where two have the same remainder, the draw says who gets the cent."""
    assert divide(5, {"a": 10, "b": 10}, order=["b", "a"]) == {"a": 2, "b": 3}
    assert divide(5, {"a": 10, "b": 10}, order=["a", "b"]) == {"a": 3, "b": 2}


@pytest.mark.parametrize(("ceiling", "asked", "floor"), [(-1, {}, 0), (1, {"a": -5}, 0), (1, {}, -2)])
def test_negative_amounts_are_refused(ceiling: int, asked: dict[str, int], floor: int) -> None:
    """An amount below zero is refused and told."""
    with pytest.raises(ValueError, match="0 or more"):
        divide(ceiling, asked, floor_cents=floor)
