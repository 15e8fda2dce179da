"""Where a visitor is: the postcode or place that was typed, to degrees; or what is wrong with it and what may be meant."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from doorleren.register.reference.distance import Point
from doorleren.register.reference.place_names import Named, base_name, key_of, keys_asked, same_place, the_one
from doorleren.register.search.asking import WHERE, BadPlace, BadQuery, Understood
from doorleren.register.search.vocabulary import ONE_WRONG, Vocabulary, distance

POSTCODE = re.compile(r"([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?")
MOST_NEAR = 3
MOST_NAMESAKES = 5
"""Other places of one name that are told."""

SPELLING_APART = 2
"""Letters in which two spellings of one name may differ."""

SHORTEST_NAME, SHORTEST_OTHER_NAME = 3, 7
"""Letters that the name of a place has, at least, where it stands among other words; more for a name that is not its own."""

SHORTEST_MISSPELT = 5
"""Letters that a word has, at least, that may be the name of a place with one letter wrong."""

ALLOWED = "a postcode of four digits, with or without two letters, or the name of a Dutch place or municipality"


class Whereabouts:
    """The postcodes and places that one version of the index knows."""

    def __init__(self, postcodes: Mapping[str, tuple[float, float]], named: Iterable[Named]) -> None:
        """Take degrees per four digits, and the places by name."""
        self.postcodes = postcodes
        self._named: defaultdict[str, list[Named]] = defaultdict(list)
        for one in named:
            self._named[one.key].append(one)
        self.called = lru_cache(maxsize=1000)(self._called)

    def at(self, asked: str) -> Point | None:
        """Give where a postcode or place lies; None for a postcode that is not known. Raises BadQuery, BadPlace."""
        told = asked.strip()
        if told[:1].isdigit():
            spot = self.postcodes.get(four_digits(told))
            return Point(*spot) if spot else None
        return self.called(told).point

    def named(self, key: str) -> Named | None:
        """Give the place that a name (`key_of`) means for certain; None where nothing, or several places, bear it.

        A name in another spelling or language counts only where it is long enough to be no other word.
        """
        found = self._bearing(key)
        return the_one(found) if found else None

    def largest(self, key: str) -> Named | None:
        """Give the largest of the places that have a name as their own, for who says which one was taken; None where nothing has it."""
        own = [one for one in self._bearing(key) if one.own]
        return min(own, key=_by_size, default=None)

    def _bearing(self, key: str) -> Sequence[Named]:
        found = self._named.get(key, ())
        long_enough = any(one.own or len(key) >= SHORTEST_OTHER_NAME for one in found)
        return found if len(key) >= SHORTEST_NAME and long_enough else ()

    def namesakes(self, place: Named) -> tuple[str, ...]:
        """Name the other places that have the name by which a place was found, the largest first, each so that it can be asked."""
        own = (one for one in self._named.get(place.key, ()) if one.own and one.label != place.label)
        others = sorted((one for one in own if not same_place(one, place)), key=_by_size)
        return tuple(dict.fromkeys(one.label for one in others))[:MOST_NAMESAKES]

    def told(self, asked: str) -> tuple[Understood, ...]:
        """Say which place a name was taken for, where others have that name too; nothing for a postcode. Raises BadPlace."""
        name = asked.strip()
        if not name or name[0].isdigit():
            return ()
        place = self.called(name)
        others = self.namesakes(place)
        return (Understood(name, WHERE, place.label, others=others),) if others else ()

    def meant(self, key: str) -> Named | None:
        """Give the place whose own name has one letter wrong; None where nothing, or several places, may be meant."""
        near = [other for other, like in self._spelling.near(key) if like >= ONE_WRONG]
        places = {place.label: place for other in near if (place := self.named(other)) is not None and place.own}
        return next(iter(places.values())) if len(places) == 1 and len(key) >= SHORTEST_MISSPELT else None

    def _called(self, name: str) -> Named:
        found = next((self._named[key] for key in keys_asked(name) if key in self._named), None)
        if found is None:
            raise BadPlace(name, ALLOWED, self._near(name))
        one = the_one(found)
        if one is None:
            own = sorted((each for each in found if each.own), key=_by_size) or sorted(found, key=_by_size)
            labels = tuple(dict.fromkeys(each.label for each in own))
            if len(labels) == 1:  # nothing that could be asked tells them apart
                return own[0]
            raise BadPlace(name, f"one of {', '.join(labels)}", labels, several=True)
        return one

    def _near(self, name: str) -> tuple[str, ...]:
        """Give the names of places that are spelt nearly so, each in a form that can be asked."""
        near = (max(self._named[key], key=lambda one: one.size) for key, _ in self._spelling.near(key_of(name)))
        return tuple(dict.fromkeys(self._plain(self._by_its_own_name(one)) for one in near))[:MOST_NEAR]

    def _by_its_own_name(self, place: Named) -> Named:
        """Give the place under its own name, where the name at hand is but another spelling of that ("Utreht")."""
        own = [] if place.own else self._own_at.get(place.point, [])
        alike = (one for one in own if distance(one.key, place.key, SPELLING_APART) <= SPELLING_APART)
        return next(alike, place)

    @cached_property
    def _own_at(self) -> dict[Point, list[Named]]:
        found: defaultdict[Point, list[Named]] = defaultdict(list)
        for one in (one for some in self._named.values() for one in some if one.own):
            found[one.point].append(one)
        return found

    def _plain(self, place: Named) -> str:
        """Give the name alone where that is enough, else with what tells it from its namesakes."""
        plain = base_name(place.label)
        meant = the_one(self._named.get(key_of(plain), ()))
        return plain if meant is not None and meant.point == place.point else place.label

    @cached_property
    def _spelling(self) -> Vocabulary:
        """Give the names to look among for what was misspelt; a tenth of a second to lay out, the first time."""
        return Vocabulary({key: max(one.size for one in some) for key, some in self._named.items() if key.isascii()})


def _by_size(place: Named) -> tuple[int, str]:
    """Order places, the largest first."""
    return -place.size, place.label


def four_digits(postcode: str) -> str:
    """Give the digits of a postcode. Raises BadQuery for what is no Dutch postcode."""
    found = POSTCODE.fullmatch(postcode.strip())
    if not found:
        raise BadQuery("postcode", postcode, ALLOWED)
    return found[1]
