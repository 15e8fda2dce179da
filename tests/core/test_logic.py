"""Kleene's three-valued logic: the laws, and that knowing more never turns what was settled."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.core.logic import every, opposite, some

VALUES = (True, False, None)
MANY = st.lists(st.sampled_from(VALUES), max_size=8)


@pytest.mark.parametrize(("first", "second"), list(product(VALUES, repeat=2)))
def test_the_tables_are_kleenes(first: bool | None, second: bool | None) -> None:
    """False decides "all hold", True decides "one holds", and otherwise unknown stays unknown."""
    assert every([first, second]) is (False if False in (first, second) else None if None in (first, second) else True)
    assert some([first, second]) is (True if True in (first, second) else None if None in (first, second) else False)


@given(MANY)
def test_de_morgan(values: list[bool | None]) -> None:
    """Denying "all hold" is "one does not hold", also with unknowns."""
    assert opposite(every(values)) is some(opposite(one) for one in values)
    assert opposite(some(values)) is every(opposite(one) for one in values)


@given(MANY, MANY)
def test_joining_in_parts_is_joining_at_once(first: list[bool | None], second: list[bool | None]) -> None:
    """How conditions are bracketed and ordered changes nothing."""
    assert every([every(first), every(second)]) is every(first + second) is every(second + first)
    assert some([some(first), some(second)]) is some(first + second) is some(second + first)


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.booleans()), max_size=8))
def test_knowing_more_never_turns_an_answer(pairs: list[tuple[bool | None, bool]]) -> None:
    """An answer that is settled stays what it is when unknown parts become known."""
    less = [one for one, _ in pairs]
    more = [known if one is None else one for one, known in pairs]
    for joined in (every, some):
        assert joined(less) is None or joined(more) is joined(less)


def test_nothing_to_ask() -> None:
    """Of no conditions all hold, and none holds; twice denied is the value itself."""
    assert every([]) is True
    assert some([]) is False
    assert [opposite(opposite(one)) for one in VALUES] == list(VALUES)
