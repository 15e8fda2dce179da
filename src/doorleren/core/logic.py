"""Kleene's strong three-valued logic over True, False and None (unknown); used by every verdict."""

from collections.abc import Iterable


def every(values: Iterable[bool | None]) -> bool | None:
    """Say whether all hold: False as soon as one is False, else None if one is unknown, else True."""
    answer: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            answer = None
    return answer


def some(values: Iterable[bool | None]) -> bool | None:
    """Say whether one holds: True as soon as one is True, else None if one is unknown, else False."""
    answer: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            answer = None
    return answer


def opposite(value: bool | None) -> bool | None:
    """Negate; the opposite of unknown is unknown."""
    return None if value is None else not value
