"""Catalogues as other people keep them, made here: the guess maps what is sensible, and nothing stops the reading."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from doorleren.register.entries import Entry, PricePart
from doorleren.register.intake.rows import Reading
from tests.register.intake.reading import read, refused

ROWS = 60
TITLES = ("Lassen MIG/MAG", "Verpleegkundige", "Heftruck", "Boekhouden basis", "Python", "Loodgieter", "Kok", "EHBO")
Line = Sequence[object]


def written(lines: Sequence[Line], delimiter: str, encoding: str, above: str = "") -> bytes:
    """The bytes of a file with these cells, and a line above them."""
    kept = io.StringIO(newline="")
    csv.writer(kept, delimiter=delimiter).writerows(lines)
    return (above + kept.getvalue()).encode(encoding)


def american(draw: Random) -> tuple[Line, list[Line]]:
    """A state's list of eligible programmes: dollars, weeks, CIP, American days."""
    return ("Course Name", "Institution", "Cost", "CIP", "Weeks", "City", "State", "Zip", "Phone", "Online?", "Credential", "Updated"), [
        (f"Welding {number}", f"College {number % 9}", f"${draw.randrange(300, 9000):,}.00", "48.0508", draw.randrange(1, 90), draw.choice(["Austin", "Waco", "Dallas"]), "TX",
         f"7{draw.randrange(1000, 9999)}", "(512) 555-0101", draw.choice(["Yes", "No"]), "Certificate", "3/14/2021")
        for number in range(ROWS)
    ]  # fmt: skip


def bureau(draw: Random) -> tuple[Line, list[Line]]:
    """A training bureau's own sheet: prices, days and durations as they come."""
    return ("Opleidingsnaam", "Aanbieder", "Kosten (incl. btw)", "Startdatum", "Vestigingsplaats", "Duur", "Studielast", "Niveau", "Erkenning",
            "Toelichting"), [
        (f"{draw.choice(TITLES)} {number}", f"School {number % 7}",
         draw.choice(["€ 1.250,-", "€ 995,00", "gratis", "n.v.t.", "op aanvraag", "1,495.00"]),
         draw.choice(["1-2-2027", "01-09-2027", "5 januari 2027", "2027-03-01", "doorlopend", "n.v.t."]), draw.choice(["Zwolle", "Één", "Goes"]),
         draw.choice(["3 maanden", "12 weken", "1 jaar", "2 dagen"]), draw.choice(["80 SBU", "40 uur", "120"]), draw.choice(["mbo 2", "hbo", "n.v.t."]),
         draw.choice(["NRTO", "OCW", "geen"]), 'Een cursus met\nmeer regels; en "meer"')
        for number in range(ROWS)
    ]  # fmt: skip


def german(draw: Random) -> tuple[Line, list[Line]]:
    """A German list."""
    return ("Kursnummer", "Kurstitel", "Anbieter", "Gebühr", "Beginn", "Ende", "Ort", "PLZ", "Dauer (Wochen)", "Unterrichtsstunden", "Webseite",
            "Sprache"), [
        (f"K{number}", f"Schweißen für Anfänger {number}", f"Bildungswerk {number % 5}", f"{draw.randrange(100, 2000)},50 €", "13.2.2027", "31.12.2027",
         "Köln", "50667", draw.randrange(1, 20), draw.randrange(8, 200), "https://a.example/k", "Deutsch")
        for number in range(ROWS)
    ]  # fmt: skip


def french(draw: Random) -> tuple[Line, list[Line]]:
    """A French list."""
    return ("Intitulé de la formation", "Organisme de formation", "Tarif TTC", "Durée en heures", "Date de début", "Date de fin", "Lieu",
            "Code postal", "Prérequis", "Objectifs", "Certification", "Modalité", "Numéro"), [
        (f"Soudage {number}", f"GRETA {number % 5}", f"{draw.randrange(1, 4)} {draw.randrange(100, 999)},00 €", draw.randrange(10, 400),
         f"{draw.randrange(1, 28)} janvier 2027", "30/06/2027", "Lyon", "69001", "Aucun", "Savoir souder pour les débutants", "CQP", "présentiel",
         f"F-{number}")
        for number in range(ROWS)
    ]  # fmt: skip


