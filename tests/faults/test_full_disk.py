"""A disk that gets full in the middle of an opening: a clear refusal, nothing half, and it goes on by itself when there is room."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from doorleren.rounds.models import Gate, Ticket
from doorleren.server.intake import tables
from doorleren.server.intake.batches import Batches
from tests.faults.kills import PEOPLE
from tests.rounds.made import a_round, frozen
from tests.server.intake import conftest
from tests.server.intake.conftest import Entering, refused

ROOT = Path(__file__).parents[2]
SMALL = "224m"
ALONE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
"""In a namespace of its own for mounts: what is mounted in it goes with it."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def on_a_small_disk(folder: Path, *words: str) -> dict[str, Any]:
    """Let an opening run on a small disk that is full for a while; give what became of everybody."""
    mount = f"mount -t tmpfs -o size={SMALL} none '{folder}'"
    if subprocess.run([*ALONE, "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here; only the tests of a statement say something of a full disk")
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DOORLEREN_"))}
    command = f"{mount} && exec '{sys.executable}' -m tests.faults.full '{folder}' {' '.join(words)}"
    done = subprocess.run(
        [*ALONE, "sh", "-c", command], env=plain | {"DOORLEREN_HOME": str(folder / "home")}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_full_disk(tmp_path: Path) -> None:
    """On a small disk that is full for a while people are told to ask again, and in the end all are in, once, in place."""
    told = on_a_small_disk(tmp_path)
    assert 503 in told["full"]
    assert told["after"] == 201
    assert told["acknowledged"] == told["submitted"] == 4 * PEOPLE
    assert (told["lost"], told["doubled"], told["waiting"]) == (0, 0, 0)
    assert told["right"]


def test_a_receipt_on_a_full_disk_is_seen(tmp_path: Path) -> None:
    """The control: with an intake that gives receipts for what found no room, the same opening counts people as lost."""
    assert on_a_small_disk(tmp_path, "careless")["lost"] > 0


def rows_now() -> int:
    """Count the tickets, over a connection of this thread."""
    try:
        return Ticket.objects.count()
    finally:
        connection.close()


Keep = Callable[[psycopg.AsyncConnection[Any], Any], Awaitable[None]]


def finds_the_disk_full(keep: Keep, full: list[bool]) -> Keep:
    """Give the second statement of a batch, which finds the disk full while `full` says so."""

    async def refuse(line: psycopg.AsyncConnection[Any], signed: Any) -> None:
        await keep(line, signed)
        if full.pop():
            raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    return refuse


def test_a_statement_that_finds_the_disk_full(entering: Entering, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second statement of a batch finds the disk full nothing of the batch stays, and asking again works."""
    opened, full = a_round(), [True]
    monkeypatch.setattr(tables, "keep_signed", finds_the_disk_full(tables.keep_signed, full))

    async def use(batches: Batches) -> Any:
        first = await asyncio.gather(*(batches.submit(frozen(opened.pk, number)) for number in range(5)))
        rows = await asyncio.to_thread(rows_now)
        full.append(False)
        return first, rows, await asyncio.gather(*(batches.submit(frozen(opened.pk, number)) for number in range(5)))

    first, rows, again = entering(use)
    assert refused(first) == ["again"] * 5
    assert rows == 0
    assert refused(again) == [""] * 5
    assert Gate.objects.get(pk=opened.pk).tickets == Ticket.objects.count() == 5


def test_half_a_batch_is_seen(entering: Entering, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where each statement is a transaction of its own, the tickets stay behind without their batch."""
    opened, whole = a_round(), conftest.connect
    monkeypatch.setattr(tables, "keep_signed", finds_the_disk_full(tables.keep_signed, [True]))

    async def by_statement() -> psycopg.AsyncConnection[Any]:
        line = await whole()
        await line.set_autocommit(True)
        return line

    async def use(batches: Batches) -> Any:
        first = await asyncio.gather(*(batches.submit(frozen(opened.pk, number)) for number in range(5)))
        return first, await asyncio.to_thread(rows_now)

    monkeypatch.setattr(conftest, "connect", by_statement)
    first, rows = entering(use)
    assert refused(first) == ["again"] * 5
    assert rows == 5
