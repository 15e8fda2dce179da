"""Where a visitor is: by postcode, by the name of a place, and what is said of a name that is wrong or not enough."""

from dataclasses import replace
from pathlib import Path

import pytest

from doorleren.register.entries import Run
from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.reference.entries import Postcode
from doorleren.register.reference.place_names import Places
from doorleren.register.search.asking import BadPlace, BadQuery, Query
from doorleren.register.search.building import build
from doorleren.register.search.searching import Index
from doorleren.register.search.whereabouts import Whereabouts
from tests.register.search.registers import TODAY, row


def postcode(pc4: str, place: str, municipality: str, latitude: float, longitude: float) -> Postcode:
    """Make a postcode in a region named after its municipality."""
    return Postcode(pc4, place, f"GM{municipality}", municipality, f"AM{municipality}", "", latitude, longitude)


IMPORTED = (
    postcode("2511", "'s-Gravenhage", "'s-Gravenhage", 52.08, 4.31),
    postcode("1861", "Bergen (NH)", "Bergen (NH.)", 52.67, 4.70),
    postcode("5854", "Bergen L", "Bergen (L.)", 51.61, 6.03),
    *(postcode(f"755{number}", "Hengelo", "Hengelo", 52.27, 6.79) for number in range(5)),
    postcode("7255", "Hengelo (Gld)", "Bronckhorst", 52.06, 6.33),
    postcode("3511", "Utrecht", "Utrecht", 52.09, 5.12),
    postcode("6573", "Beek", "Berg en Dal", 51.83, 5.92),
    postcode("7037", "Beek", "Montferland", 51.89, 6.18),
)


def whereabouts(*postcodes: Postcode) -> Whereabouts:
    """Give what an index with these postcodes knows."""
    places = Places(postcodes)
    return Whereabouts({pc4: tuple(point) for pc4, point in places.postcodes.items()}, places.named)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("asked", "lies"),
    [("3511", (52.09, 5.12)), (" 3511 ab ", (52.09, 5.12)), ("utrecht", (52.09, 5.12)), ("Gemeente Utrecht", (52.09, 5.12)),
     ("'s-Gravenhage", (52.08, 4.31)), ("Den Haag", (52.08, 4.31)), ("Hengelo", (52.27, 6.79)),
     ("Hengelo (Gld)", (52.06, 6.33)), ("hengelo bronckhorst", (52.06, 6.33)), ("Bergen NH", (52.67, 4.70)),
     ("Bergen (L.)", (51.61, 6.03)), ("Beek (Montferland)", (51.89, 6.18)), ("Bronckhorst", (52.06, 6.33))],
)  # fmt: skip
def test_postcodes_and_names_are_understood(asked: str, lies: tuple[float, float]) -> None:
    """Four digits, a town under any of its names, a municipality, and one of two namesakes by what tells it apart."""
    assert whereabouts(*IMPORTED).at(asked) == pytest.approx(lies)


@pytest.mark.parametrize("asked", ["Bergen", "beek"])
def test_a_name_of_several_places_is_not_guessed(asked: str) -> None:
    """Where no namesake is far larger, the refusal names them, each in a form that is understood."""
    known = whereabouts(*IMPORTED)
    with pytest.raises(BadPlace) as refused:
        known.at(asked)
    assert refused.value.several
    assert len(refused.value.near) == 2
    assert len({known.at(label) for label in refused.value.near}) == 2


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Utregt", "Utrecht"),
        ("Utercht", "Utrecht"),
        ("hengello", "Hengelo"),
        ("Den Hag", "Den Haag"),
        ("Den Hagg", "Den Haag"),
    ],
)
def test_a_misspelt_name_brings_the_nearest(asked: str, near: str) -> None:
    """A name that nobody knows is refused with the nearest spelling, which is understood."""
    known = whereabouts(*IMPORTED)
    with pytest.raises(BadPlace) as refused:
        known.at(asked)
    assert not refused.value.several
    assert near in refused.value.near
    assert known.at(refused.value.near[0]) == known.at(near)
    assert refused.value.near[0] in str(refused.value)


@pytest.mark.parametrize("asked", ["35112", "0999", "3511 A", "3511-AB", "12", "9a"])
def test_what_begins_with_a_digit_is_a_postcode(asked: str) -> None:
    """Digits that are no postcode are refused and never looked up as a name; an unknown postcode lies nowhere."""
    known = whereabouts(*IMPORTED)
    with pytest.raises(BadQuery) as refused:
        known.at(asked)
    assert not isinstance(refused.value, BadPlace)
    assert (refused.value.field, refused.value.given) == ("postcode", asked)
    assert known.at("9999") is None


def test_without_postcodes_names_still_work() -> None:
    """Without any import a town lies where the package says, and a postcode nowhere; the largest namesake is taken."""
    known = whereabouts()
    hengelo = known.at("Hengelo")
    assert hengelo is not None
    assert kilometres(hengelo, Point(52.27, 6.79)) < 5
    assert known.at("3511") is None


def test_the_search_takes_a_name(tmp_path: Path) -> None:
    """A radius around a named town keeps what is near, counts by distance ignore it, and each result says how far."""
    rows = [
        replace(row(number, "Opleiding lasser"), latitude=place[0], longitude=place[1])
        for number, place in enumerate([(52.09, 5.12), (52.08, 4.31), (52.27, 6.79)], 1)
    ]
    places = Places(IMPORTED)
    index = Index(build(tmp_path, rows, today=TODAY, named=places.named).folder)
    found = index.search(Query("lasser", postcode="Utrecht", within_km=100, sort="distance"), today=TODAY)
    assert [(hit.key, round(hit.km or 0)) for hit in found.hits] == [(1, 0), (2, 55)]
    assert (found.total, found.postcode_known) == (2, True)
    assert found.facets["distance"] == {"5": 1, "100": 1, "farther": 1}
    chosen = index.search(Query("lasser", {"distance": ("5", "farther")}, "Utrecht", 100), today=TODAY)
    assert [hit.key for hit in chosen.hits] == [1]
    assert chosen.facets["distance"] == found.facets["distance"]


def test_a_place_in_the_words_is_a_reason(tmp_path: Path) -> None:
    """The place of a run or of the provider is searched too, and the result says that it was the place."""
    rows = [row(1, "Opleiding lasser", runs=(Run(TODAY, place="Den Helder"),)), row(2, "Opleiding lasser")]
    rows[1] = replace(rows[1], provider=replace(rows[1].provider, place="Maastricht"))
    index = Index(build(tmp_path, rows, today=TODAY).folder)
    for text, key, word in (("lasser den helder", 1, "helder"), ("lasser maastricht", 2, "maastricht")):
        hit = index.search(Query(text, match="all"), today=TODAY).hits[0]
        assert hit.key == key
        assert ("place", word) in hit.because
