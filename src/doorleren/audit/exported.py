"""A second verifier of the record of acts: reads an export and the checkpoints kept outside, and nothing of the first one.

Written apart from `audit/acts.py` on purpose: it shares no code, needs no database, and can be carried elsewhere. A line
of an export is a JSON object with the columns of `COLUMNS`, in that order and without blanks; a chain hashes, for each
act, the hash before it and the seven fields that say what happened. The number of an act is not in its hash (ADR 0056).
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

COLUMNS = ("id", "at", "actor_kind", "actor_id", "act", "subject_kind", "subject_id", "details", "previous", "hash")

_TEXT = rb'("[ !#-[\]-~]*")'  # names, codes and moments only: the record takes no other text

_LINE = re.compile(
    rb'\{"id":([1-9]\d{0,17}),"at":' + _TEXT + rb',"actor_kind":' + _TEXT + rb',"actor_id":' + _TEXT + rb',"act":' + _TEXT
    + rb',"subject_kind":' + _TEXT + rb',"subject_id":' + _TEXT + rb',"details":(\{.*\}),"previous":' + _TEXT
    + rb',"hash":"([0-9a-f]{64})"\}\n'
)  # fmt: skip
_NONE = b"{}"
_DESTROYED = (b'"destroyed"', b'{"what":"content"}')
_HASH = re.compile(r"[0-9a-f]{64}")
_ENDED = re.compile(rb"[^\n]*\n|[^\n]+")
"""A line of the checkpoints ends with a newline and with nothing else that some read as the end of one."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A file whose content was destroyed: the number of the act under which, and the kind and id of the file."""

    act: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: how many acts were whole, and the first that is not (None for a whole record), with why.

    `wrong`: form (the line cannot be read, or is not written as an act is), content (its hash is another), order (what it
    follows is another, or its number does not grow), checkpoint (it is not what a checkpoint outside has, or is gone).
    `destroyed`: the files whose content whole acts destroyed.
    """

    acts: int
    checkpoints: int
    first_bad: int | None = None
    wrong: str = ""
    destroyed: tuple[Gone, ...] = ()


class BadCheckpoints(ValueError):
    """A line of the checkpoints cannot be read; the message names it. Nothing can be said then."""


def verified(lines: Iterable[bytes], checkpoints: Iterable[bytes]) -> Found:
    """Walk over an export and hold it against the checkpoints, oldest first in both. Raises BadCheckpoints."""
    kept = _read_checkpoints(checkpoints)
    ahead = iter(sorted(kept.items()))
    following = next(ahead, None)
    before, last, whole = b'""', 0, 0
    gone: list[Gone] = []

    def bad(act: int, wrong: str) -> Found:
        return Found(whole, len(kept), act, wrong, tuple(gone))

    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        details = _details(told[8]) if told else None
        if told is None or details is None:
            return bad(_guessed(line, last), f"form of line {number}")
        act, hashed = int(told[1]), told[10]
        if act <= last or told[9] != before:
            return bad(act, "order")
        if sha256(_content(told, details)).hexdigest().encode() != hashed:
            return bad(act, "content")
        if following is not None and following[0] <= act:
            if following != (act, hashed.decode()):
                return bad(following[0], "checkpoint")
            following = next(ahead, None)
        before, last, whole = b'"' + hashed + b'"', act, whole + 1
        if (told[5], details) == _DESTROYED:
            gone.append(Gone(act, told[6][1:-1].decode(), told[7][1:-1].decode()))
    if following is not None:
        return bad(following[0], "checkpoint")
    return Found(whole, len(kept), destroyed=tuple(gone))


def verified_files(export: Path, checkpoints: Path | None) -> Found:
    """Verify files; None for no checkpoints. Raises OSError, BadCheckpoints."""
    kept = _ENDED.findall(checkpoints.read_bytes()) if checkpoints else []
    with export.open("rb") as lines:
        return verified(lines, kept)


def _details(written: bytes) -> bytes | None:
    """Give details as they are hashed; None for what cannot be read, or is not written in the one way in which they are.

    That way is in order of their names, each once, without blanks, and flat. So nobody reads another value in a line than
    the one that was hashed.
    """
    if written == _NONE:
        return written
    try:
        told = json.loads(written.decode("ascii"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return None
    if not all(value is None or isinstance(value, str | int) for value in told.values()):
        return None
    return written if json.dumps(told, sort_keys=True, separators=(",", ":")).encode() == written else None


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Make an object of names and values. Raises ValueError where a name stands in it twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands in an object twice")
    return found


def _content(told: re.Match[bytes], details: bytes) -> bytes:
    """Give what is hashed: a JSON list of the hash before and the seven fields, its details in order of their names."""
    return b"[" + b",".join((told[9], told[2], told[3], told[4], told[5], told[6], told[7], details)) + b"]"


def _guessed(line: bytes, last: int) -> int:
    """Give the number that a line without form says it has, where an act may have it there; else that of the act after the last one."""
    said = re.findall(rb'"id":(\d{1,18}),', line)
    return max(int(said[0]), last + 1) if len(said) == 1 else last + 1


def _read_checkpoints(lines: Iterable[bytes]) -> dict[int, str]:
    """Read the checkpoints; a last line without an end was being written when the machine stopped. Raises BadCheckpoints."""
    found: dict[int, str] = {}
    for number, (act, hashed) in enumerate(_each_checkpoint(lines), 1):
        if found.setdefault(act, hashed) != hashed:
            raise BadCheckpoints(
                f"line {number} of the checkpoints has another hash of act {act} than a line before it"
            )
    return found


def _each_checkpoint(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            return
        try:
            told = json.loads(line, object_pairs_hook=_each_once)
            act, hashed = told["act"], told["hash"]
            if type(act) is not int or not _HASH.fullmatch(hashed):
                raise TypeError("a checkpoint holds the number of an act and its hash")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadCheckpoints(f"line {number} of the checkpoints cannot be read") from error
        yield act, hashed
