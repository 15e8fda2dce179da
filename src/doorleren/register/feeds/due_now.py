"""Pulling all sources whose time has come, one after another. Called by the timetable and the command line."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError

from doorleren.register.access import SITE_ITSELF
from doorleren.register.answers import ActRefused
from doorleren.register.commands.pull_source import Pulled, pull_source
from doorleren.register.feeds.schedule import due_sources
from doorleren.register.feeds.visiting import Limits
from doorleren.register.turns import PULLING, turn

log = logging.getLogger(__name__)


def pull_due(
    home: Path, now: Callable[[], datetime], *, limits: Limits, stopped: Callable[[], bool] = lambda: False
) -> dict[int, Pulled] | None:
    """Pull what is due, as the site itself; give what each brought, or None while another process is at it.

    What goes wrong with one source stops no other; only a database that is gone ends it, and that is raised. `stopped`
    is asked between two sources.
    """
    with turn(PULLING) as mine:
        if not mine:
            return None
        pulled: dict[int, Pulled] = {}
        for source in due_sources(now()):
            if stopped():
                break
            try:
                pulled[source] = pull_source(source, home=home, by=SITE_ITSELF, at=now(), limits=limits)
            except ActRefused as error:  # somebody pulled or changed it meanwhile
                log.info("source %s was not pulled: %s", source, error)
            except (InterfaceError, OperationalError):
                raise
            except Exception:
                log.exception("source %s could not be pulled", source)
        return pulled
