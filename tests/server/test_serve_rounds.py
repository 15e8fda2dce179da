"""Rounds in a real `doorleren serve`: the demo has one that lives, the intake comes back, and the record can be verified."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from doorleren.rules.library import open_library
from doorleren.server.embedded.locks import wait_until
from tests.server.sites import Site

Start = Callable[..., Site]
PEOPLE, EXAMPLE = 40, "voorbeeld"


def rounds(one: Site) -> list[dict[str, Any]]:
    """Ask the API for its rounds, without those of the invented cases, which come later (test_demo_cases.py)."""
    with urlopen(f"http://127.0.0.1:{one.port}/api/v1/rounds", timeout=20) as answer:
        found: list[dict[str, Any]] = json.load(answer)["items"]
    return [told for told in found if not told["round"].startswith(EXAMPLE)]


def command(one: Site, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the command line in the home of a site, whether that runs or not."""
    surroundings = {**os.environ, "DOORLEREN_HOME": str(one.home), "DATABASE_URL": "", **variables}
    return subprocess.run(
        [sys.executable, "-m", "doorleren", *words], env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip


def reserved_as_told(one: Site) -> bool:
    """Say whether the ledger reserves something, and for each round what the API tells."""
    checked = json.loads(command(one, "ledger", "check", "--json").stdout)
    kept = {money["round"]: money["reserved"] for money in checked["rounds"]}
    told = {told["id"]: told["reserved_money"] for told in rounds(one)}
    return any(float(cents) for cents in told.values()) and all(
        float(kept.get(number, 0)) == float(cents) for number, cents in told.items()
    )


def intake_of(one: Site) -> int | None:
    """Find the process of the intake among those of a site."""
    for pid in sorted(one.family()):
        words = Path(f"/proc/{pid}/cmdline")
        if words.exists() and b"server.intake" in words.read_bytes():
            return pid
    return None


def test_the_demo_has_rounds_that_live(site: Start) -> None:
    """After the start every round is open, in one some people have their place; ledger and record agree; once is enough."""
    one = site().wait()

    def done() -> bool:
        return [(told["received"], told["waiting"]) for told in rounds(one) if told["received"]] == [(PEOPLE, 0)]

    assert wait_until(done, 60), one.output
    assert wait_until(lambda: reserved_as_told(one), 60), command(one, "ledger", "check").stdout
    found = rounds(one)
    assert all(told["rehearsal"] for told in found)
    assert sorted(told["state"] for told in found) == ["announced"] + ["open"] * (len(found) - 1)
    assert sorted(told["reserved_number"] for told in found) == [0] * (len(found) - 1) + [PEOPLE]
    killed = intake_of(one)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    one.wait("The intake of applications went away")
    assert wait_until(lambda: intake_of(one) not in (None, killed), 30)
    assert one.stop() == 0
    assert "Traceback" not in one.output
    verified = command(one, "audit", "verify")
    assert verified.returncode == 0, verified.stderr
    assert "0 checkpoints" not in verified.stdout
    again = site().wait()
    assert [told["id"] for told in rounds(again)] == [told["id"] for told in found]


@pytest.mark.usefixtures("ran_before")
def test_a_round_of_a_file_opens_in_the_demo(site: Start) -> None:
    """Beside the demo the command line opens a round at once, as a rehearsal; where no demo is wanted it asks who does so."""
    one = site().wait()
    assert wait_until(lambda: bool(rounds(one)), 60), one.output
    scheme = next(scheme for scheme in open_library().schemes.values() if len(scheme.versions[-1].rounds) > 1)
    first, second = [opened.id for opened in scheme.versions[-1].rounds[:2]]
    opened = command(one, "round", scheme.id, first, "open", "--json")
    assert (opened.returncode, json.loads(opened.stdout or "{}").get("state")) == (0, "open"), opened.stderr
    told = next(told for told in rounds(one) if (told["scheme"], told["round"]) == (scheme.id, first))
    assert told["rehearsal"]
    refused = command(one, "round", scheme.id, second, "open", DOORLEREN_DEMO="0")
    assert refused.returncode == 2
    assert "--as: given is nothing" in refused.stderr
