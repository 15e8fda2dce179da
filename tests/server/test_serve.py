"""`doorleren serve` as a whole: it starts, says what to try, survives, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from doorleren.server.embedded import cluster
from tests.server.openers import Opener, alive, eventually_dead
from tests.server.sites import PATIENCE, Site

Start = Callable[..., Site]


def test_it_starts_and_says_what_to_try(site: Start) -> None:
    """It answers on its port, and says the address, what to try, where things are kept and how to stop."""
    one = site().wait()
    assert one.status() < 500
    for words in (f"http://127.0.0.1:{one.port}", "doorleren check", str(one.home), "Ctrl-C stops everything"):
        assert words in one.output


@pytest.mark.usefixtures("ran_before")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_cleanly(site: Start, number: signal.Signals) -> None:
    """Ctrl-C, a request to stop and a closed terminal all stop web server and database in good order."""
    one = site().wait()
    family = one.family()
    assert one.stop(number) == 0, one.output
    assert [pid for pid in family if alive(pid)] == []
    assert (one.home / "database.log").read_text().rstrip().endswith("database system is shut down")
    assert "Traceback" not in one.output


@pytest.mark.usefixtures("ran_before")
def test_a_request_that_hangs_holds_nothing_for_ever(site: Start, home: Path) -> None:
    """The database ends a transaction that a web worker leaves alone for a minute; one of anybody else it leaves be."""
    (asked,) = {asked for pid in site().wait().family() for asked in _asked_of_the_database(pid)}
    for options, allowed in ((asked, "1min"), ("", "0")):
        with psycopg.connect(cluster.application_url(home), options=options) as line:
            assert line.execute("SHOW idle_in_transaction_session_timeout").fetchall() == [(allowed,)]


def _asked_of_the_database(pid: int) -> list[str]:
    try:
        variables = Path(f"/proc/{pid}/environ").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [text.removeprefix("PGOPTIONS=") for text in variables if text.startswith("PGOPTIONS=")]


@pytest.mark.usefixtures("ran_before")
def test_a_kill_leaves_nothing(site: Start) -> None:
    """When the supervisor is killed, web server, workers and database end too."""
    one = site().wait()
    family = one.family()
    assert len(family) > 4
    one.end()
    assert all(eventually_dead(pid) for pid in family)


@pytest.mark.usefixtures("ran_before")
def test_a_second_start_goes_on_where_the_first_was_killed(
    site: Start, home: Path, opener: Callable[..., Opener]
) -> None:
    """After a kill the next start works without a word about it, also on a database from before it had two roles."""
    site().wait().end()
    before = opener(home)
    before.hear()
    (kept,) = before.order("SELECT count(*) FROM audit_act")["rows"]
    before.order(f"DROP OWNED BY {cluster.APPLICATION}")
    before.order(f"DROP ROLE {cluster.APPLICATION}")
    before.order("close")
    second = site().wait()
    assert second.status() < 500
    assert "recover" not in second.output
    assert "Warning" not in second.output
    with psycopg.connect(cluster.url(home)) as line:
        connected = line.execute(
            "SELECT DISTINCT usename::text FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        assert connected.fetchall() == [(cluster.APPLICATION,)]
        acts = line.execute("SELECT count(*) FROM audit_act").fetchone()
    assert kept[0] > 0
    assert acts is not None
    assert acts[0] >= kept[0]


@pytest.mark.usefixtures("ran_before")
def test_a_taken_port_is_named(site: Start, home: Path) -> None:
    """A port in use is refused in one line that says what to do."""
    one = site().wait()
    second = Site(home, one.port)
    second.process.wait(30)
    assert second.process.returncode == 1
    assert f"port {one.port} cannot be used" in second.output
    assert "--port" in second.output


@pytest.mark.usefixtures("ran_before")
def test_two_sites_share_one_database(site: Start) -> None:
    """A second site shares the server of the first, and takes over when the first stops."""
    first = site().wait()
    second = site().wait()
    assert first.stop() == 0
    second.wait("starting it again")
    assert second.status() < 500
    assert second.stop() == 0
    assert "Traceback" not in second.output


@pytest.mark.usefixtures("ran_before")
def test_a_killed_database_comes_back(site: Start) -> None:
    """When the database is killed under a running site, the site starts it again."""
    one = site().wait()
    os.kill(int((one.home / "cluster" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    one.wait("starting it again")
    assert one.status() < 500
    assert one.stop() == 0


def test_another_database_is_left_alone(site: Start) -> None:
    """With DATABASE_URL no database is made here, and the one named is not stopped; that one role does all is said."""
    one = site(DATABASE_URL=os.environ["DATABASE_URL"]).wait()
    assert not (one.home / "cluster").exists()
    assert "Warning: the role 'doorleren' of DATABASE_URL owns the tables" in one.output
    assert one.stop() == 0


def test_a_database_that_is_no_postgresql(site: Start) -> None:
    """Another kind of database is refused by name."""
    one = site(DATABASE_URL="sqlite:///x.db")
    assert one.process.wait(30) == 1
    assert "DATABASE_URL must start with postgresql://" in one.output
    assert "Traceback" not in one.output


def test_a_database_that_does_not_answer(site: Start) -> None:
    """A DATABASE_URL that leads nowhere is refused in one line, without the password."""
    one = site(DATABASE_URL="postgresql://someone:s3cret-word@127.0.0.1:1/there")
    assert one.process.wait(30) == 1
    assert "the database of DATABASE_URL cannot be used" in one.output
    assert "Traceback" not in one.output
    assert "s3cret-word" not in one.output


def test_a_scheme_file_that_is_wrong(site: Start, tmp_path: Path) -> None:
    """A fault in a scheme of one's own is told at the start, in one line with the file."""
    (tmp_path / "mine.toml").write_text('id = "mine"\nin_force = { from = 2020-01-01 }\n')
    one = site(DOORLEREN_SCHEMES=str(tmp_path))
    assert one.process.wait(30) == 1
    assert "mine.toml" in one.output
    assert "Traceback" not in one.output


