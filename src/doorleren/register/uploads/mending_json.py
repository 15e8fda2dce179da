"""An object of an uploaded JSON file as text, and the file written anew with some objects changed."""

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from doorleren.register.intake.content import content_of
from doorleren.register.intake.documents import Document, documents
from doorleren.register.uploads.mending import fits

OBJECT = ""
"""Stands in the place of the name of a column, which is never empty: of a row of JSON the whole object is mended."""
LONGEST_OBJECT = 20_000


class NotWritten(ValueError):
    """The file cannot be written anew without changing something that nobody mended."""


def objects_of(path: Path, wanted: Collection[int]) -> dict[int, dict[str, str]]:
    """Give some objects as text, by their number; none at all for an archive, or a file with a place that is no JSON."""
    content = content_of(path)
    found: dict[int, dict[str, str]] = {}
    if not wanted or content.shape != "json":
        return found
    try:
        for number, one in enumerate(documents(path, content), start=1):
            text = _text(one, indent=2)
            if number in wanted and len(text) <= LONGEST_OBJECT and fits(text):
                found[number] = {OBJECT: text}
    except NotWritten:
        return {}
    return found


def write_mended(path: Path, changes: Mapping[int, str], to: Path) -> None:
    """Write the objects as one list, in UTF-8, with some changed; every object keeps its number. Raises NotWritten, ValueError."""
    with to.open("x", encoding="utf-8") as out:
        out.write("[")
        for number, one in enumerate(documents(path, content_of(path)), start=1):
            mended = changes.get(number)
            out.write(",\n" if number > 1 else "\n")
            out.write(_text(one) if mended is None else json.dumps(parsed(mended), ensure_ascii=False, default=_number))
        out.write("\n]\n")


def parsed(text: str) -> dict[str, Any]:
    """Read an object that somebody typed. Raises ValueError, with the place where it goes wrong."""
    found = json.loads(text, parse_float=Decimal)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def not_parsed(changes: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Name the rows whose text is no object of JSON, each with what is wrong."""
    for row, text in changes.items():
        try:
            json.dumps(parsed(text), default=_number)
        except (ValueError, RecursionError) as error:
            yield row, str(error)


def _text(one: Document, indent: int | None = None) -> str:
    if one.value is None:
        raise NotWritten
    return json.dumps(one.value, ensure_ascii=False, indent=indent, default=_number)


def _number(value: object) -> float:
    """Write a decimal number; one that would come back as another is refused, so that no amount changes by itself."""
    if not isinstance(value, Decimal) or Decimal(repr(float(value))) != value:
        raise NotWritten
    return float(value)
