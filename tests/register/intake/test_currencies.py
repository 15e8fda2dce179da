"""No dollar is ever a euro: amounts in another currency are left out with a word, wherever the file says so."""

from pathlib import Path

import pytest

from doorleren.register.intake import amounts, currencies
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.rows import Reading
from tests.register.intake.reading import SHARED, TODAY, read, refused, rows_of

NO_CURRENCY = "Bij de prijzen staat geen munteenheid"


def notes(reading: Reading) -> str:
    """What is said of the whole file."""
    return "\n".join(one["nl"] for one in reading.notes)


def priced(reading: Reading) -> list[int | None]:
    """The price of each row that comes in, in cents."""
    return [row.entry.price_cents for row in reading if row.entry]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$5,250.00", "USD"), ("$ 100", "USD"), ("100 $", "USD"), ("US$ 5,250", "USD"), ("C$ 90", "CAD"), ("A$90", "AUD"), ("£1,250", "GBP"),
        ("1250 CHF", "CHF"), ("CHF 1250.-", "CHF"), ("1.500 kr", "kr"), ("kr. 1500", "kr"), ("5000 dollars", "USD"), ("1 250 zł", "PLN"),
        ("¥ 90.000", "JPY"), ("100 SEK", "SEK"), ("usd1250", "USD"), ("1250usd", "USD"), ("R$ 90", "R$"),
    ],
)  # fmt: skip
def test_an_amount_with_another_sign_is_no_euros(text: str, currency: str) -> None:
    """Its currency is named, and the row may stand without it."""
    with pytest.raises(Misread) as caught:
        amounts.read_cents(text)
    assert (caught.value.allowed, caught.value.refuses) == (currencies.in_euros(currency), False)


@pytest.mark.parametrize("text", ["$0", "$0.00", "0 CHF", "free"])
def test_nothing_is_the_same_in_every_currency(text: str) -> None:
    """An amount of nothing is 0 euros, whatever the sign."""
    assert amounts.read_cents(text) == 0
    assert amounts.read_cents("0", currency="USD") == 0


def test_what_is_no_amount_stays_a_fault_of_the_row() -> None:
    """A sign before something else than a number is not taken for an amount."""
    with pytest.raises(Misread) as caught:
        amounts.read_cents("$ veel")
    assert caught.value.refuses is None


@pytest.mark.parametrize(
    "header", ["Cost (USD)", "Cost USD", "Cost $", "Cost in dollars", "Price US$", "Total fee (GBP)"]
)
def test_the_name_of_a_column_tells_the_currency(tmp_path: Path, header: str) -> None:
    """A bare number under such a name is left out with a remark at its field, and the file is told once."""
    reading = read(tmp_path / "f", f"title;{header}\nCooking;5250\nBaking;0\nSewing;€ 90\n")
    assert priced(reading) == [None, 0, 9000]
    (wrong,) = [one for row in reading for one in row.faults]
    assert (wrong.field, wrong.given, wrong.refuses, wrong.column, wrong.row) == (
        "price.total",
        "5250",
        False,
        header,
        2,
    )
    assert notes(reading).count("Wij rekenen niet om") == 1


def test_a_column_in_euros_comes_before_one_in_dollars(tmp_path: Path) -> None:
    """Of two prices the one in euros is taken, wherever it stands."""
    assert priced(read(tmp_path / "f", "title;Price (USD);Price (EUR)\nCooking;5250;4800\nBaking;20;18\n")) == [
        480000,
        1800,
    ]


def test_a_column_of_currencies_counts_per_row(tmp_path: Path) -> None:
    """Of rows in dollars, in euros, in nothing and in nonsense only those in euros and in nothing have a price."""
    lines = "code,title,tuition,fees,currency\n1,A,10,5,USD\n2,B,10,5,EUR\n3,C,10,5,\n4,D,10,5,bitcoins\n5,E,0,0,usd\n"
    rows = rows_of(tmp_path / "f", lines)
    assert refused(rows) == {}
    assert [row.entry.price_cents for row in rows if row.entry] == [None, 1500, 1500, None, 0]
    assert [(row.number, one.field, one.given) for row in rows for one in row.faults] == [
        (2, "price.currency", "USD"), (5, "price.currency", "bitcoins"),
    ]  # fmt: skip


def test_one_dollar_among_euros_costs_its_own_price(tmp_path: Path) -> None:
    """The other amounts of a column with one odd sign stay euros, and the row stands without a price."""
    rows = rows_of(tmp_path / "f", "titel;prijs\nKoken;1250\nLassen;$ 90\nNaaien;80\nBreien;70\n")
    assert [row.entry.price_cents for row in rows if row.entry] == [125000, None, 8000, 7000]
    assert "USD" in rows[1].faults[0].text["nl"]


