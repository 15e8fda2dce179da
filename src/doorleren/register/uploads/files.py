"""Where an uploaded file lies until it is confirmed: a folder that nobody serves, under a random name, for a day."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from doorleren.register.intake.faults import Unreadable

LARGEST = 500_000_000
"""Bytes of one file: more than a million rows of ordinary length."""
KEPT_FOR = timedelta(days=1)


def folder(home: Path) -> Path:
    """Give the folder of uploads, made where it was not; its owner alone reads it."""
    place = home / "uploads"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(home: Path, kept: str) -> Path:
    """Give where a kept file lies. Raises ValueError for a name that is none of ours."""
    if not kept.isalnum() or len(kept) != 32:
        raise ValueError("not the name of a kept file")
    return home / "uploads" / kept


def keep(home: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write a file down; give its random name and its size in bytes. Raises Unreadable above LARGEST; nothing stays then."""
    kept, size = secrets.token_hex(16), 0
    path = folder(home) / kept
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise too_large()
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return kept, size


def too_large() -> Unreadable:
    """Say that a file is too large."""
    most = LARGEST // 1_000_000
    return Unreadable(
        f"Het bestand is groter dan {most} MB. Verdeel het over twee of meer bestanden.",
        f"The file is larger than {most} MB. Divide it into two or more files.",
    )


def throw_away(home: Path, kept: str) -> None:
    """Delete a kept file, if there is one."""
    if kept:
        path_of(home, kept).unlink(missing_ok=True)
