"""Kill -9 in the middle of an opening, again and again: nobody who was acknowledged is lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KILLS = int(os.environ.get("FAULT_KILLS", "100"))
SECONDS_A_KILL, SECONDS = 30, 120
ROOT = Path(__file__).parents[2]
LOSES = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB", "wal_buffers": "64MB"}
"""A commit is answered before it is on the disk, and is written down as late as PostgreSQL allows."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(SECONDS + KILLS * SECONDS_A_KILL)]


def opening(home: Path, kills: int, targets: str, **options: str) -> dict[str, Any]:
    """Run an opening with kills in a home of its own; give what it tells."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DOORLEREN_"))}
    words = [sys.executable, "-m", "tests.faults.kills", str(kills), targets, str(kills)]
    words += [f"{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        words, env=plain | {"DOORLEREN_HOME": str(home)}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_whatever_is_killed(tmp_path: Path) -> None:
    """With worker, master, allocator and database killed in turn, everybody gets a receipt, a row and the right place."""
    told = opening(tmp_path / "home", KILLS, "worker,master,allocator,database")
    assert told["acknowledged"] == told["submitted"] == KILLS * 300
    assert (told["lost"], told["doubled"], told["waiting"]) == (0, 0, 0)
    assert told["right"]
    assert told["granted_sum"] <= told["ceiling"]


def test_a_database_that_answers_too_early_loses(tmp_path: Path) -> None:
    """The count sees losses: with a commit that is answered before it is on the disk, a killed database loses receipts."""
    told = opening(tmp_path / "home", 2, "database", **LOSES)
    assert told["lost"] > 0
