"""Rows of a publisher's file as text by field: encoding, separator and names of columns are found out, not asked.

A file that cannot be read at all raises ReferenceFault; what is wrong with one row is a RowFault, and the rest is read.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

MOST_BYTES = 256 * 1024 * 1024
"""A file larger than this, unpacked, is no reference data; it stops a file that unpacks without end."""

SEPARATORS = (",", ";", "\t")
ID = ("id", "conceptUri", "uri")
"""What publishers call the column of an id of ESCO."""

GZIP = b"\x1f\x8b"

Entry = TypeVar("Entry")


class ReferenceFault(ValueError):
    """A file that cannot be read at all; the message names the file and says what is allowed."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row: file, line (the header is 1), field, what was given, what is allowed."""

    file: str
    line: int
    field: str
    given: str
    allowed: str

    def __str__(self) -> str:
        """Write it on one line."""
        given = repr(self.given if len(self.given) <= 60 else self.given[:59] + "…")
        return f"{self.file}, line {self.line}, {self.field}: given {given}, allowed is {self.allowed}"


class Refused(ValueError):
    """A row that is not taken; the reader of the kind raises it, and the reading turns it into a RowFault."""

    def __init__(self, name: str, given: str, allowed: str) -> None:
        """Keep the parts of the fault."""
        super().__init__(name, given, allowed)
        self.name, self.given, self.allowed = name, given, allowed


@dataclass(frozen=True, slots=True)
class Reading(Generic[Entry]):
    """What was read: the entries in the order of the file, and the rows that were refused."""

    entries: tuple[Entry, ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its cells by field; a column that the file lacks is an empty cell."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Give a cell without spaces around it."""
        return (self.cells.get(name) or "").strip()

    def required(self, name: str, allowed: str) -> str:
        """Give a cell that may not be empty. Raises Refused."""
        cell = self[name]
        if not cell:
            raise Refused(name, cell, allowed)
        return cell


Columns = Mapping[str, tuple[str, ...]]
"""Field → the names that publishers give its column."""


def rows(path: Path, columns: Columns, needed: tuple[str, ...]) -> Iterator[Row]:
    """Give the rows of a CSV file, packed with gzip or not. Raises ReferenceFault when it is no such file."""
    text = read_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    try:
        header = next(reader, [])
        places = _places(header, columns)
        lacking = [name for name in needed if name not in places]
        if lacking:
            wanted = "; ".join(f"{name} (a column {' or '.join(columns[name])})" for name in lacking)
            raise ReferenceFault(f"{path.name}: the columns are {', '.join(header) or 'absent'}; it needs {wanted}")
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                found = {name: cells[place] for name, place in places.items() if place < len(cells)}
                yield Row(line, found)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReferenceFault(f"{path.name}, line {reader.line_num}: {error}; allowed is a CSV file") from error


def read_rows(
    path: Path, columns: Columns, needed: tuple[str, ...], make: Callable[[Row], Entry], key: Callable[[Entry], object]
) -> Reading[Entry]:
    """Make an entry of every row; a row that is refused, or whose key was read before, is a fault."""
    entries: list[Entry] = []
    faults: list[RowFault] = []
    first: dict[object, int] = {}
    for row in rows(path, columns, needed):
        try:
            entry = make(row)
            if (line := first.setdefault(key(entry), row.line)) != row.line:
                raise Refused(needed[0], row[needed[0]], f"one row each; this one stands in line {line} already")
            entries.append(entry)
        except Refused as refused:
            faults.append(RowFault(path.name, row.line, refused.name, refused.given, refused.allowed))
    return Reading(tuple(entries), tuple(faults))


def id_of(row: Row, name: str = "id") -> str:
    """Give the last part of an address in ESCO, or the id as it stands."""
    return row.required(name, "an ESCO id or address").rstrip("/").rpartition("/")[2]


def read_text(path: Path) -> str:
    """Read a file, unpack it if it is packed with gzip, and decode it: UTF-8 (with or without a mark), else Windows-1252."""
    try:
        with path.open("rb") as file:
            packed = file.read(len(GZIP)) == GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReferenceFault(f"{path.name}: cannot be read ({error})") from error
    if len(raw) > MOST_BYTES:
        raise ReferenceFault(f"{path.name}: larger than {MOST_BYTES // 1024**2} MB unpacked; allowed is up to that")
    if b"\0" in raw[:4096]:
        raise ReferenceFault(f"{path.name}: not a text file; allowed is CSV in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Take the separator that stands most often in the first line."""
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _places(header: list[str], columns: Columns) -> dict[str, int]:
    """Find the column of each field, whatever its capitals, spaces and underscores."""
    places = {_plain(name): place for place, name in reversed(list(enumerate(header)))}
    found = {name: [places[_plain(one)] for one in names if _plain(one) in places] for name, names in columns.items()}
    return {name: at[0] for name, at in found.items() if at}


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
