"""The facts of all activities on disk, so that a web server has them at once: written by the rebuild, read by the portal."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import polars as pl

from doorleren.register.funding.activities import Activities
from doorleren.rules.vocabulary import Vocabulary

FILE = "facts.arrow"


def save(parts: Sequence[Activities], folder: Path) -> None:
    """Write the facts of all parts together, with their keys; who reads meanwhile keeps what was there."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = pl.concat([one.facts.with_columns(one.keys.alias("key")) for one in parts]) if parts else pl.DataFrame()
    fresh = folder / f"{FILE}.new"
    whole.write_ipc(fresh, compression="uncompressed")
    fresh.replace(folder / FILE)


class Stored:
    """The facts in a folder, read when first asked for and again when they were written anew."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Name the folder; nothing is read yet."""
        self._file = folder / FILE
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._activities = Activities.of((), vocabulary)

    def activities(self) -> Activities:
        """Give the facts as they stand; none at all while nothing has been written."""
        stamp = self._stamped()
        if stamp != self._stamp:
            with self._lock:
                self._activities, self._stamp = self._read(stamp), stamp
        return self._activities

    def _stamped(self) -> tuple[int, int] | None:
        try:
            told = self._file.stat()
        except FileNotFoundError:
            return None
        return told.st_ino, told.st_mtime_ns

    def _read(self, stamp: tuple[int, int] | None) -> Activities:
        if stamp is None:
            return Activities.of((), self._vocabulary)
        whole = pl.read_ipc(self._file)
        if not whole.width:
            return Activities.of((), self._vocabulary)
        return Activities.of_frame(whole["key"], whole.drop("key"), self._vocabulary)
