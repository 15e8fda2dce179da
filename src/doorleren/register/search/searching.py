"""Answers a query from one version of the index: words, narrowing, counts, order, page, reasons, what else to try."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

import polars as pl

from doorleren.register.search import fields, paging
from doorleren.register.search.asked import Asked, make_sure
from doorleren.register.search.asking import PLACE, BadQuery, Hit, Query, Results, Suggestion, Understood
from doorleren.register.search.because import reasons
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.matching import Matches, Ranked, matches
from doorleren.register.search.opened import Opened
from doorleren.register.search.spelt import guessed
from doorleren.register.search.suggesting import spellings, suggestions
from doorleren.register.search.understanding import Read, Understanding
from doorleren.register.search.wording import Reading, Wording


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found for a query as it stands, before it is told: the page, how many there are, and the key behind it."""

    asked: Asked
    wording: Wording
    found: Matches
    page: Sequence[Ranked]
    total: int
    after: str


class Index:
    """One version of the index, open for questions from many threads. It keeps answering after a newer one is built."""

    def __init__(self, folder: Path) -> None:
        """Open the version in a folder. Raises Damaged when it cannot be read."""
        self._opened = Opened.read(folder)
        self._reading = Reading(
            self._opened.searcher, self._opened.schema, self._opened.vocabulary, self._opened.splitter
        )
        self._understanding = Understanding(self._opened.whereabouts, self._reading)

    @property
    def keys(self) -> pl.Series:
        """Give the keys of all activities (UInt64, increasing): what a FundingColumn is best aligned with."""
        return self._opened.keys

    @property
    def built_for(self) -> date:
        """Give the day for which it was built."""
        return self._opened.built_for

    def search(self, query: Query, *, to_pay: FundingColumn | None = None, today: date) -> Results:
        """Answer a query. With `to_pay` one can narrow, count and sort by what remains to pay, over all matches.

        What the words may mean is tried in the order of `Understanding.looks`; `Results.understood` says what was taken.
        Raises BadQuery, which names the field, what was given and what is allowed.
        """
        if query.after:
            return self._later_page(query, to_pay, today)
        plain = None
        for meant, told in self._understanding.looks(query):
            if meant is query:
                plain = self._look(query, to_pay, today)
                if plain.total:
                    return self._results(plain, told, to_pay, today)
            elif self._count(meant, to_pay, today):
                return self._results(self._look(meant, to_pay, today), told, to_pay, today)
        for meant, told in self._understanding.subjects(query):
            if self._count(replace(query, text=meant.text), to_pay, today):
                return self._results(self._look(meant, to_pay, today), told, to_pay, today)
        return self._results(plain or self._look(query, to_pay, today), (), to_pay, today)

    def _later_page(self, query: Query, to_pay: FundingColumn | None, today: date) -> Results:
        """Answer the reading that the key of the page was given out for. Raises BadQuery when there is none."""
        meant, told = next(filter(_belongs, self._understanding.looks(query)), (query, ()))
        return self._results(self._look(meant, to_pay, today), told, to_pay, today)

    def _look(self, query: Query, to_pay: FundingColumn | None, today: date) -> _Looked:
        """Find the page of a query as it stands."""
        asked, wording, found = self._find(query, to_pay, today)
        return _Looked(asked, wording, found, *self._page(asked, found))

    def _results(
        self, looked: _Looked, told: tuple[Understood, ...], to_pay: FundingColumn | None, today: date
    ) -> Results:
        """Say what was found; `told` is how it was read from what was typed."""
        asked, wording = looked.asked, looked.wording
        else_try = self._else_try(asked, wording, looked.total, lambda other: self._count(other, to_pay, today))
        hits = tuple(self._hits(looked.page, asked, wording))
        return Results(
            looked.total, hits, looked.found.counts(), looked.after, else_try, asked.postcode_known, self._opened.lacking,
            (*self._where(asked.query, told), *told, *guessed(wording, hits)),
        )  # fmt: skip

    def _where(self, query: Query, told: Sequence[Understood]) -> tuple[Understood, ...]:
        """Say which place was taken for the one that was filled in, where that has namesakes."""
        return () if any(one.facet == PLACE for one in told) else self._opened.whereabouts.told(query.postcode)

    def _else_try(
        self, asked: Asked, wording: Wording, total: int, count: Callable[[Query], int]
    ) -> tuple[Suggestion, ...]:
        """Suggest what else to try where nothing was found; where a word was guessed, its likeliest spelling."""
        if not total:
            return suggestions(asked.query, wording, self._opened, count)
        if all(word.known for word in wording.words):
            return ()
        likeliest = islice(spellings(asked.query, wording, self._opened), 1)
        return tuple(one for one in likeliest if count(one.query))

    def _find(self, query: Query, to_pay: FundingColumn | None, today: date) -> tuple[Asked, Wording, Matches]:
        asked = make_sure(query, self._opened, to_pay, today)
        wording = self._reading.read(query.text, query.match, query.literal)
        return asked, wording, matches(asked, self._reading.query(wording), self._opened)

    def _count(self, query: Query, to_pay: FundingColumn | None, today: date) -> int:
        found = self._find(query, to_pay, today)[2]
        found.first(1)
        return found.total

    def _page(self, asked: Asked, found: Matches) -> tuple[list[Ranked], int, str]:
        size, place = asked.query.size, paging.read(asked.query)
        passed = place.passed if place else 0
        while True:
            ranked = found.first(passed + size)
            begin = self._after(ranked, place)
            if len(ranked) - begin >= size or len(ranked) >= found.total:
                break
            passed += size + passed
        page = ranked[begin : begin + size]
        if begin + len(page) >= found.total or not page:
            return page, found.total, ""
        last = paging.Place(page[-1].value, self._key(page[-1].row), begin + len(page))
        return page, found.total, paging.written(last, asked.query)

    def _after(self, ranked: list[Ranked], place: paging.Place | None) -> int:
        if place is None:
            return 0
        return bisect_right(ranked, (place.value, place.key), key=lambda one: (one.value, self._key(one.row)))

    def _hits(self, page: Sequence[Ranked], asked: Asked, wording: Wording) -> Iterator[Hit]:
        """Make the hits of a page; each column is asked once for all of them."""
        opened, rows = self._opened, [one.row for one in page]
        places = pl.Series(rows, dtype=pl.UInt32)
        keys, spots = opened.keys[places].to_list(), opened.rows["spot"][places].to_list()
        cents = [None] * len(rows) if asked.amounts is None else asked.amounts.cents[places].to_list()
        because = reasons(wording, rows, opened)
        for one, key, spot, amount, why in zip(page, keys, spots, cents, because, strict=True):
            km = None if asked.spot_km is None or spot == fields.NO_SPOT else asked.spot_km[spot]
            yield Hit(key, one.score, why, km, amount)

    def _key(self, row: int) -> int:
        key: int = self._opened.keys[row]
        return key


def _belongs(read: Read) -> bool:
    """Say whether the key of the page was given out for this reading of the query."""
    try:
        paging.read(read[0])
    except BadQuery:
        return False
    return True
