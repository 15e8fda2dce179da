"""CSV of anybody: what a good file gives, and what a bad row costs: itself, and nothing else."""

import csv
import io
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from doorleren.register.entries import Entry, PricePart, Run
from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.targets import TARGETS
from tests.register.intake.reading import EXAMPLES, TODAY, read, refused, rows_of

HEAD = "code;titel;prijs;startdatum\n"
GOOD = "A1;Lassen;100;31-01-2027\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for a file, with a name that says nothing true."""
    return tmp_path / "picture.png"


def entries(rows: list) -> list[Entry]:
    """The entries of the rows that were not refused."""
    return [row.entry for row in rows if row.entry is not None]


def test_every_field_can_come_from_a_column() -> None:
    """There is no field of an entry that a CSV cannot fill."""
    reached = {name.split(".")[0] for name in TARGETS}
    assert {one.name for one in fields(Entry)} - reached == {"prices"}
    assert reached >= {"price", "run"}


def test_the_example() -> None:
    """Our own example is read whole by the automatic mapping, with free material and one price on request."""
    rows = list(read_file(EXAMPLES / "opleidingen.csv", today=TODAY))
    welding, care, python = entries(rows)
    assert welding.price_cents == 147550
    assert welding.prices[1] == PricePart("examination", 15000)
    assert welding.runs == (Run(starts_on=date(2027, 1, 31), place="Vlissingen"),)
    assert (welding.level, welding.delivery, welding.study_hours, welding.language) == ("mbo2", "on_site", 120, "nl")
    assert (care.evening, care.delivery, care.price_cents) == (True, "blended", 99500)
    assert (python.prices, python.language) == ((), "en")
    assert [(row.number, one.field, one.refuses) for row in rows for one in row.faults] == [
        (3, "price.material", False), (4, "price.tuition", False),
    ]  # fmt: skip
    assert rows[0].provider is not None
    assert (rows[0].provider.name, rows[0].provider.kvk) == ("Havenschool Zeeland", "12345678")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_and_delimiters(path: Path, encoding: str, delimiter: str) -> None:
    """Each usual encoding and delimiter gives the same entries, quotes and line ends inside cells included."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=delimiter)
    writer.writerow(["code", "titel", "omschrijving", "prijs"])
    writer.writerow(["A1", "Café één", 'Zegt "ja",\nen; gaat | door', "1250,50"])
    writer.writerow(["A2", "Zoölogie", "", "gratis"])
    found = entries(rows_of(path, kept.getvalue().encode(encoding)))
    assert [(one.title, one.price_cents) for one in found] == [("Café één", 125050), ("Zoölogie", 0)]
    assert found[0].description == 'Zegt "ja",\nen; gaat | door'


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A2;Koken;-5;\n", "price.total"), ("A2;Koken;veel;\n", "price.total"), ("A2;Koken;99999999;\n", "price.total"),
        ("A2;Koken;10;31-02-2027\n", "run.starts_on"), ("A2;Koken;10;01-01-1901\n", "run.starts_on"), (";Koken;10;\n", "code"),
        ("A2;;10;\n", "title"), ("A1;Koken;10;\n", "code"), ("A2;Ko\x00ken;10;\n", "title"), ("A2;Koken;10;;meer;nog\n", "row"),
        ("A2;" + "x" * 501 + ";10;\n", "title"), ("A2;" + "x" * 10_000_000 + ";10;\n", "row"),
        ("A2;" + "x" * 110_000 + ";10;\n", "title"), ('A2;"Koken;10;\n', "row"), ('A2;"Ko"ken";10;x;"\n', "row"),
        ('A2;"' + "x\n" * 100_000 + '";10;\n', "row"),
    ],
    ids=lambda value: str(value)[:25].encode("unicode_escape").decode(),
)  # fmt: skip
def test_a_bad_row_costs_itself(path: Path, row: str, field: str) -> None:
    """A bad row is refused for the right field, and the rows before and behind it are read."""
    rows = rows_of(path, HEAD + GOOD + row + "A9;Bakken;20;1 mei 2027\nA10;Naaien;gratis;\n")
    assert refused(rows) == {3: [field]}
    assert [one.code for one in entries(rows)] == ["A1", "A9", "A10"]
    wrong = next(one for one in rows[1].faults if one.refuses)
    assert wrong.allowed["nl"]
    assert wrong.allowed["en"]
    assert wrong.allowed["nl"] in wrong.text["nl"]
    assert len(wrong.given) <= 80


def test_one_open_quote_does_not_eat_the_file(path: Path) -> None:
    """A quote that is never closed costs one row, in a small file and in one larger than a cell may be."""
    for lines in (5, 20_000):
        body = "".join(f"B{number};Cursus {number};5;\n" for number in range(lines))
        rows = rows_of(path, HEAD + GOOD + 'A2;"Koken;10;\n' + body)
        assert refused(rows) == {3: ["row"]}
        assert len(entries(rows)) == lines + 1


def test_a_second_code_names_the_first(path: Path) -> None:
    """The second row with a code is refused, and the fault says where the first stands; other providers may use it."""
    rows = rows_of(
        path,
        "opleider;code;titel\nP;A;Een\nQ;A;Twee\nP;A;Drie\n",
        {"opleider": "provider.name", "code": "code", "titel": "title"},
    )
    assert refused(rows) == {4: ["code"]}
    assert "rij 2" in rows[2].faults[0].text["nl"]


def test_without_codes_the_title_makes_one(path: Path) -> None:
    """Without a column of codes the title makes one; the same row again is a double, another row with the title is not."""
    rows = rows_of(path, "titel;prijs\nKoken;10\nKoken;20\nKoken;10\nBakken;5\n")
    assert [one.code for one in entries(rows)] == ["koken", "koken-2", "bakken"]
    assert refused(rows) == {4: ["code"]}


def test_formulas_are_kept_and_marked(path: Path) -> None:
    """A formula cell is kept as text and marked; in a price it is refused."""
    rows = rows_of(path, HEAD + 'A1;"=HYPERLINK(""http://x"")";10;\nA2;Koken;=1+1;\n')
    assert rows[0].formulas == ("title",)
    assert rows[0].entry is not None
    assert rows[0].entry.title == '=HYPERLINK("http://x")'
    assert refused(rows) == {3: ["price.total"]}


def test_a_light_fault_lets_the_row_stand(path: Path) -> None:
    """What only describes is left out with a fault where it cannot be read: nothing else is lost."""
    mapping = {"titel": "title", "niveau": "level", "url": "url", "uren": "study_hours"}
    rows = rows_of(path, "titel;niveau;url;uren\nKoken;mbo 9;javascript:x;veel\n", mapping)
    (entry,) = entries(rows)
    assert (entry.level, entry.url, entry.study_hours) == (None, "", None)
    assert [one.field for one in rows[0].faults] == ["level", "url", "study_hours"]


def test_prices_in_parts(path: Path) -> None:
    """Columns of one part add up; a total stands in only where no part is told; a part unread leaves no price."""
    mapping = {
        "t": "title",
        "les": "price.tuition",
        "anders": "price.tuition",
        "boek": "price.material",
        "som": "price.total",
        "btw": "price.vat",
    }
    body = "t;les;anders;boek;som;btw\nA;100;5;20;125;21%\nB;;;;90;vrij\nC;0;0;;80;\nD;100;;;90;\nE;100;;op aanvraag;;\nF;10;;;veel;\n"
    rows = rows_of(path, body, mapping)
    found = {one.title: one for one in entries(rows)}
    assert found["A"].prices == (PricePart("tuition", 10500, 21), PricePart("material", 2000, 21))
    assert found["B"].prices == (PricePart("tuition", 9000, 0),)
    assert found["C"].prices == (PricePart("tuition", 8000),)
    assert found["D"].price_cents == 10000
    assert found["E"].prices == ()
    assert found["F"].price_cents == 1000
    assert [(row.number, one.field, one.refuses) for row in rows for one in row.faults] == [
        (5, "price.total", False), (6, "price.material", False), (7, "price.total", False),
    ]  # fmt: skip


def test_days_of_a_column_are_read_alike(path: Path) -> None:
    """One day above twelve settles the whole column, and with it the other columns of the file."""
    body = "title,start date,end date\nCooking class,01/02/2027,02/03/2027\nBaking class,01/31/2027,02/05/2027\n"
    reading = read(path, body)
    assert reading.mapping is not None
    assert reading.mapping.month_first == ("start date", "end date")
    assert [one.runs[0].starts_on for one in entries(list(reading))] == [date(2027, 1, 2), date(2027, 1, 31)]
    dutch = entries(rows_of(path, "titel;startdatum\nKoken;01/02/2027\nBakken;03/04/2027\n"))
    assert [one.runs[0].starts_on for one in dutch] == [date(2027, 2, 1), date(2027, 4, 3)]


def test_an_end_before_its_beginning(path: Path) -> None:
    """A run that ends before it starts, and a publication that does, are refused."""
    mapping = {"t": "title", "a": "run.starts_on", "b": "run.ends_on", "c": "published_from", "d": "published_until"}
    rows = rows_of(
        path, "t;a;b;c;d\nA;2-1-2027;1-1-2027;;\nB;;;2-1-2027;1-1-2027\nC;1-1-2027;31-12-9999;1-1-2027;\n", mapping
    )
    assert refused(rows) == {2: ["run.ends_on"], 3: ["published_until"]}


@pytest.mark.parametrize("provider", ["1234567", "123456789", "NL12345678"])
def test_kvk_numbers_have_eight_digits(path: Path, provider: str) -> None:
    """A KvK number of another shape refuses the row: it says who the provider is."""
    rows = rows_of(path, f"titel;kvk\nKoken;{provider}\nBakken;12345678\n", {"titel": "title", "kvk": "provider.kvk"})
    assert refused(rows) == {2: ["provider.kvk"]}


def test_damaged_letters_refuse_their_rows(path: Path) -> None:
    """In a file of UTF-8 with a few wrong bytes only the rows with those bytes are refused."""
    body = "titel;prijs\nCafé;1\nÉén;2\nZoölogie;3\n".encode() + b"Caf\xe9;4\nHeftruck;5\n"
    reading = read(path, body)
    rows = list(reading)
    assert refused(rows) == {5: ["title"]}
    assert len(entries(rows)) == 4
    assert any("tekens" in note["nl"] for note in reading.notes)


def test_a_title_above_the_header_and_a_line_for_excel(path: Path) -> None:
    """Lines above the header are passed over, and row numbers stay those of a spreadsheet."""
    rows = rows_of(path, "Overzicht van opleidingen;;\n\ncode;titel;prijs\nA1;Koken;5\n\nA2;Bakken;x\n")
    assert refused(rows) == {6: ["price.total"]}
    assert [one.code for one in entries(rows_of(path, "sep=|\ncode|titel\nA1|Koken, en bakken\n"))] == ["A1"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n \n", b"\x00" * 50, b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
        "\ufeff<rss/>".encode(), b"<html>", b"%PDF-1.7", b"\xd0\xcf\x11\xe0abc", b"\x89PNG\r\n", b'{"a": 1}', b"[1, 2]", b"\x1f\x8b\x08",
        bytes(range(256)) * 8, b"prijs;datum\n1;2\n", "\n".join([";".join(map(str, range(2000)))] * 3).encode(),
    ],
)  # fmt: skip
def test_what_is_no_csv(path: Path, content: bytes) -> None:
    """What holds no training at all is unreadable as a whole, in one sentence in both languages."""
    with pytest.raises(Unreadable) as caught:
        read(path, content, form="csv")
    assert caught.value.text["nl"].endswith(".")
    assert caught.value.text["en"].endswith(".")


def test_nobody_provides(path: Path) -> None:
    """A file without providers is unreadable unless it is said from whom it comes."""
    with pytest.raises(Unreadable, match="provider"):
        read(path, "titel\nKoken\n", default_provider=None)


def test_a_file_can_be_read_twice(path: Path) -> None:
    """Each iteration reads from the beginning, and a reading that is left halfway leaves nothing open."""
    reading = read(path, HEAD + GOOD)
    next(iter(reading))
    assert list(reading) == list(reading)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "cell", ["p.p. " * 19_000 + "x", "1." * 50_000, " " * 99_000 + "1", "9" * 99_999, "1 jaar " * 14_000]
)
def test_a_hostile_cell_costs_no_time(path: Path, cell: str) -> None:
    """A long cell made to keep a pattern busy is a fault at once, wherever a number, day, word or address is asked for."""
    targets = [
        "price.total",
        "study_hours",
        "duration_months",
        "run.starts_on",
        "provider.kvk",
        "level",
        "url",
        "price.vat",
        "evening",
    ]
    header = ";".join(f"c{number}" for number in range(len(targets)))
    mapping = {"t": "title"} | {f"c{number}": target for number, target in enumerate(targets)}
    rows = rows_of(path, f"t;{header}\nKoken{(';' + cell) * len(targets)}\n", mapping)
    assert rows[0].entry is None
    assert {one.field for one in rows[0].faults} >= {"price.total", "duration_months", "run.starts_on", "provider.kvk"}


def test_online_is_no_place(path: Path) -> None:
    """Who writes "online" where a place is asked for says how it is given."""
    (entry,) = entries(rows_of(path, "titel;locatie\nKoken;Online\n"))
    assert (entry.delivery, entry.runs) == ("online", ())
