"""Each order of treatment puts applications where its ground says, and the draw settles what the ground leaves open."""

import hashlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.ordering import ORDERS, Filed, ordered

FILED = some.lists(
    some.builds(
        Filed,
        some.integers(0, 10**6).map(lambda number: hashlib.sha256(b"%d" % number).hexdigest()),
        some.integers(0, 3), some.booleans(), some.booleans(), some.fractions(0, 10, max_denominator=4),
    ),
    unique_by=lambda one: one.sealed,
)  # fmt: skip


@given(FILED, some.sampled_from(sorted(ORDERS)), some.randoms())
def test_the_list_as_given_plays_no_part(filed: list[Filed], order: str, chance: object) -> None:
    """In whatever order the applications are given, they are treated in the same order, each once."""
    shuffled = chance.sample(filed, len(filed))  # type: ignore[attr-defined]
    assert ordered(shuffled, order, "seed") == ordered(filed, order, "seed")
    assert {one.sealed for one in ordered(filed, order, "seed")} == {one.sealed for one in filed}


@given(FILED)
def test_arrival_goes_before_the_draw(filed: list[Filed]) -> None:
    """Who was complete earlier is treated earlier, whatever the draw says."""
    marks = [one.mark for one in ordered(filed, "arrival", "seed")]
    assert marks == sorted(marks)


@given(FILED)
def test_who_was_present_is_drawn_without_regard_to_time(filed: list[Filed]) -> None:
    """Among who was present at the opening the time of entry has no influence; who came later stands behind, by arrival."""
    after = ordered(filed, "random_present", "seed")
    changed = [
        Filed(one.sealed, 99 - one.mark, one.present, one.late, one.score) if one.present else one for one in filed
    ]
    assert [one.sealed for one in ordered(changed, "random_present", "seed")] == [one.sealed for one in after]
    assert [one.present for one in after] == sorted((one.present for one in after), reverse=True)
    marks = [one.mark for one in after if not one.present]
    assert marks == sorted(marks)


@given(FILED)
def test_a_draw_over_all_puts_the_late_at_the_end(filed: list[Filed]) -> None:
    """Who was completed after the round closed stands behind all others, by the moment of completion."""
    after = ordered(filed, "draw", "seed")
    assert [one.late for one in after] == sorted(one.late for one in after)
    marks = [one.mark for one in after if one.late]
    assert marks == sorted(marks)


def test_equal_scores_are_drawn() -> None:
    """The highest score comes first; two equal scores change places with the seed."""
    filed = [Filed("a" * 64, score=Fraction(7)), Filed("b" * 64, score=Fraction(7)), Filed("c" * 64, score=Fraction(9))]
    orders = {tuple(one.sealed[0] for one in ordered(filed, "ranking", str(seed))) for seed in range(30)}
    assert orders == {("c", "a", "b"), ("c", "b", "a")}


def test_an_order_that_does_not_exist() -> None:
    """An unknown order is refused, with those that are allowed."""
    with pytest.raises(ValueError, match="arrival, random_present, draw"):
        ordered([], "speed", "seed")


@given(FILED)
def test_without_an_order_they_are_judged_as_they_come(filed: list[Filed]) -> None:
    """Where there is no order nobody waits for a draw: who comes later is judged later."""
    marks = [one.mark for one in ordered(filed, "none", "seed")]
    assert marks == sorted(marks)
