"""Keys of this site that nobody gave: made at the first start, kept in the home folder, readable by its owner only."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def kept_key(home: Path, name: str, make: Callable[[], str]) -> str:
    """Give the key that is kept under a name; made now where there is none, and then the same for all processes."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = home / name
    if not file.exists():
        fresh = home / f"{name}.{os.getpid()}"
        fresh.touch(mode=0o600, exist_ok=False)
        with fresh.open("w") as written:
            written.write(make())
            written.flush()
            os.fsync(written.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)  # the first one stays
        fresh.unlink()
        _keep_names(home)
    return file.read_text()


def _keep_names(folder: Path) -> None:
    """Have the disk keep the names in a folder: a power cut must not take a key that something was sealed with."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
