"""Reading bundles: what columns may be called, how a file may be written, and what is no bundle."""

import json
from datetime import date
from typing import Any

import pytest

from doorleren.applications.bundles.checking import Told, read_row
from doorleren.applications.bundles.faults import allowed_in
from doorleren.applications.bundles.rows import (
    MOST_ROWS,
    BundleUnreadable,
    Row,
    bundle_hash,
    rows_of_csv,
    rows_of_json,
)
from doorleren.rules.library import open_library
from doorleren.rules.vocabulary import Fact

VOCABULARY = open_library().vocabulary
KEY = b"k" * 32
ROWS: list[dict[str, Any]] = [
    {"reference": "a-1", "national_number": "999990019", "name": "Zoë Bakker", "birth_date": "1985-04-01",
     "person.labour_market_link": "ja"},
    {"reference": "a-2", "national_number": "", "name": "De Boer, Piet", "birth_date": "01-04-1985",
     "person.labour_market_link": "nee"},
]  # fmt: skip
CSVS = {
    "semicolons": 'kenmerk;bsn;naam;geboortedatum;person.labour_market_link\na-1;999990019;Zoë Bakker;1985-04-01;ja\n'
    "a-2;;De Boer, Piet;01-04-1985;nee",
    "commas": 'reference,national_number,name,birth_date,person.labour_market_link\r\n'
    'a-1,999990019,Zoë Bakker,1985-04-01,ja\r\na-2,,"De Boer, Piet",01-04-1985,nee\r\n',
    "tabs in another order": "naam\tKenmerk\tGeboortedatum\tBSN\tband met de Nederlandse arbeidsmarkt\n"
    "Zoë  Bakker\ta-1\t1985-04-01\t999990019\tja\n\nDe Boer, Piet\ta-2\t01-04-1985\t\tnee\n",
}  # fmt: skip


@pytest.mark.parametrize("name", list(CSVS))
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
def test_one_bundle_in_many_forms(name: str, letters: str) -> None:
    """However it is separated, ordered, named or encoded, the same rows are the same bundle; as JSON too."""
    read = rows_of_csv(CSVS[name].encode(letters), VOCABULARY)
    assert [one.line for one in read] == [1, 2]
    assert bundle_hash(read, KEY) == bundle_hash(rows_of_json(ROWS, VOCABULARY), KEY)


def test_another_bundle() -> None:
    """One letter or the order of the rows makes another bundle; another key another hash."""
    first = bundle_hash(rows_of_json(ROWS, VOCABULARY), KEY)
    others = [
        bundle_hash(rows_of_json(ROWS[::-1], VOCABULARY), KEY),
        bundle_hash(rows_of_json([ROWS[0] | {"name": "Zoe Bakker"}, ROWS[1]], VOCABULARY), KEY),
        bundle_hash(rows_of_json(ROWS, VOCABULARY), b"x" * 32),
    ]
    assert len({first, *others}) == 4


@pytest.mark.parametrize(
    "rows", [None, {}, [], ["a"], [{"reference": ["a"], "name": "b", "birth_date": "c"}], [{"name": 1.5}], [{"x": "y"}],
             [{"reference": "a", "kenmerk": "b", "name": "c", "birth_date": "d"}]],
    ids=json.dumps,
)  # fmt: skip
def test_json_that_is_no_bundle(rows: Any) -> None:
    """Anything but a list of objects with known columns is refused as a whole."""
    with pytest.raises(BundleUnreadable):
        rows_of_json(rows, VOCABULARY)


@pytest.mark.parametrize("rows", [0, MOST_ROWS, MOST_ROWS + 1])
def test_as_many_as_allowed(rows: int) -> None:
    """A bundle has one up to ten thousand rows; the sentence says how many were given."""
    text = "reference;name;birth_date\n" + "a;b;c\n" * rows
    if rows == MOST_ROWS:
        assert len(rows_of_csv(text, VOCABULARY)) == rows
        return
    with pytest.raises(BundleUnreadable, match=f"gegeven zijn er {rows}"):
        rows_of_csv(text, VOCABULARY)


def test_a_row_that_is_too_wide() -> None:
    """A row with more fields than columns is marked; empty ones behind it, as spreadsheets leave them, are no fields."""
    read = rows_of_csv("reference;name;birth_date\na;b;c;d\na;b;c;;\na;b\n", VOCABULARY)
    assert [one.wide for one in read] == [True, False, False]


def test_too_large_to_look_at() -> None:
    """More than four megabytes is refused unread."""
    with pytest.raises(BundleUnreadable, match="4 MB"):
        rows_of_csv(b"x" * (4 * 1024 * 1024 + 1), VOCABULARY)


LEVEL = "person.education_level"
CHOICES = Fact(
    "person.means", "set", ("car", "bus"), value_labels={"car": {"nl": "auto", "en": "car"}, "bus": {"nl": "bus"}}
)


@pytest.mark.parametrize(("text", "value"), [("none", "none"), ("Geen opleiding afgemaakt", "none"), ("mbo 2", "mbo2"),
                                             ("mbo2", "mbo2"), ("Primary school", "primary")])  # fmt: skip
def test_a_choice_in_words_or_as_a_code(text: str, value: str) -> None:
    """What may be chosen is read by its code and by what it is called, in Dutch or English."""
    told = {"reference": "a-1", "name": "Zoë Bakker", "birth_date": "1985-04-01", LEVEL: text}
    read = read_row(Row(1, told), VOCABULARY, date(2026, 3, 1))
    assert isinstance(read, Told)
    assert read.facts == {LEVEL: value}


def test_an_error_names_words_and_codes() -> None:
    """What cannot be read is answered with all that may be chosen: the words, and the code behind them; of a set how to part them."""
    told = {"reference": "a-1", "name": "Zoë Bakker", "birth_date": "1985-04-01", LEVEL: "doctor"}
    read = read_row(Row(1, told), VOCABULARY, date(2026, 3, 1))
    assert isinstance(read, tuple)
    (fault,) = read
    assert "geen opleiding afgemaakt (none); basisschool (primary)" in fault.texts["nl"]
    assert allowed_in(CHOICES)["nl"] == "een of meer van deze, met | ertussen: auto (car); bus"
