"""Where documents lie: encrypted, in a folder that nobody serves, under random names. The key of the site is passed in."""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from doorleren.applications.evidence import sealing

_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of documents, and the key that wraps theirs (32 bytes, kept outside the database)."""

    folder: Path
    key: bytes = field(repr=False)

    def begin(self) -> tuple[str, bytes]:
        """Make an empty kept file; gives its name and the wrapped key of its content."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        descriptor = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealing.MARK)
            _to_disk(file.fileno())
        _to_disk_folder(self.folder)
        return name, sealing.wrapped(sealing.new_key(), self.key, name)

    def received(self, name: str) -> int:
        """Give how many bytes of the plain file are kept. Raises DoesNotOpen where nothing is kept under the name."""
        try:
            with self._path(name).open("rb") as file:
                return sealing.whole_frames(file)[0]
        except FileNotFoundError as error:
            raise sealing.DoesNotOpen(f"nothing is kept as {name}") from error

    def add(self, name: str, held: bytes, piece: bytes) -> int:
        """Add a piece, on the disk before this returns; gives how many bytes are kept then. Raises DoesNotOpen.

        What a broken-off write left behind goes first. Whoever calls sees to it that one adds at a time.
        """
        return self._write(name, held, piece, closes=False)

    def close(self, name: str, held: bytes) -> None:
        """Say that a document is whole: nothing can be added to it any more. Once more does nothing. Raises DoesNotOpen."""
        self._write(name, held, b"", closes=True)

    def _write(self, name: str, held: bytes, piece: bytes, *, closes: bool) -> int:
        key = sealing.unwrapped(held, self.key, name)
        try:
            with self._path(name).open("r+b") as file:
                plain, end, closed = sealing.whole_frames(file)
                if closed and piece:
                    raise sealing.DoesNotOpen(f"the document kept as {name} is closed")
                if closed or not (piece or closes):
                    return plain
                file.seek(end)
                file.truncate()
                file.write(sealing.frame(piece, key, name, plain, closes=closes))
                file.flush()
                _to_disk(file.fileno())
        except FileNotFoundError as error:
            raise sealing.DoesNotOpen(f"nothing is kept as {name}") from error
        return plain + len(piece)

    def content(self, name: str, held: bytes, *, closed: bool = True) -> bytes:
        """Give a whole document. Raises DoesNotOpen for one that was changed, cut off or taken away."""
        key = sealing.unwrapped(held, self.key, name)
        try:
            with self._path(name).open("rb") as file:
                return b"".join(sealing.opened(file, key, name, closed=closed))
        except FileNotFoundError as error:
            raise sealing.DoesNotOpen(f"nothing is kept as {name}") from error

    def remove(self, name: str) -> None:
        """Take a kept file away, if there is one."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a kept document")
        return self.folder / name


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _to_disk_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
