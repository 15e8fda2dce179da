"""A CSV of anybody: which sign parts its cells, which record is the header, and the rows that follow from a mapping."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median_low

from doorleren.core.texts import Texts
from doorleren.register.intake import columns, currencies, headers, own_csv
from doorleren.register.intake.columns import Column, month_first, reader, sign_of
from doorleren.register.intake.content import Content, opened
from doorleren.register.intake.csv_rows import Field, RowReader
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.guessing import currency_of, guess, text_language
from doorleren.register.intake.mapping import Mapping, check_columns
from doorleren.register.intake.records import Broken, delimiter_of, records
from doorleren.register.intake.row_providers import owners_of
from doorleren.register.intake.rows import Reading, Row
from doorleren.register.intake.targets import TARGETS

MOST_COLUMNS = 1000
PIECE = 50_000
PREAMBLE = 20
_NUMBER = re.compile(r"[€$£]?\s?[0-9][0-9.,\-/:]*\s?€?\Z", re.A)
"""Records above the header that are passed over: the title of a sheet, an empty line."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the first rows of a file show: the sign between cells, the header with the number of its record, a sample."""

    delimiter: str
    header: tuple[str, ...]
    number: int
    sample: tuple[list[str], ...]


def read_csv(
    path: Path, content: Content, mapping: Mapping | None, today: date, default_provider: str | None
) -> Reading:  # fmt: skip
    """Begin to read a CSV; None as mapping means: guess. Raises Unreadable."""
    sheet = sheet_of(path, content)
    used = guess(sheet.header, sheet.sample, today) if mapping is None else mapping
    check_columns(used, sheet.header)
    targets = set(used.columns.values())
    if "title" not in targets:
        raise Unreadable("In de kolomindeling ontbreekt de titel (title).", "The mapping has no column for the title.")
    if not default_provider and not targets & {"provider.code", "provider.name", "provider.kvk"}:
        raise Unreadable(
            "Het bestand noemt geen opleider. Geef aan van welke opleider of bron het is.",
            "The file names no provider. Say which provider or source it comes from.",
        )
    every = columns.columns_of(sheet.header, sheet.sample)
    if not used.currency and not used.open_data:
        used = replace(used, currency=currency_of(every, used.columns))
    fields = _fields(every, used, today)
    written_in = "" if used.open_data else used.language or text_language(every, used.columns)
    rates = {one.key: rate for one in fields if one.group == 1 and (rate := headers.vat_named(one.column)) is not None}

    def rows() -> Iterator[Row]:
        usual = 0 if used.open_data else _usually_told(fields, sheet.sample)
        owners = owners_of(default_provider or "", _owners_told(fields, sheet.sample))
        convert = RowReader(fields, len(sheet.header), written_in, owners, content.damaged, usual, rates)
        with opened(path, content) as stream:
            for number, cells in enumerate(records(stream, sheet.delimiter), start=1):
                if number > sheet.number and (any(cells) or isinstance(cells, Broken)):
                    yield convert.row(number, cells)

    return Reading("csv", rows, used, (*_of_content(content), *_of_columns(every, used, written_in)))


def sheet_of(path: Path, content: Content) -> Sheet:
    """Find how a CSV is cut: its delimiter, its header and where that stands. Raises Unreadable."""
    with opened(path, content) as stream:
        lines = [line for line in islice(iter(lambda: stream.readline(PIECE), ""), 200) if len(line) < PIECE]
    delimiter = delimiter_of(lines)
    with opened(path, content) as stream:
        first = list(islice(records(stream, delimiter), columns.SAMPLED + PREAMBLE))
    widths = Counter(len(cells) for cells in first if any(cells))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for place, cells in enumerate(first[:PREAMBLE]):
        told = sum(1 for cell in cells if cell.strip())
        if told >= max(1, usual / 2) and not (told == 1 and cells[0].lower().startswith("sep=")):
            if len(cells) > MOST_COLUMNS:
                break
            sample = tuple(one for one in first[place + 1 :] if not isinstance(one, Broken))
            if _is_row(cells, sample):
                return Sheet(delimiter, _named([""] * len(cells)), place, (cells, *sample))
            return Sheet(delimiter, _named(cells), place + 1, sample)
    raise Unreadable(
        f"Het bestand heeft geen rij met namen van kolommen (ten hoogste {MOST_COLUMNS}).",
        f"The file has no row with names of columns ({MOST_COLUMNS} at most).",
    )


