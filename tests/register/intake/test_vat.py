"""Prices without VAT: brought to what is paid, exactly, or left out with what is missing."""

from decimal import Decimal
from pathlib import Path

import pytest

from doorleren.register.entries import PricePart
from doorleren.register.intake import amounts
from tests.register.intake.reading import read, refused, rows_of

CENTS = [(100_000, "21", 121_000), (1, "21", 1), (2, "21", 2), (3, "21", 4), (99_999, "9", 108_999), (50, "9", 55), (12_345, "0", 12_345), (333, "2.1", 340)]  # fmt: skip


@pytest.mark.parametrize(("net", "rate", "cents"), CENTS)
def test_the_vat_is_exact_in_cents(net: int, rate: str, cents: int) -> None:
    """The VAT is worked out in decimals and rounded half up, once."""
    assert amounts.with_vat(net, Decimal(rate)) == cents


@pytest.mark.parametrize("header", ["Kosten (excl. BTW)", "Prijs exclusief btw", "Prijs ex. btw", "Prijs zonder btw", "Price excl. VAT", "Cost before tax", "Prix HT", "Preis exkl. MwSt"])  # fmt: skip
def test_a_price_with_a_rate_beside_it(tmp_path: Path, header: str) -> None:
    """The price is what is paid, with the rate; a row that is exempt pays no more."""
    content = f"titel;{header};btw\nKoken;1.000,00;21%\nLassen;1.234,56;9\nNaaien;80;vrijgesteld\nBreien;100;0,21\n"
    rows = rows_of(tmp_path / "f", content)
    assert [row.entry.prices for row in rows if row.entry] == [
        (PricePart("tuition", 121000, Decimal(21)),), (PricePart("tuition", 134567, Decimal(9)),),
        (PricePart("tuition", 8000, Decimal(0)),), (PricePart("tuition", 12100, Decimal(21)),),
    ]  # fmt: skip
    assert [row.faults for row in rows] == [()] * 4


def test_the_name_of_the_column_may_tell_the_rate(tmp_path: Path) -> None:
    """ "Prijs excl. 21% btw" needs no other column; a rate of the row comes before it."""
    assert [
        row.entry.price_cents for row in read(tmp_path / "f", "titel;Prijs excl. 21% btw\nKoken;100\n") if row.entry
    ] == [12100]
    content = "titel;Prijs excl. 21% btw;btw\nKoken;100;9%\nLassen;100;\n"
    assert [row.entry.price_cents for row in read(tmp_path / "f", content) if row.entry] == [10900, 12100]


def test_without_a_rate_the_row_says_what_is_missing(tmp_path: Path) -> None:
    """The training comes in without a price; the remark names the column, the amount and the missing rate."""
    rows = rows_of(tmp_path / "f", "titel;Kosten (excl. BTW)\nKoken;1.000,00\nLassen;gratis\n")
    assert refused(rows) == {}
    assert [row.entry.price_cents for row in rows if row.entry] == [None, 0]
    (wrong,) = rows[0].faults
    assert (wrong.field, wrong.refuses, wrong.column) == ("price.total.without_vat", False, "Kosten (excl. BTW)")
    assert "het tarief ontbreekt" in wrong.text["nl"]
    assert "1000.00" in wrong.given


def test_a_price_with_vat_beside_it_counts(tmp_path: Path) -> None:
    """Where both are told, what is paid is taken as it stands; the other helps where it is missing."""
    content = "titel;Prijs excl. btw;Prijs incl. btw;btw\nKoken;100;121;21\nLassen;100;;21\nNaaien;100;;\n"
    rows = rows_of(tmp_path / "f", content)
    assert [row.entry.price_cents for row in rows if row.entry] == [12100, 12100, None]
    assert [len(row.faults) for row in rows] == [0, 0, 1]


def test_parts_without_vat(tmp_path: Path) -> None:
    """Each part gets the VAT of its own; if one lacks its rate there is no price, for the rest would be too low."""
    names = {
        "titel": "title", "les": "price.tuition.without_vat", "boek": "price.material.without_vat", "examen": "price.examination",
        "lesbtw": "price.tuition.vat", "boekbtw": "price.material.vat",
    }  # fmt: skip
    head = ";".join(names)
    rows = rows_of(tmp_path / "f", f"{head}\nKoken;100;10;50;21;9\nLassen;100;10;50;21;\n", names)
    assert rows[0].entry is not None
    assert rows[1].entry is not None
    assert rows[0].entry.prices == (
        PricePart("tuition", 12100, Decimal(21)), PricePart("examination", 5000), PricePart("material", 1090, Decimal(9)),
    )  # fmt: skip
    assert rows[1].entry.prices == ()
    assert [one.field for one in rows[1].faults] == ["price.material.without_vat"]


def test_a_total_without_a_rate_is_never_nothing(tmp_path: Path) -> None:
    """Parts of 0 beside a total that lacks its VAT do not make a training free."""
    rows = rows_of(tmp_path / "f", "titel;inschrijfgeld;Prijs excl. btw\nKoken;0;100\n")
    assert [row.entry.price_cents for row in rows if row.entry] == [None]


def test_amounts_of_vat_are_no_rates(tmp_path: Path) -> None:
    """A column "btw" with many different amounts is not taken for percentages."""
    lines = "".join(f"Cursus {n};{n}00;{n}1\n" for n in range(1, 40))
    reading = read(tmp_path / "f", "titel;Prijs excl. btw;btw\n" + lines)
    assert reading.mapping is not None
    assert "btw" not in reading.mapping.columns
