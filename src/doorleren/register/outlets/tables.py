"""The whole register as open data: CSV and Parquet with the same columns, each beside a file with date and licence.

CSV is UTF-8 with a header and one row per activity; an empty cell is not told. So that no spreadsheet runs what a
provider typed, a text that begins with = + - @ ' a tab or a line break gets an apostrophe before it; whoever reads
the file takes off one apostrophe from a text that begins with one. Parquet needs no guard and has none.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from doorleren.register.outlets.columns import COLUMNS, Cell, Column
from doorleren.register.outlets.listed import Listed
from doorleren.register.outlets.plain import replacing

ROWS_AT_ONCE = 5000
_PLACES = Decimal("0.000001")
_RUNS_AS_FORMULA = tuple("=+-@'\t\r\n")

POLARS: dict[str, Any] = {
    "text": pl.String,
    "json": pl.String,
    "integer": pl.Int64,
    "decimal": pl.Decimal(18, 6),
    "euros": pl.Decimal(18, 2),
    "boolean": pl.Boolean,
    "date": pl.Date,
    "moment": pl.Datetime("us", "UTC"),
}
DESCRIBED = {"text": "string", "json": "array", "decimal": "number", "euros": "number", "moment": "datetime"}
"""The type of a column in the side file (Frictionless Table Schema), where it differs from ours."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the file may be used: its short name, its title and the address of its text."""

    name: str
    title: str
    path: str


CC0 = Licence("CC0-1.0", "Creative Commons Zero v1.0", "https://creativecommons.org/publicdomain/zero/1.0/")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run, or that already begins with one."""
    return "'" + text if text.startswith(_RUNS_AS_FORMULA) else text


def write_csv(listed: Iterable[Listed], path: Path, made_at: datetime, licence: Licence = CC0) -> int:
    """Write the register as CSV with its side file; give the number of rows. Streams: any size fits."""
    rows = 0
    with replacing(path) as file:
        words = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        out = csv.writer(words)
        out.writerow([column.name for column in COLUMNS])
        for one in listed:
            out.writerow([_written(column, column.read(one)) for column in COLUMNS])
            rows += 1
        words.detach()
    _write_side_file(path, rows, made_at, licence, "csv", "text/csv")
    return rows


def write_parquet(listed: Iterable[Listed], path: Path, made_at: datetime, licence: Licence = CC0) -> int:
    """Write the register as Parquet with its side file; give the number of rows. Needs little memory at any size.

    The activities are read in the thread of the caller, who may read them from a database connection: batches wait
    in a temporary folder until Polars joins them.
    """
    schema = {column.name: POLARS[column.kind] for column in COLUMNS}
    rows, remaining = 0, iter(listed)
    with replacing(path) as file, TemporaryDirectory() as name:
        folder = Path(name)
        pl.DataFrame(schema=schema).write_ipc(folder / "000000.arrow")
        for number in count(1):
            batch = list(islice(remaining, ROWS_AT_ONCE))
            if not batch:
                break
            rows += len(batch)
            cells = {column.name: [_exact(column, column.read(one)) for one in batch] for column in COLUMNS}
            pl.DataFrame(cells, schema=schema).write_ipc(folder / f"{number:06}.arrow")
        pl.scan_ipc(folder / "*.arrow").sink_parquet(file)
    _write_side_file(path, rows, made_at, licence, "parquet", "application/vnd.apache.parquet")
    return rows


def side_file(path: Path) -> Path:
    """Give where the description of a file stands: `register.csv.datapackage.json` beside `register.csv`."""
    return path.with_name(path.name + ".datapackage.json")


def _written(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(str(cell)) if column.kind == "text" else str(cell)


def _exact(column: Column, cell: Cell) -> Cell:
    """A number with more decimals than its column has is rounded, half up; an amount in euros never has more."""
    return cell.quantize(_PLACES, ROUND_HALF_UP) if isinstance(cell, Decimal) and column.kind == "decimal" else cell


def _write_side_file(path: Path, rows: int, made_at: datetime, licence: Licence, form: str, media_type: str) -> None:
    described = description(path, rows, made_at, licence) | {"profile": "tabular-data-package"}
    described["resources"][0] |= {"format": form, "mediatype": media_type}
    if form == "csv":
        described["resources"][0]["encoding"] = "utf-8"
    with replacing(side_file(path)) as file:
        file.write(json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n")


def description(path: Path, rows: int, made_at: datetime, licence: Licence) -> dict[str, Any]:
    """Describe a written file: date, licence, size, hash, rows, and every column in its order (Data Package)."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    columns = [
        {"name": one.name, "type": DESCRIBED.get(one.kind, one.kind), "description": one.meaning} for one in COLUMNS
    ]
    schema = {"fields": columns, "primaryKey": ["provider", "code"], "missingValues": [""]}
    resource = {"name": "activities", "path": path.name, "bytes": path.stat().st_size, "hash": f"sha256:{digest}"}
    return {
        "name": "training-register",
        "title": "Scholingsregister",
        "created": made_at.isoformat(),
        "licenses": [{"name": licence.name, "title": licence.title, "path": licence.path}],
        "resources": [resource | {"rows": rows, "schema": schema}],
    }
