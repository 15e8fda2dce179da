"""When somebody who waits asks again: at a moment of their own, about once a minute, and never all at once. Pure.

A wait is drawn evenly from nothing to twice the mean ("full jitter"). Waits after trouble double up to that same spread,
so after an outage people come back as they would have been asking: no storm, and nothing to settle down.
"""

from collections.abc import Callable

EVERY_SECONDS = 60.0
"""How often somebody asks, on average."""

LONGEST_SECONDS = 2 * EVERY_SECONDS
"""The longest that anybody waits with asking again, also after trouble."""

FIRST_SECONDS = 30.0
"""The longest wait after the first time that there was no answer; doubled each time after. With 4 seconds 300,000 people would
ask three and a half times as often while there is no answer; with 30 it is twice."""

Chance = Callable[[], float]
"""Gives a number from 0 up to 1, evenly."""


def again(chance: Chance) -> float:
    """Give how many seconds to wait after an answer."""
    return LONGEST_SECONDS * chance()


def after_trouble(tries: int, chance: Chance) -> float:
    """Give how many seconds to wait after so many tries in a row (1 or more) without an answer."""
    return min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(tries - 1, 10)) * chance()
