"""`doorleren rush`: a real intake, a real crowd and a real allocator, on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from doorleren.server.rush.people import for_some


def rush(home: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Run a rush in a home of its own; give the exit code and what it tells."""
    variables = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_URL", "DOORLEREN_"))}
    done = subprocess.run(
        [sys.executable, "-m", "doorleren", "rush", "--json", *words],
        env=variables | {"DOORLEREN_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout) if done.stdout else {"error": done.stderr}


@pytest.mark.parametrize("order", ["arrival", "draw", "random", "pro-rata"])
@pytest.mark.usefixtures("ran_before")
def test_everybody_gets_one_place(order: str, home: Path) -> None:
    """In every order of treatment nobody acknowledged is lost or doubled, and the pot is never passed."""
    code, told = rush(home, "--people", "400", "--pot", "60000", "--order", order, "--seed", "5")
    assert code == 0, told
    assert (told["submitted"], told["acknowledged"], told["lost"], told["doubled"]) == (400, 400, 0, 0)
    assert told["granted"] + told["refused"] + told["waiting"] == 400
    assert 59_000 < float(told["granted_sum"]) <= 60_000
    assert (told["granted_sum"] == "60000.00") is (order == "pro-rata")


def test_a_pot_that_nobody_names_is_for_four_in_ten() -> None:
    """Without a size the pot is four tenths of what all ask at the mean, in whole cents."""
    assert for_some(20_000) == 20_000 * 4 // 10 * 60_000
    assert for_some(1) == 24_000


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["--people", "0", "--pot", "1"], "people"),
        (["--people", "1", "--pot", "much"], "--pot"),
        (["--pot", "1"], "--people"),
    ],
    ids=["nobody", "no number", "no people"],
)
def test_bad_input(words: list[str], name: str, tmp_path: Path) -> None:
    """Bad input ends in exit code 2 and names the option; nothing is started."""
    code, told = rush(tmp_path, *words)
    assert code == 2
    assert name in told["error"]
    assert not list(tmp_path.iterdir())
