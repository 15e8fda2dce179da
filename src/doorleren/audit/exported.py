"""A second verifier of the record of acts: reads an export and the checkpoints kept outside, and nothing of the first one.

Written apart from `audit/acts.py` on purpose: it shares no code, needs no database, and can be carried elsewhere. A line
of an export is a JSON object with the columns of `COLUMNS`, in that order and without blanks; a chain hashes, for each
act, the hash before it and the seven fields that say what happened.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

COLUMNS = ("id", "at", "actor_kind", "actor_id", "act", "subject_kind", "subject_id", "details", "previous", "hash")

_TEXT = rb'("[^"\\]*")'  # names, codes and moments only: the record takes no other text

_LINE = re.compile(
    rb'\{"id":(\d+),"at":' + _TEXT + rb',"actor_kind":' + _TEXT + rb',"actor_id":' + _TEXT + rb',"act":' + _TEXT
    + rb',"subject_kind":' + _TEXT + rb',"subject_id":' + _TEXT + rb',"details":(\{.*\}),"previous":' + _TEXT
    + rb',"hash":"([0-9a-f]{64})"\}\n'
)  # fmt: skip
_NONE = b"{}"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: how many acts were whole, and the first that is not (None for a whole record), with why.

    `wrong`: form (the line is no act), content (its hash is another), order (what it follows is another, or its number
    does not grow), checkpoint (it is not what a checkpoint outside has, or is gone).
    """

    acts: int
    checkpoints: int
    first_bad: int | None = None
    wrong: str = ""


class BadCheckpoints(ValueError):
    """A line of the checkpoints cannot be read; the message names it. Nothing can be said then."""


def verified(lines: Iterable[bytes], checkpoints: Iterable[bytes]) -> Found:
    """Walk over an export and hold it against the checkpoints, oldest first in both. Raises BadCheckpoints."""
    kept = _read_checkpoints(checkpoints)
    ahead = iter(sorted(kept.items()))
    following = next(ahead, None)
    before, last, whole = b'""', 0, 0
    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        if told is None:
            return Found(whole, len(kept), _guessed(line, last), f"form of line {number}")
        act, hashed = int(told[1]), told[10]
        if act <= last or told[9] != before:
            return Found(whole, len(kept), act, "order")
        if sha256(_content(told)).hexdigest().encode() != hashed:
            return Found(whole, len(kept), act, "content")
        if following is not None and following[0] < act:
            return Found(whole, len(kept), following[0], "checkpoint")
        if following is not None and following[0] == act:
            if following[1] != hashed.decode():
                return Found(whole, len(kept), act, "checkpoint")
            following = next(ahead, None)
        before, last, whole = b'"' + hashed + b'"', act, whole + 1
    if following is not None:
        return Found(whole, len(kept), following[0], "checkpoint")
    return Found(whole, len(kept))


def verified_files(export: Path, checkpoints: Path) -> Found:
    """Verify files; checkpoints that are not there are none. Raises OSError, BadCheckpoints."""
    kept = checkpoints.read_bytes().splitlines(keepends=True) if checkpoints.exists() else []
    with export.open("rb") as lines:
        return verified(lines, kept)


def _content(told: re.Match[bytes]) -> bytes:
    """Give what is hashed: a JSON list of the hash before and the seven fields, its details in order of their names."""
    details = told[8]
    if details != _NONE:
        details = json.dumps(json.loads(details), sort_keys=True, separators=(",", ":")).encode()
    fields = (told[9], told[2], told[3], told[4], told[5], told[6], told[7], details)
    return b"[" + b",".join(fields) + b"]"


def _guessed(line: bytes, last: int) -> int:
    """Give the number that a line without form says it has, else that of the act after the last one."""
    said = re.match(rb'\{"id":(\d{1,18})\D', line)
    return int(said[1]) if said else last + 1


def _read_checkpoints(lines: Iterable[bytes]) -> dict[int, str]:
    """Read the checkpoints; a last line without an end was being written when the machine stopped."""
    return dict(_each_checkpoint(lines))


def _each_checkpoint(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            return
        try:
            told = json.loads(line)
            yield int(told["act"]), str(told["hash"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadCheckpoints(f"line {number} of the checkpoints cannot be read") from error
