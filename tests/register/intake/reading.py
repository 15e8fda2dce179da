"""Short ways to read a file that a test writes."""

from datetime import date
from pathlib import Path
from typing import Any

from doorleren.register.intake.mapping import mapping_of
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Reading, Row

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "register"
SHARED = ROOT.parent / "shared" / "data"


def read(path: Path, content: str | bytes, mapping: dict[str, Any] | None = None, **options: Any) -> Reading:
    """Write a file and begin to read it, as the provider "x" where it names none."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    used = mapping_of(mapping) if mapping else "auto"
    return read_file(path, mapping=used, today=TODAY, **{"default_provider": "x"} | options)


def rows_of(path: Path, content: str | bytes, mapping: dict[str, Any] | None = None, **options: Any) -> list[Row]:
    """Write a file and read all of it."""
    return list(read(path, content, mapping, **options))


def refused(rows: list[Row]) -> dict[int, list[str]]:
    """The fields that refuse a row, per number of a refused row."""
    return {row.number: [one.field for one in row.faults if one.refuses] for row in rows if row.entry is None}
