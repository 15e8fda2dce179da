"""Keeps the cases going while the site runs: opens them, ranks what a committee scored, lets the rules
assess them, works off what was released, has the ledger follow, sends letters, ends what the law ends, reminds who did not
claim in time, counts the interest of loans, closes cases in which nothing can follow any more.

A thread of `serve`, beside the keeper of rounds. It decides nothing by itself: a batch is proposed and released by two
officials. Whatever goes wrong is said and tried again; every act is its own transaction, so a second keeper does no harm.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.db import connection

from doorleren.core.days import day_of
from doorleren.core.looks import AT_ONCE, Looked
from doorleren.decisions.commands.open_cases import follow_withdrawals, open_cases
from doorleren.decisions.commands.rank_round import rank_waiting
from doorleren.decisions.commands.remind_of_claim import remind_unclaimed
from doorleren.decisions.jobs import assess_waiting, note_dispatches, run_batches
from doorleren.decisions.lapsing import let_all_lapse
from doorleren.decisions.openings import Opening
from doorleren.letters.jobs import send_waiting
from doorleren.payments.commands.close_cases import close_quiet
from doorleren.payments.commands.keep_loans import keep_loans
from doorleren.payments.jobs import follow
from doorleren.rules.library import Library, open_library
from doorleren.server import environment
from doorleren.server.clock import now

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
DAILY: Mapping[str, Callable[..., Looked]] = {
    "suspensions": let_all_lapse, "claims": remind_unclaimed, "loans": keep_loans, "closing": close_quiet,
}  # fmt: skip
"""What is looked along once a day, some at a time."""


class CasesKeeper:
    """Looks again and again what cases ask for, and does it."""

    def __init__(self, library: Library | None = None) -> None:
        """Start nothing yet."""
        self._library = library or open_library(environment.read().schemes)
        self._opening = Opening()
        self._day: date | None = None
        self._to_look: dict[str, int] = {}
        self._advances = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="cases", daemon=True)

    def __enter__(self) -> "CasesKeeper":
        """Look from now on."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking; what was not committed yet never was."""
        self._stop.set()

    def look(self) -> int:
        """Do of each kind what waits, at most AT_ONCE; say how much was done."""
        demo, library = settings.DOORLEREN_DEMO, self._library
        return (
            self._try(
                "cases could not be opened",
                lambda: open_cases(at=now(), most=AT_ONCE, rehearsals=demo, opening=self._opening),
            )
            + self._try("cases could not follow withdrawals", lambda: follow_withdrawals(at=now(), most=AT_ONCE))
            + self._try("rounds could not be ranked", lambda: rank_waiting(now=now))
            + self._try("cases could not be assessed", lambda: assess_waiting(library, now=now, most=AT_ONCE))
            + self._try(
                "batches could not go on", lambda: run_batches(now=now, most=AT_ONCE, stopped=self._stop.is_set)
            )
            + self._try("the ledger could not follow", self._follow)
            + self._try("letters could not be sent", lambda: send_waiting(now, most=AT_ONCE)[0])
            + self._try("dispatches could not be noted", lambda: note_dispatches(now=now, most=AT_ONCE))
            + self._try("what ends by itself could not end", self._once_a_day)
        )

    def _follow(self) -> int:
        """Let the ledger follow; of the parts of advances those of the next cases, and then from the first case again."""
        found = follow(now, after=self._advances, most=AT_ONCE, stopped=self._stop.is_set)
        self._advances = found.after or 0
        return found.done

    def _once_a_day(self) -> int:
        """Do what the law ends on a day, remind, and close what is over, from the first look of that day until all was looked at."""
        today, done = day_of(now()), 0
        if self._day != today:
            self._day, self._to_look = today, dict.fromkeys(DAILY, 0)
        for name, after in tuple(self._to_look.items()):
            found = DAILY[name](now, after=after, most=AT_ONCE, stopped=self._stop.is_set)
            done += found.done
            self._to_look[name] = found.after or 0
            if found.after is None:
                del self._to_look[name]
        return done or len(self._to_look)  # nothing done, but more to look at: without a pause

    def _try(self, words: str, act: Callable[[], int]) -> int:
        try:
            return act()
        except Exception as error:  # this thread goes on as long as the site does
            log.error("%s: %s: %s", words, type(error).__name__, " ".join(str(error).split()))
            return 0

    def _keep(self) -> None:
        wait = 0.0
        while not self._stop.wait(wait):
            wait = 0.0 if self.look() else LOOK_SECONDS
            connection.close_if_unusable_or_obsolete()
        connection.close()
