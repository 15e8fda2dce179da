"""Questions as people put them: around a place, with words that say little, misspelt, or for what is not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from doorleren.register.reference.place_names import Named
from doorleren.register.search.asking import (
    ALIKE,
    FILLER,
    HERE,
    PLACE,
    SPELLING,
    WHERE,
    BadPlace,
    BadQuery,
    Query,
    Results,
    Understood,
)
from doorleren.register.search.building import build
from doorleren.register.search.phrases import around_a_place
from doorleren.register.search.searching import Index
from tests.register.search.registers import POSTCODES, TODAY, row

PLACES = (
    Named("utrecht", "Utrecht", 52.09, 5.12, 50),
    Named("bilthoven", "Bilthoven", 52.13, 5.2, 20),
    Named("maastricht", "Maastricht", 50.85, 5.69, 20),
    Named("hengelo", "Hengelo (Hengelo)", 52.27, 6.79, 20),
    Named("hengelo hengelo", "Hengelo (Hengelo)", 52.27, 6.79, 20),
    Named("hengelo", "Hengelo (Bronckhorst)", 52.06, 6.33, 1),
    Named("hengelo bronckhorst", "Hengelo (Bronckhorst)", 52.06, 6.33, 1),
    Named("beek", "Beek (Beek)", 50.94, 5.8, 3),
    Named("beek beek", "Beek (Beek)", 50.94, 5.8, 3),
    Named("beek", "Beek (De Bilt)", 52.1, 5.15, 2),
    Named("beek de bilt", "Beek (De Bilt)", 52.1, 5.15, 2),
)
ZOEK = Understood("zoek", FILLER, "")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index without any occupation, in Utrecht (3511) and Maastricht (6211)."""
    root: Path = tmp_path_factory.mktemp("asked")
    rows = [
        row(1, "Opleiding lasser", at="3511"),
        row(2, "Lasser worden", at="6211"),
        row(3, "Cursus fietsenmaker", at="3511"),
        row(4, "Buurt en wijk: actief in de buurt", at="6211"),
        row(5, "Pressure vessels", description="About a boiler and its operator."),
        row(6, "Equipment operator"),
        row(7, "Bedrijfskundig leidinggeven"),
        *(row(10 + number, f"Cursus koken {number}", at="3511") for number in range(5)),
    ]
    return Index(build(root, rows, today=TODAY, occupations={}, postcodes=POSTCODES, named=PLACES).folder)


def found(index: Index, text: str, **asked: object) -> tuple[set[int], tuple[Understood, ...]]:
    """Search; gives the keys that were found, and what was understood."""
    results = index.search(Query(text, **asked), today=TODAY)  # type: ignore[arg-type]
    return {hit.key for hit in results.hits}, results.understood


@pytest.mark.parametrize(
    "text",
    [
        "lasser in de buurt van Bilthoven", "lasser nabij bilthoven", "lasser rond Bilthoven", "lasser near Bilthoven",
        "Lasser, omgeving Bilthoven", "lasser in of rondom Bilthoven", "lasser Bilthoven en omstreken",
        "lasser niet ver van Bilthoven", "in de buurt van Bilthoven: lasser", "lasser regio Bilthoven e.o.",
    ],
)  # fmt: skip
def test_words_around_a_place_go_with_it(index: Index, text: str) -> None:
    """However one says that it should be near a place, the place is what is understood, and the words are not looked for."""
    assert found(index, text) == ({1}, (Understood("bilthoven", PLACE, "Bilthoven", 25),))


@pytest.mark.parametrize(
    ("text", "keys", "km"),
    [
        ("lasser binnen 10 km van Bilthoven", {1}, 10),
        ("lasser in een straal van 15km rond bilthoven", {1}, 15),
        ("lasser maximaal 200 kilometer van Bilthoven", {1, 2}, 200),
    ],
)
def test_a_number_of_kilometres_is_the_radius(index: Index, text: str, keys: set[int], km: int) -> None:
    """Who names a distance gets that distance, and no wider one."""
    assert found(index, text) == (keys, (Understood("bilthoven", PLACE, "Bilthoven", km),))


@pytest.mark.parametrize("number", ["0", "501", "9" * 30])
def test_a_number_that_is_no_distance_stays_a_word(number: str) -> None:
    """No radius is nothing, and none is longer than the country."""
    said = ["lasser", number, "km", "bilthoven"]
    assert around_a_place(said, 3, 4).km is None


def test_a_distance_without_results_is_told_and_widened(index: Index) -> None:
    """Where the subject exists but not so near, the answer is empty, says so, and offers a wider area."""
    results = index.search(Query("lasser binnen 1 km van Bilthoven"), today=TODAY)
    assert (results.total, results.understood) == (0, (Understood("bilthoven", PLACE, "Bilthoven", 1),))
    assert "10 km" in [one.words for one in results.suggestions if one.kind == "wider"]


def test_near_me_asks_for_a_place_or_uses_it(index: Index) -> None:
    """Near the visitor is around the postcode that was filled in; without one the words drop out, and the page can ask."""
    assert found(index, "lasser bij mij in de buurt") == ({1, 2}, (Understood("buurt", HERE, ""),))
    assert found(index, "lasser in de buurt", postcode="3521") == ({1}, (Understood("buurt", HERE, "3521", 25),))
    assert found(index, "lasser in de buurt", postcode="3521", literal=("buurt",)) == (set(), ())


def test_near_as_a_subject_stays_a_subject(index: Index) -> None:
    """What a title says of the neighbourhood is found by its words."""
    assert found(index, "actief in de buurt") == ({4}, ())


