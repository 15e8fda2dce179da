"""Every kind of broken input in each of the three forms: a clear error for its row, and the rest comes in."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.reading import read_file
from doorleren.register.intake.rows import Row
from tests.register.intake.reading import read, rows_of

FORMS = ("csv", "edudex", "ooapi")
Told = dict[str, str]


def told(code: str, **other: str) -> Told:
    """What is said of one training, the same in each form."""
    return {
        "code": code,
        "title": f"Café {code}",
        "price": "100.00",
        "day": "2027-01-31",
        "description": "Voor wie wil.",
    } | other


def text_of(form: str, *every: Told) -> str:
    """A file of these trainings in a form."""
    if form == "csv":
        kept = io.StringIO(newline="")
        writer = csv.writer(kept, delimiter=";")
        writer.writerow(["code", "titel", "prijs", "startdatum", "omschrijving"])
        writer.writerows(list(one.values()) for one in (dict(sorted(one.items(), key=_place)) for one in every))
        return kept.getvalue()
    return json.dumps([(_program if form == "edudex" else _course)(one) for one in every], ensure_ascii=False)


def _place(item: tuple[str, str]) -> int:
    return ("code", "title", "price", "day", "description").index(item[0])


def _program(one: Told) -> dict[str, Any]:
    cost = {"id": "x", "amount": one["price"], "costType": "tuition fee", "currency": "EUR", "isRequiredCost": True}
    run = {"id": "1", "status": "application opened", "startDate": {"date": one["day"]}}
    return {
        "programClassification": {"orgUnitId": "school", "programId": one["code"]},
        "programDescriptions": {"programName": {"nl": one["title"]}, "programDescriptionText": {"nl": one["description"]}},
        "programSchedule": {"genericProgramRun": {"cost": [cost]}, "programRun": [run]},
    }  # fmt: skip


def _course(one: Told) -> dict[str, Any]:
    offering = {
        "offeringId": "o", "startDate": one["day"], "priceInformation": [{"costType": "total costs", "amount": one["price"], "currency": "EUR"}],
    }  # fmt: skip
    return {
        "courseId": one["code"], "primaryCode": {"codeType": "identifier", "code": one["code"]},
        "name": [{"language": "nl-NL", "value": one["title"]}], "description": [{"language": "nl-NL", "value": one["description"]}],
        "organization": {"organizationId": "school"}, "offerings": [offering],
    }  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place for a file, with a name that says nothing true."""
    return tmp_path / "letter.docx"


def codes(rows: list[Row]) -> list[str]:
    """The codes that came in."""
    return [row.entry.code for row in rows if row.entry]


def wrong(rows: list[Row]) -> tuple[str, str, str]:
    """Field, given value and Dutch sentence of the only fault that refuses; its sentence names row, given and allowed."""
    ((row, fault),) = [(row, one) for row in rows for one in row.faults if one.refuses]
    for language in ("nl", "en"):
        assert fault.allowed[language] in fault.text[language]
        assert fault.given in fault.text[language] or "\\" in fault.text[language]
    assert f"Rij {row.number}," in fault.text["nl"]
    return fault.field, fault.given, fault.text["nl"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_their_marks(path: Path, form: str, encoding: str) -> None:
    """With a byte order mark or another encoding the same letters are read."""
    rows = rows_of(path, text_of(form, told("A1"), told("A2")).encode(encoding))
    assert [row.entry.title for row in rows if row.entry] == ["Café A1", "Café A2"]


@pytest.mark.parametrize("form", FORMS)
def test_letters_in_the_wrong_encoding(path: Path, form: str) -> None:
    """In a file of UTF-8 the row with other bytes is refused, and the others come in."""
    content = text_of(form, told("A1"), told("A2", title="Coiffure @"), told("A3")).encode().replace(b"@", b"\xe9")
    rows = rows_of(path, content)
    assert codes(rows) == ["A1", "A3"]
    assert wrong(rows)[0] == "title"


@pytest.mark.parametrize("form", FORMS)
def test_formula_cells(path: Path, form: str) -> None:
    """A formula in a text is kept as it stands, with a remark for who sent it; as a price it is refused."""
    rows = rows_of(path, text_of(form, told("A1", title="=HYPERLINK(1)"), told("A2", price="=1+1"), told("A3")))
    assert codes(rows) == ["A1", "A3"]
    assert rows[0].formulas == ("title",)
    assert [(one.field, one.given, one.refuses) for one in rows[0].faults] == [("title", "=HYPERLINK(1)", False)]
    assert "geen formule" in rows[0].faults[0].allowed["nl"]
    assert wrong(rows)[:2] == ("price.total", "=1+1")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("field", "refuses"), [("title", True), ("description", False)])
