"""Under which account the database runs. PostgreSQL refuses to run as root; the site may be started by root.

Three ways, tried in this order:

* an ordinary user runs it directly;
* root runs it in a user namespace of its own, where root's files belong to user 65534;
* where namespaces are blocked (many containers), root runs it as user 65534, which then owns the cluster
  and may pass root's closed folders on its way there. No folder is opened to others.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from doorleren.server.children import bound
from doorleren.server.embedded import binaries

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """How to start a program under it, and which user the kernel sees as the owner of its files."""

    name: str
    uid: int
    prefix: tuple[str, ...]

    def command(self, arguments: Sequence[str | Path], *, at_death: str) -> list[str]:
        """The command line; `at_death` is the signal (INT, KILL ...) when the thread that started it dies."""
        return [*self.prefix, *bound(arguments, at_death)]

    def own(self, folder: Path) -> None:
        """Makes this account the owner of `folder` and what lies in it; only root ever needs to."""
        if os.geteuid() != 0 or folder.stat().st_uid == self.uid:
            return
        for place in (folder, *folder.rglob("*")):
            os.chown(place, self.uid, -1, follow_symlinks=False)


def direct() -> Account:
    """The user of this process."""
    return Account("direct", os.geteuid(), ())


def namespace() -> Account | None:
    """User 65534 of a namespace, which is root outside; None where the program `unshare` is absent."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    return Account("namespace", 0, (unshare, "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"))


def other_user() -> Account | None:
    """User 65534 of this machine, passing closed folders; None where the program `setpriv` is absent."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return None
    drop = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=+dac_override")
    return Account("other_user", NOBODY, (setpriv, *drop, "--ambient-caps=+dac_override"))


def choose(home: Path) -> Account:
    """The first way that works for `home`; PermissionError with the reason where root has none."""
    if os.geteuid() != 0:
        return direct()
    ways: list[Callable[[], Account | None]] = [namespace, other_user]
    for way in ways:
        account = way()
        if account is not None and _works(account, home):
            return account
    raise PermissionError(
        "PostgreSQL does not run as root, and this machine allows neither a user namespace nor another user. "
        "Start Doorleren as an ordinary user, or point DATABASE_URL to a PostgreSQL server."
    )


def _works(account: Account, home: Path) -> bool:
    """Tried for real: a folder in `home` that the account owns, and the server's program within reach."""
    trial = home / f"trial-{os.getpid()}"
    trial.mkdir(mode=0o700, exist_ok=True)
    try:
        os.chown(trial, account.uid, -1)
        script = 'test -w "$1" && test -x "$1" && exec "$2" --version'
        words = account.command(["/bin/sh", "-c", script, "sh", trial, binaries.program("postgres")], at_death="KILL")
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
    finally:
        trial.rmdir()
