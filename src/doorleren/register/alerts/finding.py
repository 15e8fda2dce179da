"""What alerts ask of the read index: which trainings can be found at all, and which of some are found by a search.

One version of the index serves a whole round, so that what is noted as listed and what is found agree. It is opened
apart from the portal's own reader, because a round runs beside the web server and lets go of it at its end.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from doorleren.core.days import Asked
from doorleren.core.places import index_folder
from doorleren.register.funding.kept import KeptAnswers
from doorleren.register.funding.stored import Stored
from doorleren.register.portal import Portal
from doorleren.register.search import versions
from doorleren.register.search.asked import make_sure
from doorleren.register.search.asking import BadQuery, Query
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.matching import matches
from doorleren.register.search.opened import Damaged, Opened
from doorleren.register.search.understanding import Understanding
from doorleren.register.search.wording import Reading


@dataclass(frozen=True)
class Finding:
    """The index as it is now, for visitors who told nothing of themselves."""

    portal: Portal
    opened: Opened
    today: date

    @classmethod
    def of(cls, portal: Portal, today: date) -> "Finding | None":
        """Open the index in use; None when there is none, or it cannot be read."""
        folder = versions.current(index_folder(portal.home, "activities"))
        try:
            return cls(portal, Opened.read(folder), today) if folder else None
        except Damaged:
            return None

    def listed(self) -> list[int]:
        """Give the keys of the activities that may be seen today."""
        day = max(self.today, self.opened.built_for).toordinal()
        shown = self.opened.rows.filter((pl.col("shown_from") <= day) & (pl.col("shown_until") >= day))
        keys: list[int] = shown["key"].to_list()
        return keys

    def among(self, query: Query, keys: Collection[int]) -> list[int]:
        """Give those of some activities that a query finds, what fits best first. None for what cannot be asked any more.

        Costs one pass over everything found: some 2 microseconds a result.
        """
        plain = replace(query, sort="relevance", after="")
        understanding = Understanding(self.opened.whereabouts, self._reading)
        try:
            meant = (self._rows(one) for one, _told in understanding.looks(plain))
            rows = next((some for some in meant if some), [])
        except BadQuery:
            return []
        wanted = set(keys)
        return [key for key in self.opened.keys.gather(rows).to_list() if key in wanted]

    def _rows(self, query: Query) -> list[int]:
        """Give the rows that a query finds as it stands, what fits best first. Raises BadQuery."""
        asked = make_sure(query, self.opened, self._to_pay if query.chosen.get("to_pay") else None, self.today)
        wording = self._reading.read(query.text, query.match, query.literal)
        found = matches(asked, self._reading.query(wording), self.opened)
        return [one.row for one in found.first(max(1, len(self.opened.rows)))]

    @cached_property
    def _reading(self) -> Reading:
        opened = self.opened
        return Reading(opened.searcher, opened.schema, opened.vocabulary, opened.splitter)

    @cached_property
    def _to_pay(self) -> FundingColumn:
        """Give the least that may remain to pay for somebody of whom nothing is known, as the link in the mail shows it."""
        library = self.portal.library
        stored = Stored(index_folder(self.portal.home, "funding"), library.vocabulary)
        told = KeptAnswers(library, stored.activities()).of({}, Asked(self.today))
        return FundingColumn(told.keys, told.cents)