def test_a_cell_of_ten_megabytes(path: Path, form: str, field: str, refuses: bool) -> None:
    """A giant value costs its row, or in a standard what only describes; its error is short, and the others come in."""
    rows = rows_of(path, text_of(form, told("A1"), told("A2", **{field: "x" * 10_000_000}), told("A3")))
    assert codes(rows) == ["A1", "A3"] if refuses or form == "csv" else ["A1", "A2", "A3"]
    (fault,) = [one for row in rows for one in row.faults]
    assert len(fault.given) <= 80
    assert len(fault.text["nl"]) < 400


@pytest.mark.parametrize("form", FORMS)
def test_a_code_that_comes_twice(path: Path, form: str) -> None:
    """The second training with a code is refused, and the error says where the first stands."""
    rows = rows_of(path, text_of(form, told("A1"), told("A2"), told("A1", title="Iets anders")))
    assert codes(rows) == ["A1", "A2"]
    field, given, text = wrong(rows)
    assert (field, given) == ("code", "A1")
    assert f"rij {rows[0].number}" in text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("price", ["veel", "-1", "1e9", "12,34,56", "1.250 excl. btw"])
def test_what_is_no_price(path: Path, form: str, price: str) -> None:
    """What is no amount refuses its row."""
    rows = rows_of(path, text_of(form, told("A1"), told("A2", price=price), told("A3")))
    assert codes(rows) == ["A1", "A3"]
    assert wrong(rows)[:2] == ("price.total", price)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("price", ["gratis", "Free"])
def test_a_price_of_gratis(path: Path, form: str, price: str) -> None:
    """Who writes "gratis" means nought: the row stands with a price of 0 and a remark that says so, in every format."""
    rows = rows_of(path, text_of(form, told("A1"), told("A2", price=price), told("A3", price="0")))
    assert [row.entry.price_cents for row in rows if row.entry] == [10000, 0, 0]
    assert [[(one.field, one.given, one.refuses) for one in row.faults] for row in rows] == [
        [], [("price.total", price, False)], [],
    ]  # fmt: skip
    said = rows[1].faults[0].text
    assert f"gegeven is '{price}', gelezen als een prijs van 0 euro" in said["nl"]
    assert f"Rij {rows[1].number}, " in said["nl"]


@pytest.mark.parametrize("form", ["edudex", "ooapi"])
def test_vat_is_not_gratis(path: Path, form: str) -> None:
    """A word is no amount of VAT, and no price comes of it."""
    name = {"edudex": "amountVAT", "ooapi": "vatAmount"}[form]
    text = text_of(form, told("A1")).replace('"amount"', f'"{name}": "gratis", "amount"')
    rows = rows_of(path, text)
    assert name in text
    assert wrong(rows)[:2] == ("price.total", "gratis")


@pytest.mark.parametrize("form", FORMS)
def test_days_in_five_styles(path: Path, form: str) -> None:
    """The same day in five styles is one day; a day that does not exist refuses its row."""
    styles = ("2027-01-31", "31-01-2027", "31/1/2027", "31 januari 2027", "20270131")
    rows = rows_of(
        path, text_of(form, *(told(f"A{number}", day=day) for number, day in enumerate((*styles, "31-02-2027"))))
    )
    assert [row.entry.runs[0].starts_on for row in rows if row.entry] == [date(2027, 1, 31)] * 5
    assert wrong(rows)[:2] == ("run.starts_on", "31-02-2027")


ENTITIES = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"


@pytest.mark.parametrize("form", [None, *FORMS])
def test_markup_with_entities_is_never_parsed(path: Path, form: str | None) -> None:
    """XML is refused by its first sign, whatever it was said to be; nothing in it is looked up."""
    with pytest.raises(Unreadable, match="XML"):
        read(path, ENTITIES, form=form)


@pytest.mark.parametrize("form", ["edudex", "ooapi"])
def test_markup_and_a_bomb_within_an_archive(path: Path, form: str) -> None:
    """In an archive XML is an error of its member, and the members beside it come in; a bomb is refused as a whole."""
    for other, bomb in ((ENTITIES, False), (b" " * 50_000_000, True)):
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", other)
            archive.writestr("b.json", text_of(form, told("A1"), told("A2")))
        if bomb:
            with pytest.raises(Unreadable, match="too large"):
                read(path, kept.getvalue())
            continue
        rows = rows_of(path, kept.getvalue())
        assert codes(rows) == ["A1", "A2"]
        assert [row.member for row in rows if row.entry is None] == ["a.xml"]


@pytest.mark.parametrize(
    "text", ['{"programs": [', '{"items": [{"courseId": "a"},', '[{"programClassification": {', "{]"]
)
def test_json_that_breaks_off_is_called_broken(tmp_path: Path, text: str) -> None:
    """A file whose very first object goes wrong is refused as JSON that is no good, with what stands there; not as another's."""
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")
    with pytest.raises(Unreadable) as fault:
        read_file(path, today=date(2026, 9, 1))
    assert "JSON" in str(fault.value)
    assert text.strip("[")[:9] in str(fault.value)
    assert "Open Onderwijs" not in fault.value.text["nl"]
