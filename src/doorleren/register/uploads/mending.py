"""The columns of an uploaded CSV, and a cell of it written anew: what a provider mends on the page goes into the kept file."""

import csv
from collections.abc import Collection
from collections.abc import Mapping as Given
from datetime import date
from pathlib import Path
from typing import Any

from doorleren.register.intake import csv_file
from doorleren.register.intake.content import content_of, opened
from doorleren.register.intake.csv_file import Sheet
from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.guessing import guess
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.records import records

MOST_COLUMNS = 300
"""Columns that a page shows to be mapped."""
SAMPLES = 3
LONGEST_CELL = 5000
"""Characters of a cell that a page offers to mend."""


def sheet_of(path: Path) -> Sheet | None:
    """Look at the first rows of a CSV; None for another form. Raises Unreadable."""
    content = content_of(path)
    return csv_file.sheet_of(path, content) if content.shape == "text" else None


def columns_of(sheet: Sheet, today: date) -> dict[str, Any]:
    """Give the columns with a few of their values, and the guess of what each is: plain JSON."""
    shown = []
    for place, name in enumerate(sheet.header[:MOST_COLUMNS]):
        told = dict.fromkeys(row[place].strip()[:60] for row in sheet.sample if len(row) > place)
        shown.append({"name": name, "samples": [value for value in told if value and fits(value)][:SAMPLES]})
    try:
        guessed = guess(sheet.header, sheet.sample, today)
    except Unreadable:
        guessed = Mapping({})
    return {"columns": shown, "guess": guessed.as_json()}


def fits(text: str) -> bool:
    """Whether the database and a page can hold a text: no NUL, no half character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def cells_of(path: Path, sheet: Sheet, wanted: Collection[int]) -> dict[int, dict[str, str]]:
    """Give the cells of some rows, by the number of the row and the name of the column."""
    found: dict[int, dict[str, str]] = {}
    if not wanted:
        return found
    last = max(wanted)
    with opened(path, content_of(path)) as stream:
        for number, cells in enumerate(records(stream, sheet.delimiter), start=1):
            if number in wanted:
                found[number] = dict(zip(sheet.header, cells, strict=False))
            if number >= last:
                break
    return found


def write_mended(path: Path, sheet: Sheet, changes: Given[int, Given[str, str]], to: Path) -> None:
    """Write the file once more, in UTF-8, with some cells changed; every row keeps its number."""
    places = {name: place for place, name in enumerate(sheet.header)}
    with opened(path, content_of(path)) as stream, to.open("x", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=sheet.delimiter)
        for number, cells in enumerate(records(stream, sheet.delimiter), start=1):
            for name, text in changes.get(number, {}).items():
                cells = [*cells, *[""] * (places[name] + 1 - len(cells))]
                cells[places[name]] = text
            writer.writerow(cells)
