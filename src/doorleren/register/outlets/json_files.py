"""JSON that is written one item at a time, so that a register of any size fits."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from doorleren.register.outlets.plain import replacing


def as_json(value: object) -> str:
    """Write a value as JSON in readable signs; infinity and "not a number" are refused with ValueError."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write_items(file: IO[bytes], items: Iterable[object]) -> int:
    """Write a JSON array item by item; give how many there were."""
    count = 0
    file.write(b"[")
    for count, item in enumerate(items, 1):
        file.write((",\n" if count > 1 else "\n").encode() + as_json(item).encode())
    file.write(b"\n]")
    return count


def write_array(path: Path, items: Iterable[object]) -> int:
    """Write a file with one JSON array; give how many items it holds."""
    with replacing(path) as file:
        count = write_items(file, items)
        file.write(b"\n")
    return count


def write_object(path: Path, name: str, items: Iterable[object], before: Mapping[str, Any], *, size: str = "") -> int:
    """Write a file with one JSON object: the members of `before`, `name` with the items; `size` names their number."""
    with replacing(path) as file:
        file.write(b"{")
        for key, value in before.items():
            file.write(f"{as_json(key)}: {as_json(value)},\n".encode())
        file.write(f"{as_json(name)}: ".encode())
        count = write_items(file, items)
        file.write(f",\n{as_json(size)}: {count}".encode() if size else b"")
        file.write(b"}\n")
    return count