def test_most_amounts_with_a_sign_speak_for_the_rest(tmp_path: Path) -> None:
    """Among dollars an amount without a sign is no euro either; one with a euro sign is."""
    assert priced(read(tmp_path / "f", "title;cost\nA;$90\nB;$80\nC;70\nD;0\n")) == [None, None, None, 0]
    assert priced(read(tmp_path / "f", "title;cost\nA;$90\nB;$80\nC;70\nD;€ 60\n")) == [None, None, 7000, 6000]


def test_a_part_in_dollars_leaves_no_price(tmp_path: Path) -> None:
    """If one part is in another currency, the rest would be too low: there is no price, and never one of nothing."""
    assert priced(read(tmp_path / "f", "title;tuition;books\nA;$ 90;10\nB;80;10\nC;70;10\n")) == [None, 9000, 8000]
    assert priced(read(tmp_path / "f", "title;fees;total cost\nA;0;$ 90\nB;0;80\nC;0;70\n")) == [None, 8000, 7000]


def test_a_mapping_tells_the_currency_of_what_says_nothing(tmp_path: Path) -> None:
    """The sign in a cell comes first, then the name of the column, then the currency of a mapping."""
    columns = {"columns": {"title": "title", "Cost (USD)": "price.total"}}
    content = "title;Cost (USD)\nA;90\nB;$ 80\nC;70\n"
    assert priced(
        read(
            tmp_path / "f",
            content.replace(" (USD)", ""),
            {"columns": {"title": "title", "Cost": "price.total"}, "currency": "EUR"},
        )
    ) == [9000, None, 7000]
    assert priced(read(tmp_path / "f", content, columns | {"currency": "EUR"})) == [None, None, None]
    assert priced(read(tmp_path / "f", content, columns)) == [None, None, None]
    assert priced(read(tmp_path / "f", "title;cost\nA;90\n", {"columns": {"title": "title", "cost": "price.total"}, "currency": "usd"})) == [None]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title,description,cost\nCooking,This course is for all of the students and is in the kitchen with a cook,1250\n", True),
        ("titel,cip,prijs\nKoken,12.0501,1250\n", True),
        ("titel,startdatum,prijs\nKoken,1/31/2027,1250\n", True),
        ("titel;omschrijving;prijs\nKoken;Een cursus voor wie met de pannen van de keuken wil leren koken;1250\n", False),
        ("title,description,cost\nCooking,This course is for all of the students and is in the kitchen with a cook,€ 1250\n", False),
        ("title,description,cost\nCooking,This course is for all of the students and is in the kitchen with a cook,$1250\n", False),
        ("title,cip\nCooking,12.0501\n", False),
    ],
    ids=["english", "cip", "american days", "dutch", "euros", "dollars", "no prices"],
)  # fmt: skip
def test_a_file_that_may_not_be_in_euros_is_told_once(tmp_path: Path, content: str, said: bool) -> None:
    """Where nothing tells the currency and the file is in English or looks American, the file as a whole gets a remark, no row does."""
    reading = read(tmp_path / "f", content)
    assert notes(reading).count(NO_CURRENCY) == int(said)
    if said:
        assert priced(reading) == [125000]
        assert [one for row in reading for one in row.faults if one.field.startswith("price")] == []


@pytest.mark.parametrize(("name", "said"), [("nj_etpl_full_2021.csv", 1), ("colorado_etpl_programs.csv", 0)])
def test_the_real_catalogues(name: str, said: int) -> None:
    """New Jersey's prices have no sign: they are taken as euros, said once; Colorado's catalogue has no prices to speak of."""
    from doorleren.register.intake.reading import read_file

    path = SHARED / "catalogues" / name
    if not path.exists():
        pytest.skip(f"the catalogue {name} is not beside this repository")
    reading = read_file(path, today=TODAY, default_provider="catalogue")
    assert notes(reading).count(NO_CURRENCY) == said


@pytest.mark.parametrize("currency", ["dollar", 1, "U$D"])
def test_a_wrong_currency_in_a_mapping(tmp_path: Path, currency: object) -> None:
    """It is refused with what was given; an empty one means that nobody told it."""
    from doorleren.register.intake.faults import Unreadable
    from doorleren.register.intake.mapping import mapping_of

    with pytest.raises(Unreadable, match="currency"):
        mapping_of({"columns": {"a": "title"}, "currency": currency})
    assert mapping_of({"columns": {"a": "title"}, "currency": ""}).currency == ""
