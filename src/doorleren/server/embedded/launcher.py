"""Starts the embedded PostgreSQL, or joins the one that runs: who calls first owns it, the others share.

The owner's server is its direct child. It stops when the owner closes it and, by the kernel's hand, when
the owner is killed. Who shares and finds it gone calls `open_database` again and becomes the owner; the
address never changes. Nothing has to be cleaned up after a crash: a lock that the server itself holds
says whether it lives, so a pid file left behind is known to be stale.
"""

import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from doorleren.server.embedded import account as accounts
from doorleren.server.embedded import binaries, cluster
from doorleren.server.embedded.cluster import DatabaseFailed
from doorleren.server.embedded.locks import FileLock, wait_until

LARGEST_LOG_BYTES = 10_000_000
STOP_SECONDS = 60.0


class OpenDatabase:
    """A running database that this process may use until it closes it."""

    def __init__(
        self, home: Path, options: Mapping[str, str], users: FileLock, child: "subprocess.Popen[bytes] | None"
    ) -> None:
        self.url = cluster.url(home)  # as the owner of its tables
        self.application_url = cluster.application_url(home)
        self._home = home
        self._options = options
        self._users = users
        self._child = child

    @property
    def owner(self) -> bool:
        """Whether the server stops when this process closes it."""
        return self._child is not None

    @property
    def pid(self) -> int | None:
        """The server's process, for its owner."""
        return self._child.pid if self._child else None

    def gone(self) -> bool:
        """Whether the server no longer answers, so that it has to be opened again."""
        if self._child is not None and self._child.poll() is not None:
            return True
        return not cluster.listens(self._home)

    def close(self, *, patience: float = 0.0) -> None:
        """Leaves; the owner stops the server, waiting `patience` seconds for the others to leave first."""
        if self._child is not None and self._child.poll() is None:
            wait_until(lambda: self._users.take(exclusive=True), patience)
            _stop(self._child)
        self._child = None
        self._users.close()

    def renew(self) -> None:
        """After it has gone: starts it here, or joins whoever was first to do so. The address stays the same."""
        self.close()
        fresh = open_database(self._home, options=self._options)
        self._users, self._child = fresh._users, fresh._child

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(patience=STOP_SECONDS)


def open_database(home: Path, *, seconds: float = 60.0, options: Mapping[str, str] | None = None) -> OpenDatabase:
    """The database of the folder `home`, started if need be; `options` are PostgreSQL's own, for who starts it.

    Call it from the main thread: the kernel ends the server when the thread that started it ends.
    DatabaseFailed says in words why it cannot be used.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("open_database belongs in the main thread")
    _make_home(home)
    users = FileLock(home / "users.lock")
    started: list[subprocess.Popen[bytes]] = []

    def ready() -> bool:
        child = _claim_and_start(home, options or {})
        if child is not None:
            started.append(child)
        return bool(started) or cluster.listens(home)

    try:
        entered = wait_until(lambda: users.take(exclusive=False), seconds)
        if not entered or not wait_until(ready, seconds):
            raise DatabaseFailed(f"The database did not answer within {seconds:g} seconds.{_last_words(home)}")
        if started and not wait_until(lambda: _listens_or_fails(home, started[0]), seconds):
            _stop(started[0])
            raise DatabaseFailed(f"The database did not get ready within {seconds:g} seconds.{_last_words(home)}")
    except BaseException:
        users.close()
        raise
    return OpenDatabase(home, options or {}, users, started[0] if started else None)


def _claim_and_start(home: Path, options: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
    """The new server, or None when one lives already (or is being started, or is stopping)."""
    with FileLock(home / "server.lock") as lock:
        if not lock.take(exclusive=True):
            return None
        account = accounts.choose(home)
        cluster.make(home, account, lock.descriptor)
        cluster.make_socket_folder(home)
        (cluster.folder(home) / "postmaster.pid").unlink(missing_ok=True)
        (cluster.socket_folder(home) / f".s.PGSQL.{cluster.PORT}.lock").unlink(missing_ok=True)
        return _start(home, account, lock.descriptor, options)


def _start(home: Path, account: accounts.Account, lock: int, options: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{cluster.socket_folder(home)}"',
        "unix_socket_permissions": "0700",
        "cluster_name": cluster.NAME,
        "log_line_prefix": "%m [%p] ",
        **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
        **options,
    }
    words = [f"--{name}={value}" for name, value in settings.items()]
    arguments: list[str | Path] = [binaries.program("postgres"), "-D", cluster.folder(home), *words]
    with _log(home).open("ab") as log:
        return subprocess.Popen(
            account.command(arguments, at_death="INT"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            env=cluster.PLAIN_ENVIRONMENT,
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal reaches the owner only, which stops things in order
        )


def _listens_or_fails(home: Path, child: "subprocess.Popen[bytes]") -> bool:
    if child.poll() is not None:
        raise DatabaseFailed(f"The database stopped while starting.{_last_words(home)}")
    return cluster.listens(home)


def _stop(child: "subprocess.Popen[bytes]") -> None:
    """Ends sessions and stops cleanly; a server that does not is stopped at once, and recovers next time."""
    child.send_signal(signal.SIGINT)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGQUIT)
        child.wait(STOP_SECONDS)


def _make_home(home: Path) -> None:
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DatabaseFailed(f"The folder {home} cannot be made: {error.strerror}. Set DOORLEREN_HOME.") from error


def _log(home: Path) -> Path:
    log = home / "database.log"
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(home / "database.log.1")
    return log


def _last_words(home: Path) -> str:
    log = home / "database.log"
    if not log.exists():
        return ""
    lines = log.read_text(errors="replace").splitlines()[-5:]
    return "".join(f"\n  {line}" for line in lines) + f"\n(from {log})"
