"""Where it runs and as whom: long and odd paths, root, ordinary users; and what it refuses, in words."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from doorleren.server.embedded import DatabaseFailed, account, cluster, open_database
from doorleren.server.embedded.binaries import program
from tests.server.openers import Opener

Start = Callable[..., Opener]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
SETTINGS = (
    "select current_setting('server_version_num')::int / 10000, current_setting('default_text_search_config'), "
    "current_setting('listen_addresses'), datlocprovider::text, datlocale from pg_database where datname = 'doorleren'"
)


def test_the_cluster_is_made_as_the_product_needs_it(home: Path, opener: Start) -> None:
    """PostgreSQL 18, Dutch full-text search, a locale that is the same on every machine, no open port."""
    one = opener(home)
    one.hear()
    assert one.order(SETTINGS)["rows"] == [[18, "pg_catalog.dutch", "", "b", "C.UTF-8"]]


@pytest.mark.parametrize("name", ["with space, comma", 'it\'s $HOME & "quotes"', "ünïcode-één", "x" * 120])
def test_odd_and_long_paths(home: Path, opener: Start, name: str) -> None:
    """A path with signs of its own or one too long for a socket works like any other, shared as well."""
    first = opener(home / name)
    assert first.hear()["owner"]
    second = opener(home / name)
    assert not second.hear()["owner"]
    assert second.order("select 1")["rows"] == [[1]]
    socket_path = cluster.socket_folder(home / name) / f".s.PGSQL.{cluster.PORT}"
    assert len(os.fsencode(socket_path)) <= cluster.LONGEST_SOCKET_PATH
    first.order("close")


def test_nobody_else_gets_in(home: Path, opener: Start) -> None:
    """The folder, the cluster and the socket are closed to every other user."""
    opener(home).hear()
    assert [place.stat().st_mode & 0o077 for place in (home, home / "cluster", home / "socket")] == [0, 0, 0]


@root_only
@pytest.mark.parametrize("way", ["namespace", "other_user"])
def test_root_has_two_ways(home: Path, opener: Start, way: str) -> None:
    """Root runs the server in a namespace or as another user, in a folder that is closed to that user."""
    one = opener(home, f"--way={way}")
    pid = one.hear()["pid"]
    assert one.order("select 1")["rows"] == [[1]]
    user = int(Path(f"/proc/{pid}/status").read_text().split("Uid:")[1].split()[0])
    assert user == {"namespace": 0, "other_user": account.NOBODY}[way]


@root_only
def test_root_may_change_ways(home: Path, opener: Start) -> None:
    """A cluster made in one way starts in the other: its files change owner, its rows stay."""
    first = opener(home, "--way=other_user")
    first.hear()
    first.order("create table kept as select 42 as answer")
    first.order("close")
    second = opener(home, "--way=namespace")
    second.hear()
    assert second.order("select answer from kept")["rows"] == [[42]]
    second.order("close")
    third = opener(home, "--way=other_user")
    third.hear()
    assert third.order("select answer from kept")["rows"] == [[42]]


@root_only
def test_an_ordinary_user(home: Path, opener: Start) -> None:
    """An ordinary user starts, shares and stops a server as itself, with no right beyond its own."""
    home.mkdir(mode=0o700, parents=True)
    home.parent.chmod(0o755)
    os.chown(home, account.NOBODY, account.NOBODY)
    first = opener(home, f"--as-user={account.NOBODY}")
    pid = first.hear()["pid"]
    second = opener(home, f"--as-user={account.NOBODY}")
    assert not second.hear()["owner"]
    assert second.order("select 1")["rows"] == [[1]]
    assert (home / "cluster").stat().st_uid == account.NOBODY
    assert "CapEff:\t0000000000000000" in Path(f"/proc/{pid}/status").read_text()
    first.order("close")


@root_only
def test_a_user_may_not_open_the_folder_of_another(home: Path, opener: Start) -> None:
    """Somebody else's folder is refused: nobody shares a database that is not theirs."""
    opener(home).hear()
    with pytest.raises(AssertionError, match=r"Permission denied|cannot be"):
        opener(home, f"--as-user={account.NOBODY}").hear()


def test_where_root_has_no_way(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root on a machine that allows neither way is told what to do instead."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "namespace", lambda: None)
    monkeypatch.setattr(account, "other_user", lambda: None)
    with pytest.raises(PermissionError, match="ordinary user, or point DATABASE_URL"):
        account.choose(home)


def test_a_stranger_holds_the_socket_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the socket's name that is not ours is refused: nobody can listen in our place."""
    (home / "elsewhere").mkdir(parents=True)
    (home / "socket").symlink_to(home / "elsewhere")
    with pytest.raises(DatabaseFailed, match="belongs to another user"):
        cluster.make_socket_folder(home)
    (home / "socket").unlink()
    (home / "socket").mkdir()
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    with pytest.raises(DatabaseFailed, match="belongs to another user"):
        cluster.make_socket_folder(home)


def test_a_cluster_of_another_version(home: Path) -> None:
    """A cluster that another major version made is named as such, and left alone."""
    (home / "cluster").mkdir(parents=True)
    (home / "cluster" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseFailed, match="made by PostgreSQL 17, this is 18"):
        open_database(home, seconds=5)


def test_a_folder_that_cannot_be_made(home: Path) -> None:
    """A home folder below a file is refused with the variable that changes it."""
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file")
    with pytest.raises(DatabaseFailed, match="Set DOORLEREN_HOME"):
        open_database(home / "below", seconds=5)


def test_only_from_the_main_thread(home: Path) -> None:
    """The server would end with the thread that started it, so another thread is refused."""
    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            open_database(home)
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


def test_the_binaries_are_there() -> None:
    """The programs that the product and its manual name come with the package."""
    names = ("postgres", "initdb", "psql", "pg_dump", "pg_restore", "pg_basebackup")
    assert all(os.access(program(name), os.X_OK) for name in names)
    with pytest.raises(FileNotFoundError, match="oracle"):
        program("oracle")
