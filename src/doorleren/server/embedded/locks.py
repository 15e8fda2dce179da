"""Locks between processes: one file, held by an open file description, let go by the kernel at death.

A lock that a child inherits stays taken until the parent and all its heirs have closed it or are dead.
So a lock handed to PostgreSQL says, without any pid, whether a process of that server still lives.
"""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

PAUSE_SECONDS = 0.01


class FileLock:
    """A lock on `path`; taking it twice through one object changes its kind (shared, exclusive)."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, exclusive: bool) -> bool:
        """Whether it is ours now; never waits. Losing a change of kind may lose the lock held before."""
        kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Lets go, unless an heir still holds the same description."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Asks every hundredth of a second; whether it came to hold within `seconds` (asked at least once)."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= end:
            return False
        time.sleep(PAUSE_SECONDS)
    return True
