"""Keeps the read index of the register up to date while the site runs: at the start, each day, and after a change.

With each build the files of uploads that nobody confirmed within a day are thrown away. A thread of `serve`. The old index answers while a new one is built; whatever goes wrong is said and tried again.
"""

import logging
import threading
from datetime import date
from pathlib import Path

from django.db import Error, connection

from doorleren.core.places import index_folder
from doorleren.register.commands.index_occupations import index_occupations
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.queries import state_of_the_register
from doorleren.register.search.versions import BuildRunning, current
from doorleren.register.uploads.commands import sweep_uploads
from doorleren.rules.library import open_library
from doorleren.server import environment
from doorleren.web import known
from doorleren.web.surroundings import now

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0
FIRST_SECONDS = 5.0
"""How long a node that has an index waits before its first look: until the web server, which starts now, answers."""


class IndexKeeper:
    """Looks every few seconds whether the register has changed, or the day, and builds the index anew if so."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._home: Path = environment.read().home
        self._library = open_library(environment.read().schemes)
        self._built_for: tuple[date, object] | None = None
        self._first_seconds = FIRST_SECONDS
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="read index", daemon=True)

    def __enter__(self) -> "IndexKeeper":
        """Build now where there is no index at all, and watch from now on."""
        if current(index_folder(self._home, "activities")) is None:
            self.look()
            self._first_seconds = 0.0
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop watching; a build that is under way is left, and the index before it stays."""
        self._stop.set()

    def look(self) -> bool:
        """Build the index anew if the register or the day is another than at the last build; say whether it did."""
        today = known.today()
        state = (today, state_of_the_register())
        if state == self._built_for:
            return False
        rebuild_index(self._library, self._home, today=today)
        index_occupations(self._home)
        sweep_uploads(home=self._home, at=now())
        self._built_for = state
        return True

    def _keep(self) -> None:
        self._stop.wait(self._first_seconds)
        while not self._stop.is_set():
            try:
                self.look()
            except BuildRunning:
                pass  # somebody else is at it: look again later
            except (Error, OSError) as error:
                log.error("the index of the register could not be built: %s", " ".join(str(error).split()))
            finally:
                connection.close()
            self._stop.wait(LOOK_SECONDS)
