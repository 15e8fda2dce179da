"""What the surroundings say: the one place under `server` that reads environment variables.

| variable               | meaning                                                                       |
|------------------------|-------------------------------------------------------------------------------|
| `DOORLEREN_HOME`       | folder of everything that is kept here; default: the user's data folder       |
| `DATABASE_URL`         | another PostgreSQL than the embedded one                                      |
| `DOORLEREN_SCHEMES`    | folders with scheme files of one's own, separated as in `PATH`                |
| `DOORLEREN_SECRET_KEY` | the key that signs sessions; default: made once and kept in the home folder   |
| `DOORLEREN_HOSTS`      | names under which the site is reached, with commas; default: this machine     |
| `DOORLEREN_STATIC`     | folder where `serve` has collected the static files                           |
| `DOORLEREN_DEBUG`      | `1` shows errors in full, for developers                                      |
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Environment:
    """The variables, read and typed; a path is absolute."""

    home: Path
    database_url: str | None
    schemes: tuple[Path, ...]
    static: Path | None
    secret_key: str | None
    hosts: tuple[str, ...]
    debug: bool


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process, or what `variables` says; an empty variable counts as absent."""
    given = {name: text for name, text in (os.environ if variables is None else variables).items() if text}
    return Environment(
        home=_home(given),
        database_url=given.get("DATABASE_URL"),
        schemes=tuple(Path(text) for text in given.get("DOORLEREN_SCHEMES", "").split(os.pathsep) if text),
        static=_path(given.get("DOORLEREN_STATIC")),
        secret_key=given.get("DOORLEREN_SECRET_KEY"),
        hosts=tuple(given["DOORLEREN_HOSTS"].split(",")) if "DOORLEREN_HOSTS" in given else LOOPBACK_NAMES,
        debug=given.get("DOORLEREN_DEBUG") == "1",
    )


def announce(**variables: str) -> None:
    """Sets variables for this process and for those that it starts: the database and the key of the site."""
    os.environ.update(variables)


def announce_default(**variables: str) -> None:
    """The same, for what nobody has said yet."""
    for name, text in variables.items():
        os.environ.setdefault(name, text)


def inherited() -> dict[str, str]:
    """All variables, to hand on to a process of ours."""
    return dict(os.environ)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _home(given: Mapping[str, str]) -> Path:
    base = _path(given.get("XDG_DATA_HOME")) or Path("~/.local/share").expanduser()
    return _path(given.get("DOORLEREN_HOME")) or base / "doorleren"
