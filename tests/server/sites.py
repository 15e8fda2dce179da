"""A real `doorleren serve` for the tests to start, ask, and stop in every way."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from doorleren.server.embedded.locks import FileLock, wait_until
from tests.server.openers import ROOT

NOT_OURS = {
    "DATABASE_URL", "DATABASE_OWNER_URL", "DOORLEREN_HOME", "DOORLEREN_SECRET_KEY", "DOORLEREN_STATIC",
    "DJANGO_SETTINGS_MODULE",
}  # fmt: skip
READY = "Doorleren is ready"
PATIENCE = 60
"""Seconds within which a start on two busy cores is ready."""


class Site:
    """`doorleren serve` on a port of its own; `output` is all that it has said."""

    def __init__(self, home: Path, port: int, **variables: str) -> None:
        home.parent.mkdir(parents=True, exist_ok=True)
        self.home, self.port = home, port
        self._log = home.parent / f"site-{port}.log"
        plain = {name: text for name, text in os.environ.items() if name not in NOT_OURS}
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "doorleren", "serve", "--port", str(port)],
                env={**plain, "DOORLEREN_HOME": str(home), **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )

    @property
    def output(self) -> str:
        """What it has said so far, errors included."""
        return self._log.read_text()

    def wait(self, words: str = READY) -> "Site":
        """Until it says these words; an AssertionError with all it said when it ends first."""
        spoken = wait_until(lambda: words in self.output or self.process.poll() is not None, PATIENCE)
        assert spoken, self.output
        assert words in self.output, self.output
        return self

    def status(self) -> int:
        """The HTTP status of its first page."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/", timeout=20) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to stop; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)

    def family(self) -> set[int]:
        """It and all that descend from it, now."""
        parents = {
            int(place.name): _parent(int(place.name)) for place in Path("/proc").iterdir() if place.name.isdigit()
        }
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found

    def end(self) -> None:
        """Ends it whatever happens."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def made_before(home: Path) -> None:
    """Makes `home` one in which a site ran before and was stopped: a first start is tested once, and takes half a minute.

    Who asks first makes it, for all processes of this run; it goes with the database of the tests.
    """
    kept = Path(os.environ["DOORLEREN_HOME"]) / "ran-before"
    kept.mkdir(exist_ok=True)
    with FileLock(kept / "being-made.lock") as lock:
        assert wait_until(lambda: lock.take(exclusive=True), 2 * PATIENCE)
        if not (kept / "ready").exists():
            shutil.rmtree(kept / "home", ignore_errors=True)
            one = Site(kept / "home", free_port())
            try:
                assert one.wait().stop() == 0, one.output
            finally:
                one.end()
            (kept / "ready").touch()
    home.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(kept / "home", home, ignore=shutil.ignore_patterns("*.lock"))


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
