"""Rebuild what the portal reads from: the index of words and the table of facts, both from the database, in one pass.

Called by the command line, by `serve` and after deliveries. Nothing is lost when it is stopped: the old index answers
until the new one is whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from doorleren.core.days import Asked
from doorleren.core.places import index_folder
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.facts import Standing, Told, facts_in_columns
from doorleren.register.funding.fundable import fundable_by
from doorleren.register.funding.price_group import price_groups_on
from doorleren.register.funding.stored import save
from doorleren.register.places import nearby
from doorleren.register.queries import Listing, all_listings, occupation_labels
from doorleren.register.search.building import Built, build
from doorleren.register.search.fields import to_come
from doorleren.register.search.indexed import Indexed
from doorleren.register.shortages import shortages_on
from doorleren.register.standings import admissions_on
from doorleren.register.sweeping import swept_seldom
from doorleren.rules.library import Library

AT_ONCE = 20_000
MOST_PLACES = 50
"""Places of one activity that count for its distance."""

SAME = 20_000
"""Places, sets of occupations and standings that are worked out once for all activities that share them."""


def rebuild_index(library: Library, home: Path, *, today: date) -> Built:
    """Build the index of all activities as they stand on a day. Raises BuildRunning when another process is at it."""
    with swept_seldom():
        return _rebuilt(library, home, today)


def _rebuilt(library: Library, home: Path, today: date) -> Built:
    pass_through = _Pass(library, today)
    built = build(
        index_folder(home, "activities"),
        pass_through.indexed(all_listings()),
        today=today,
        occupations=pass_through.occupations,
        postcodes=pass_through.nearby.coordinates,
        named=pass_through.nearby.places.named,
        lacking=pass_through.lacking,
    )
    save(pass_through.parts, index_folder(home, "funding"))
    return built


@dataclass
class _Pass:
    """One way through the register: each activity becomes a document, and its facts a row.

    How many grants were given to an activity this year stays unknown: nothing here counts grants.
    """

    library: Library
    today: date

    def __post_init__(self) -> None:
        self.nearby = nearby()
        self.admissions = admissions_on(self.today)
        self.shortages = shortages_on(self.today)
        self.occupations = occupation_labels()
        self.groups = price_groups_on(self.library, self.today)
        self.parts: list[Activities] = []
        self.at = lru_cache(maxsize=SAME)(self.nearby.at)
        self.in_short_supply = lru_cache(maxsize=SAME)(self.shortages.prepares_for_one)
        self.standing = lru_cache(maxsize=SAME)(Standing)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Give the kinds of reference data that were not imported, or say nothing of this day."""
        there = {
            "occupations": self.occupations, "postcodes": self.nearby.places.postcodes, "shortages": self.shortages.listed,
        }  # fmt: skip
        return tuple(kind for kind, content in there.items() if not content)

    def indexed(self, found: Iterator[Listing]) -> Iterator[Indexed]:
        while some := list(islice(found, AT_ONCE)):
            shortage = [self.in_short_supply(one.entry.occupations) for one in some]
            told = [self._told(one, short) for one, short in zip(some, shortage, strict=True)]
            facts = Activities.of_columns([one.key for one in some], facts_in_columns(told), self.library.vocabulary)
            self.parts.append(facts)
            schemes = fundable_by(self.library, facts, Asked(self.today)).each()
            yield from map(self._document, some, shortage, schemes)

    def _told(self, one: Listing, shortage: bool | None) -> Told:
        in_register, excluded = one.key in self.admissions.admitted, one.key in self.admissions.excluded
        return Told(
            one.entry, one.provider, self.standing(in_register, None, excluded, shortage), self.today, self.groups
        )

    def _document(self, one: Listing, shortage: bool | None, schemes: tuple[str, ...]) -> Indexed:
        found = [self.at(*where) for where in self._given_at(one)]
        regions = [*dict.fromkeys(region for region, _spot in found if region), ""]
        spots = [*dict.fromkeys(spot for _region, spot in found if spot), None]
        first = spots[0]
        return Indexed(
            one.key, one.entry, one.provider, region=regions[0], latitude=first and first[0], longitude=first and first[1],
            fundable_by=schemes, shortage_occupation=shortage, elsewhere=tuple(spot for spot in spots[1:] if spot),
            other_regions=tuple(filter(None, regions[1:])),
        )  # fmt: skip

    def _given_at(self, one: Listing) -> list[tuple[str, str]]:
        """Give postcode and place of where an activity is given from now on; without such runs of any, else of the provider."""
        if one.entry.delivery == "online":
            return []
        placed = [run for run in one.entry.runs if run.postcode or run.place]
        runs = list(to_come(tuple(placed), self.today)) or placed
        where = dict.fromkeys((run.postcode, run.place) for run in runs)
        return list(where)[:MOST_PLACES] or [(one.provider.postcode, one.provider.place)]
