"""Keeps the rounds going while the site runs: opens and closes them, gives places, records roots, keeps checkpoints.

Two threads of `serve`, so that a long draw never holds up a checkpoint: one gives places every 0.2 s and, every 2 s,
those that were freed; the other does the rest every 2 s. When no round is open both look every 2 s. Whatever goes wrong is said and tried again; every act
is its own transaction and holds against a second keeper on the same database.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import connection
from django.db.models import F, Q

from doorleren.audit.acts import Party
from doorleren.audit.checkpoints import keep_checkpoint
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.note_sample import note_sample
from doorleren.rounds.commands.open_gate import close_when_due, open_when_due
from doorleren.rounds.commands.place_day import place_day
from doorleren.rounds.commands.record_roots import record_roots
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.days import last_over
from doorleren.rounds.models import Gate, Round
from doorleren.rounds.notices import clear_jump, tell_jump
from doorleren.rounds.queries import announced_for, ids_of, in_turn
from doorleren.rounds.times import due_to_close, due_to_open
from doorleren.server import environment
from doorleren.server.clock import now
from doorleren.server.clocks import Clocks

log = logging.getLogger(__name__)

PLACES_SECONDS = 0.2
LOOK_SECONDS = 2.0
SITE = Party("site", "")


class RoundsKeeper:
    """Looks again and again what rounds ask for, and does it."""

    def __init__(self, clocks: Clocks | None = None) -> None:
        """Start nothing yet."""
        self._home: Path = environment.read().home
        self._clocks = clocks or Clocks(now)
        self._placed: dict[int, tuple[object, ...]] = {}
        self._told = False
        self._filled_at = -LOOK_SECONDS
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._keep, args=(act,), name=name, daemon=True)
            for name, act in (("places", self._give_places), ("rounds", self._look))
        ]

    def __enter__(self) -> "RoundsKeeper":
        """Look from now on."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking; what was not committed yet never was."""
        self._stop.set()

    def look(self) -> None:
        """Open and close what is due, note the pace, record the roots of batches, and write down the end of the record."""
        self._try("rounds could not be opened or closed", self._open_and_close)
        self._try("batches could not be recorded", self._record)
        self._try("no checkpoint could be kept", lambda: keep_checkpoint(self._home / "checkpoints", at=now()))

    def give_places(self) -> bool:
        """Give whoever came in a place, in every round; say whether a round is open in which more may come at any moment."""
        gates = Gate.objects.filter(opened_at__isnull=False).select_related("round", "round__allocation")
        by_arrival, completed = False, Q(round__allocation__unfollowed=True)  # with a day that is still to be divided
        for gate in gates.filter(
            Q(closed_at__isnull=True) | Q(tickets__gt=F("round__allocation__position")) | completed
        ):
            by_arrival |= gate.closed_at is None and in_turn(gate.round)
            allocation, over = gate.round.allocation, self._over(gate)
            came = gate.tickets if over is None else 0  # nobody joins a day that is over
            seen = (came, gate.closed_at, allocation.seed, allocation.draw_from, allocation.unfollowed, over)
            if self._placed.get(gate.pk) == seen:
                continue  # the gate counts who came twice as well, so its count alone cannot tell
            if self._give(gate):
                self._placed[gate.pk] = seen
        return by_arrival

    def _over(self, gate: Gate) -> date | None:
        """Give the last day that can be divided, where the day counts; None elsewhere, and while the clock is not trusted."""
        announced = announced_for(gate.round)
        if not announced.per_day or not self._clocks.trusted():
            return None
        return last_over(now(), paper_days=announced.paper_days)

    def _give(self, gate: Gate) -> bool:
        """Give places in one round as far as its order allows now; say whether nothing is left to do until it changes."""
        seed = gate.round.allocation.seed
        if in_turn(gate.round):
            return self._until_none(lambda: allocate(gate.pk, at=now()))
        if gate.round.order == "ranking":
            return True  # its places follow from the scores of a committee (decisions/commands/rank_round.py)
        if announced_for(gate.round).per_day and self._over(gate) is None:
            return True
        if seed and gate.closed_at is not None:
            return treat_all(gate.round, seed, now=now, stopped=self._stop.is_set)
        if self._over(gate) is not None:
            return self._until_none(lambda: place_day(gate.pk, at=now()))
        return True

    def _until_none(self, give: Callable[[], int]) -> bool:
        while give():
            if self._stop.is_set():
                return False
        return True

    def _open_and_close(self) -> None:
        """Do what the clock asks for, unless it jumped; then say so, for as long as it lasts."""
        if not self._clocks.trusted():
            if not self._told:
                log.error(
                    "the clock of this machine has jumped by %s: no round opens or closes by itself. Set it right; was it"
                    " wrong before, then start the site again", self._clocks.apart(),
                )  # fmt: skip
                tell_jump(self._home, seconds=round(self._clocks.apart().total_seconds()), at=now())
                self._told = True
            return
        clear_jump(self._home)
        self._told = False
        at = now()
        for round_ in due_to_open(at):
            open_when_due(round_, by=SITE, at=at)
        for round_, _ in due_to_close(at):
            why = close_when_due(round_, by=SITE, at=at)
            if why is not None:
                log.warning("round %s was closed by itself: %s", round_, why)

    def _record(self) -> None:
        behind = Gate.objects.filter(batches__gt=0).select_related("round__allocation")
        for gate in behind:
            first, _ = ids_of(gate.pk)
            if gate.batches > max(0, gate.round.allocation.recorded_batch - first):
                record_roots(gate.pk, at=now())
        for round_ in Gate.objects.filter(opened_at__isnull=False, closed_at__isnull=True).values_list("pk", flat=True):
            note_sample(round_, at=now())

    def fill_freed_places(self) -> None:
        """Give the places of who withdrew or is incomplete to who comes next, and place who was completed, in every round."""
        for row in Round.objects.filter(pk__in=rounds_to_fill()).order_by("pk"):
            if announced_for(row).per_day and not self._clocks.trusted():
                continue  # a day of completion does not end by a clock that jumped
            if fill_freed(row.pk, at=now()):
                self._placed.pop(row.pk, None)  # who came after somebody that was completed has waited for that

    def _give_places(self) -> float:
        if time.monotonic() >= self._filled_at + LOOK_SECONDS:
            self._filled_at = time.monotonic()
            self._try("freed places could not be given", self.fill_freed_places)
        return PLACES_SECONDS if self.give_places() else LOOK_SECONDS

    def _look(self) -> float:
        self.look()
        return LOOK_SECONDS

    def _try(self, words: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:  # this thread goes on as long as the site does
            log.error("%s: %s: %s", words, type(error).__name__, " ".join(str(error).split()))

    def _keep(self, act: Callable[[], float]) -> None:
        wait = 0.0

        def once() -> None:
            nonlocal wait
            wait = LOOK_SECONDS
            wait = act()

        while not self._stop.wait(wait):
            self._try("rounds could not be looked after", once)
            connection.close_if_unusable_or_obsolete()
        connection.close()
