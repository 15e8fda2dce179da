"""The index of occupations: what is found, in which order, how it is kept, and which occupations a search means."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.reference.entries import Occupation
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.register.words.postings import FILE, UnusableIndex


def first(index: OccupationIndex, name: str) -> str:
    """The id of the best match."""
    return index.find(name)[0].id


@pytest.mark.parametrize(
    ("name", "occupation"),
    [
        ("automonteur", "a1"), ("monteur auto", "a1"), ("automonteuse", "a1"), ("automnteur", "a1"),
        ("kapster", "a2"), ("juf", "a3"), ("timmervrouw", "a5"), ("lassers", "a6"), ("lassser", "a6"),
        ("windturbinemonteur", "a7"), ("algebra", "a4"), ("piano", "a8"), ("trucker", "a9"), ("docent wiskunde", "a4"),
    ],
)  # fmt: skip
def test_names_are_understood(index: OccupationIndex, name: str, occupation: str) -> None:
    """Forms, compounds, typos, everyday names and words of descriptions lead to the occupation."""
    assert first(index, name) == occupation


def test_the_very_name_comes_first(index: OccupationIndex, occupations: Sequence[Occupation]) -> None:
    """Every label finds its own occupation first, and says that it is that very name."""
    for one in occupations:
        for label in (one.label, *one.alternatives):
            match = index.find(label)[0]
            assert (match.id, match.exact, match.because) == (one.id, True, label)


def test_order_and_limit(index: OccupationIndex) -> None:
    """Matches come best first, each occupation once, and not more than asked."""
    found = index.find("leraar")
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.id for match in found}) == len(found)
    assert {match.id for match in found[:3]} == {"a3", "a4", "a8"}
    assert index.find("leraar", limit=2) == found[:2]


@pytest.mark.parametrize("name", ["", "   ", "!?", "\0", "42"])
def test_what_says_nothing_finds_nothing(index: OccupationIndex, name: str) -> None:
    """A text without a known word or run of letters gives no match and no error."""
    assert index.find(name) == []


@given(text=st.text(max_size=60))
def test_any_text_may_be_asked(index: OccupationIndex, text: str) -> None:
    """No text stops the search, and no more than ten are given."""
    assert len(index.find(text)) <= 10


def test_the_index_is_the_same_again(occupations: Sequence[Occupation], tmp_path: Path) -> None:
    """Building twice gives the same file, byte for byte, and what is opened answers as what was built."""
    built = OccupationIndex.build(occupations, tmp_path / "one")
    OccupationIndex.build(occupations, tmp_path / "two")
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()
    assert OccupationIndex.open(tmp_path / "one").find("monteur") == built.find("monteur")


def test_an_empty_classification(tmp_path: Path) -> None:
    """Without any occupation there is an index that finds nothing."""
    OccupationIndex.build((), tmp_path)
    assert OccupationIndex.open(tmp_path).find("kapper") == []


@pytest.mark.parametrize("content", [None, "no json", "[]", '{"form": 0}', '{"form": 1}'])
def test_an_index_that_cannot_be_used(tmp_path: Path, content: str | None) -> None:
    """A folder without an index, or with one of another version, is refused with what to do."""
    if content is not None:
        (tmp_path / FILE).write_text(content)
    with pytest.raises(UnusableIndex, match="build the index of occupations again"):
        OccupationIndex.open(tmp_path)


def test_a_new_index_replaces_the_old_one_whole(occupations: Sequence[Occupation], tmp_path: Path) -> None:
    """Building over an index leaves one readable file and nothing else."""
    OccupationIndex.build(occupations, tmp_path)
    OccupationIndex.build(occupations[:2], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert json.loads((tmp_path / FILE).read_text())["ids"] == ["a1", "a2"]


def test_typos_of_labels(index: OccupationIndex, occupations: Sequence[Occupation]) -> None:
    """A label with any one letter left out still finds its occupation among the first three."""
    chance = random.Random(1)
    for one in occupations:
        place = chance.randrange(1, len(one.label) - 1)
        wrong = one.label[:place] + one.label[place + 1 :]
        assert one.id in [match.id for match in index.find(wrong, limit=3)], wrong
