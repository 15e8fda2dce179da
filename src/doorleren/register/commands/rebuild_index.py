"""Rebuild what the portal reads from: the index of words and the table of facts, both from the database, in one pass.

Called by the command line, by `serve` and after deliveries. Nothing is lost when it is stopped: the old index answers
until the new one is whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from doorleren.core.days import Asked
from doorleren.core.places import index_folder
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.facts import training_facts
from doorleren.register.funding.fundable import fundable_by
from doorleren.register.funding.price_group import price_groups_on
from doorleren.register.funding.stored import save
from doorleren.register.places import nearby
from doorleren.register.queries import Listing, all_listings, occupation_labels
from doorleren.register.search.building import Built, build
from doorleren.register.search.indexed import Indexed
from doorleren.register.shortages import shortages_on
from doorleren.register.standings import admissions_on
from doorleren.rules.library import Library

AT_ONCE = 20_000


def rebuild_index(library: Library, home: Path, *, today: date) -> Built:
    """Build the index of all activities as they stand on a day. Raises BuildRunning when another process is at it."""
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

    @property
    def lacking(self) -> tuple[str, ...]:
        """Give the kinds of reference data that were not imported, or say nothing of this day."""
        there = {
            "occupations": self.occupations, "postcodes": self.nearby.places.postcodes, "shortages": self.shortages.listed,
        }  # fmt: skip
        return tuple(kind for kind, content in there.items() if not content)

    def indexed(self, found: Iterator[Listing]) -> Iterator[Indexed]:
        while some := list(islice(found, AT_ONCE)):
            facts = Activities.of(
                ((one.key, self._facts(one)) for one in some),
                self.library.vocabulary,
            )
            self.parts.append(facts)
            fundable = fundable_by(self.library, facts, Asked(self.today))
            for row, one in enumerate(some):
                yield self._document(one, fundable.schemes(row))

    def _facts(self, one: Listing) -> dict[str, object]:
        return training_facts(
            one.entry, one.provider, on=self.today, groups=self.groups,
            in_register=one.key in self.admissions.admitted, excluded=one.key in self.admissions.excluded,
            shortage_occupation=self.shortages.prepares_for_one(one.entry.occupations),
        )  # fmt: skip

    def _document(self, one: Listing, schemes: tuple[str, ...]) -> Indexed:
        run = next((run for run in one.entry.runs if run.postcode or run.place), None)
        postcode, place = (run.postcode, run.place) if run else (one.provider.postcode, one.provider.place)
        online = one.entry.delivery == "online"
        region, spot = self.nearby.at("" if online else postcode, "" if online else place)
        return Indexed(
            one.key, one.entry, one.provider, region=region, latitude=spot and spot[0], longitude=spot and spot[1],
            fundable_by=schemes, shortage_occupation=self.shortages.prepares_for_one(one.entry.occupations),
        )  # fmt: skip
