"""Real processes that open the embedded database, for the tests to start, ask, close and kill.

Run as a program it opens the database of a folder, says so in one line of JSON, and waits for an order
on its standard input: `close`, `leave` (close after the others), `renew` or a line of SQL.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from doorleren.server.embedded import account, launcher, locks

ROOT = Path(__file__).resolve().parents[2]
DURABLE = {"dynamic_shared_memory_type": "mmap"}  # a server that is killed leaves nothing outside its folder
QUICK = {**DURABLE, "fsync": "off"}


class Opener:
    """A process with the database of `home` open, or still on its way to it."""

    def __init__(self, home: Path, *flags: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(home), *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def hear(self) -> dict[str, Any]:
        """What it says next; an AssertionError with its last words when it said nothing."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        said: dict[str, Any] = json.loads(line)
        return said

    def order(self, text: str) -> dict[str, Any]:
        """Gives an order and hears the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.hear()

    def kill(self) -> None:
        """As if the power went out for this process."""
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> None:
        """Ends it if it has not ended, and closes its pipes."""
        self.process.kill()
        self.process.communicate()


def alive(pid: int) -> bool:
    """Whether the process runs (one that waits to be buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually_dead(pid: int, seconds: float = 10) -> bool:
    """Whether the process is gone within that time."""
    return locks.wait_until(lambda: not alive(pid), seconds)


def _open(arguments: argparse.Namespace) -> launcher.OpenDatabase:
    if arguments.way:
        account.choose = lambda home: getattr(account, arguments.way)()
    if arguments.unguarded:
        locks.FileLock.take = lambda self, *, exclusive: True  # type: ignore[method-assign]
    if arguments.as_user:
        os.setgroups([])
        os.setresgid(*[arguments.as_user] * 3)
        os.setresuid(*[arguments.as_user] * 3)
    return launcher.open_database(arguments.home, options=DURABLE if arguments.durable else QUICK, seconds=30)


def _answer(order: str, database: launcher.OpenDatabase) -> dict[str, Any]:
    if order in {"close", "leave"}:
        database.close(patience=20 if order == "leave" else 0)
        return {"closed": True}
    if order == "renew":
        database.renew()
        return {"owner": database.owner, "pid": database.pid}
    with psycopg.connect(database.url, autocommit=True) as connection:
        cursor = connection.execute(order.encode())
        return {"rows": cursor.fetchall() if cursor.description else []}


def _main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--way")
    parser.add_argument("--as-user", type=int)
    parser.add_argument("--unguarded", action="store_true")
    parser.add_argument("--durable", action="store_true")
    parser.add_argument("--at", type=float, default=0.0, help="the instant to start at, so that several start at once")
    arguments = parser.parse_args(words)
    psycopg.connect  # noqa: B018 - loaded before another user may no longer read it
    time.sleep(max(0.0, arguments.at - time.time()))
    database = _open(arguments)
    print(json.dumps({"owner": database.owner, "pid": database.pid, "url": database.url}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(line.strip(), database), default=str), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1:])
