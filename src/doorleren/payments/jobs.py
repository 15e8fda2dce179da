"""What the site does by itself with money: it follows decisions in the ledger. Nothing is ever paid without two people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from doorleren.core.looks import AT_ONCE as PARTS
from doorleren.core.looks import Looked
from doorleren.payments.commands.post_advances import post_advances
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.commands.post_decisions import AT_ONCE, NOTHING, Followed, post_decisions


def follow_decisions(at: Callable[[], datetime], *, stopped: Callable[[], bool] = lambda: False) -> Followed:
    """Follow all that waits, a thousand at a time, until nothing moves any more; give the sums, and what was left at the end."""
    whole = NOTHING
    while True:
        one = _once_along(at, stopped)
        whole = replace(whole.and_then(one), waiting=one.waiting, refused=one.refused)
        if stopped() or not (one.ceilings or one.places or one.decisions):
            return whole


def _once_along(at: Callable[[], datetime], stopped: Callable[[], bool]) -> Followed:
    """Go along everything that waits once; a decision whose place came later on the way is for the next time."""
    found = NOTHING
    while True:
        found = found.and_then(post_decisions(at=at(), after=found.after))
        if stopped() or found.after.nothing:
            return found


def follow_all(at: Callable[[], datetime], *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Follow decisions, what comes after them, and all parts of advances that are due; give how much was done."""
    found = follow(at, stopped=stopped)
    done = found.done
    while found.after is not None and not stopped():
        more = post_advances(at=at(), after=found.after, stopped=stopped)
        found, done = Looked(more.followed, more.after), done + more.followed
    return done


def follow(
    at: Callable[[], datetime], *, after: int = 0, most: int = PARTS, stopped: Callable[[], bool] = lambda: False
) -> Looked:
    """Follow the same, with at most so many parts of advances: of the cases after one. The next look goes on with the others."""
    found = follow_decisions(at, stopped=stopped)
    done = found.ceilings + found.places + found.decisions + post_afterwards(at=at(), most=AT_ONCE).posted
    advanced = post_advances(at=at(), after=after, most=most, stopped=stopped)
    return Looked(done + advanced.followed, advanced.after)
