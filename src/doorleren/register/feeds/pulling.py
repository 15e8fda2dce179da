"""Pulling a source now, beside the request of who asks for it, and which sources are being pulled so.

The run holds a lock of PostgreSQL on its own connection: it goes when the run does, however that ends, so no page says
"busy" for ever. What came of it is a delivery, as with every pull; what was refused is in the log of the site.
"""

import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from django.db import Error, connection

from doorleren.register.access import Actor, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.commands.pull_source import pull_source
from doorleren.register.feeds.visiting import Limits

AT_ONCE_SECONDS = 1.5
"""How long who asks waits for a small delivery to be done."""
_BEGUN_SECONDS = 10.0
_ONE_SOURCE = 0x70756C31  # "pul1"
_KEYS = 2**31

_log = logging.getLogger(__name__)
_HELD = """
SELECT objid::bigint FROM pg_locks
WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def pull_now(source: int, *, home: Path, by: Actor, at: datetime, limits: Limits) -> None:
    """Begin to pull a source; comes back when it is done, or after a moment while it goes on.

    Raises Forbidden; ActRefused where it is being pulled already.
    """
    ensure(by, "pull_source", ())
    run = _Run(source, home, by, at, limits)
    Thread(target=run.pull, name=f"pull-{source}", daemon=True).start()
    run.begun.wait(_BEGUN_SECONDS)
    if run.taken:
        raise ActRefused({
            "nl": "Deze bron wordt al opgehaald.", "en": "This source is being pulled already.",
        })  # fmt: skip
    run.done.wait(AT_ONCE_SECONDS)


def being_pulled(sources: Collection[int]) -> set[int]:
    """Give which of these sources are being pulled by `pull_now` at this moment, in any process."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [_ONE_SOURCE])
        held = {key for (key,) in cursor.fetchall()}
    return {one for one in sources if one % _KEYS in held}


class _Run:
    """One pull in a thread; `taken` where another has the source, known once `begun` is set."""

    def __init__(self, source: int, home: Path, by: Actor, at: datetime, limits: Limits) -> None:
        self.source, self.home, self.by, self.at, self.limits = source, home, by, at, limits
        self.begun, self.done, self.taken = Event(), Event(), False

    def pull(self) -> None:
        """Take the lock, pull, and let everything go."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_ONE_SOURCE, self.source % _KEYS])
                self.taken = not cursor.fetchone()[0]
            self.begun.set()
            if not self.taken:
                pull_source(self.source, home=self.home, by=self.by, at=self.at, limits=self.limits)
        except ActRefused as refused:
            _log.info("source %s was not pulled: %s", self.source, refused)
        except Exception:
            _log.exception("source %s could not be pulled", self.source)
        finally:
            self._let_go()
            self.begun.set()
            self.done.set()

    def _let_go(self) -> None:
        """Give the lock back at once; the database takes it where that fails, for the connection goes too."""
        try:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
        finally:
            connection.close()
