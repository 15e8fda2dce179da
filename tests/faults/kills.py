"""An opening in which something is killed over and over, in a process of its own; prints JSON.

`python -m tests.faults.kills KILLS TARGETS SEED [NAME=VALUE ...]`, in a home folder of its own (DOORLEREN_HOME). TARGETS
are worker, master, allocator, database, with commas; they take turns. NAME=VALUE are options of PostgreSQL. For each
kill some people come forward, in processes that put every receipt on the disk; the kill comes when a drawn number of
them has an answer, and then everything that is gone is started again.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

PEOPLE, CROWDS, CONNECTIONS = 300, 2, 16
POT_SHARE, MEAN_CENTS = 0.6, 60_000
PATIENCE_SECONDS = 90.0
LOOK_SECONDS = 0.01


class Opening:
    """What runs in an opening: database, intake and allocator, each to be killed and started again."""

    def __init__(self, home: Path, options: dict[str, str], url: str = "", intake: str = "") -> None:
        """Start a database in `home`, make its tables, load Django, which works as the application from there on.

        `url` is how the site finds it, and as whom, where that is another; `intake` is another than ours, for a control.
        """
        from doorleren.server import environment, site
        from doorleren.server.embedded import open_database
        from doorleren.server.intake.process import INTAKE, free_port

        self.database = open_database(home, options=options)
        environment.announce(DATABASE_URL=url or self.database.application_url)
        site.open_site()
        site.migrate()
        self.port, self.round, self.intake = free_port(), 0, intake or INTAKE
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def keep_up(self) -> None:
        """Start what is not there."""
        from doorleren.server.intake import process

        if self.database.gone():
            self.database.renew()
        if self._gone("master"):
            self.children["master"] = process.start(self.port, self.intake)
        if self._gone("allocator"):
            words = [sys.executable, "-m", "doorleren.server.allocator", str(self.round)]
            self.children["allocator"] = subprocess.Popen(words, stderr=subprocess.DEVNULL)

    def kill(self, target: str) -> None:
        """Kill it with signal 9: the database with all its processes at once, as when the machine stops it."""
        if target == "database":
            assert self.database.pid is not None
            os.kill(self.database.pid, signal.SIGSTOP)  # so that it sees nobody die and makes nobody new
            for one in (*children_of(self.database.pid), self.database.pid):
                _kill(one)
        elif target == "worker":
            for one in children_of(self.children["master"].pid):
                _kill(one)
        else:
            _kill(self.children[target].pid)

    def stop(self) -> None:
        """End everything."""
        for child in self.children.values():
            child.terminate()
            child.wait()
        self.database.close()

    def _gone(self, name: str) -> bool:
        child = self.children.get(name)
        return child is None or child.poll() is not None


def children_of(pid: int) -> list[int]:
    """Give the processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(pid):
                found.append(int(stat.parent.name))
    return found


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def crowds(folder: Path, number: int, tokens: list[str], port: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Let people come forward in a few processes, each with a file of answers."""
    running = []
    for one in range(CROWDS):
        lines, answers = folder / f"tokens-{number}-{one}", folder / f"answers-{number}-{one}"
        lines.write_text("\n".join(tokens[one::CROWDS]))
        answers.touch()
        words = [sys.executable, "-m", "doorleren.server.rush.crowd", str(lines), str(port), str(CONNECTIONS)]
        running.append(subprocess.Popen([*words, str(answers), "fsync"]))
    try:
        yield running
    finally:
        for child in running:
            child.kill()
            child.wait()


def rush(opening: Opening, folder: Path, kills: int, targets: list[str], seed: int) -> dict[str, object]:
    """Let people come forward and kill, again and again; close, and count what became of everybody."""
    from doorleren.server import environment
    from doorleren.server.intake.keys import read_keys
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.people import tokens
    from doorleren.server.rush.rounds import announce_rehearsal, close_and_draw

    chance, began = random.Random(seed), time.monotonic()
    keys = read_keys(environment.read().home)
    pot = int(kills * PEOPLE * POT_SHARE) * MEAN_CENTS
    opening.round = announce_rehearsal("arrival", pot)
    every = list(tokens(opening.round, kills * PEOPLE, seed, 1 << 40, keys.tokens))
    write_down()
    opening.keep_up()
    for number in range(kills):
        some = every[number * PEOPLE : (number + 1) * PEOPLE]
        with crowds(folder, number, some, opening.port) as people:
            when = chance.randrange(1, PEOPLE * 2 // 3)
            wait_for(opening, lambda at=number, when=when: answered(folder, at) >= when)
            opening.kill(targets[number % len(targets)])
            wait_for(opening, lambda people=people: all(one.poll() is not None for one in people))
    opening.keep_up()
    close_and_draw(opening.round)
    wait_for(opening, lambda: opening.children["allocator"].poll() == 0)
    files = sorted(folder.glob("answers-*"))
    told = asdict(counted(opening.round, files, keys.public, pot, time.monotonic() - began))
    return told | {"right": places_are_right(opening.round), "kills": kills}


def write_down() -> None:
    """Put the round itself on the disk, however the database commits; what is lost later is the database's own doing."""
    from django.db import connection

    from doorleren.server import site

    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connection.close()


def answered(folder: Path, number: int) -> int:
    """Give how many answers the people of one turn have written down."""
    return sum(file.read_bytes().count(b"\n") for file in folder.glob(f"answers-{number}-*"))


def wait_for(opening: Opening, over: Callable[[], bool]) -> None:
    """Wait until it is over, starting what is gone meanwhile. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not over():
        if time.monotonic() > end:
            raise TimeoutError("the opening does not go on")
        opening.keep_up()
        time.sleep(LOOK_SECONDS)


def places_are_right(round_: int) -> bool:
    """Say whether everybody has exactly the place that the rule of the round gives, computed again from the tickets."""
    from doorleren.rounds.models import Place, Round, Ticket
    from doorleren.rounds.pot import Pot, give
    from doorleren.rounds.queries import announced_for

    pot, right = Pot(announced_for(Round.objects.get(pk=round_)).pot), []
    for position, ticket in enumerate(Ticket.objects.filter(round=round_).order_by("id"), 1):
        pot, place = give(pot, ticket.cents, ticket.kind)
        right.append((ticket.pk, position, place.outcome, place.cents))
    places = Place.objects.filter(ticket__round=round_).order_by("position")
    return right == list(places.values_list("ticket_id", "position", "outcome", "cents"))


def main() -> int:
    """Run it."""
    kills, targets, seed, *rest = sys.argv[1:]
    options = dict(one.split("=", 1) for one in rest)
    with tempfile.TemporaryDirectory() as folder:
        opening = Opening(Path(os.environ["DOORLEREN_HOME"]), options)
        try:
            told = rush(opening, Path(folder), int(kills), targets.split(","), int(seed))
        finally:
            opening.stop()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