def twice_named(draw: Random) -> tuple[Line, list[Line]]:
    """Names that stand twice, and columns without one."""
    return ("id", "naam", "naam", "", "prijs", "prijs", "", "url"), [
        (number, f"{draw.choice(TITLES)} {number}", f"School {number % 4}", "x", 100 + number, 50, "", f"https://x.example/{number}")
        for number in range(ROWS)
    ]  # fmt: skip


def with_units(draw: Random) -> tuple[Line, list[Line]]:
    """Measures whose unit stands beside them, costs in parts, a currency of its own."""
    return ("provider_name", "program_name", "tuition_fee", "books_fee", "total_fee", "currency", "start", "program_desc", "cip_code", "length",
            "length_unit", "delivery_format", "program_id"), [
        (f"Inst {number % 6}", f"Program HVAC {number}", 500 + number, 40, 540 + number, "USD", "2027-01-15", "This program is for all of the students",
         "11.0101", draw.randrange(1, 20), "weeks", draw.choice(["In-person", "Online", "Hybrid"]), f"P-{number}")
        for number in range(ROWS)
    ]  # fmt: skip


def open_register(draw: Random) -> tuple[Line, list[Line]]:
    """A government's open data: long names, KvK numbers, compact days, study points."""
    return ("volgnr", "opleidingseenheidcode", "naam_lang", "naam_kort", "onderwijsaanbieder_naam", "kvk_nummer", "niveau", "studielast",
            "studielasteenheid", "kosten", "eigen_kosten", "begindatum", "voertaal", "plaatsnaam"), [
        (number, f"10{number:02}O{number:04}", f"Ad {draw.choice(TITLES)} {number}", "Ad", f"Hogeschool {number % 5}", f"1234567{number % 5}",
         "HBO-AD", draw.choice([60, 120, 30]), "EC", draw.choice(["2530", "2.601", ""]), "", "20270901", "NLD", "Utrecht")
        for number in range(ROWS)
    ]  # fmt: skip


CATALOGUES = {
    "american": (american, ",", "utf-8", {
        "Course Name": "title", "Institution": "provider.name", "Cost": "price.total", "CIP": "sector.cip", "Weeks": "duration_months.weeks",
        "City": "run.place", "Online?": "delivery.online", "Credential": "certificate",
    }, "USD", "en"),
    "bureau": (bureau, ";", "cp1252", {
        "Opleidingsnaam": "title", "Aanbieder": "provider.name", "Kosten (incl. btw)": "price.total", "Startdatum": "run.starts_on",
        "Vestigingsplaats": "provider.place", "Duur": "duration_months", "Studielast": "study_hours", "Niveau": "level",
        "Erkenning": "provider.recognition", "Toelichting": "description",
    }, "EUR", "nl"),
    "german": (german, "\t", "utf-16", {
        "Kursnummer": "code", "Kurstitel": "title", "Anbieter": "provider.name", "Gebühr": "price.total", "Beginn": "run.starts_on",
        "Ende": "run.ends_on", "Ort": "run.place", "Dauer (Wochen)": "duration_months.weeks", "Unterrichtsstunden": "study_hours",
        "Webseite": "url", "Sprache": "language",
    }, "EUR", "de"),
    "french": (french, "|", "utf-8-sig", {
        "Intitulé de la formation": "title", "Organisme de formation": "provider.name", "Tarif TTC": "price.total",
        "Durée en heures": "study_hours", "Date de début": "run.starts_on", "Date de fin": "run.ends_on", "Lieu": "run.place",
        "Prérequis": "entry_requirements", "Objectifs": "learning_outcomes", "Certification": "certificate", "Modalité": "delivery",
        "Numéro": "code",
    }, "EUR", "fr"),
    "twice named": (twice_named, ";", "utf-8", {
        "id": "code", "naam": "title", "naam (2)": "provider.name", "prijs": "price.total", "url": "url",
    }, "", "nl"),
    "with units": (with_units, ",", "utf-8", {
        "provider_name": "provider.name", "program_name": "title", "tuition_fee": "price.tuition", "books_fee": "price.material",
        "total_fee": "price.total", "currency": "price.currency", "start": "run.starts_on", "program_desc": "description", "cip_code": "sector.cip",
        "length": "duration_months.weeks", "delivery_format": "delivery", "program_id": "code",
    }, "", "en"),
    "open register": (open_register, ";", "utf-8", {
        "opleidingseenheidcode": "code", "naam_lang": "title", "onderwijsaanbieder_naam": "provider.name", "kvk_nummer": "provider.kvk",
        "niveau": "level", "studielast": "study_hours.ects", "kosten": "price.total", "begindatum": "run.starts_on",
        "voertaal": "language", "plaatsnaam": "run.place",
    }, "", "nl"),
}  # fmt: skip


