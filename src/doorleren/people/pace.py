"""How often something may be done, counted by all processes of a site together, in a small file.

Not in the database: reading writes nothing there, and these limits hold for reading too. A row of the file is 32 bytes: the
hash of a name, when its stretch began, and how often since. Eight rows are a set, in which whoever began first makes room.
Asking reads and writes one set under a lock on the file. It is not mapped into memory: a file that somebody cut short, or a
disk that is full, would then end the process instead of giving an error.
"""

import fcntl
import os
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from threading import Lock

ROW = struct.Struct("<16sqq")
SET_OF = 8
SET_BYTES = SET_OF * ROW.size
NOBODY = bytes(SET_BYTES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
APART = 1_000_000
"""So many microseconds may somebody else's moment lie ahead: a stretch that another process has just begun is the same one."""


class Pace:
    """At most `most` times in `within` for each name. The stretch begins with the first time and is not renewed by others.

    `file` says where it is counted, and is asked at the first use: who is forked before it counts there too. None: only here.
    """

    def __init__(
        self, most: int, within: timedelta, file: Callable[[], Path] | None = None, *, sets: int = 2048
    ) -> None:  # fmt: skip
        """Remember eight names in each of so many sets."""
        self.most, self.within, self.sets = most, within, sets
        self._file, self._lock, self._opened = file, Lock(), (0, -1)
        self._here: dict[int, bytes] = {}

    def wait(self, name: str, *, at: datetime) -> timedelta | None:
        """Count one more time and give None; where it is too often, count nothing and give how long to wait.

        Raises OSError where the file cannot be opened or written.
        """
        hashed = blake2b(name.encode(), digest_size=16).digest()
        which = int.from_bytes(hashed[:8]) % self.sets
        with self._lock:
            if self._file is None:
                self._here[which], wait = self._counted(self._here.get(which, NOBODY), hashed, at)
                return wait
            opened = self._open(self._file)
            fcntl.flock(opened, fcntl.LOCK_EX)
            try:
                held = os.pread(opened, SET_BYTES, which * SET_BYTES)
                counted, wait = self._counted(held.ljust(SET_BYTES, b"\0"), hashed, at)  # less: somebody cut it short
                if wait is None:
                    os.pwrite(opened, counted, which * SET_BYTES)
            finally:
                fcntl.flock(opened, fcntl.LOCK_UN)
        return wait

    def _counted(self, held: bytes, hashed: bytes, at: datetime) -> tuple[bytes, timedelta | None]:
        """Count a name in the set that holds it; give the set as it is then, and how long to wait where it is too often."""
        now, within = (at - EPOCH) // MICROSECOND, self.within // MICROSECOND
        found = list(ROW.iter_unpack(held))
        own = next((place for place, one in enumerate(found) if one[0] == hashed), None)
        since = [
            one[1] if one[1] <= now + APART else 0 for one in found
        ]  # what begins later was not written by this clock
        place = min(range(SET_OF), key=since.__getitem__) if own is None else own
        begun, times = (now, 0) if own is None else found[own][1:]
        if not begun - APART <= now < begun + within:  # also where the clock went back
            begun, times = now, 0
        if times >= self.most:
            return held, timedelta(microseconds=begun + within - now)
        before, after = held[: place * ROW.size], held[(place + 1) * ROW.size :]
        return before + ROW.pack(hashed, begun, times + 1) + after, None

    def _open(self, file: Callable[[], Path]) -> int:
        """Give the opened file; a process that was forked opens it itself, for a lock belongs to who opened it."""
        if self._opened[0] != os.getpid():
            path = file()
            path.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(opened, 0, self.sets * SET_BYTES)  # so a disk that is full later does no harm
            except OSError:
                os.close(opened)
                raise
            self._opened = os.getpid(), opened
        return self._opened[1]
