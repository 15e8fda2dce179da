"""The clock of the processes that `serve` and `rush` start: the one place under `server` that asks what time it is.

In a demo that shows another day (`DOORLEREN_DAY`) the whole site lives on that day: acts, receipts and rounds carry its
moments, at the time of day that it is. Only sessions, the proof of who somebody is and the time limits of what others
sign go by the clock of the machine (web/surroundings.py, `machine_now`), and the database lets rows of the log of who
viewed go by its own (audit/migrations/0002_views.py), so that nobody shortens that by setting a day. The order of
arrival goes by no clock at all (docs/adr/0020-lean-intake.md).
"""

from datetime import UTC, datetime, timedelta
from functools import cache

from doorleren.core.days import on_day
from doorleren.server import environment


@cache
def ahead() -> timedelta:
    """Give how far the site is ahead of the machine: nothing, but where a demo shows another day.

    Settled once in a process, so that the clock of the site goes on evenly past midnight.
    """
    at = datetime.now(UTC)
    return on_day(at, environment.read().shown_day) - at


def now() -> datetime:
    """Give this moment in UTC, as the site has it."""
    return datetime.now(UTC) + ahead()
