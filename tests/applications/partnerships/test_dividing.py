"""Dividing to the cent: what adds up is kept exactly, anything else is refused with what lacks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorleren.applications.partnerships.dividing import Part, ensure_adds_up, split, written
from doorleren.applications.refusing import ApplicationRefused

CENTS = st.integers(0, 10**13)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(st.lists(CENTS, min_size=1, max_size=40), st.integers(-(10**9), 10**9))
def test_only_what_adds_up(parts: list[int], off: int) -> None:
    """Parts are taken exactly when their sum is the whole to the cent; else the difference is told."""
    told = [Part(one, financier="own") for one in parts]
    whole = sum(parts) + off
    if off == 0:
        ensure_adds_up(whole, told, "cents")
        return
    with pytest.raises(ApplicationRefused) as refused:
        ensure_adds_up(whole, told, "cents")
    assert written(abs(off), "cents", "nl") in refused.value.texts["nl"]
    assert ("ontbreekt" in refused.value.texts["nl"]) == (off > 0)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(CENTS, st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any))
def test_split_is_exact_and_fair(whole: int, weights: list[int]) -> None:
    """A whole that is split by weights comes back to the cent, and nobody is more than a cent off."""
    parts = split(whole, weights)
    assert sum(parts) == whole
    assert all(abs(part * sum(weights) - whole * one) < sum(weights) for part, one in zip(parts, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]], ids=str)
def test_weights_without_sense(weights: list[int]) -> None:
    """Weights that say nothing are refused."""
    with pytest.raises(ValueError, match="weights"):
        split(100, weights)


@pytest.mark.parametrize(
    ("amount", "unit", "language", "text"),
    [(1250, "cents", "nl", "€ 12,50"), (1250, "hundredths", "nl", "12,50%"), (1, "cents", "en", "€ 0.01")],
    ids=["euros", "percent", "english"],
)
def test_written(amount: int, unit: str, language: str, text: str) -> None:
    """An amount is written in its unit and language."""
    assert written(amount, unit, language) == text
