"""What the site does by itself with money: it follows decisions in the ledger. Nothing is ever paid without two people."""

from collections.abc import Callable
from datetime import datetime

from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.commands.post_decisions import AT_ONCE, Followed, post_decisions


def follow_decisions(at: Callable[[], datetime], *, stopped: Callable[[], bool] = lambda: False) -> Followed:
    """Follow all that waits, a thousand at a time, until nothing moves any more; give the sums."""
    ceilings = places = decisions = 0
    while True:
        one = post_decisions(at=at())
        ceilings, places, decisions = ceilings + one.ceilings, places + one.places, decisions + one.decisions
        if stopped() or not (one.ceilings or one.places or one.decisions):
            return Followed(ceilings, places, decisions, one.waiting, one.refused)


def follow_all(at: Callable[[], datetime], *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Follow decisions and what comes after them; give how much was posted."""
    found = follow_decisions(at, stopped=stopped)
    return found.ceilings + found.places + found.decisions + post_afterwards(at=at(), most=AT_ONCE).posted
