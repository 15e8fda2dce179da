"""A clock for the intake that does not jump: when the clock of the machine is set, the moments on receipts go on evenly.

The order of arrival never depends on it, but "present at the opening" and the time limit of a token do.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

log = logging.getLogger(__name__)

MOST_DRIFT = timedelta(seconds=2)
"""What a clock is corrected by without our calling it a jump."""


def steady(now: Callable[[], datetime], elapsed: Callable[[], float]) -> Callable[[], datetime]:
    """Give a clock that follows `now`, and `elapsed` (seconds, never set by anybody) from a jump of `now` on."""
    at, began, jumped = now(), elapsed(), False

    def moment() -> datetime:
        nonlocal at, began, jumped
        told, passed = now(), elapsed()
        expected = at + timedelta(seconds=passed - began)
        if abs(told - expected) > MOST_DRIFT:
            if not jumped:
                log.error("the clock of the machine jumped by %s; receipts go on without it", told - expected)
            jumped = True
            return expected
        at, began, jumped = max(told, at), passed, False
        return at

    return moment