def _is_row(cells: Sequence[str], sample: Sequence[list[str]]) -> bool:
    """Whether what should be the header is a row: no name of a column, but a number where the others have numbers."""
    if any(headers.fits(cell)[name] >= headers.EXACT for cell in cells for name in headers.fits(cell)):
        return False
    for place, cell in enumerate(cells):
        others = [row[place] for row in sample if len(row) > place and row[place].strip()]
        if _NUMBER.match(cell.strip()) and others and all(_NUMBER.match(one.strip()) for one in others):
            return True
    return False


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own: an empty one its number, a repeated one a number behind it."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = base = " ".join(cell.replace("\x00", "").split())[:200] or f"column {place}"
        times = 1
        while name in names:
            times += 1
            name = f"{base} ({times})"
        names.append(name)
    return tuple(names)


def _fields(every: Sequence[Column], mapping: Mapping, today: date) -> list[Field]:
    named = {one.name: one for one in every}
    return [_field(named[name], target, mapping, today) for name, target in mapping.columns.items()]


def _owners_told(fields: Sequence[Field], sample: Sequence[list[str]]) -> Iterator[tuple[str, str]]:
    """Give the name of the provider and the KvK number of the first rows, empty where there is none."""
    places = [
        next((one.place for one in fields if one.target.name == f"provider.{name}"), -1) for name in ("name", "kvk")
    ]
    for row in sample:
        name, number = (row[place] if 0 <= place < len(row) else "" for place in places)
        yield name, number


def _usually_told(fields: Sequence[Field], sample: Sequence[list[str]]) -> int:
    """Give how many of the mapped cells the row in the middle tells."""
    told = [sum(1 for one in fields if len(row) > one.place and row[one.place].strip()) for row in sample if any(row)]
    return median_low(told) if told else 0


def _field(column: Column, name: str, mapping: Mapping, today: date) -> Field:
    """Settle how a column is read. The days of a column follow the mapping, or what a mapping by hand left to see.

    The currency in the name of a column comes before that of the mapping, which may be the guess of another column.
    """
    target = TARGETS[name]
    first = column.name in mapping.month_first or (not mapping.guessed and bool(month_first(column)))
    currency = currencies.named_in(column.name) or mapping.currency or currencies.EURO
    read = reader(target, Calendar(today, first, months=True), sign_of(column), currency)
    if mapping.open_data:
        return Field(column.place, column.name, target, own_csv.reader(target, read), exact=True)
    return Field(column.place, column.name, target, read, meant=mapping.values.get(column.name, {}))


def _of_content(content: Content) -> list[Texts]:
    """Say in which letters the file is."""
    notes: list[Texts] = []
    if content.encoding not in ("utf-8", "utf-8-sig"):
        notes.append({
            "nl": f"Het bestand staat niet in UTF-8; het is gelezen als {content.encoding}.",
            "en": f"The file is not in UTF-8; it was read as {content.encoding}.",
        })  # fmt: skip
    if content.damaged:
        notes.append({
            "nl": "Niet alle tekens zijn te lezen; rijen met zulke tekens zijn geweigerd.",
            "en": "Some letters cannot be read; rows with such letters are refused.",
        })  # fmt: skip
    return notes


def _of_columns(every: Sequence[Column], mapping: Mapping, written_in: str) -> list[Texts]:
    """Say what became of the prices as a whole, and which columns were not used."""
    american = written_in == "en" or bool(mapping.month_first) or "sector.cip" in mapping.columns.values()
    notes = [] if mapping.open_data else currencies.notes(mapping.currency, mapping.columns, american=american)
    left = [one for one in every if one.name not in mapping.columns]
    if coded := ", ".join(f"{one.name} ({codes})" for one in left if (codes := _codes_in(one))):
        notes.append({
            "nl": f"Kolommen met codes waarvan wij de betekenis niet kennen: {coded[:1000]}. Een kolomindeling kan die noemen (values).",
            "en": f"Columns with codes whose meaning we do not know: {coded[:1000]}. A mapping can say it (values).",
        })  # fmt: skip
    if left:
        listed = ", ".join(one.name for one in left)[:1000]
        notes.append({"nl": f"Niet gebruikte kolommen: {listed}.", "en": f"Columns that were not used: {listed}."})
    return notes


def _codes_in(column: Column) -> str:
    """Give the codes of a column that is called as a yes or no of the register, and holds other numbers than 0 and 1."""
    told = sorted(set(column.values))
    called = any(TARGETS[name].kind == "truth" for name in headers.fits(column.name))
    return ", ".join(told) if called and 0 < len(told) < 10 and all(one.isdecimal() for one in told) else ""
