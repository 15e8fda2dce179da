"""A standby that takes over in the middle of an opening: no receipt is lost, and none is given for what it does not have."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.standby import PEOPLE

ROOT = Path(__file__).parents[2]
LONGEST_GAP_SECONDS = 5.0

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def opening(home: Path, how: str) -> dict[str, Any]:
    """Run an opening on a pair of databases in a home of its own; give what it tells."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DOORLEREN_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.standby", how, "1"], env=plain | {"DOORLEREN_HOME": str(home)}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_standby_takes_over(tmp_path: Path) -> None:
    """With commits that wait for the standby nobody is lost when the first is, and receipts go on within five seconds."""
    told = opening(tmp_path / "first", "synchronous")
    assert told["acknowledged"] == told["submitted"] == PEOPLE
    assert (told["lost"], told["doubled"], told["waiting"]) == (0, 0, 0)
    assert told["right"]
    assert told["gap"] < LONGEST_GAP_SECONDS


def test_a_database_that_does_not_wait_for_its_standby_loses(tmp_path: Path) -> None:
    """The count sees losses: with commits that do not wait, what the standby had not heard is lost when the first is."""
    assert opening(tmp_path / "first", "asynchronous")["lost"] > 0


def test_a_cancelled_wait_gives_no_receipt(tmp_path: Path) -> None:
    """Cancelling the wait leaves a row here that the standby lacks: no receipt, however often one asks, until it has it."""
    told = opening(tmp_path / "first", "cancelled")
    assert told == {"during": [503, 503, 503], "rows": 2, "after": 201}
