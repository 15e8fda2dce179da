"""What is found for what people type, in which order, and why."""

from pathlib import Path

import pytest

from doorleren.register.search.asking import Query
from doorleren.register.search.building import build
from doorleren.register.search.searching import Index
from tests.register.search.registers import TODAY, row


def keys(index: Index, text: str, **asked: str) -> list[int]:
    """Search and give the keys in order."""
    return [hit.key for hit in index.search(Query(text, **asked), today=TODAY).hits]  # type: ignore[arg-type]


def why(index: Index, text: str, key: int) -> tuple[tuple[str, str], ...]:
    """Give why an activity matches."""
    hits = index.search(Query(text), today=TODAY).hits
    return next(hit.because for hit in hits if hit.key == key)


FOUND = [
    ("lassers", 1, ("title", "lassers"), "a plural"),
    ("VERPLEEGKUNDIGE", 8, ("title", "verpleegkundige"), "capitals"),
    ("eenoudergezin", 20, ("title", "eenoudergezin"), "accents and number"),
    ("tuinaanlegger", 5, ("occupation", "tuinaanlegger"), "another name of the occupation"),
    ("TIG lasser", 2, ("occupation", "TIG-lasser"), "a name with a hyphen"),
    ("heftruk", 7, ("typo", "heftruk > heftruck"), "a letter that lacks"),
    ("hovenire", 5, ("typo", "hovenire > hovenier"), "two letters swapped"),
    ("lassser", 1, ("typo", "lassser > lasser"), "a letter too many"),
    ("boekhuoden", 15, ("typo", "boekhuoden > boekhouden"), "a typo in a title"),
    ("boekh", 15, ("prefix", "boekh > boekhouden"), "the beginning of a word"),
    ("chauffeur", 7, ("part", "chauffeur"), "a part of a compound in a title"),
    ("tuinen", 6, ("text", "tuinen"), "a word of the description"),
]


@pytest.mark.parametrize(("text", "key", "reason", "what"), FOUND, ids=[one[3] for one in FOUND])
def test_finds_and_says_why(index: Index, text: str, key: int, reason: tuple[str, str], what: str) -> None:
    """Each way of asking finds its activity and says by which word."""
    assert key in keys(index, text), what
    assert reason in why(index, text, key), what


def test_title_before_occupation_before_text(index: Index) -> None:
    """A word in the title weighs more than a name of the occupation, and that more than the description."""
    assert keys(index, "lasser") == [1, 2, 12]


@pytest.mark.parametrize(("typed", "key"), [("metaalcursus", 2), ("chauffeursheftruck", 7), ("hoveniersopleiding", 5)])
def test_a_compound_finds_its_parts(index: Index, typed: str, key: int) -> None:
    """A compound that nobody wrote finds first what has its parts."""
    assert keys(index, typed)[0] == key


def test_all_of_two_words_most_of_three(index: Index) -> None:
    """Two words must both be there, of three two are enough, and the one with more comes first."""
    assert keys(index, "boekhouden excel") == [15]
    assert keys(index, "boekhouden excel beginners")[0] in (12, 15)
    assert set(keys(index, "boekhouden excel beginners")) == {12, 15}
    assert set(keys(index, "boekhouden excel", match="any")) == {12, 15, 16}
    assert keys(index, "boekhouden excel beginners", match="all") == []


def test_a_word_of_half_the_register_narrows_nothing(index: Index) -> None:
    """ "cursus" stands in so many titles that it only orders: who asks for a course of welding finds the programme too."""
    found = keys(index, "cursus lasser")
    assert set(found) == {1, 2, 12}


def test_a_typo_does_not_bury_the_rest(index: Index) -> None:
    """A word that is right outweighs one that was guessed."""
    assert keys(index, "opleiding hovenir")[0] == 5


def test_nothing_typed_is_everything(index: Index) -> None:
    """Without words everything is found, by key, and nothing says why."""
    found = index.search(Query(), today=TODAY)
    assert found.total == 12
    assert [hit.key for hit in found.hits] == [1, 2, 5, 6, 7, 8, 9, 12, 15, 16, 17, 20]
    assert all(hit.because == () for hit in found.hits)


def test_an_occupation_finds_what_teaches_it(index: Index) -> None:
    """The id of an occupation finds its activities, whatever their titles say."""
    assert [hit.key for hit in index.search(Query(occupation="welder"), today=TODAY).hits] == [1, 2]


@pytest.mark.parametrize("text", ["'\"()[]{}:*?~^\\/-+&|!", "AND OR NOT", "title:lasser", "💶 ｌａｓ \x00", "a" * 300])
def test_signs_are_no_language(index: Index, text: str) -> None:
    """Whatever signs are typed, they are words or nothing; no query language shines through and nothing breaks."""
    assert index.search(Query(text), today=TODAY).total <= 12


def test_our_own_list_of_names(tmp_path: Path) -> None:
    """Without any import, what people call an occupation finds what it is officially called, and says so."""
    rows = [row(1, "Opleiding kapper"), row(2, "Leraar in het basisonderwijs"), row(3, "Leraar wiskunde")]
    own = Index(build(tmp_path, rows, today=TODAY).folder)
    assert keys(own, "kapster") == [1]
    assert why(own, "kapster", 1) == (("synonym", "kapster > kapper"),)
    assert keys(own, "juf") == [2]
    assert why(own, "juf", 2) == (("synonym", "juf > leraar basisonderwijs"),)
    assert keys(own, "docent wiskunde") == [3]
    assert why(own, "docent wiskunde", 3) == (("synonym", "docent > leraar"), ("title", "wiskunde"))


COMPOUNDS = [
    ("heftruk", {1, 2}, ("typo", "heftruk > heftruckchauffeur"), "a typo in the first part"),
    ("heftruck", {1, 2}, ("prefix", "heftruck > heftruckchauffeur"), "the first part"),
    ("chaufeur", {1}, ("typo", "chaufeur > heftruckchauffeur"), "a typo in the last part"),
    ("chauffeur", {1}, ("part", "chauffeur > heftruckchauffeur"), "the last part"),
    ("vorkheftruk", {2}, ("typo", "vorkheftruk > vorkheftruck"), "a typo in the whole word"),
]


@pytest.mark.parametrize(("text", "found", "reason", "what"), COMPOUNDS, ids=[one[3] for one in COMPOUNDS])
def test_parts_of_compounds_that_nobody_taught_the_index(
    tmp_path: Path, text: str, found: set[int], reason: tuple[str, str], what: str
) -> None:
    """Without any import a part of a compound in a title is found by the index's own words, misspelt or not."""
    rows = [
        row(1, "Heftruckchauffeur worden"),
        row(2, "Cursus vorkheftruck"),
        row(3, "Koken"),
        row(4, "Boekenkast bouwen"),
    ]
    own = Index(build(tmp_path, rows, today=TODAY).folder)
    assert set(keys(own, text)) == found, what
    assert reason in [one for key in found for one in why(own, text, key)]