def of_lines(path: Path, *lines: Line, delimiter: str = ";") -> Reading:
    """A file with these lines, begun to be read."""
    return read(path / "f", written(lines, delimiter, "utf-8"))


def entries(reading: Reading) -> list[Entry]:
    """The entries that come in."""
    return [row.entry for row in reading if row.entry is not None]


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_catalogue_of_another_make(tmp_path: Path, name: str) -> None:
    """Every column that means something is mapped, every row comes in, and language and currency are right; no dollar is a euro."""
    made, delimiter, encoding, columns, currency, language = CATALOGUES[name]
    header, lines = made(Random(name))
    reading = read(tmp_path / "f", written([header, *lines], delimiter, encoding))
    assert reading.mapping is not None
    assert (reading.mapping.columns, reading.mapping.currency, reading.mapping.language) == (
        columns,
        currency,
        language,
    )
    rows = list(reading)
    assert (len(rows), refused(rows)) == (ROWS, {})
    in_dollars = name in ("american", "with units")
    assert {bool(row.entry and row.entry.prices) for row in rows} >= {not in_dollars}
    assert sum(any("USD" in one.text["nl"] for one in row.faults) for row in rows) == (ROWS if in_dollars else 0)
    told = [one for row in rows for one in row.faults if not one.field.startswith("price") or not in_dollars]
    assert not [one for one in told if one.given not in ("op aanvraag", "gratis")]


def test_a_sheet_with_a_title_above_and_sums_below(tmp_path: Path) -> None:
    """A line above the header is passed over; headings, sums and remarks among the rows are refused with a word."""
    header, lines = bureau(Random(1))
    odd: list[Line] = [("ZORG EN WELZIJN",), ("Totaal", "", "€ 59.000,00"), ("* prijzen onder voorbehoud",)]
    content = written([header, *lines, *odd], ";", "cp1252", above="Overzicht najaar 2026;;;\r\n\r\n")
    rows = list(read(tmp_path / "f", content))
    last = rows[-4].number
    assert refused(rows) == {last + 1: ["row"], last + 2: ["row"], last + 3: ["row"]}
    assert "optelling" in rows[-1].faults[0].text["nl"]


def test_titles_alone_are_no_headings(tmp_path: Path) -> None:
    """In a file whose rows tell little else, a row with a title alone is a training."""
    assert len(entries(of_lines(tmp_path, ("Titel", "Prijs", "Niveau", "Taal"), *((one,) for one in TITLES)))) == len(
        TITLES
    )


def test_a_file_without_a_header(tmp_path: Path) -> None:
    """Where the first line is a row like the others, it is read as one and the columns get numbers."""
    reading = of_lines(tmp_path, *((f"C{n}", f"{TITLES[n % 8]} {n}", 100 + n) for n in range(20)))
    assert reading.mapping is not None
    assert reading.mapping.columns == {"column 2": "title"}
    assert [row.number for row in reading] == list(range(1, 21))


def test_one_column_with_commas(tmp_path: Path) -> None:
    """In a file of one column a comma or semicolon in a title parts nothing."""
    reading = read(tmp_path / "f", "Titel\nLassen\nKoken, basis\nBakken; gevorderd\nNaaien\n")
    assert [one.title for one in entries(reading)] == ["Lassen", "Koken, basis", "Bakken; gevorderd", "Naaien"]


