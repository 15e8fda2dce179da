"""Reading the surroundings: variables, database addresses, the key, what is shipped."""

from pathlib import Path

import pytest

from doorleren import shipped
from doorleren.server import environment, site
from doorleren.server.databases import NotPostgreSQL, settings_of
from doorleren.server.keys import kept_key


def test_the_default_home_is_the_users_data_folder() -> None:
    """Without DOORLEREN_HOME things are kept under the user's data folder, never in the checkout."""
    assert environment.read({}).home == Path("~/.local/share/doorleren").expanduser()
    assert environment.read({"XDG_DATA_HOME": "/data"}).home == Path("/data/doorleren")
    assert environment.read({"DOORLEREN_HOME": "/elsewhere"}).home == Path("/elsewhere")


def test_an_empty_variable_is_absent() -> None:
    """An empty variable means the same as none."""
    assert environment.read({"DATABASE_URL": "", "DOORLEREN_HOME": ""}) == environment.read({})


def test_variables_are_read_with_their_types() -> None:
    """Folders become paths, names a list, and only 1 shows errors in full."""
    read = environment.read({"DOORLEREN_SCHEMES": "/a:/b", "DOORLEREN_HOSTS": "x.nl,y.nl", "DOORLEREN_DEBUG": "1"})
    assert read.schemes == (Path("/a"), Path("/b"))
    assert read.hosts == ("x.nl", "y.nl")
    assert read.debug
    assert not environment.read({"DOORLEREN_DEBUG": "no"}).debug


def test_a_database_address_is_read_whole() -> None:
    """User, password, host, port, name and options all reach Django, with signs decoded."""
    read = settings_of("postgres://jan:p%40ss@db.example:5433/naam?sslmode=require")
    assert [read[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "jan",
        "p@ss",
        "db.example",
        "5433",
        "naam",
    ]
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_is_a_host() -> None:
    """The embedded database's address names the folder of its socket."""
    assert settings_of("postgresql://doorleren@/doorleren?host=%2Fa%20b%2Fsocket")["HOST"] == "/a b/socket"


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///x", "nonsense"])
def test_only_postgresql(url: str) -> None:
    """Any other kind of database is refused by name."""
    with pytest.raises(NotPostgreSQL, match="must start with postgresql://"):
        settings_of(url)


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """A site keeps the key that it made at its first start, closed to others."""
    first = kept_key(tmp_path / "home", "secret-key", site._new_secret)
    assert kept_key(tmp_path / "home", "secret-key", site._new_secret) == first
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o077 == 0
    assert len(first) > 50


@pytest.mark.parametrize("name", ["schemes", "law"])
def test_what_is_shipped_is_found(name: str) -> None:
    """The law and the schemes are found from wherever the program is started."""
    assert any(shipped.folder(name).rglob("*.toml"))


def test_what_is_not_shipped_is_said() -> None:
    """A folder that the installation lacks is named."""
    with pytest.raises(FileNotFoundError, match="poems"):
        shipped.folder("poems")


@pytest.mark.parametrize(
    ("more", "shown"),
    [({}, "2023-03-17"), ({"DOORLEREN_DEMO": "0"}, None), ({"DATABASE_URL": "postgresql://x/y"}, None)],
    ids=["the demo", "no demo", "another database"],
)
def test_another_day_is_for_the_demo_only(more: dict[str, str], shown: str | None) -> None:
    """The demo shows the day that was named; a site that is no demo always shows today."""
    found = environment.read({"DOORLEREN_DAY": "2023-03-17"} | more).shown_day
    assert (found and found.isoformat()) == shown


@pytest.mark.parametrize("text", ["yesterday", "2023-02-30", "17-03-2023"])
def test_a_day_that_is_none(text: str) -> None:
    """A day that is none is refused by name, with what is allowed."""
    with pytest.raises(environment.BadVariable, match=r"DOORLEREN_DAY.*2023-03-17"):
        environment.read({"DOORLEREN_DAY": text})
