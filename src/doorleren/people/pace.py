"""How often something may be done, counted by all processes of a site together, in a small file that they map into memory.

(Not in the database: reading writes nothing there, and these limits hold for reading too.) A row of the file is 32 bytes: the hash of a name, when its stretch began, and how often since. Eight rows are a set, in which
whoever began first makes room. Asking takes a lock on the file for some millionths of a second and writes no database.
"""

import fcntl
import mmap
import os
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from threading import Lock

ROW = struct.Struct("<16sqq")
SET_OF = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


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
        self._rows: mmap.mmap | None = None

    def wait(self, name: str, *, at: datetime) -> timedelta | None:
        """Count one more time and give None; where it is too often, count nothing and give how long to wait."""
        hashed = blake2b(name.encode(), digest_size=16).digest()
        first = int.from_bytes(hashed[:8]) % self.sets * SET_OF
        with self._lock:
            rows, (_, opened) = self._mapped(), self._opened
            if opened < 0:
                return self._counted(rows, hashed, first, at)
            fcntl.flock(opened, fcntl.LOCK_EX)
            try:
                return self._counted(rows, hashed, first, at)
            finally:
                fcntl.flock(opened, fcntl.LOCK_UN)

    def _counted(self, rows: mmap.mmap, hashed: bytes, first: int, at: datetime) -> timedelta | None:
        now, within = (at - EPOCH) // MICROSECOND, self.within // MICROSECOND
        found = [ROW.unpack_from(rows, place * ROW.size) for place in range(first, first + SET_OF)]
        own = next((place for place, one in enumerate(found) if one[0] == hashed), None)
        place = min(range(SET_OF), key=lambda one: found[one][1]) if own is None else own
        begun, times = (now, 0) if own is None else found[own][1:]
        if not begun <= now < begun + within:  # also where the clock went back
            begun, times = now, 0
        if times >= self.most:
            return timedelta(microseconds=begun + within - now)
        ROW.pack_into(rows, (first + place) * ROW.size, hashed, begun, times + 1)
        return None

    def _mapped(self) -> mmap.mmap:
        """Give the rows; a process that was forked opens the file itself, for a lock belongs to who opened it."""
        size = self.sets * SET_OF * ROW.size
        if self._rows is None and self._file is None:
            self._rows = mmap.mmap(-1, size)
        elif self._file is not None and (self._rows is None or self._opened[0] != os.getpid()):
            path = self._file()
            path.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if os.fstat(opened).st_size < size:
                os.ftruncate(opened, size)  # only ever makes it longer, so two at once do no harm
            self._rows, self._opened = mmap.mmap(opened, size), (os.getpid(), opened)
        assert self._rows is not None
        return self._rows
