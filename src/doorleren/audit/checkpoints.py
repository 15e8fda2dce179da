"""Checkpoints of the record of acts, outside the database: who cuts off its end, or writes it anew, does not reach these.

A checkpoint is a line of JSON in a file that only grows: the moment, the number of the last act and its hash. The folder
may lie on another disk or be copied elsewhere as it grows. Kept by `serve` every few seconds; read by `audit verify`.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from doorleren.audit.acts import Break
from doorleren.audit.models import Act

FILE = "acts.jsonl"
AT_ONCE = 5000
LONGEST_LINE = 400


class BadCheckpoint(ValueError):
    """A line of the file is no checkpoint; the message names the line."""


def keep_checkpoint(folder: Path, *, at: datetime) -> bool:
    """Write down the last act, durably, if it is another than at the last checkpoint; say whether it was."""
    head = Act.objects.order_by("-id").values_list("id", "hash").first()
    if head is None or head == _last(folder / FILE):
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / FILE).open("ab") as file:
        _cut_torn_line(file)
        told = json.dumps({"at": at.isoformat(), "act": head[0], "hash": head[1]})
        file.write(f"{told}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    return True


def held_against_checkpoints(folder: Path) -> tuple[int, Break | None]:
    """Hold the record against the checkpoints; give how many there are, and the first act that is not as it was."""
    count, some = 0, []
    for one in _checkpoints(folder / FILE):
        count += 1
        some.append(one)
        if len(some) == AT_ONCE:
            if broken := _differing(some):
                return count, broken
            some = []
    return count, _differing(some)


def _cut_torn_line(file: BinaryIO) -> None:
    """Take away a last line without an end: it was being written when the machine stopped."""
    with open(file.name, "rb") as reading:  # noqa: PTH123 - the same file, by the name it was opened with
        reading.seek(max(0, file.tell() - LONGEST_LINE))
        end = reading.read()
    torn = len(end) - (end.rfind(b"\n") + 1)
    if torn:
        file.truncate(file.tell() - torn)


def _differing(some: list[tuple[int, str]]) -> Break | None:
    found = dict(Act.objects.filter(pk__in=[act for act, _ in some]).values_list("id", "hash"))
    return next((Break(act, "checkpoint") for act, hash_ in some if found.get(act) != hash_), None)


def _checkpoints(path: Path) -> Iterator[tuple[int, str]]:
    """Read the checkpoints, oldest first. A last line without an end was being written when the machine stopped."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            try:
                told = json.loads(line)
                act, hash_ = int(told["act"]), str(told["hash"])
            except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
                raise BadCheckpoint(f"line {number} of {path.name} is no checkpoint") from error
            yield act, hash_


def _last(path: Path) -> tuple[int, str] | None:
    """Give the last whole checkpoint without reading the whole file."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_LINE))
        lines = [line for line in file.read().split(b"\n")[:-1] if line.startswith(b"{")]
    told = json.loads(lines[-1]) if lines else None
    return (told["act"], told["hash"]) if told else None
