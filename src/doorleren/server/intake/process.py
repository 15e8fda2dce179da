"""Starting a lean process (the intake, the waiting room), and waiting until it answers. Called by `serve` and by `rush`."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from doorleren.server import environment
from doorleren.server.children import bound

HOST = "127.0.0.1"
READY_SECONDS = 20.0
STOP_SECONDS = 10.0
INTAKE = "doorleren.server.intake.application:create"
WAITING_ROOM = "doorleren.server.waiting.application:create"
STANDS_BACK = {WAITING_ROOM: 10}
"""How far a process stands back (nice) where processors are short: who looks must not slow down who answers or submits."""


class NotStarted(RuntimeError):
    """A lean process did not start; the message says what is known."""


def free_port() -> int:
    """Give a port of this machine that nobody uses now."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def start(port: int, application: str = INTAKE) -> "subprocess.Popen[bytes]":
    """Start one on a port, in the main thread: one worker, because one process is one queue. Nobody waits for it."""
    words = [sys.executable, "-m", "granian", "--interface", "rsgi", "--factory", "--host", HOST, "--port", str(port)]
    words += ["--workers", "1", "--loop", "uvloop", "--no-ws", "--log-level", "warning"]
    words += ["--backlog", "16384", application]
    words = bound([*_standing_back(application), *words], at_death="TERM")
    return subprocess.Popen(words, env=environment.inherited(), start_new_session=True)


def _standing_back(application: str) -> list[str]:
    nice, by = shutil.which("nice"), STANDS_BACK.get(application)
    return [nice, "-n", str(by)] if nice and by else []


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Let it end; what it acknowledged is kept."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def intake(port: int, application: str = INTAKE) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the intake (or another) on a port for as long as this lasts. Raises NotStarted."""
    process = start(port, application)
    try:
        wait_until_it_listens(port, process)
        yield process
    finally:
        stop(process)


def wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Come back when it takes connections. Raises NotStarted."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise NotStarted("a lean process ended by itself; its last words are above")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NotStarted(f"a lean process did not listen within {READY_SECONDS:g} seconds")
