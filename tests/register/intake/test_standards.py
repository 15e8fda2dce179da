"""What EDU-DEX and the Open Onderwijs API say, in the words of the register."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from doorleren.register.entries import Entry, Location, PricePart, Recognition
from doorleren.register.intake.edudex_prices import with_vat
from doorleren.register.intake.reading import read_file
from tests.register.intake.reading import EXAMPLES, SHARED, TODAY, refused, rows_of


def one(path: Path, *objects: dict) -> Entry:
    """The only entry of a file with these objects."""
    rows = rows_of(path / "f", json.dumps(list(objects)))
    (entry,) = [row.entry for row in rows if row.entry]
    return entry


def program(costs: list[dict] | None = None, **parts: dict) -> dict:
    """A program with these costs and parts."""
    classified = {"orgUnitId": "school", "programId": "A1"} | parts.pop("programClassification", {})
    return {
        "programClassification": classified, "programDescriptions": {"programName": {"en": "Welding", "nl": "Lassen"}},
        "programSchedule": {"genericProgramRun": {"cost": costs or []}}, **parts,
    }  # fmt: skip


def cost(amount: str, kind: str = "tuition fee", **rest: object) -> dict:
    """A cost that everybody pays."""
    return {
        "id": "x",
        "amount": amount,
        "costType": kind,
        "currency": "EUR",
        "isRequiredCost": True,
        "amountIsFinal": True,
    } | rest


def test_the_example_of_edudex() -> None:
    """Our example is read whole: an institute, then a program of it with its price in parts and its run."""
    institute, row = list(read_file(EXAMPLES / "edudex.json", today=TODAY))
    assert institute.entry is None
    assert institute.faults == row.faults == ()
    assert institute.provider == row.provider
    assert row.provider is not None
    assert row.provider.recognitions == (Recognition("quality_mark", "NRTO, CRKBO"),)
    home = ("Havenkade 3", "4381 AB", "Vlissingen")
    assert (row.provider.street, row.provider.postcode, row.provider.place) == home
    assert row.provider.locations == (Location("Praktijkhal Goes", "Loodsweg 12", "4461 XZ", "Goes"),)
    entry = row.entry
    assert entry is not None
    assert (entry.kind, entry.level, entry.goal, entry.certificate_value) == (
        "module",
        "mbo2",
        "certificate",
        "mbo_certificate",
    )
    assert entry.prices == (PricePart("tuition", 125000, Decimal(0)), PricePart("material", 8175, Decimal(9)))
    assert entry.description == "Leren lassen in staal en aluminium.\nU oefent in de werkplaats."
    assert (entry.runs[0].starts_on, entry.runs[0].postcode, entry.runs[0].enrol_until) == (
        date(2027, 1, 31),
        "4381 AB",
        date(2027, 1, 15),
    )
    assert (entry.study_hours, entry.duration_months, entry.evening, entry.guidance) == (
        120,
        Decimal("2.77"),
        True,
        True,
    )


def test_the_example_follows_the_schema_of_edudex() -> None:
    """Our example is valid under the published schemas, so it shows what providers really send."""
    spec = SHARED / "specs" / "edudex-openapi.json"
    if not spec.exists():
        pytest.skip("the specification of EDU-DEX is not beside this repository")
    whole = json.loads(spec.read_text())
    objects = json.loads((EXAMPLES / "edudex.json").read_text())
    for name, value in zip(("institute_in", "program_in"), objects, strict=True):
        schema = {"$ref": f"#/components/schemas/imports/properties/{name}", "components": whole["components"]}
        assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)] == []


def test_the_example_of_ooapi() -> None:
    """Our example is read whole: a course with its offering as a run, its price, and its organisation."""
    (row,) = list(read_file(EXAMPLES / "ooapi.json", today=TODAY))
    assert row.faults == ()
    entry, provider = row.entry, row.provider
    assert entry is not None
    assert provider is not None
    assert (provider.code, provider.kvk, provider.street) == ("00XX", "23456789", "Leerplein 1")
    assert provider.locations == (Location("Leslokaal Amersfoort", "Kade 2", "3821 AB", "Amersfoort"),)
    assert (entry.code, entry.title, entry.route, entry.study_hours) == (
        "ZORG-ETHIEK",
        "Ethiek in de zorg",
        "ho_module",
        140,
    )
    assert (entry.delivery, entry.nlqf_level, entry.duration_months) == ("blended", 6, Decimal("3.00"))
    assert entry.prices == (PricePart("tuition", 60500, Decimal(21)),)
    assert (entry.runs[0].starts_on, entry.runs[0].enrol_until) == (date(2027, 2, 3), date(2027, 1, 20))


def test_the_example_follows_the_schema_of_ooapi() -> None:
    """Our example is valid under the published component schemas."""
    spec = SHARED / "specs" / "ooapi_v5.yaml"
    if not spec.exists():
        pytest.skip("the specification of the Open Onderwijs API is not beside this repository")
    whole = yaml.load(spec.read_text(), Loader=yaml.CSafeLoader)
    items = json.loads((EXAMPLES / "ooapi.json").read_text())["items"]
    for name, value in zip(("Course", "CourseOffering"), items, strict=True):
        schema = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
        assert [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(value)] == []


@pytest.mark.parametrize(
    ("amount", "vat", "rate", "paid"),
    [
        (10000, 2100, 21, (12100, 21)), (12100, 2100, 21, (12100, 21)), (10000, 2100, None, (12100, 21)), (12100, 2100, None, (12100, 21)),
        (10000, None, 21, (10000, 21)), (10000, 0, None, (10000, 0)), (10000, None, None, (10000, None)), (10000, 900, 9, (10900, 9)),
    ],
)  # fmt: skip
def test_vat_in_or_out(amount: int, vat: int | None, rate: int | None, paid: tuple[int, int | None]) -> None:
    """The numbers tell whether an amount holds its VAT: the rate that comes out whole is the right one."""
    assert with_vat(amount, vat, rate) == paid


def test_which_costs_count(tmp_path: Path) -> None:
    """Only what everybody pays to take part, on the day itself, is a price; a cost per month counts for each month."""
    costs = [
        cost("100.00"), cost("50.00", "lunch"), cost("7.00", "housing"), cost("9.00", isRequiredCost=False), cost("8.00", payableBy="group"),
        cost("30.00", "study material", amountValidUntil="2026-01-01"), cost("40.00", "study material", amountValidFrom="2026-01-02"),
        cost("-10.00", "single payment discount"), cost("20.00", "examination", period="month"),
    ]  # fmt: skip
    entry = one(tmp_path, program(costs, programClassification={"programDuration": {"months": 3}}))
    assert entry.prices == (PricePart("tuition", 15000), PricePart("examination", 6000), PricePart("material", 4000))


@pytest.mark.parametrize("wrong", [cost("-1.00"), cost("veel"), cost("$ veel"), cost("1.234")])
def test_a_wrong_cost_refuses_the_program(tmp_path: Path, wrong: dict) -> None:
    """A cost that is no amount in whole cents refuses the program: the rest would be too low."""
    assert refused(rows_of(tmp_path / "f", json.dumps([program([cost("100.00"), wrong])]))) == {1: ["price.total"]}


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        (cost("10.00", currency="USD"), "price.currency"), (cost("10.00", currency="us$"), "price.currency"),
        (cost("10.00", currency="bitcoins"), "price.currency"), (cost("$ 10.00"), "price.total"), (cost("prijs op aanvraag"), "price.total"),
    ],
    ids=["dollars", "a sign", "nonsense", "in the amount", "on request"],
)  # fmt: skip
def test_a_cost_in_another_currency_leaves_the_price_out(tmp_path: Path, odd: dict, field: str) -> None:
    """As in a CSV: the program stands without any price, not without a part of it, and the remark names what was given."""
    (row,) = rows_of(tmp_path / "f", json.dumps([program([cost("100.00"), odd])]))
    assert row.entry is not None
    assert row.entry.prices == ()
    (wrong,) = row.faults
    assert (wrong.field, wrong.refuses) == (field, False)
    given = odd["amount"] if field == "price.total" else odd["currency"]
    assert wrong.given == given


@pytest.mark.parametrize("same", [cost("10.00", currency="eur"), cost("€ 10.00"), cost("10.00", currency="")])
def test_the_euro_by_any_of_its_names(tmp_path: Path, same: dict) -> None:
    """Small letters, a sign in the amount and no currency at all are euros; nothing in dollars is nothing in euros."""
    entry = one(tmp_path, program([cost("100.00"), same, cost("0", currency="USD")]))
    assert entry.prices == (PricePart("tuition", 11000),)


def test_an_offering_in_dollars_costs_no_course(tmp_path: Path) -> None:
    """A course whose only price is in dollars stands without one; beside a price in euros that counts."""
    dollars = {"costType": "total costs", "amount": 900, "currency": "USD"}
    for told, cents in (([dollars], None), ([dollars, dollars | {"amount": 800, "currency": "EUR"}], 80000)):
        (row,) = rows_of(tmp_path / "f", json.dumps([course(offerings=[offering("c1", priceInformation=told)])]))
        assert row.entry is not None
        assert row.entry.price_cents == cents
        assert [(one.field, one.given, one.refuses) for one in row.faults if one.field != "provider.code"] == [
            ("price.currency", "USD", False)
        ]


def test_out_of_publication(tmp_path: Path) -> None:
    """A program that is out of publication ended yesterday, and the earliest end counts."""
    assert one(tmp_path, program(inPublication=False)).published_until == date(2026, 11, 21)
    entry = one(tmp_path, program(expires="2027-05-01", programClassification={"offeredUntil": "2027-03-01"}))
    assert entry.published_until == date(2027, 3, 1)


def test_runs_that_nobody_can_join(tmp_path: Path) -> None:
    """A run that is cancelled or for one client only is left out; one with a wrong day refuses the program."""
    run = {
        "id": "1",
        "status": "application opened",
        "startDate": {"date": "2027-01-01"},
        "endDate": {"date": "2027-02-01"},
    }
    runs = [run, run | {"status": "canceled"}, run | {"openTo": "client only"}]
    assert len(one(tmp_path, program(programSchedule={"programRun": runs})).runs) == 1
    bad = program(programSchedule={"programRun": [run | {"startDate": {"date": "2027-02-31"}}]})
    assert refused(rows_of(tmp_path / "f", json.dumps([bad]))) == {1: ["run.starts_on"]}


def test_names_in_languages(tmp_path: Path) -> None:
    """Dutch comes before English, and English before any other language."""
    assert one(tmp_path, program()).title == "Lassen"
    french = program() | {"programDescriptions": {"programName": {"fr": "Souder"}}}
    assert one(tmp_path, french).title == "Souder"


def course(name: str = "c1", **rest: object) -> dict:
    """A course."""
    told = [{"language": "nl-NL", "value": "Ethiek"}]
    return {"courseId": name, "primaryCode": {"codeType": "identifier", "code": name.upper()}, "name": told} | rest


def offering(of: object, day: str = "2027-01-01", **rest: object) -> dict:
    """An offering of a course."""
    return {"offeringId": f"o-{day}", "course": of, "startDate": day, "endDate": "2027-06-01"} | rest


def test_offerings_find_their_course(tmp_path: Path) -> None:
    """Offerings before, behind and inside a course are its runs, and the highest price is the one registered."""
    price = [{"costType": "total costs", "amount": "100.00"}, {"costType": "STAP eligible", "amount": "900.00"}]
    higher = [{"costType": "total costs", "amount": "120.50", "vatAmount": "0"}]
    entry = one(
        tmp_path, offering("c1", "2027-01-01", priceInformation=price), course(offerings=[offering("c1", "2027-02-01")]),
        offering("c1", "2027-03-01", priceInformation=higher),
    )  # fmt: skip
    assert [run.starts_on.month for run in entry.runs if run.starts_on] == [2, 1, 3]
    assert entry.price_cents == 12050


def test_a_course_inside_its_offerings(tmp_path: Path) -> None:
    """A course that stands only inside its offerings comes once, with all of them."""
    entry = one(tmp_path, offering(course(), "2027-01-01"), offering(course(), "2027-02-01"))
    assert len(entry.runs) == 2


def test_an_offering_of_nothing(tmp_path: Path) -> None:
    """An offering of a course that the file lacks is a fault, and the others are read."""
    rows = rows_of(tmp_path / "f", json.dumps([course(), offering("c9")]))
    assert refused(rows) == {2: ["code"]}
    assert rows[0].entry is not None


def test_the_last_day_of_validity(tmp_path: Path) -> None:
    """`validTo` is the first day on which a course no longer holds, so the last day is the one before."""
    entry = one(tmp_path, course(validFrom="2026-09-01", validTo="2027-09-01"))
    assert (entry.published_from, entry.published_until) == (date(2026, 9, 1), date(2027, 8, 31))