def test_django_commands_with_the_embedded_database(home: Path) -> None:
    """The manage module runs a command of Django with the database started for it and stopped after it."""
    variables = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "doorleren.server.manage", "migrate", "--plan"],
        env={**variables, "DOORLEREN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (home / "cluster" / "postmaster.pid").exists()


@pytest.mark.usefixtures("ran_before")
def test_a_site_whose_first_page_fails_does_not_say_that_it_is_ready(site: Start, tmp_path: Path) -> None:
    """A site that cannot show its first page stops with a reason, and leaves nothing behind."""
    (tmp_path / "broken.py").write_text("from doorleren.server.settings import *\nROOT_URLCONF = 'no_such_module'\n")
    one = site(DJANGO_SETTINGS_MODULE="broken", PYTHONPATH=str(tmp_path))
    assert one.process.wait(60) == 1
    assert "is ready" not in one.output
    assert "doorleren serve: the" in one.output


@pytest.mark.usefixtures("ran_before")
def test_a_large_file_of_a_stranger_is_answered_before_it_came(site: Start) -> None:
    """Over a real connection: of 190 MB the server takes what the line holds and answers, without waiting for the rest."""
    one = site().wait()
    for address, status in (("/provider/uploads", b"403"), ("/sign-in", b"400")):
        with socket.create_connection(("127.0.0.1", one.port), timeout=PATIENCE) as line:
            line.sendall(
                f"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 190000000\r\n"
                "Content-Type: multipart/form-data; boundary=edge\r\n\r\n--edge\r\n"
                'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
            )
            line.sendall(bytes(10_000))  # and never more: who waits for the whole body waits for ever
            assert line.recv(65_536).split(b" ", 2)[1] == status
