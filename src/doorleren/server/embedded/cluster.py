"""The folder of one database cluster: how it is laid out, made, and found.

home/cluster/           what PostgreSQL keeps
home/socket/            where it listens; elsewhere when its path does not suit a socket
home/database.log       what it says
home/server.lock        taken by who starts the server, then held by the server itself
home/users.lock         shared by every process that uses it
"""

import hashlib
import os
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from doorleren.server.embedded import binaries
from doorleren.server.embedded.account import Account

NAME = "doorleren"  # of the database and of the role that owns it
APPLICATION = "doorleren_app"  # the role that everything works under; made with the first tables
PORT = 5432  # only the name of the socket; no port is opened
LONGEST_SOCKET_PATH = 107  # bytes, the kernel's limit on Linux without the closing zero
_SIGNS_WITH_A_MEANING = set(',"\\')  # a comma lists hosts, to the driver and to the server


class DatabaseFailed(RuntimeError):
    """The embedded database cannot be started; the message is for the person who started it."""


def folder(home: Path) -> Path:
    """The cluster itself."""
    return home / "cluster"


def socket_folder(home: Path) -> Path:
    """Where the server of `home` listens: the same answer in every process, running or not."""
    usual = home / "socket"
    fits = len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH
    if fits and not _SIGNS_WITH_A_MEANING & set(str(usual)):
        return usual
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path("/tmp") / f"doorleren-{os.geteuid()}-{mark}"  # noqa: S108 - closed and checked below


def url(home: Path, name: str = NAME, role: str = NAME) -> str:
    """The database as a `DATABASE_URL`, as its owner or another role; it can be written down before the server runs."""
    return f"postgresql://{role}@/{name}?host={quote(str(socket_folder(home)), safe='')}"


def application_url(home: Path) -> str:
    """The same for the role of the application."""
    return url(home, role=APPLICATION)


def make_socket_folder(home: Path) -> None:
    """Makes it, closed to others; DatabaseFailed where somebody else owns a folder of that name."""
    place = socket_folder(home)
    place.mkdir(mode=0o700, exist_ok=True)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise DatabaseFailed(f"{place} belongs to another user, so the database cannot listen there.")
    place.chmod(0o700)


def listens(home: Path) -> bool:
    """Whether a server accepts connections now: it says that it is ready, and its socket answers."""
    try:
        said = (folder(home) / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    if len(said) < 8 or said[7].strip() != "ready":
        return False
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(socket_folder(home) / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def make(home: Path, account: Account, lock: int) -> None:
    """Makes the cluster if it is not there yet, whole or not at all. The caller holds the server's lock."""
    ready = folder(home)
    if ready.is_dir():
        _refuse_other_major(ready)
        account.own(ready)
        return
    growing = home / "cluster.new"
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir(mode=0o700)
    account.own(growing)
    _run(account, lock, [binaries.program("initdb"), "--pgdata", growing, *_INITDB])
    single: list[str | Path] = [binaries.program("postgres"), "--single", "-D", growing, "template1"]
    _run(account, lock, single, text=f"CREATE DATABASE {NAME};\n")
    growing.rename(ready)


_INITDB = (
    f"--username={NAME}",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--text-search-config=dutch",
    "--auth-local=trust",  # the socket's folder is closed to other users
    "--auth-host=reject",
    "--no-instructions",
    *(["--sync-method=syncfs"] if sys.platform == "linux" else []),  # one call, not a thousand files one by one
)


def _run(account: Account, lock: int, arguments: list[str | Path], text: str = "") -> None:
    done = subprocess.run(
        account.command(arguments, at_death="KILL"),
        input=text,
        capture_output=True,
        text=True,
        check=False,
        pass_fds=[lock],
        env=PLAIN_ENVIRONMENT,
        cwd="/",
    )
    if done.returncode != 0:
        raise DatabaseFailed(f"The database could not be made: {(done.stderr or done.stdout).strip()}")


def _refuse_other_major(ready: Path) -> None:
    found = (ready / "PG_VERSION").read_text().strip()
    if found != binaries.MAJOR:
        raise DatabaseFailed(
            f"{ready} was made by PostgreSQL {found}, this is {binaries.MAJOR}. Export it with the version of "
            "Doorleren that made it, or choose another folder with DOORLEREN_HOME."
        )


PLAIN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
