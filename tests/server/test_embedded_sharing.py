"""Several processes, one server: who starts it, who shares it, what happens when it goes."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.openers import Opener, alive, eventually_dead

Start = Callable[..., Opener]
IDENTITY = "select system_identifier::text || pg_postmaster_start_time()::text from pg_control_system()"


def test_the_first_owns_and_the_second_shares(home: Path, opener: Start) -> None:
    """Two processes that open one folder get the same server, and only the first owns it."""
    first = opener(home)
    second_said = (first.hear(), (second := opener(home)).hear())
    assert [said["owner"] for said in second_said] == [True, False]
    assert first.order(IDENTITY) == second.order(IDENTITY)


def test_six_at_once(home: Path, opener: Start) -> None:
    """Six processes that start in the same instant on a new folder all get one and the same server."""
    at = f"--at={time.time() + 1.5}"
    six = [opener(home, at) for _ in range(6)]
    said = [one.hear() for one in six]
    assert sum(one["owner"] for one in said) == 1
    assert len({str(one.order(IDENTITY)) for one in six}) == 1


def test_six_at_once_and_gone_at_once(home: Path, opener: Start) -> None:
    """Six short programs at once: the owner waits for the others, so that none loses its work halfway."""
    at = f"--at={time.time() + 1.5}"
    six = [opener(home, at) for _ in range(6)]
    owners = [one for one in six if one.hear()["owner"]]
    assert owners[0].process.stdin is not None
    owners[0].process.stdin.write("leave\n")
    owners[0].process.stdin.flush()
    others = [one for one in six if one is not owners[0]]
    assert all(one.order("select 1")["rows"] == [[1]] for one in others)
    assert all(one.order("close")["closed"] for one in others)
    assert owners[0].hear()["closed"]


def test_without_the_lock_six_collide(home: Path, opener: Start) -> None:
    """Without the lock the same six get in each other's way: the test above proves the lock."""
    at = f"--at={time.time() + 1.5}"
    six = [opener(home, at, "--unguarded") for _ in range(6)]
    failed = 0
    for one in six:
        try:
            one.hear()
        except AssertionError:
            failed += 1
    assert failed > 0


def test_closing_the_owner_stops_the_server_cleanly(home: Path, opener: Start) -> None:
    """When the owner closes, the server has shut down before it returns, and left no pid file."""
    owner = opener(home)
    pid = owner.hear()["pid"]
    owner.order("close")
    assert not alive(pid)
    assert not (home / "cluster" / "postmaster.pid").exists()
    assert (home / "database.log").read_text().rstrip().endswith("database system is shut down")


def test_a_sharer_leaves_the_server_running(home: Path, opener: Start) -> None:
    """A process that shares leaves without a trace: the owner goes on."""
    owner, sharer = opener(home), None
    owner.hear()
    sharer = opener(home)
    sharer.hear()
    sharer.order("close")
    assert owner.order("select 1")["rows"] == [[1]]


def test_a_sharer_starts_it_again(home: Path, opener: Start) -> None:
    """A sharer whose server was stopped by the owner opens it again, owns it, and finds its rows."""
    owner = opener(home)
    owner.hear()
    owner.order("create table kept as select 42 as answer")
    sharer = opener(home)
    sharer.hear()
    owner.order("close")
    assert sharer.order("renew")["owner"]
    assert sharer.order("select answer from kept")["rows"] == [[42]]


@pytest.mark.parametrize("way", ["killed", "stopped"])
def test_the_next_one_after_the_owner(home: Path, opener: Start, way: str) -> None:
    """Whether the owner stopped or was killed, the next process simply starts the server again."""
    owner = opener(home)
    pid = owner.hear()["pid"]
    if way == "killed":
        owner.kill()
    else:
        owner.order("close")
    next_one = opener(home)
    assert next_one.hear()["owner"]
    assert eventually_dead(pid)
    assert next_one.order("select 1")["rows"] == [[1]]
