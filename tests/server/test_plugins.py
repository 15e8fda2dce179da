"""The two plugins of the test run: no network, and a database that is thrown away."""

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import plugin_database
import psycopg
import pytest
from plugin_network import LeavesTheMachine, stays_here

from tests.server.openers import Opener


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "10.0.0.1"])
def test_no_connection_leaves_the_machine(host: str) -> None:
    """A connection to another machine is refused before a packet is sent, over TCP and over UDP."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(family, kind) as line, pytest.raises(LeavesTheMachine, match=host):
            line.connect((host, 443))
    with socket.socket(family, socket.SOCK_DGRAM) as line, pytest.raises(LeavesTheMachine, match=host):
        line.sendto(b"x", (host, 53))


def test_no_name_is_looked_up() -> None:
    """Looking up a name of the outside world is refused as well."""
    with pytest.raises(LeavesTheMachine, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_loopback_is_allowed() -> None:
    """A server on this machine can be reached by number and by name."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        socket.create_connection(("localhost", port)).close()
    assert stays_here("::1")
    assert not stays_here("127.0.0.1.example.org")


def test_the_database_is_thrown_away() -> None:
    """The tests run on a cluster in a folder of their own, without waiting for the disk."""
    home = Path(os.environ["DOORLEREN_HOME"])
    assert home.name.startswith(plugin_database.PREFIX)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert connection.execute("show fsync").fetchone() == ("off",)


@pytest.mark.django_db
def test_django_uses_it() -> None:
    """Django's connection in a test goes to a test database in that cluster."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select current_database(), current_setting('data_directory')")
        name, folder = cursor.fetchone()
    assert name.startswith("test_")
    assert folder == os.environ["DOORLEREN_HOME"] + "/cluster"


def test_what_a_killed_run_left_is_swept(opener: Callable[..., Opener]) -> None:
    """The next run removes the cluster of a run that was killed, and leaves one that is in use."""
    with tempfile.TemporaryDirectory() as base:
        left, used = (Path(base) / f"{plugin_database.PREFIX}{name}" for name in ("left", "used"))
        killed = opener(left)
        killed.hear()
        opener(used).hear()
        plugin_database.sweep(Path(base))
        assert left.exists()
        killed.order("close")
        plugin_database.sweep(Path(base))
        assert not left.exists()
        assert used.exists()