def test_a_measure_in_two_units_is_left_out(tmp_path: Path) -> None:
    """A length whose unit differs per row is not taken for months."""
    reading = of_lines(tmp_path, ("title", "length", "length unit"), ("Cooking", 7, "weeks"), ("Baking", 7, "days"))
    assert reading.mapping is not None
    assert reading.mapping.columns == {"title": "title"}


def test_days_are_a_duration(tmp_path: Path) -> None:
    """A column of days is read as a duration, not as a calendar day; lesson days say nothing about how long it takes."""
    reading = of_lines(tmp_path, ("titel", "aantal dagen", "lesdagen"), ("Koken", 30, 4), ("Bakken", 60, 8))
    assert reading.mapping is not None
    assert "lesdagen" not in reading.mapping.columns
    assert [str(one.duration_months) for one in entries(reading)] == ["0.99", "1.97"]


def test_a_price_that_shows_its_own_sign(tmp_path: Path) -> None:
    """ "1.250,-" is read as it stands among amounts with an English sign."""
    reading = of_lines(
        tmp_path, ("titel", "investering"), *zip(TITLES, ("€ 1.250,-", "1,495.00", "n.t.b.", "12.50") * 2, strict=True)
    )
    assert [one.prices for one in entries(reading)][:4] == [
        (PricePart("tuition", 125000),), (PricePart("tuition", 149500),), (), (PricePart("tuition", 1250),),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sector"),
    [("51.3801", "care_welfare"), ("513801", "care_welfare"), ("10102", "agriculture"), ("12.0501", "hospitality"), ("12.0401", None), ("52", "business_services"),
     ("52.0901", "hospitality"), ("99.0101", None)],
)  # fmt: skip
def test_programs_by_their_classification(tmp_path: Path, code: str, sector: str | None) -> None:
    """A CIP code tells the sector where its family lies within one; any other tells nothing and is no fault."""
    reading = read(tmp_path / "f", f"title,cip\nCourse,{code}\n", {"title": "title", "cip": "sector.cip"})
    (row,) = reading
    assert row.entry is not None
    assert (row.entry.sector, row.faults) == (sector, ())


def test_what_is_no_cip(tmp_path: Path) -> None:
    """A value that is no code of the classification is left out with a fault; the row stands."""
    (row,) = read(tmp_path / "f", "title,cip\nCourse,nursing\n", {"title": "title", "cip": "sector.cip"})
    assert row.entry is not None
    assert [(one.field, one.refuses) for one in row.faults] == [("sector.cip", False)]


def test_thousands_of_rows_with_every_kind_of_fault(tmp_path: Path) -> None:
    """Of 4,500 rows each bad one is refused with its number, field, what was given and what is allowed; the rest come in."""
    bad = {("-5", "prijs"): "price.total", ("veel", "prijs"): "price.total", ("31-02-2027", "start"): "run.starts_on", ("", "titel"): "title",
           ("12345", "kvk"): "provider.kvk"}  # fmt: skip
    lines: list[Line] = []
    for number in range(4500):
        cells = {
            "code": f"C{number}",
            "titel": f"{TITLES[number % 8]} {number}",
            "prijs": "1.250,00",
            "start": "31-01-2027",
            "kvk": "12345678",
        }
        (given, column), _field = list(bad.items())[number // 10 % 5]
        if number % 10 == 9:
            cells[column] = given
        lines.append(tuple(cells.values()))
    reading = of_lines(tmp_path, ("code", "titel", "prijs", "startdatum", "kvk"), *lines)
    rows = list(reading)
    assert len(entries(reading)) == 4050
    assert {row.number - 2: row.faults[0].field for row in rows if row.entry is None} == {
        number: list(bad.values())[number // 10 % 5] for number in range(9, 4500, 10)
    }
    assert all(
        one.allowed["nl"] in one.text["nl"] and f"Rij {row.number}," in one.text["nl"]
        for row in rows
        for one in row.faults
    )
