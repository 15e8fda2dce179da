"""What the surroundings say: the one place under `server` that reads environment variables.

| variable               | meaning                                                                       |
|------------------------|-------------------------------------------------------------------------------|
| `DOORLEREN_HOME`       | folder of everything that is kept here; default: the user's data folder       |
| `DATABASE_URL`         | another PostgreSQL than the embedded one, as the role of the application       |
| `DATABASE_OWNER_URL`   | the same database as the role that owns its tables; not handed on to others    |
| `DOORLEREN_SCHEMES`    | folders with scheme files of one's own, separated as in `PATH`                |
| `DOORLEREN_SECRET_KEY` | the key that signs sessions; default: made once and kept in the home folder   |
| `DOORLEREN_HOSTS`      | names under which the site is reached, with commas; default: this machine     |
| `DOORLEREN_IDENTITY_KEYS` | the keys of national numbers, "lookup:KEY seal:KEY"; default: as the secret key |
| `DOORLEREN_OIDC_ISSUER` | the provider (a broker) through which people sign in, as an https address       |
| `DOORLEREN_OIDC_CLIENT`, `DOORLEREN_OIDC_SECRET` | how this site is known to that provider               |
| `DOORLEREN_DEMO`       | `1` asks for demo people and demo data by name, `0` wants none; default: only |
|                        | with the embedded database and while the site is reached on this machine only |
| `DOORLEREN_DAY`        | the day that a demo lives on, as 2023-03-17: schemes, rounds, trainings and acts; default today |
| `DOORLEREN_DEMO_PROVIDER` | where `serve` has started the provider of the demo                          |
| `DOORLEREN_SITE`       | the address of the site for the links in its mails, as "https://name"; default: |
|                        | https with the first of `DOORLEREN_HOSTS`; on this machine where `serve` listens |
| `DOORLEREN_MAIL_URL`   | the mail server, smtps://user:password@host:465 (or smtp://, with STARTTLS);  |
|                        | without one there are no alerts, but in the demo, whose mails are kept as files |
| `DOORLEREN_MAIL_FROM`  | the address that mails come from; needed with `DOORLEREN_MAIL_URL`            |
| `DOORLEREN_FEEDS_NEARBY` | `1` lets sources lie on this machine or in its own network; else only in a demo |
| `DOORLEREN_INTAKE_PUBLIC` | where browsers reach that intake, as https://name, when it is not on this machine |
| `DOORLEREN_INTAKE`     | where `serve` has started the lean intake of tickets, as http://127.0.0.1:8123 |
| `DOORLEREN_SCANNER`    | virus scanner of evidence: clamd:/path/to/socket, clamd:host:port or command:program |
|                        | (reads the file from its input; 0 clean, 1 infected); default: nothing is scanned |
| `DOORLEREN_NAME_CHECK` | says whether a name is that of an account: command:program, which reads {"iban", "name"} and |
|                        | writes {"outcome": "match", "close", "no_match" or "unknown"}; default: nobody is asked |
| `DOORLEREN_WAITING_PUBLIC` | where browsers reach the waiting room, as https://name, when it is not on this machine |
| `DOORLEREN_WAITING`    | where `serve` has started the waiting room, as http://127.0.0.1:8124          |
| `DOORLEREN_STATIC`     | folder where `serve` has collected the static files                           |
| `DOORLEREN_DEBUG`      | `1` shows errors in full, for developers                                      |
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from doorleren.core.days import read_day
from doorleren.core.places import home_of

_OWNER = "DATABASE_OWNER_URL"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


class BadVariable(ValueError):
    """A variable cannot be read; the message names it, what was given and what is allowed."""


@dataclass(frozen=True)
class Environment:
    """The variables, read and typed; a path is absolute."""

    home: Path
    database_url: str | None
    database_owner_url: str | None
    schemes: tuple[Path, ...]
    static: Path | None
    secret_key: str | None
    hosts: tuple[str, ...]
    debug: bool
    identity_keys: str | None
    oidc_issuer: str | None
    oidc_client: str
    oidc_secret: str
    demo: bool | None
    demo_provider: str | None
    intake: str | None
    intake_public: str | None
    waiting: str | None
    waiting_public: str | None
    day: date | None
    site: str | None
    mail_url: str | None
    mail_from: str | None
    feeds_nearby: bool
    scanner: str | None
    name_check: str | None

    @property
    def on_loopback(self) -> bool:
        """Say whether the site is reached under names of this machine only."""
        return set(self.hosts) <= set(LOOPBACK_NAMES)

    @property
    def shown_day(self) -> date | None:
        """Give the day that the demo shows instead of today; None where there is no demo, or none was named."""
        return None if self.demo_refused() else self.day

    def demo_refused(self) -> str | None:
        """Say why demo people and demo data may not be here; nothing if they may."""
        if self.demo is not None:
            return None if self.demo else "DOORLEREN_DEMO=0 wants no demo"
        if self.database_url is not None:
            return "DATABASE_URL names a database; DOORLEREN_DEMO=1 asks for the demo on it"
        if not self.on_loopback:
            return "DOORLEREN_HOSTS names more than this machine; DOORLEREN_DEMO=1 asks for the demo on it"
        return None


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process, or what `variables` says; an empty variable counts as absent.

    Raises BadVariable for a DOORLEREN_DAY that is no day, and for an owner of a database that is not named.
    """
    given = {name: text for name, text in (os.environ if variables is None else variables).items() if text}
    if _OWNER in given and "DATABASE_URL" not in given:
        raise BadVariable(
            f"{_OWNER}: given without DATABASE_URL; allowed is the owner of the tables of that same database"
        )
    return Environment(
        home=home_of(given),
        database_url=given.get("DATABASE_URL"),
        database_owner_url=given.get(_OWNER),
        schemes=tuple(Path(text) for text in given.get("DOORLEREN_SCHEMES", "").split(os.pathsep) if text),
        static=_path(given.get("DOORLEREN_STATIC")),
        secret_key=given.get("DOORLEREN_SECRET_KEY"),
        hosts=tuple(given["DOORLEREN_HOSTS"].split(",")) if "DOORLEREN_HOSTS" in given else LOOPBACK_NAMES,
        debug=given.get("DOORLEREN_DEBUG") == "1",
        identity_keys=given.get("DOORLEREN_IDENTITY_KEYS"),
        oidc_issuer=given.get("DOORLEREN_OIDC_ISSUER"),
        oidc_client=given.get("DOORLEREN_OIDC_CLIENT", "doorleren"),
        oidc_secret=given.get("DOORLEREN_OIDC_SECRET", ""),
        demo=given["DOORLEREN_DEMO"] == "1" if "DOORLEREN_DEMO" in given else None,
        demo_provider=given.get("DOORLEREN_DEMO_PROVIDER"),
        intake=given.get("DOORLEREN_INTAKE"),
        intake_public=given.get("DOORLEREN_INTAKE_PUBLIC"),
        waiting=given.get("DOORLEREN_WAITING"),
        waiting_public=given.get("DOORLEREN_WAITING_PUBLIC"),
        day=_day(given.get("DOORLEREN_DAY")),
        site=given.get("DOORLEREN_SITE"),
        mail_url=given.get("DOORLEREN_MAIL_URL"),
        mail_from=given.get("DOORLEREN_MAIL_FROM"),
        feeds_nearby=given.get("DOORLEREN_FEEDS_NEARBY") == "1",
        scanner=given.get("DOORLEREN_SCANNER"),
        name_check=given.get("DOORLEREN_NAME_CHECK"),
    )


def announce(**variables: str) -> None:
    """Sets variables for this process and for those that it starts: the database and the key of the site."""
    os.environ.update(variables)


def announce_default(**variables: str) -> None:
    """The same, for what nobody has said yet."""
    for name, text in variables.items():
        os.environ.setdefault(name, text)


def inherited() -> dict[str, str]:
    """All variables, to hand on to a process of ours; only who starts the site makes tables, and knows their owner."""
    return {name: text for name, text in os.environ.items() if name != _OWNER}


def _day(text: str | None) -> date | None:
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise BadVariable(f"DOORLEREN_DAY: given is {text!r}, allowed is a day such as 2023-03-17") from error


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None
