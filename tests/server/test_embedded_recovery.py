"""After a crash: the next start recovers, and nobody has to know."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from doorleren.server.embedded import cluster
from tests.server.openers import Opener, eventually_dead

Start = Callable[..., Opener]
TRIES = 50


def test_killing_the_owner_ends_the_server(home: Path, opener: Start) -> None:
    """A server never outlives the process that started it, also when that process is killed."""
    owner = opener(home)
    pid = owner.hear()["pid"]
    owner.kill()
    assert eventually_dead(pid)


def test_owner_and_server_killed(home: Path, opener: Start) -> None:
    """After a kill of owner and server, with a pid file that names a living stranger, committed rows are back."""
    owner = opener(home, "--durable")
    pid = owner.hear()["pid"]
    owner.order("create table kept as select 42 as answer")
    os.kill(pid, signal.SIGKILL)
    owner.kill()
    left = home / "cluster" / "postmaster.pid"
    lines = left.read_text().splitlines()
    left.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    next_one = opener(home)
    assert next_one.hear()["owner"]
    assert next_one.order("select answer from kept")["rows"] == [[42]]


def test_server_killed_under_a_living_owner(home: Path, opener: Start) -> None:
    """When only the server is killed, a sharer starts it again, and the former owner shares it."""
    owner = opener(home)
    pid = owner.hear()["pid"]
    sharer = opener(home)
    sharer.hear()
    os.kill(pid, signal.SIGKILL)
    assert eventually_dead(pid)
    # The server's own processes may answer a moment longer than it: who joins them finds them gone, and opens again.
    assert any(sharer.order("renew")["owner"] for _ in range(TRIES))
    assert not owner.order("renew")["owner"]
    assert owner.order("select 1")["rows"] == [[1]]


def test_a_cluster_half_made(home: Path, opener: Start) -> None:
    """A first start that was cut off is begun anew: a cluster is there whole or not at all."""
    (home / "cluster.new" / "base").mkdir(parents=True)
    (home / "cluster.new" / "PG_VERSION").write_text("18\n")
    assert opener(home).hear()["owner"]
    assert not (home / "cluster.new").exists()


def test_a_stale_socket(home: Path, opener: Start) -> None:
    """A socket and its lock file left by a crash do not keep the server from listening."""
    socket_folder = home / "socket"
    socket_folder.mkdir(parents=True)
    (socket_folder / f".s.PGSQL.{cluster.PORT}").touch()
    (socket_folder / f".s.PGSQL.{cluster.PORT}.lock").write_text(f"{os.getpid()}\n{home}/cluster\n1\n5432\n")
    one = opener(home)
    assert one.hear()["owner"]
    assert one.order("select 1")["rows"] == [[1]]


def test_half_a_pid_file_means_not_ready(home: Path) -> None:
    """A pid file without the word ready is not taken for a server."""
    (home / "cluster").mkdir(parents=True)
    assert not cluster.listens(home)
    (home / "cluster" / "postmaster.pid").write_text("1\n/x\n")
    assert not cluster.listens(home)
    (home / "cluster" / "postmaster.pid").write_text("1\n\n\n\n\n\n\nready\n")
    assert not cluster.listens(home)
