"""Distances between places, and where a postcode or municipality lies."""

import pytest

from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.reference.entries import Postcode
from doorleren.register.reference.place_names import Places

AMSTERDAM, MAASTRICHT = Point(52.3731, 4.8926), Point(50.8514, 5.6910)
POSTCODES = (
    Postcode("1011", "Amsterdam", "GM0363", "Amsterdam", "AM18", "Groot Amsterdam", 52.372, 4.905),
    Postcode("1012", "Amsterdam", "GM0363", "Amsterdam", "AM18", "Groot Amsterdam", 52.374, 4.893),
    Postcode("1002", "Amsterdam", "GM0363", "Amsterdam", "AM18", "Groot Amsterdam", 51.861, 4.359, post_boxes=True),
    Postcode("1019", "Amsterdam", "GM0363", "Amsterdam", "AM18", "Groot Amsterdam", None, None),
    Postcode("9999", "Nergens", "GM9999", "Nergens", "AM99", "Nergens", None, None),
)


@pytest.mark.parametrize(
    ("one", "other", "km", "within"),
    [
        (AMSTERDAM, MAASTRICHT, 178.0, 1.0),
        (Point(0, 0), Point(0, 1), 111.195, 0.001),
        (Point(90, 0), Point(-90, 0), 20_015.1, 0.1),
        (Point(52.0, 179.9), Point(52.0, -179.9), 13.69, 0.01),
        (AMSTERDAM, AMSTERDAM, 0.0, 0.0),
    ],
)
def test_known_distances(one: Point, other: Point, km: float, within: float) -> None:
    """A degree at the equator, pole to pole, over the date line and between two cities, both ways."""
    assert kilometres(one, other) == pytest.approx(km, abs=within)
    assert kilometres(other, one) == kilometres(one, other)


def test_postcodes_lie_at_their_centre() -> None:
    """A postcode is found with or without its letters; one that nobody knows lies nowhere."""
    places = Places(POSTCODES)
    assert places.at("1012") == places.at("1012 AB") == places.at("1012ab") == Point(52.374, 4.893)
    assert places.at("8888") is None
    assert places.at("9999") is None
    assert places.at("") is None


@pytest.mark.parametrize("pc4", ["1002", "1019"])
def test_post_boxes_lie_where_the_homes_are(pc4: str) -> None:
    """Post boxes, whose coordinates may be anywhere, and postcodes without a centre lie amid the homes of the place."""
    at = Places(POSTCODES).at(pc4)
    assert at is not None
    assert kilometres(at, AMSTERDAM) < 1


def test_places_without_postcodes() -> None:
    """Without imported postcodes a municipality lies where the package says, under each of its names."""
    places = Places(())
    amsterdam, hague = places.at("Amsterdam"), places.at("'s-Gravenhage")
    assert amsterdam is not None
    assert hague is not None
    assert hague == places.at("Gemeente Den Haag")
    assert kilometres(amsterdam, AMSTERDAM) < 1
    assert kilometres(amsterdam, hague) == pytest.approx(52, abs=3)
    assert places.at("1012") is None


def test_a_municipality_named_after_two_places() -> None:
    """A municipality with two names lies at the first; one that is no place is not known."""
    places = Places(())
    sittard = places.at("Sittard")
    assert sittard is not None
    assert places.at("Sittard-Geleen") == sittard
    assert places.at("Verzonnendorp") is None
