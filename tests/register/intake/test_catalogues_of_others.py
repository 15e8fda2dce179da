"""What was found wrong with catalogues of a Swiss, a British and a Dutch make, drawn here: each now reads as a person would."""

import csv
import io
from pathlib import Path
from random import Random

import pytest

from doorleren.register.intake import amounts
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.guessing import guess
from tests.register.intake.reading import TODAY, read, refused, rows_of


def swiss(rows: int) -> bytes:
    """A list in the letters of Windows, with francs, apostrophes in numbers and "auf Anfrage"."""
    draw, kept = Random(5), io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=";")
    writer.writerow(["Angebots-Nr.", "Kursbezeichnung", "Kurzbeschreibung", "Anbieter", "Kosten CHF", "Durchführungsort", "Beginn", "Abschluss"])  # fmt: skip
    for number in range(rows):
        writer.writerow([
            f"A-{number:05}", f"Schweißen für Könner {number}", "Kurs für alle, die mit dem Gerät arbeiten und mehr lernen wollen.",
            f"Zentrum {number % 40}", draw.choice(["1'250.00", "980.-", "2'400.50", "auf Anfrage", "Fr. 300.-"]), draw.choice(["Zürich", "Bern"]),
            draw.choice(["05.01.2027, 12.03.2027", "5. Januar 2027", "laufend"]), draw.choice(["Zertifikat", "Diplom"]),
        ])  # fmt: skip
    return kept.getvalue().encode("cp1252")


def test_a_swiss_catalogue_of_4500_rows(tmp_path: Path) -> None:
    """Every row comes in, no franc becomes a euro, the runs are there, and the file says once what became of the prices."""
    reading = read(tmp_path / "f", swiss(4500))
    assert reading.mapping is not None
    assert reading.mapping.columns == {
        "Angebots-Nr.": "code", "Kursbezeichnung": "title", "Kurzbeschreibung": "description", "Anbieter": "provider.name",
        "Kosten CHF": "price.total", "Durchführungsort": "run.place", "Beginn": "run.starts_on", "Abschluss": "certificate",
    }  # fmt: skip
    rows = list(reading)
    assert (len(rows), refused(rows)) == (4500, {})
    assert not any(row.entry and row.entry.prices for row in rows)
    assert {len(row.entry.runs) for row in rows if row.entry} == {1, 2}
    assert sum("CHF" in one["nl"] and "niet om" in one["nl"] for one in reading.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "POA",
        "p.o.a.",
        "n.o.t.k.",
        "auf Anfrage",
        "Preis auf Anfrage",
        "nader overeen te komen",
        "Zie website",
        "n.n.t.b.",
    ],
)
def test_a_price_that_is_told_later_refuses_nothing(text: str) -> None:
    """The training comes in without a price."""
    with pytest.raises(Misread) as caught:
        amounts.read_cents(text)
    assert caught.value.refuses is False


def test_a_unit_beside_a_value(tmp_path: Path) -> None:
    """ "Duration Value" with "Duration Unit": a week is no month, and mixed units are left out."""
    reading = read(tmp_path / "f", "title,Duration Value,Duration Unit\nCooking,6,Weeks\nBaking,12,Weeks\n")
    assert [str(row.entry.duration_months) for row in reading if row.entry] == ["1.38", "2.77"]
    mixed = read(tmp_path / "g", "title,Duration Value,Duration Unit\nCooking,6,Weeks\nBaking,12,Months\n")
    assert [row.entry.duration_months for row in mixed if row.entry] == [None, None]


def test_what_describes_a_price_describes_no_training() -> None:
    """ "Cost Description" is not taken for the description."""
    rows = [[f"Cooking {n}", "per learner, with the book"] for n in range(8)]
    assert guess(["title", "Cost Description"], rows, TODAY).columns == {"title": "title"}


def test_a_reference_is_a_code() -> None:
    """A column that ends in "ref" and names each row once is the code."""
    assert guess(["LEARN_AIM_REF", "title"], [[f"60{n}", f"Cooking {n}"] for n in range(8)], TODAY).columns["LEARN_AIM_REF"] == "code"  # fmt: skip


def test_a_total_with_a_part_that_is_no_tuition(tmp_path: Path) -> None:
    """The price of a training is never that of its books: what is left of the total is tuition, with a remark."""
    names = {"titel": "title", "prijs": "price.total", "boeken": "price.material"}
    (row,) = rows_of(tmp_path / "f", "titel;prijs;boeken\nKoken;995;45,50\n", names)
    assert row.entry is not None
    assert (row.entry.price_cents, {one.part: one.cents for one in row.entry.prices}) == (
        99500,
        {"tuition": 94950, "material": 4550},
    )
    assert [(one.field, one.refuses) for one in row.faults] == [("price.total", False)]
    guessed = read(
        tmp_path / "g",
        "titel;Prijs (excl. 21% BTW);Boekenpakket\n" + "".join(f"Koken {n};1{n}0;45,50\n" for n in range(9)),
    )
    assert guessed.mapping is not None
    assert "Boekenpakket" not in guessed.mapping.columns
