"""Columns with codes of their own: never guessed, named to who reads the summary, and read once a mapping says what they mean."""

from collections import Counter
from pathlib import Path

import pytest

from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.mapping import mapping_of
from doorleren.register.intake.reading import read_file
from tests.register.intake.reading import SHARED, TODAY, read, rows_of

CODES = "titel;avondcursus;niveau\nKoken;1;A\nLassen;2;B\nNaaien;3;C\n"
COLUMNS = {"titel": "title", "avondcursus": "evening", "niveau": "level"}


def test_codes_are_not_guessed(tmp_path: Path) -> None:
    """Nobody can say whether 1 or 2 means yes: the column is left out, and the summary names it with its codes."""
    reading = read(tmp_path / "f", CODES)
    assert reading.mapping is not None
    assert "avondcursus" not in reading.mapping.columns
    assert any("avondcursus (1, 2, 3)" in note["nl"] for note in reading.notes)
    plain = read(tmp_path / "g", "titel;avondcursus\nKoken;1\nLassen;0\n")
    assert not any("betekenis" in note["nl"] for note in plain.notes)


def test_a_mapping_says_what_codes_mean(tmp_path: Path) -> None:
    """Each code is read as the word that stands for it; an empty word is not told, and a code without a word is a fault of its field."""
    meant = {"avondcursus": {"1": "ja", "2": ""}, "niveau": {"A": "mbo 2", "B": "hbo", "C": "wo"}}
    rows = rows_of(tmp_path / "f", CODES, {"columns": COLUMNS, "values": meant})
    assert [(row.entry.evening, row.entry.level) for row in rows if row.entry] == [
        (True, "mbo2"),
        (None, "hbo"),
        (None, "wo"),
    ]
    assert [(row.number, one.field, one.given, one.refuses) for row in rows for one in row.faults] == [
        (4, "evening", "3", False)
    ]
    kept = mapping_of({"columns": COLUMNS, "values": meant})
    assert mapping_of(kept.as_json()) == kept


@pytest.mark.parametrize("values", [[], {"anders": {"1": "ja"}}, {"niveau": "ja"}, {"niveau": {"1": True}}])
def test_a_wrong_list_of_codes(values: object) -> None:
    """What is no list of codes, or is of a column that the mapping does not have, is refused by name."""
    with pytest.raises(Unreadable, match="values"):
        mapping_of({"columns": COLUMNS, "values": values})


def test_new_jersey_once_somebody_says_what_the_codes_mean() -> None:
    """The catalogue's own codes become evening classes by a mapping that says so; without one they stay out, and are named."""
    path = SHARED / "catalogues" / "nj_etpl_full_2021.csv"
    if not path.exists():
        pytest.skip("the catalogue of New Jersey is not beside this repository")
    guessed = read_file(path, today=TODAY, default_provider="catalogue")
    assert guessed.mapping is not None
    assert any(
        "eveningcourses (1, 2)" in note["nl"] and "distancelearning (1, 2)" in note["nl"] for note in guessed.notes
    )
    told = guessed.mapping.as_json()
    told["columns"]["eveningcourses"] = "evening"
    told["values"] = {"eveningcourses": {"1": "yes", "2": "no"}}
    rows = read_file(path, mapping=mapping_of(told), today=TODAY, default_provider="catalogue")
    assert Counter(row.entry.evening for row in rows if row.entry) == {True: 805, False: 160, None: 145}
