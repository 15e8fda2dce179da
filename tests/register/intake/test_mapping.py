"""Which column is which field: made by hand, or guessed from names and values."""

import json
from pathlib import Path

import pytest

from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.headers import words_of
from doorleren.register.intake.mapping import Mapping, mapping_of, read_mapping
from tests.register.intake.reading import EXAMPLES, read


def guessed(path: Path, header: str, *rows: str) -> dict[str, str]:
    """The columns of a guess for a file with this header and these rows."""
    found = read(path / "f.csv", "\n".join([header, *rows]) + "\n").mapping
    assert found is not None
    return found.columns


def test_the_example_by_hand() -> None:
    """The mapping among the examples can be read, and what is written is read back the same."""
    found = read_mapping(EXAMPLES / "kolommen.json")
    assert found.columns["Cursusgeld"] == "price.tuition"
    assert mapping_of(json.loads(json.dumps(found.as_json()))) == found
    assert mapping_of({"Naam": "title"}) == Mapping({"Naam": "title"})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"Naam": "titel"}, "title"), ({"a": "title", "b": "title"}, "'a', 'b'"), (["title"], "object"), ({"columns": {}, "kolommen": 1}, "columns"),
        ({"columns": {"a": "title"}, "month_first": ["b"]}, "month_first"), ({"columns": {"a": "title"}, "currency": "euros"}, "currency"),
        ({"columns": {"a": "title"}, "language": 3}, "language"), ({"a": ["title"]}, "price.tuition"), ({"a": None}, "title"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_says_what_is_allowed(given: object, named: str) -> None:
    """A mapping with an unknown target, a target twice or another setting is refused, and what is allowed is listed."""
    with pytest.raises(Unreadable, match=named):
        mapping_of(given)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"", b"[" * 100_000])
def test_a_mapping_that_is_no_json(tmp_path: Path, content: bytes) -> None:
    """A file that is no JSON is refused in one sentence."""
    path = tmp_path / "m.json"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_mapping(path)
    with pytest.raises(Unreadable):
        read_mapping(tmp_path / "absent.json")


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    """A mapping that names a column that the file lacks is refused, with the columns that it has."""
    with pytest.raises(Unreadable, match="'naam'; allowed is: titel"):
        read(tmp_path / "f", "titel\nKoken\n", {"naam": "title"})


def test_words_of_a_header() -> None:
    """Camel case, underscores and accents all part into the same words."""
    assert words_of("cipCodeTitle") == words_of("CIP_code Title") == ("cip", "code", "title")
    assert words_of("Coûts (€)") == ("couts",)


def test_names_and_values_together(tmp_path: Path) -> None:
    """A column is taken if its name proposes and its values fit; codes that stand for yes and no are left out."""
    found = guessed(
        tmp_path, "Program Name,Provider Name,Provider City,Total Cost,Program Length (Weeks),Evening Courses,Online,Zip,Updated Date",
        "Welding for starters,Harbor School,Newark,\"$1,250.00\",12,1,Yes,07102,1/5/2026",
        "Cooking basics,Harbor School,Newark,\"$900.00\",8,2,No,07102,1/6/2026",
    )  # fmt: skip
    assert found == {
        "Program Name": "title", "Provider Name": "provider.name", "Provider City": "provider.place", "Total Cost": "price.total",
        "Program Length (Weeks)": "duration_months.weeks", "Online": "delivery.online",
    }  # fmt: skip


def test_the_currency_of_a_file(tmp_path: Path) -> None:
    """Amounts with a dollar sign are never euros: the rows stand without a price, and mapping, note and rows say so."""
    reading = read(tmp_path / "f", 'title,cost\nCooking,"$1,250.00"\nBaking,$90\n')
    assert reading.mapping is not None
    assert reading.mapping.currency == "USD"
    assert any("USD" in note["en"] for note in reading.notes)
    assert [row.entry.price_cents for row in reading if row.entry] == [None, None]
    told = [(one.field, one.given, one.refuses, one.column) for row in reading for one in row.faults]
    assert told == [("price.total", "$1,250.00", False, "cost"), ("price.total", "$90", False, "cost")]


def test_the_language_of_a_file(tmp_path: Path) -> None:
    """Without a column for it, the language of the texts is seen in them, and nobody has told in which is taught."""
    english = read(tmp_path / "f", "title,description\nCooking,This course is for all of the students with an idea\n")
    assert [(row.entry.text_language, row.entry.language) for row in english if row.entry] == [("en", "")]
    dutch = read(tmp_path / "f", "titel;omschrijving\nKoken;Deze cursus is voor wie het wil leren met een boek\n")
    assert [row.entry.text_language for row in dutch if row.entry] == ["nl"]


def test_a_name_with_two_meanings(tmp_path: Path) -> None:
    """A column "name" that follows from the provider's id is the provider's; without such an id it is the title."""
    rows = [
        f"{number},Course {number},P{number % 3},School {number % 3},www.school{number % 3}.org" for number in range(12)
    ]
    found = guessed(tmp_path, "programid,officialname,providerid,name,website", *rows)
    assert found == {
        "programid": "code", "officialname": "title", "providerid": "provider.code", "name": "provider.name", "website": "provider.website",
    }  # fmt: skip
    assert guessed(tmp_path, "name,website", "Koken,www.a.nl", "Bakken,www.b.nl") == {"name": "title", "website": "url"}


