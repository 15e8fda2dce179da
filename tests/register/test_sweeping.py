"""Looking for cycles seldom while much is made in a stream."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from doorleren.register.sweeping import MADE_BETWEEN, swept_seldom

OFTEN = (700, 10, 10)


@pytest.fixture(autouse=True)
def swept_often() -> Iterator[None]:
    """Whatever ran before in this process, these tests begin with Python's own rhythm, and leave what they found."""
    found = gc.get_threshold()
    gc.set_threshold(*OFTEN)
    yield
    gc.set_threshold(*found)


def test_sweeping_goes_on_seldom_and_afterwards_as_before():
    """Within the block cycles are looked for, but seldom; afterwards as often as before."""
    with swept_seldom():
        assert gc.isenabled()
        assert gc.get_threshold()[0] == MADE_BETWEEN > OFTEN[0]
    assert gc.get_threshold() == OFTEN


def test_a_failure_leaves_sweeping_as_it_was():
    """Whatever goes wrong within the block, cycles are looked for as often as before."""
    with pytest.raises(KeyError), swept_seldom():
        raise KeyError
    assert gc.get_threshold() == OFTEN


def test_two_files_at_once_leave_sweeping_as_it_was():
    """Two blocks that overlap sweep seldom until the last one ends, and then as often as before the first."""
    both, first_ended = Barrier(2), Barrier(2)

    def first() -> None:
        with swept_seldom():
            both.wait(10)
        first_ended.wait(10)

    def second() -> int:
        with swept_seldom():
            both.wait(10)
            first_ended.wait(10)
            return gc.get_threshold()[0]

    with ThreadPoolExecutor(2) as pool:
        ended, still = pool.submit(first), pool.submit(second)
        ended.result(20)
        assert still.result(20) == MADE_BETWEEN
    assert gc.get_threshold() == OFTEN
