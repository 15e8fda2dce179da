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

AFTER_OPENING_SECONDS = 20.0
"""Where the order is that of arrival, nobody hears of the opening later than this after it."""

Chance = Callable[[], float]
"""Gives a number from 0 up to 1, evenly."""


def again(chance: Chance, opens_in: float | None = None) -> float:
    """Give how many seconds to wait after an answer. `opens_in`: seconds to an opening at which being early counts.

    Who would ask after that opening asks soon after it: three times as many a second then, and nobody is told much later.
    """
    wait = LONGEST_SECONDS * chance()
    if opens_in is None or wait <= opens_in:
        return wait
    return max(opens_in, 0.0) + AFTER_OPENING_SECONDS * chance()


def after_trouble(tries: int, chance: Chance) -> float:
    """Give how many seconds to wait after so many tries in a row (1 or more) without an answer."""
    return min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(tries - 1, 10)) * chance()
