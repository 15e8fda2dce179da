"""Whether the clock of this machine can be trusted: it is held against one that only counts on, since we started.

The other clock counts while the machine sleeps too, where there is such a one (Linux), so that a laptop that was closed
does not look like a clock that jumped.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

MOST_APART = timedelta(minutes=1)


def counting() -> float:
    """Give the seconds of a clock that nobody can set."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clocks:
    """The clock on the wall beside the one that counts, from the moment this is made."""

    def __init__(self, wall: Callable[[], datetime], counted: Callable[[], float] = counting) -> None:
        """Note both."""
        self._wall, self._counted = wall, counted
        self._began, self._from = wall(), counted()

    def apart(self) -> timedelta:
        """Give how far the clock on the wall has jumped since: ahead is positive."""
        return (self._wall() - self._began) - timedelta(seconds=self._counted() - self._from)

    def trusted(self) -> bool:
        """Say whether it has not jumped, forward or back, by more than a minute."""
        return abs(self.apart()) <= MOST_APART
