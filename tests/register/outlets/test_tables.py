"""The register as CSV and Parquet, with date and licence beside them."""

import csv
import hashlib
import json
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.entries import Entry
from doorleren.register.outlets import tables
from doorleren.register.outlets.columns import COLUMNS, KINDS
from tests.register.outlets.catalogue import BARE, BARE_PROVIDER, CHANGED_AT, FULL, FULL_PROVIDER, listed, varied


def unguarded(text: str) -> str:
    """Read a cell as the docstring of `tables` tells a reader to."""
    return text.removeprefix("'")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV file back as any reader would."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_field_has_its_column() -> None:
    """No field of an entry is forgotten, no name comes twice, and each column has a known kind and a meaning."""
    names = [one.name for one in COLUMNS]
    prices = {"price", "tuition", "examination", "material", "registration"}
    assert {one.name for one in fields(Entry)} - set(names) == {"prices"}
    assert prices <= set(names)
    assert len(names) == len(set(names))
    assert all(one.kind in KINDS and one.meaning for one in COLUMNS)


def test_csv_tells_all(tmp_path: Path) -> None:
    """One row per activity in the order given; exact amounts, lists as JSON, days and moments in ISO 8601."""
    count = tables.write_csv(
        iter([listed(FULL, FULL_PROVIDER), listed(BARE, BARE_PROVIDER)]), tmp_path / "r.csv", CHANGED_AT
    )
    full, bare = rows_of(tmp_path / "r.csv")
    assert count == 2
    assert list(full) == [one.name for one in COLUMNS]
    assert (full["price"], full["tuition"], full["registration"], full["vat_of_material"]) == (
        "181.95",
        "121.00",
        "0.00",
        "9.5",
    )
    assert (full["duration_months"], full["evening"], full["combinable_with_care"]) == ("4.5", "true", "false")
    assert (full["published_from"], full["changed_at"]) == ("2024-01-01", "2024-04-30T12:30:15.123456Z")
    assert json.loads(full["runs"])[2] == {"place": "Zwolle", "enrol_until": "2024-04-01"}
    assert full["provider_kvk"] == "12345678"
    assert (bare["price"], bare["tuition"], bare["level"], bare["runs"]) == ("", "", "", "[]")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@x", "\tx", "\rx", "\n=x", "'=x"])
def test_no_cell_is_a_formula(text: str, tmp_path: Path) -> None:
    """A text that a spreadsheet would run begins with an apostrophe, and comes back as it was."""
    tables.write_csv([listed(replace(BARE, title=text), BARE_PROVIDER)], tmp_path / "r.csv", CHANGED_AT)
    cell = rows_of(tmp_path / "r.csv")[0]["title"]
    assert (cell[0], unguarded(cell)) == ("'", text)


def test_no_cell_of_any_activity_is_a_formula(tmp_path: Path) -> None:
    """However odd the words, no cell begins with a sign that a spreadsheet runs."""
    tables.write_csv(varied(), tmp_path / "r.csv", CHANGED_AT)
    cells = [cell for row in rows_of(tmp_path / "r.csv") for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@given(st.text())
def test_a_guard_can_be_taken_off(text: str) -> None:
    """Every text comes back from behind its guard."""
    assert unguarded(tables.guarded(text)) == text


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    """Parquet has the same columns and rows as the CSV, typed, unguarded, in batches of any number."""
    activities = varied()
    tables.write_csv(activities, tmp_path / "r.csv", CHANGED_AT)
    assert tables.write_parquet(iter(activities), tmp_path / "r.parquet", CHANGED_AT) == len(activities)
    read, rows = pl.read_parquet(tmp_path / "r.parquet"), rows_of(tmp_path / "r.csv")
    assert read.columns == [one.name for one in COLUMNS]
    assert read["title"].to_list() == [unguarded(row["title"]) for row in rows]
    assert read["price"].to_list() == [Decimal(row["price"]) if row["price"] else None for row in rows]
    assert read["number"].to_list() == [one.number for one in activities]
    assert read["changed_at"].to_list() == [one.changed_at for one in activities]


def test_parquet_streams_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More activities than fit in one batch are all written, in order."""
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 7)
    activities = [listed(BARE, BARE_PROVIDER, number) for number in range(50)]
    assert tables.write_parquet(iter(activities), tmp_path / "r.parquet", CHANGED_AT) == 50
    assert pl.read_parquet(tmp_path / "r.parquet")["number"].to_list() == list(range(50))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_side_file(form: str, tmp_path: Path) -> None:
    """Beside each file stand the date, the licence, the hash of what was written and every column in order."""
    path = tmp_path / f"register.{form}"
    (tables.write_csv if form == "csv" else tables.write_parquet)([listed(FULL, FULL_PROVIDER)], path, CHANGED_AT)
    described = json.loads(tables.side_file(path).read_text("utf-8"))
    (resource,) = described["resources"]
    assert (described["created"], described["licenses"][0]["name"]) == (CHANGED_AT.isoformat(), "CC0-1.0")
    assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert (resource["path"], resource["format"], resource["rows"]) == (path.name, form, 1)
    assert [one["name"] for one in resource["schema"]["fields"]] == [one.name for one in COLUMNS]


def test_an_empty_register_has_its_columns(tmp_path: Path) -> None:
    """No activity at all gives files with their columns and no rows."""
    assert (
        tables.write_csv([], tmp_path / "r.csv", CHANGED_AT)
        == tables.write_parquet([], tmp_path / "r.parquet", CHANGED_AT)
        == 0
    )
    assert pl.read_parquet(tmp_path / "r.parquet").shape == (0, len(COLUMNS))
    assert rows_of(tmp_path / "r.csv") == []
