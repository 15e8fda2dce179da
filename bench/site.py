"""A site of its own for what is measured over HTTP: filled by `bench.filled`, served by `doorleren serve`."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.visits import HOST

READY, START_SECONDS, STOP_SECONDS, LOOK_SECONDS = "Doorleren is ready", 900.0, 30.0, 0.2
NOT_OURS = ("DATABASE_URL", "DJANGO_", "DOORLEREN_")
"""What the variables of the surroundings begin with that would lead to another site."""


class NotServed(RuntimeError):
    """The site did not come up; the message is what it said."""


def fill(home: Path, activities: int) -> None:
    """Fill a home folder with a drawn register. Raises CalledProcessError when something of it was refused."""
    words = [sys.executable, "-m", "bench.filled", str(activities)]
    subprocess.run(words, env=_surroundings(home), check=True)


@contextlib.contextmanager
def served(home: Path, more: Mapping[str, str] | None = None) -> Iterator[int]:
    """Serve a home folder as `doorleren serve` does, and give the port; the index is whole when it answers.

    `more`: variables that it gets besides. A database that runs on this folder already is joined.
    """
    port = _free_port()
    said = home.parent / f"{home.name}-said-{port}.txt"
    words = [sys.executable, "-m", "doorleren", "serve", "--port", str(port)]
    with said.open("wb") as out:
        process = subprocess.Popen(
            words, env=_surroundings(home) | dict(more or {}), stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        _wait(process, said)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        said.unlink()


def _wait(process: "subprocess.Popen[bytes]", said: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while READY not in (told := said.read_text(errors="replace")):
        if process.poll() is not None or time.monotonic() > end:
            raise NotServed(f"the site was not served; it said:\n{told}")
        time.sleep(LOOK_SECONDS)


def _surroundings(home: Path) -> dict[str, str]:
    plain = {name: text for name, text in os.environ.items() if not name.startswith(NOT_OURS)}
    return plain | {"DOORLEREN_HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])
