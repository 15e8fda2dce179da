"""The power fails in the middle of an opening: whoever has a receipt is in, once, also when the disk comes back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.powercut import PEOPLE

CUTS = int(os.environ.get("FAULT_CUTS", "5"))
SECONDS_A_CUT, SECONDS = 60, 120
ROOT = Path(__file__).parents[2]
ALONE = ["unshare", "--mount"]
"""In a namespace of its own for mounts: what is mounted in it goes with it."""
TRIAL = "truncate -s 8M image && mkfs.ext4 -q -F image && mkdir there && mount -o loop image there"

pytestmark = [pytest.mark.long, pytest.mark.timeout(SECONDS + CUTS * SECONDS_A_CUT)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder in which a file can be mounted as a disk; skips where this machine allows that to nobody but its owner."""
    trial, found = tmp_path / "trial", tmp_path / "place"
    trial.mkdir()
    found.mkdir()
    done = subprocess.run([*ALONE, "sh", "-c", TRIAL], cwd=trial, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TESTED: no power cut can be made here, for a file cannot be mounted: {done.stderr.strip()}")
    return found


def opening(place: Path, cuts: int, **options: str) -> dict[str, Any]:
    """Run an opening in which the power fails; give what it tells."""
    plain = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DOORLEREN_"))}
    words = [*ALONE, sys.executable, "-m", "tests.faults.powercut", str(place), str(cuts), str(cuts)]
    words += [f"{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        words, env=plain | {"DOORLEREN_HOME": str(place / "disk" / "home")}, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_power_fails(place: Path) -> None:
    """However often the power fails, nobody who was acknowledged is lost or doubled, and everybody gets the right place."""
    told = opening(place, CUTS)
    assert told["acknowledged"] == told["submitted"] == CUTS * PEOPLE
    assert (told["lost"], told["doubled"], told["waiting"]) == (0, 0, 0)
    assert told["right"]
    assert told["granted_sum"] <= told["ceiling"]


def test_a_database_that_does_not_wait_for_the_disk_loses(place: Path) -> None:
    """The count sees losses: with a database that leaves writing to the kernel, receipts are lost when the power fails."""
    assert opening(place, 1, fsync="off")["lost"] > 0
