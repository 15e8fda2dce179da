"""Looking for cycles seldom while much is made in a stream."""

import gc

import pytest

from doorleren.register.sweeping import MADE_BETWEEN, swept_seldom


def test_sweeping_goes_on_seldom_and_afterwards_as_before():
    """Within the block cycles are looked for, but seldom; afterwards as often as before."""
    before = gc.get_threshold()
    with swept_seldom():
        assert gc.isenabled()
        assert gc.get_threshold()[0] == MADE_BETWEEN > before[0]
    assert gc.get_threshold() == before


def test_a_failure_leaves_sweeping_as_it_was():
    """Whatever goes wrong within the block, cycles are looked for as often as before."""
    before = gc.get_threshold()
    with pytest.raises(KeyError), swept_seldom():
        raise KeyError
    assert gc.get_threshold() == before