@pytest.mark.parametrize("text", ["ik zoek lasser", "Ik zoek een lasser", "op zoek naar lasser"])
def test_how_one_begins_to_ask_is_not_looked_for(index: Index, text: str) -> None:
    """The words drop out, and that is told."""
    assert found(index, text) == ({1, 2}, (ZOEK,))


@pytest.mark.parametrize(
    ("text", "words"), [("omscholing lasser", "omscholing"), ("goedkope lasser", "goedkope"), ("lasser leren", "leren")]
)
def test_words_that_say_little_are_left_out_where_nothing_has_them(index: Index, text: str, words: str) -> None:
    """A word for wanting to learn costs nobody the results; asked for itself it is looked for."""
    assert found(index, text) == ({1, 2}, (Understood(words, FILLER, ""),))
    assert found(index, text, literal=(words,)) == (set(), ())


def test_words_that_say_little_count_where_something_has_them(index: Index) -> None:
    """A query that finds something as it stands is never read otherwise."""
    assert found(index, "opleiding lasser") == ({1}, ())
    assert found(index, "lasser worden")[1] == ()


def test_only_words_that_say_little_are_looked_for(index: Index) -> None:
    """Where nothing else is asked they are the question."""
    assert found(index, "omscholing") == (set(), ())
    assert found(index, "graag") == (set(), ())


def test_a_misspelt_word_is_mended_where_nothing_was_found(index: Index) -> None:
    """The results of the right spelling come at once, told; the word itself can be asked for, and finds nothing."""
    assert found(index, "boiler operatr") == ({5}, (Understood("operatr", SPELLING, "operator"),))
    literal = index.search(Query("boiler operatr", literal=("operatr",)), today=TODAY)
    assert (literal.total, literal.understood) == (0, ())
    assert ("spelling", "boiler operator") in [(one.kind, one.words) for one in literal.suggestions]


def test_a_misspelt_word_is_mended_beside_a_place(index: Index) -> None:
    """Place, mended spelling, and a misspelt place are all understood in one question."""
    near = Understood("bilthoven", PLACE, "Bilthoven", 25)
    assert found(index, "laser in de buurt van Bilthoven") == ({1}, (near, Understood("laser", SPELLING, "lasser")))
    wrong = Understood("bilthovem", PLACE, "Bilthoven", 25)
    assert found(index, "lasser Bilthovem") == ({1}, (wrong,))


def test_what_is_found_by_a_guess_is_told(index: Index) -> None:
    """A single misspelt word finds the right one, and the answer says that nothing has the word itself."""
    assert found(index, "fietsenmakr") == ({3}, (Understood("fietsenmakr", SPELLING, "fietsenmaker"),))
    assert found(index, "lasser") == ({1, 2}, ())


def test_what_only_ends_alike_is_not_found(index: Index) -> None:
    """Another trade of the same ending is no answer; the page says that there is nothing, and offers something."""
    results = index.search(Query("stratenmaker"), today=TODAY)
    assert (results.total, results.understood) == (0, ())
    assert results.suggestions


def test_what_begins_alike_is_told_to_be_only_alike(index: Index) -> None:
    """A word of the same family is shown, after the statement that nothing has the word itself."""
    alike = Understood("bedrijfskundeleer", ALIKE, "bedrijfskundig")
    assert found(index, "bedrijfskundeleer") == ({7}, (alike,))
    assert found(index, "bedrijfskundeleer", literal=("bedrijfskundeleer",)) == (set(), ())


def test_later_pages_follow_the_same_reading(index: Index) -> None:
    """Each page goes on where the one before ended, as it was read then; a key of another question is refused."""
    query = Query("omscholing kokn", size=2)
    pages: list[Results] = [index.search(query, today=TODAY)]
    while pages[-1].after:
        pages.append(index.search(replace(query, after=pages[-1].after), today=TODAY))
    assert [[hit.key for hit in page.hits] for page in pages] == [[10, 11], [12, 13], [14]]
    assert {page.understood for page in pages} == {pages[0].understood}
    assert {one.facet for one in pages[0].understood} == {FILLER, SPELLING}
    with pytest.raises(BadQuery, match="after"):
        index.search(Query("lasser", after=pages[0].after), today=TODAY)


def test_a_name_of_several_places_is_taken_for_the_largest_and_the_others_are_told(index: Index) -> None:
    """Who means another one reads which was taken, and asks for the other by what tells it apart."""
    told = Understood("beek", PLACE, "Beek (Beek)", 25, ("Beek (De Bilt)",))
    assert found(index, "lasser in de buurt van Beek") == ({2}, (told,))
    assert found(index, "lasser Beek (De Bilt)") == ({1}, (Understood("beek de bilt", PLACE, "Beek (De Bilt)", 25),))
    far = Understood("hengelo", PLACE, "Hengelo (Hengelo)", 100, ("Hengelo (Bronckhorst)",))
    assert found(index, "fietsenmaker hengelo")[1] == (far,)


def test_a_place_that_was_filled_in_is_told_where_it_has_namesakes(index: Index) -> None:
    """One that is far larger is taken, with a word; of two of a size nobody is taken for the other."""
    where = Understood("Hengelo", WHERE, "Hengelo (Hengelo)", None, ("Hengelo (Bronckhorst)",))
    assert found(index, "lasser", postcode="Hengelo") == ({1, 2}, (where,))
    assert found(index, "lasser", postcode="Hengelo (Bronckhorst)") == ({1, 2}, ())
    assert found(index, "lasser", postcode="3511") == found(index, "lasser", postcode="Utrecht") == ({1, 2}, ())
    with pytest.raises(BadPlace, match="Beek"):
        found(index, "lasser", postcode="Beek")
