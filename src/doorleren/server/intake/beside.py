"""The lean processes as `serve` has them: each on a port of its own, beside the web server, started again when it ends."""

import time

from doorleren.server.intake.process import (
    HOST,
    INTAKE,
    WAITING_ROOM,
    free_port,
    start,
    stop,
    wait_until_it_listens,
)

MOST_OFTEN_SECONDS = 2.0
"""One that ends at once is not started more often than this."""


class Intake:
    """The process of the intake. Made, renewed and stopped in the main thread, which it follows when that dies."""

    application = INTAKE

    def __init__(self) -> None:
        """Start it; nobody waits until it listens."""
        self.port = free_port()
        self._process = start(self.port, self.application)
        self._started = time.monotonic()

    @property
    def address(self) -> str:
        """Give where it listens."""
        return f"http://{HOST}:{self.port}"

    def wait(self) -> None:
        """Come back when it takes connections. Raises NotStarted."""
        wait_until_it_listens(self.port, self._process)

    def gone(self) -> bool:
        """Say whether it ended by itself, and it is time to start it again."""
        return self._process.poll() is not None and time.monotonic() - self._started >= MOST_OFTEN_SECONDS

    def renew(self) -> None:
        """Start it again, on the same port."""
        self._process, self._started = start(self.port, self.application), time.monotonic()

    def stop(self) -> None:
        """Let it end."""
        stop(self._process)


class WaitingRoom(Intake):
    """The process of the waiting room, likewise."""

    application = WAITING_ROOM