def test_by_values_alone(tmp_path: Path) -> None:
    """A title and an address are found by their values where no name says so."""
    found = guessed(tmp_path, "col1;col2;col3", "7;Leren lassen;https://a.nl/1", "8;Leren koken;https://a.nl/2")
    assert found == {"col2": "title", "col3": "url"}


def test_parts_that_do_not_make_the_total(tmp_path: Path) -> None:
    """Where the parts do not add up to the total in most rows, only the total is taken."""
    sums = guessed(tmp_path, "title,tuition,books,total cost", *(f"Course {n},{n}00,10,{n}10" for n in range(1, 9)))
    assert sums["tuition"] == "price.tuition"
    odd = guessed(tmp_path, "title,tuition,books,total cost", *(f"Course {n},{n}00,10,{n}99" for n in range(1, 9)))
    assert odd == {"title": "title", "total cost": "price.total"}


def test_american_postcodes_are_not_dutch(tmp_path: Path) -> None:
    """Digits under "zip" are no Dutch postcode, which would put a training in the wrong place."""
    assert "zip" not in guessed(tmp_path, "title,zip", "Cooking,7645", "Baking,7102")
    assert guessed(tmp_path, "titel;postcode", "Koken;3511 AB", "Bakken;3512 AC")["postcode"] == "run.postcode"


def test_a_price_without_something_else_is_no_price(tmp_path: Path) -> None:
    """A column of prices without what one pays too is left out; a price without VAT is one of its own."""
    columns = guessed(tmp_path, "Titel;Prijs excl. materiaal;Prijs excl. btw", "Koken;10;9", "Bakken;20;18")
    assert columns == {"Titel": "title", "Prijs excl. btw": "price.total.without_vat"}


UNSEEN = {
    "cost in parts": (
        "ProgramID,ProgramName,ProviderName,ProgramLengthWeeks,TuitionCost,TextbookCost,ToolsCost,OtherCost,City,Zip,ProgramURL,LastUpdated",
        ["1,Nursing,Clark College,80,\"$12,000\",$900,$300,$0,Vancouver,98663,http://www.a.edu,3/14/2021",
         "2,Welding,Perry Tech,40,\"$9,000\",$450,$130,$100,Yakima,98903,http://www.b.edu,12/1/2020"],
        {"ProgramID": "code", "ProgramName": "title", "ProviderName": "provider.name", "ProgramLengthWeeks": "duration_months.weeks",
         "TuitionCost": "price.tuition", "TextbookCost": "price.material", "ToolsCost": "price.material", "OtherCost": "price.tuition",
         "City": "run.place", "ProgramURL": "url"},
    ),
    "units in the name": (
        "provider_name;program_name;program_length_hours;program_length_weeks;program_cost_tuition_and_fees;program_total_cost;program_address_city",
        ["ABC School;Truck driving;160;4;4500.00;4500.00;Dallas", "XYZ;Phlebotomy;80;8;1200.00;1200.00;Austin"],
        {"provider_name": "provider.name", "program_name": "title", "program_length_hours": "study_hours",
         "program_length_weeks": "duration_months.weeks", "program_cost_tuition_and_fees": "price.tuition", "program_total_cost": "price.total",
         "program_address_city": "run.place"},
    ),
    "Dutch": (
        "Opleider;Titel;Soort opleiding;Prijs (incl. btw);Duur (weken);Uren;Start;Locatie;Inschrijven t/m;Keurmerk;Btw;Aantal deelnemers",
        ["ROC A;Lassen;Cursus;1.250,00;10;80;4 januari 2027;Zwolle;1-12-2026;NRTO;21%;12", "ROC B;Heftruck;Training;295,-;1;8;;Goes;;;vrij;8"],
        {"Opleider": "provider.name", "Titel": "title", "Soort opleiding": "kind", "Prijs (incl. btw)": "price.total",
         "Duur (weken)": "duration_months.weeks", "Uren": "study_hours", "Start": "run.starts_on", "Locatie": "run.place",
         "Inschrijven t/m": "run.enrol_until", "Keurmerk": "provider.recognition", "Btw": "price.vat"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_catalogues_of_other_shapes(tmp_path: Path, name: str) -> None:
    """Files with other names for the same things are mapped whole, and what means something else is left out."""
    header, rows, wanted = UNSEEN[name]
    assert guessed(tmp_path, header, *rows) == wanted


def test_a_header_alone(tmp_path: Path) -> None:
    """A file with a header and no rows is read as nothing, not refused."""
    assert list(read(tmp_path / "f", "code;titel;prijs\n")) == []


def test_a_column_tells_the_language_of_the_texts(tmp_path: Path) -> None:
    """A column for the language of teaching and one for that of the texts are two things; each may stand alone."""
    both = read(tmp_path / "f", "title,taal,taal van de tekst\nKoken,Engels,Nederlands\n")
    assert [(row.entry.language, row.entry.text_language) for row in both if row.entry] == [("en", "nl")]
    one = read(
        tmp_path / "g", "title,description,taal\nCooking,This is for all of the students with an idea and more,nl\n"
    )
    assert [(row.entry.language, row.entry.text_language) for row in one if row.entry] == [("nl", "en")]
    told = read(tmp_path / "h", "title\nKoken\n", {"columns": {"title": "title"}, "language": "de"})
    assert [row.entry.text_language for row in told if row.entry] == ["de"]
    seen = read(
        tmp_path / "i",
        "title\nA course for the cook with an idea of food and to be on time in the kitchen\n",
        {"title": "title"},
    )
    assert [row.entry.text_language for row in seen if row.entry] == ["en"]
