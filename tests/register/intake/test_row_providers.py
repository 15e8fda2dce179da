"""A KvK number that is none costs the row only where nothing else says whose the training is."""

from pathlib import Path

import pytest

from tests.register.intake.reading import refused, rows_of

BAD = ("abc", "1234567", "123456789")


@pytest.mark.parametrize("kvk", BAD)
@pytest.mark.parametrize("column", ["opleider", "opleider id"])
def test_a_name_or_code_says_whose_it_is(tmp_path: Path, kvk: str, column: str) -> None:
    """The row stands without the number, with a remark that names column, given and allowed."""
    (row,) = rows_of(tmp_path / "f", f"titel;{column};kvk\nKoken;roc-oost;{kvk}\n")
    assert row.entry is not None
    assert row.provider is not None
    assert (row.provider.code, row.provider.kvk) == ("roc-oost", "")
    (wrong,) = row.faults
    assert (wrong.field, wrong.given, wrong.refuses, wrong.column) == ("provider.kvk", kvk, False, "kvk")
    assert "acht cijfers" in wrong.text["nl"]


def test_a_broken_number_makes_no_second_provider(tmp_path: Path) -> None:
    """A row whose name has one number in the other rows is of that provider, before and behind them."""
    rows = rows_of(
        tmp_path / "f", "titel;opleider;kvk\nA;ROC Oost;abc\nB;ROC Oost;12345678\nC;Roc Oost;x\nD;Ander;87654321\n"
    )
    assert [(row.provider.code, row.provider.kvk) for row in rows if row.provider] == [
        ("12345678", "12345678"), ("12345678", "12345678"), ("12345678", "12345678"), ("87654321", "87654321"),
    ]  # fmt: skip
    two = rows_of(tmp_path / "g", "titel;opleider;kvk\nA;ROC;abc\nB;ROC;12345678\nC;ROC;87654321\n")
    assert two[0].provider is not None
    assert two[0].provider.code == "roc"


def test_the_source_says_whose_it_is(tmp_path: Path) -> None:
    """In a file of one provider, with its number or none in the other rows, a broken number is a remark."""
    for others in ("", "90000018"):
        rows = rows_of(tmp_path / "f", f"titel;kvk\nA;{others}\nB;abc\n", {"titel": "title", "kvk": "provider.kvk"}, default_provider="90000018")  # fmt: skip
        assert refused(rows) == {}
        assert [row.provider.code for row in rows if row.provider] == ["90000018"] * 2


def test_numbers_that_tell_providers_apart_are_needed(tmp_path: Path) -> None:
    """Where only the numbers say whose a row is, a broken one refuses its row, with one fault; nobody gets it by chance."""
    rows = rows_of(tmp_path / "f", "titel;kvk\nA;12345678\nB;abc\nC;87654321\n", default_provider="90000018")
    assert refused(rows) == {3: ["provider.kvk"]}
    alone = rows_of(
        tmp_path / "g", "titel;kvk\nA;abc\n", {"titel": "title", "kvk": "provider.kvk"}, default_provider=""
    )
    assert refused(alone) == {2: ["provider.kvk"]}
