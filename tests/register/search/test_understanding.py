"""Words that say where or how become choices, told beside the results; words of the register's own stay words."""

from dataclasses import replace
from pathlib import Path

import pytest

from doorleren.register.reference.place_names import Named
from doorleren.register.search.asking import FACETS, Query, Results, Understood
from doorleren.register.search.building import build
from doorleren.register.search.searching import Index
from doorleren.register.search.understanding import AROUND_KM, MEANS
from tests.register.search.registers import LABELS, POSTCODES, TODAY, row

PLACES = (
    Named("utrecht", "Utrecht", 52.09, 5.12, 50),
    Named("den haag", "Den Haag", 52.08, 4.31, 50, own=False),
    Named("bergen op zoom", "Bergen op Zoom", 51.49, 4.29, 20),
    Named("gouda", "Gouda", 52.01, 4.71, 20),
    Named("beek", "Beek (Berg en Dal)", 51.83, 5.92, 9),
    Named("beek", "Beek (Montferland)", 51.89, 6.18, 9),
    Named("beek berg en dal", "Beek (Berg en Dal)", 51.83, 5.92, 9),
    Named("ede", "Stad", 52.04, 5.66, 9, own=False),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a few trainings in Utrecht (3511), Amsterdam (1012) and Maastricht (6211)."""
    root: Path = tmp_path_factory.mktemp("understanding")
    rows = [
        row(1, "Opleiding verpleegkundige", at="3511", occupations=("nurse",), evening=True),
        row(2, "Verpleegkundige in de wijk", at="3511", occupations=("nurse",), evening=False),
        row(3, "Verpleegkundige", at="6211", occupations=("nurse",), evening=True),
        row(4, "Online marketing", delivery="online"),
        row(5, "Boekhouden", delivery="online", combinable_with_work=True),
        row(6, "Boekhouden voor beginners", at="1012", delivery="on_site"),
        row(7, "Kaas maken uit Gouda", at="6211"),
        row(8, "Lassen in de avond", at="1012", evening=False),
    ]
    built = build(root, rows, today=TODAY, occupations=LABELS, postcodes=POSTCODES, named=PLACES)
    return Index(built.folder)


def found(index: Index, text: str, **asked: object) -> tuple[set[int], tuple[Understood, ...]]:
    """Search; gives the keys that were found, and what was understood."""
    results = index.search(Query(text, **asked), today=TODAY)  # type: ignore[arg-type]
    return {hit.key for hit in results.hits}, results.understood


EVENING = Understood("avond", "combinable", "evening")


def test_a_place_and_a_time_among_the_words_become_choices(index: Index) -> None:
    """Nurses, in the evening, around Utrecht: only the one training that is all of that, and the page is told so."""
    keys, told = found(index, "verpleegkundige avond utrecht")
    assert (keys, told) == ({1}, (EVENING, Understood("utrecht", "place", "Utrecht", 25)))
    assert found(index, "Utrecht, avond: Verpleegkundige")[0] == {1}


def test_words_in_plain_queries_stay_words(index: Index) -> None:
    """A query without such words is asked as it stands."""
    assert found(index, "verpleegkundige") == ({1, 2, 3}, ())
    assert found(index, "") == ({1, 2, 3, 4, 5, 6, 7, 8}, ())


@pytest.mark.parametrize(
    ("text", "keys"), [("online marketing", {4}), ("kaas gouda", {7}), ("lassen avond", {8}), ("gouda", {7})]
)
def test_a_word_that_a_title_has_with_the_others_stays_a_word(index: Index, text: str, keys: set[int]) -> None:
    """What the register itself calls so is found by its words, and nothing is taken for a choice."""
    assert found(index, text) == (keys, ())


def test_the_same_word_with_other_words_is_a_choice(index: Index) -> None:
    """No title has "online" together with bookkeeping, so it says how."""
    assert found(index, "boekhouden online") == ({5}, (Understood("online", "delivery", "online"),))
    assert found(index, "boekhouden weekend") == ({5}, (Understood("weekend", "combinable", "work"),))


def test_one_looks_farther_around_until_something_is_found(index: Index) -> None:
    """Of the radii the first that has results is taken, and told."""
    told = found(index, "verpleegkundige den haag")
    assert told == ({1, 2}, (Understood("den haag", "place", "Den Haag", 100),))
    assert tuple(sorted(AROUND_KM)) == AROUND_KM


def test_a_word_before_a_place_goes_with_it(index: Index) -> None:
    """ "In the region of" a place is no subject."""
    assert found(index, "verpleegkundige regio utrecht")[0] == {1, 2}


@pytest.mark.parametrize(
    ("text", "asked"),
    [("verpleegkundige ede", {}), ("verpleegkundige utrecht", {"postcode": "6211"})],
)
def test_a_place_is_not_guessed(index: Index, text: str, asked: dict[str, str]) -> None:
    """A short other name, and a place beside the one that was filled in, stay words."""
    assert found(index, text, **asked)[1] == ()


def test_of_places_of_a_size_one_is_taken_and_the_other_told(index: Index) -> None:
    """Nobody can say which is meant: the answer names both, so that one can ask for the other."""
    (told,) = found(index, "verpleegkundige beek")[1]
    assert (told.facet, told.value, told.others) == ("place", "Beek (Berg en Dal)", ("Beek (Montferland)",))


def test_a_word_can_be_asked_for_itself(index: Index) -> None:
    """Each word that was understood can be looked for as it is; the others are still understood."""
    both, understanding = "verpleegkundige avond utrecht", index._understanding
    assert found(index, "verpleegkundige utrecht", literal=("utrecht",))[1] == ()
    assert [told for _query, told in understanding.of(Query(both, literal=("utrecht",)))] == [(EVENING,)]
    assert list(understanding.of(Query(both, literal=("avond", "utrecht")))) == []


def test_a_choice_of_the_visitor_is_kept_beside_what_was_understood(index: Index) -> None:
    """Values within a facet are "or", as if both boxes were ticked; other facets still narrow."""
    keys, _told = found(index, "boekhouden weekend", chosen={"combinable": ("evening",), "delivery": ("online",)})
    assert keys == {5}


def test_the_next_page_goes_on_where_the_first_ended(index: Index) -> None:
    """The key of a page holds for the same words, and everything is seen once."""
    query = Query("utrecht", size=1)
    first: Results = index.search(query, today=TODAY)
    second: Results = index.search(replace(query, after=first.after), today=TODAY)
    assert first.understood == second.understood != ()
    assert [hit.key for one in (first, second) for hit in one.hits] == [1, 2]


def test_where_nothing_is_found_either_way_the_page_offers_more(index: Index) -> None:
    """The subject exists but not there: the answer is empty, told, and what is suggested has results."""
    results = index.search(Query("marketing avond"), today=TODAY)
    assert (results.total, results.understood) == (0, (EVENING,))
    assert results.suggestions
    assert found(index, "onbestaanbaar utrecht")[1] in ((), (Understood("utrecht", "place", "Utrecht", 25),))


def test_every_meaning_is_a_value_of_a_facet() -> None:
    """What a word may mean is a facet that one can choose."""
    assert {facet for facet, _value in MEANS.values()} <= set(FACETS)
