"""The index of occupations: what is found, in which order, how it is kept, and which occupations a search means."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.reference.entries import Occupation
from doorleren.register.words import occupation_index
from doorleren.register.words.forms import trigrams
from doorleren.register.words.occupation_index import OccupationIndex
from doorleren.register.words.postings import FILE, UnusableIndex
from doorleren.register.words.spelling import LEAST_ALIKE, MOST_WORDS, Spelling


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


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_looking_at_fewer_gives_the_same_answers(
    index: OccupationIndex, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    """Who is left out because it cannot be among the best is never among the best: any bound gives the same answers."""
    names = ("monteur", "leraar muziek", "docnt", "kinderen", "vrachtwagen", "xqz", "lasoperator groep")
    every = {name: index.find(name, limit=50) for name in names}
    monkeypatch.setattr(occupation_index, "SOMEWHAT_ALIKE", share)
    for name, found in every.items():
        for limit in (0, 1, 2, 5, 50):
            assert index.find(name, limit=limit) == found[:limit], (name, limit)


def test_letters_shared_are_counted_for_all_words_at_once() -> None:
    """Words spelt alike are exactly those that a comparison one by one gives, in the same order."""
    chance = random.Random(6)
    known = sorted({"".join(chance.choices("abenr", k=chance.randrange(1, 12))) for _ in range(400)})
    spelling = Spelling(known)
    for word in [*known[::7], "", "b", "abenrabenrabenr", "zzz"]:
        grams, alike = trigrams(word), []
        for other in known:
            both = len(grams) + len(trigrams(other))
            shared = len(grams & trigrams(other))
            if shared and 2 * shared >= LEAST_ALIKE * both:
                alike.append((2 * shared / both, other))
        expected = [one for one in sorted(alike, reverse=True) if one[1] != word][:MOST_WORDS]
        assert list(spelling.near(word)) == expected, word
    assert Spelling(()).near("lasser") == ()
