"""What the site does by itself at its times: send alerts, sweep old views, publish the open data, pull sources, destroy, scan evidence.

A thread of `serve`, next to the one that keeps the read index. Whatever goes wrong is said and tried again. More
processes on one database take turns (`register.turns`), so that a source is pulled once.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from django.conf import settings
from django.db import connection

from doorleren.applications.commands.check_document import keep_evidence
from doorleren.applications.evidence.scanning import scanner_of
from doorleren.applications.retention.commands.run_destruction import clock_is_right, run_daily, run_released
from doorleren.audit.acts import SITE
from doorleren.audit.viewing import sweep_views
from doorleren.core.days import day_of
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.register import publishing
from doorleren.register.commands.send_alerts import Noted, send_alerts
from doorleren.register.feeds.due_now import pull_due
from doorleren.register.feeds.visiting import Limits
from doorleren.register.portal import Portal
from doorleren.rounds.commands.tell_of_rounds import tell_of_rounds
from doorleren.rules.library import open_library
from doorleren.server import environment
from doorleren.web.applicant.evidence import store
from doorleren.web.portal.alert_pages import AlertPages
from doorleren.web.rounds.alerts import RoundAlertPages
from doorleren.web.surroundings import now

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0


class Timetable:
    """Looks every minute what is due, and does it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._home = environment.read().home
        self._limits = Limits(nearby=settings.DOORLEREN_FEEDS_NEARBY)
        self._portal = Portal(open_library(environment.read().schemes), self._home)
        self._noted = Noted()
        self._destroyed_on: date | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="timetable", daemon=True)

    def __enter__(self) -> "Timetable":
        """Look from now on."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking. A pull that is under way is left: what it did not finish, the database takes back."""
        self._stop.set()

    def look(self) -> None:
        """Do all that is due now; what fails is said, and stops nothing else."""
        self._try("the alerts could not be sent", self._alert)
        self._try("views that were kept long enough could not be swept", self._sweep)
        self._try("the open data could not be written", self._publish)
        self._try("the sources could not be pulled", self._pull)
        self._try("what is due at the end of its retention could not be destroyed", self._destroy)
        self._try("the evidence could not be looked after", self._keep_evidence)  # last: a scanner may take its time

    def _alert(self) -> None:
        if settings.DOORLEREN_ALERTS:
            at, pages = now(), AlertPages(settings.DOORLEREN_SITE)
            send_alerts(self._portal, pages=pages, at=at, today=day_of(at), noted=self._noted)
            in_demo = settings.DOORLEREN_MAILBOX is not None
            tell_of_rounds(pages=RoundAlertPages(settings.DOORLEREN_SITE), at=at, rehearsals=in_demo)

    def _sweep(self) -> None:
        sweep_views(at=now())

    def _destroy(self) -> None:
        at = now()
        run_released(store=store(), at=at)
        if self._destroyed_on != day_of(at):  # by rule alone: once a day
            self._destroyed_on = day_of(at)
            trusted = clock_is_right(at)  # asked before, as what is destroyed is an act itself
            run_daily(store=store(), at=at)
            if trusted:
                destroy_payments(day_of(at), by=SITE, at=at)

    def _keep_evidence(self) -> None:
        keep_evidence(store=store(), scanner=scanner_of(settings.DOORLEREN_SCANNER), at=now())

    def _publish(self) -> None:
        if publishing.is_due(self._home, now()):
            with suppress(publishing.BeingPublished):  # another process is at it: look again later
                publishing.publish(self._home, at=now(), anew=False)

    def _pull(self) -> None:
        for source, pulled in (pull_due(self._home, now, limits=self._limits, stopped=self._stop.is_set) or {}).items():
            if pulled.failure is not None:
                log.warning("source %s: delivery %s failed", source, pulled.delivery)

    def _try(self, words: str, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:  # this thread goes on as long as the site does
            log.error("%s: %s: %s", words, type(error).__name__, " ".join(str(error).split()))

    def _keep(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            finally:
                connection.close()
            self._stop.wait(LOOK_SECONDS)
