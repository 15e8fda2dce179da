"""Making the read index anew from the command line, also while the site is at it."""

import time
from datetime import date

from doorleren.cli.surroundings import home
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.register.search.building import Built
from doorleren.register.search.versions import BuildRunning
from doorleren.rules.library import Library

LONGEST_WAIT_SECONDS = 300.0
LOOK_SECONDS = 0.2


def rebuilt(library: Library, today: date, *, patience: float = LONGEST_WAIT_SECONDS) -> Built:
    """Build the index of what stands in the register now.

    A site that runs here builds by itself after a change, and may have begun before ours: then we wait for it and build
    again. `patience` is in seconds. Raises BuildRunning when the other is still at it after that.
    """
    until = time.monotonic() + patience
    while True:
        try:
            return rebuild_index(library, home(), today=today)
        except BuildRunning:
            if time.monotonic() >= until:
                raise
            time.sleep(LOOK_SECONDS)
