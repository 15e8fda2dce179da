"""Requests to stop `serve`: Ctrl-C, a request of the system, a closed terminal.

While the site starts, a request breaks off whatever runs. Once it is up, a request is only heard where the site
looks for one: an exception out of a signal comes between any two steps of the program, and code that is then halfway
(a class being made, a module being read) turns it into an error of its own, or swallows it.
"""

import os
import select
import signal
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody asked us to stop."""


class StopRequests:
    """Listens from when it is made, in the main thread; every request after the first changes nothing."""

    def __init__(self) -> None:
        """Break off what runs at the first request, until `hold`."""
        self._breaks_off, self._asked = True, False
        self._ear, self._mouth = os.pipe()
        for number in SIGNALS:
            signal.signal(number, self._hear)

    def hold(self) -> None:
        """Break off nothing from now on: a request waits until `pause` is asked."""
        self._breaks_off = False

    def pause(self, seconds: float) -> None:
        """Wait; raises Stop as soon as somebody asks to stop, or did before."""
        if select.select([self._ear], [], [], seconds)[0]:
            raise Stop

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            return
        self._asked = True
        os.write(self._mouth, b"!")
        if self._breaks_off:
            raise Stop


def ignore_requests() -> None:
    """Hear nothing more: what is being ended after a failure is ended in good order."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def was_asked(error: BaseException | None) -> bool:
    """Say whether this error is a request to stop, or what the code that it broke off made of it."""
    while error is not None and not isinstance(error, Stop):
        error = error.__cause__
    return error is not None
