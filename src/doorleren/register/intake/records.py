"""The records of a CSV, one by one, where a quote that is never closed or a giant cell costs one record and no more.

The strict reader of the standard library says where a record goes wrong; then the first line alone is bad, and
reading goes on with the next line.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

LONGEST_LINE = 20_000_000
"""Characters that are held at once; a longer line comes in pieces, each a bad record."""

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"
"""For a file of one column, in whose texts a comma means nothing."""
TRIED = 200


class Broken(list[str]):
    """The cells of a record that went wrong, as far as they can be read; none if it is too long to read."""


class Lines:
    """The physical lines of a file, with those of the record at hand kept, so that they can be given back."""

    def __init__(self, stream: TextIO) -> None:
        """Read from a stream that keeps line ends as they are."""
        self.stream = stream
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """Give itself."""
        return self

    def __next__(self) -> str:
        """Give the next line, a line given back first."""
        line = self.waiting.popleft() if self.waiting else self.stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line


def records(stream: TextIO, delimiter: str) -> Iterator[list[str]]:
    """Give the cells of each record, an empty list for an empty line, a Broken for a record that goes wrong."""
    lines = Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = _mended(lines, delimiter)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        yield cells


def _mended(lines: Lines, delimiter: str) -> list[str]:
    """Read what went wrong once more: one line alone leniently, of several the first; the others are given back."""
    first, *others = lines.taken
    if others and _is_giant(lines, delimiter):
        return Broken()
    lines.waiting.extendleft(reversed(others))
    try:
        cells = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return Broken()
    return Broken(cells)


def _is_giant(lines: Lines, delimiter: str) -> bool:
    """Whether a cell over many lines is closed further on; if so, its lines are taken and gone."""
    size = sum(len(line) for line in lines.taken)
    if size <= csv.field_size_limit() or sum(line.count('"') for line in lines.taken) % 2 == 0:
        return False
    ahead: list[str] = []
    while size < LONGEST_LINE:
        line = next(lines, "")
        ahead.append(line)
        size += len(line)
        place = line.find('"')
        if place >= 0 or not line:
            if place >= 0 and line[place + 1 : place + 2] in (delimiter, "\r", "\n", ""):
                return True
            break
    lines.waiting.extendleft(reversed([line for line in ahead if line]))
    del lines.taken[len(lines.taken) - len([line for line in ahead if line]) :]
    return False


def delimiter_of(lines: list[str]) -> str:
    """Choose the sign between cells that cuts the first lines most evenly into most cells."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r\n")) == 5:
        return lines[0][4]
    evenness = {sign: _evenness(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: evenness[sign])
    return best if evenness[best][0] else NO_DELIMITER


def _evenness(lines: list[str], sign: str) -> tuple[float, int]:
    """Give the share of records that have the usual number of cells, and that number; one cell is no cut at all."""
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in csv.reader(lines[:TRIED], delimiter=sign) if cells)
    except csv.Error:
        widths.append(0)
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (widths.count(usual) / len(widths) if usual > 1 else 0.0), usual
