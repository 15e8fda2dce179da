"""An opening on two databases, of which the first is lost and the second takes over, in a process of its own; prints JSON.

`python -m tests.faults.standby HOW SEED`, in a home folder of its own (DOORLEREN_HOME); HOW is `synchronous` (a commit is
answered when the standby has it) or `asynchronous`. The site knows both addresses and goes to whichever may be written.
In the middle the standby hears nothing for a while, then the first is gone for good and the standby is told to take
over, as whoever watches them would. `gap`: the seconds from the loss until the next receipt.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.faults.kills import Opening, answered, crowds, places_are_right, wait_for, write_down

PEOPLE, DEAF_SECONDS, LOOK_SECONDS = 12_000, 1.0, 0.01
MEAN_CENTS, POT_SHARE = 60_000, 0.6
NAME = "standby"


class Pair:
    """A database and its standby."""

    def __init__(self, home: Path, synchronous: bool) -> None:
        """Start the first, copy it, start the copy as its standby, and let commits wait for it if that is asked."""
        from doorleren.server.embedded import account, binaries, cluster, open_database

        self.first, self.standby = home, home.with_name("standby")
        both = ",".join(str(cluster.socket_folder(one)) for one in (self.first, self.standby))
        url = f"postgresql://{cluster.NAME}@/{cluster.NAME}?host={quote(both, safe='')}&target_session_attrs=read-write"
        self.opening = Opening(home, {"wal_level": "replica"}, url)
        self.standby.mkdir(mode=0o700)
        under = account.choose(self.standby)
        where = f"host={cluster.socket_folder(self.first)} user={cluster.NAME} application_name={NAME}"
        copy = [binaries.program("pg_basebackup"), "-d", where, "-D", cluster.folder(self.standby)]
        copy += ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast"]
        subprocess.run(under.command(copy, at_death="KILL"), check=True, env=cluster.PLAIN_ENVIRONMENT, cwd="/")
        self.second = open_database(self.standby)
        if synchronous:
            self.ask(self.first, f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'")
            self.ask(self.first, "SELECT pg_reload_conf()")
        state = "sync" if synchronous else "async"
        while self.ask(self.first, "SELECT sync_state FROM pg_stat_replication") != [(state,)]:
            time.sleep(LOOK_SECONDS)

    def ask(self, home: Path, statement: str) -> list[Any]:
        """Ask one of both something, without waiting for the other."""
        from doorleren.server.embedded import cluster

        with psycopg.connect(cluster.url(home), autocommit=True) as line:
            line.execute("SET synchronous_commit = local")
            cursor = line.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def deaf(self) -> Iterator[None]:
        """Let the standby hear nothing meanwhile."""
        ((pid,),) = self.ask(self.standby, "SELECT pid FROM pg_stat_wal_receiver")
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def lose_the_first(self) -> None:
        """Kill the first for good."""
        self.opening.kill("database")
        while not self.opening.database.gone():
            time.sleep(LOOK_SECONDS)
        self.opening.database.close()

    def take_over(self) -> None:
        """Tell the standby to take over; from now on it is the database of the opening."""
        self.ask(self.standby, "SELECT pg_promote()")
        self.opening.database = self.second

    def stop(self) -> None:
        """End everything."""
        self.opening.stop()
        self.second.close()


def run(pair: Pair, folder: Path, seed: int) -> dict[str, object]:
    """Let people come forward, lose the first database, let the standby take over; close, and count."""
    from doorleren.server import environment
    from doorleren.server.intake.keys import read_keys
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.people import tokens
    from doorleren.server.rush.rounds import announce_rehearsal, close_and_draw

    opening, keys = pair.opening, read_keys(environment.read().home)
    pot = int(PEOPLE * POT_SHARE) * MEAN_CENTS
    opening.round = announce_rehearsal("arrival", pot)
    every = list(tokens(opening.round, PEOPLE, seed, 1 << 40, keys.tokens))
    write_down()
    opening.keep_up()
    when = random.Random(seed).randrange(PEOPLE // 20, PEOPLE // 5)
    with crowds(folder, 0, every, opening.port) as people:
        wait_for(opening, lambda: answered(folder, 0) >= when)
        with pair.deaf():
            before = answered(folder, 0)
            time.sleep(DEAF_SECONDS)
            meanwhile = answered(folder, 0) - before
            pair.lose_the_first()
        lost_at, known = time.monotonic(), answered(folder, 0)
        pair.take_over()
        wait_for(opening, lambda: answered(folder, 0) > known)
        gap = time.monotonic() - lost_at
        wait_for(opening, lambda: all(one.poll() is not None for one in people))
    opening.keep_up()
    close_and_draw(opening.round)
    wait_for(opening, lambda: opening.children["allocator"].poll() == 0)
    told = asdict(counted(opening.round, sorted(folder.glob("answers-*")), keys.public, pot, 0))
    return told | {"right": places_are_right(opening.round), "gap": gap, "meanwhile": meanwhile}


def cancelled(pair: Pair) -> dict[str, object]:
    """Submit one while the standby is deaf, cancel the wait, ask again twice; then once more when it hears again."""
    from doorleren.server import environment
    from doorleren.server.intake.keys import read_keys
    from doorleren.server.rush.people import tokens
    from doorleren.server.rush.rounds import announce_rehearsal

    pair.opening.round = announce_rehearsal("arrival", 1 << 40)
    first, second = tokens(pair.opening.round, 2, 1, 1 << 40, read_keys(environment.read().home).tokens)
    pair.opening.keep_up()
    asyncio.run(_until_there(pair.opening.port, first))
    with pair.deaf():
        told = [asyncio.run(_cancelling(pair, second)) for _ in range(3)]
        rows = pair.ask(pair.first, f"SELECT count(*) FROM rounds_ticket WHERE round_id = {pair.opening.round}")
    return {"during": told, "rows": rows[0][0], "after": asyncio.run(_until_there(pair.opening.port, second))}


async def _until_there(port: int, token: str) -> int:
    from doorleren.server.rush.crowd import Line, submit

    return (await submit(Line(port), token.encode(), random.Random(1)))[1]


async def _cancelling(pair: Pair, token: str) -> int:
    """Ask once, and cancel whatever waits for the standby; give the status, 0 when there was none in time."""
    from doorleren.server.rush.crowd import Line

    cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    asked = asyncio.create_task(Line(pair.opening.port).post(token.encode()))
    for _ in range(200):
        done, _pending = await asyncio.wait([asked], timeout=0.05)
        if done:
            return asked.result()[0]
        await asyncio.to_thread(pair.ask, pair.first, cancel)
    return 0


def main() -> int:
    """Run it."""
    how, seed = sys.argv[1:]
    pair = Pair(Path(os.environ["DOORLEREN_HOME"]), how != "asynchronous")
    with tempfile.TemporaryDirectory() as folder:
        try:
            told = cancelled(pair) if how == "cancelled" else run(pair, Path(folder), int(seed))
        finally:
            pair.stop()
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
