"""Real catalogues of others, messy as they are, loaded with the automatic mapping."""

from collections import Counter
from pathlib import Path

import pytest

from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Reading
from tests.register.intake.reading import SHARED, TODAY


def catalogue(name: str) -> Reading:
    """A catalogue that lies beside this repository."""
    path: Path = SHARED / "catalogues" / name
    if not path.exists():
        pytest.skip(f"the catalogue {name} is not beside this repository")
    return read_file(path, today=TODAY, default_provider="catalogue")


def test_new_jersey() -> None:
    """Of the 1,110 rows with 35 messy fields none is lost, and the odd cells are named and explained."""
    reading = catalogue("nj_etpl_full_2021.csv")
    assert reading.mapping is not None
    columns = reading.mapping.columns
    assert {columns[one] for one in ("tuition", "fees", "booksmaterialscost", "suppliestoolscost", "othercosts")} == {
        "price.tuition", "price.registration", "price.material",
    }  # fmt: skip
    assert (columns["programid"], columns["officialname"], columns["name"]) == ("code", "title", "provider.name")
    assert (columns["city"], columns["street1"], columns["cipcode"]) == (
        "provider.place",
        "provider.street",
        "sector.cip",
    )
    assert not {"distancelearning", "eveningcourses", "zip", "calendarlengthid"} & set(columns)
    rows = list(reading)
    assert (len(rows), sum(row.entry is None for row in rows)) == (1110, 0)
    # Totals that are not the sum of their parts (one says 41984198), and web addresses that are e-mail addresses.
    assert Counter(one.field for row in rows for one in row.faults) == {"price.total": 14, "provider.website": 6}
    assert all(row.entry and row.entry.prices and row.entry.text_language == "en" for row in rows)
    first = next(row for row in rows if row.entry and row.entry.code == "37588")
    assert first.entry is not None
    assert first.provider is not None
    assert (first.entry.price_cents, first.entry.study_hours) == (35500, 36)
    assert first.provider.name == "Ocean County Vocational Technical Schools - Brick"
    assert len({row.provider.code for row in rows if row.provider}) == 273
    shares = {field: sum(bool(row.entry and getattr(row.entry, field)) for row in rows) / len(rows) for field in
              ("description", "study_hours", "sector", "certificate", "entry_requirements")}  # fmt: skip
    assert {field: round(share, 2) for field, share in shares.items()} == {
        "description": 1.0, "study_hours": 0.96, "sector": 0.85, "certificate": 0.83, "entry_requirements": 0.79,
    }  # fmt: skip


def test_colorado() -> None:
    """All 2,572 programmes are read by their id, name and CIP; the file holds nothing else that the register asks."""
    reading = catalogue("colorado_etpl_programs.csv")
    assert reading.mapping is not None
    assert reading.mapping.columns == {"id": "code", "programName": "title", "cipCodeText": "sector.cip"}
    rows = list(reading)
    assert (len(rows), sum(row.entry is None for row in rows), sum(len(row.faults) for row in rows)) == (2572, 0, 0)
