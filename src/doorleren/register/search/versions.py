"""The folder of the read index: a folder per version, and a file that names the one in use.

A new version is written beside the one in use and named in one step, so that a reader finds either the old one or the
new one whole. The version before stays, for who still has it open.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT, LOCK = "current", "lock"
NAME = re.compile(r"v(\d{6,})")


class BuildRunning(Exception):
    """Another process is building this index now."""


def current(root: Path) -> Path | None:
    """Give the folder of the version in use; None when there is none, or what names it is damaged."""
    try:
        name = (root / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return root / name if NAME.fullmatch(name) else None


def stamp(root: Path) -> tuple[int, int]:
    """Give what changes when another version comes into use; (0, 0) when there is none. One look at the file system."""
    try:
        found = (root / CURRENT).stat()
    except OSError:
        return (0, 0)
    return (found.st_ino, found.st_mtime_ns)


@contextmanager
def new_version(root: Path) -> Iterator[Path]:
    """Give an empty folder to build in; when the block ends well it comes into use, otherwise it is removed.

    Raises BuildRunning when another process builds in this folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise BuildRunning(f"another process builds the index in {root}") from fault
        before = current(root)
        _remove(root, keep=before)
        folder = root / f"v{_number(before) + 1:06}"
        folder.mkdir()
        try:
            yield folder
            _switch(root, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def being_built(root: Path) -> bool:
    """Whether a process builds in this folder now."""
    try:
        with (root / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _switch(root: Path, folder: Path) -> None:
    fresh = root / f"{CURRENT}.new"
    fresh.write_text(folder.name, encoding="ascii")
    fresh.replace(root / CURRENT)


def _number(folder: Path | None) -> int:
    found = NAME.fullmatch(folder.name) if folder else None
    return int(found.group(1)) if found else 0


def _remove(root: Path, keep: Path | None) -> None:
    for folder in root.iterdir():
        if folder.is_dir() and NAME.fullmatch(folder.name) and folder != keep:
            shutil.rmtree(folder, ignore_errors=True)
