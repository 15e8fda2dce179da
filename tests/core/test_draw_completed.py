"""Who was completed after a draw comes at its end; a list that does not belong to the draw is refused by its part."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.draw import BadDraw
from doorleren.core.draw_completed import Late, order_after, written

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
A, B, C, D = (letter * 64 for letter in "abcd")
ORDER = (C, A, D, B)


def late(ticket: str, days: int = 0, minutes: int = 0) -> Late:
    """Complete a ticket so much later, by what came in on the day of AT and so many days."""
    return Late(ticket, date(2026, 4, 1) + timedelta(days), AT + timedelta(minutes=minutes))


def test_the_order_after_it() -> None:
    """Who is incomplete is left out; who completed follows by day and moment, also where an earlier day was noted later."""
    told = written("s/r/1", [D], [late(C, 1, 5), late(A, 0, 9)])
    assert order_after(ORDER, "s/r/1", told) == (B, A, C)
    assert order_after(ORDER, "s/r/1", written("s/r/1", [], [])) == ORDER


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"form": "doorleren-draw/1"}, "form"),
        ({"drawn_for": "s/r/2"}, "the draw is for"),
        ({"incomplete": ["e" * 64]}, "not on the list"),
        ({"incomplete": [A]}, "twice"),
        ({"incomplete": "all"}, "a list is allowed"),
        ({"completed": [{"ticket": "a", "day": "2026-04-01", "noted_at": AT.isoformat()}]}, "64 hexadecimal"),
        ({"completed": [{"ticket": A, "day": "today", "noted_at": AT.isoformat()}]}, "no day and moment"),
        ({"completed": ["a"]}, "64 hexadecimal"),
    ],
    ids=["form", "another draw", "unknown", "twice", "no list", "no seal", "no day", "no object"],
)
def test_what_is_not_such_a_list(change: dict[str, Any], fault: str) -> None:
    """The message names what is wrong with a list."""
    told = written("s/r/1", [D], [late(A)]) | change
    with pytest.raises(BadDraw, match=fault):
        order_after(ORDER, "s/r/1", told)


def test_another_order_of_completion_is_refused() -> None:
    """Whoever swaps two who completed is found out."""
    told = written("s/r/1", [], [late(A), late(B, 1)])
    completed = told["completed"]
    assert isinstance(completed, list)
    with pytest.raises(BadDraw, match="order of completion"):
        order_after(ORDER, "s/r/1", told | {"completed": completed[::-1]})


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.lists(st.integers(0, 5), unique=True))
def test_nobody_else_moves(order: list[int], incomplete: set[int], completed: list[int]) -> None:
    """Among those who were complete the draw alone says who comes first, and nobody is lost or twice."""
    seals = [f"{one:064x}" for one in order]
    named = [f"{one:064x}" for one in completed if one not in incomplete]
    told = written("r", [f"{one:064x}" for one in incomplete], [late(one, minutes=at) for at, one in enumerate(named)])
    found = order_after(seals, "r", told)
    rest = [one for one in seals if one not in named and int(one, 16) not in incomplete]
    assert list(found) == [*rest, *named]
