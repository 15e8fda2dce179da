"""Everything that matches a question, in order and counted: by tantivy alone, or by columns where only columns know.

Price after funding belongs to a visitor and distance to a postcode; tantivy knows neither. With words and amounts, or
narrowed or sorted by one of them, the rows of all that matches the words are taken out of tantivy, kept, and narrowed,
counted and sorted as columns. Otherwise matches stay inside.
"""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Protocol, cast

import polars as pl
from tantivy import Occur, Order, Query, SearchResult

from doorleren.register.search import fields, nearness, prices
from doorleren.register.search.asked import Asked
from doorleren.register.search.counting import Counts, count, told, without_the_past
from doorleren.register.search.narrowing import bounds, conditions, together
from doorleren.register.search.opened import Opened

UNKNOWN_LAST = 2**38
"""Stands for an unknown price or distance in the order: after everything known."""

ROW_BITS = 24
"""Rows take the lowest bits of an order, so that ties go by key: 16 million activities at most."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A match in its order: less `value` comes first, then the lesser row."""

    value: float
    row: int
    score: float = 0.0


Hits = list[tuple[float, Any]]
"""What tantivy found: pairs of score and address, best first."""


class Matches(Protocol):
    """All matches of one question."""

    total: int

    def first(self, number: int) -> list[Ranked]:
        """Give the first so many, in order, ties by key."""
        ...

    def counts(self) -> Counts:
        """Give the counts per facet and value."""
        ...


def matches(asked: Asked, words: Query | None, opened: Opened) -> Matches:
    """Find everything that matches, the way that is quickest for what is asked."""
    late = asked.query.sort == "start" and asked.today > opened.built_for
    priced = asked.amounts is not None and (words is not None or "to_pay" in asked.chosen)
    if priced or asked.query.sort in ("to_pay", "distance") or late:
        return _InColumns(asked, words, opened)
    return _InTantivy(asked, words, opened)


def rows_of(query: Query, opened: Opened) -> pl.Series:
    """Take the rows of everything that matches out of tantivy, in order; some 150 ns each."""
    return pl.Series([row for row, _ in hits_by_row(query, opened)], dtype=pl.UInt32)


def hits_by_row(query: Query, opened: Opened) -> list[tuple[int, Any]]:
    """Give everything that matches as pairs of row and address, in order of row."""
    most = max(1, len(opened.rows))
    found: list[tuple[int, Any]] = opened.searcher.search(
        query, most, count=False, order_by_field=fields.ROW, order=Order.Asc
    ).hits
    return found


class _InTantivy:
    """Matches that stay inside tantivy; where amounts are counted among the rows of no words at all, those are taken out."""

    def __init__(self, asked: Asked, words: Query | None, opened: Opened) -> None:
        self.asked, self.words, self.opened = asked, words, opened
        self.bounds, self.conditions = bounds(asked, opened), conditions(asked, opened)
        self.query = together(words, [*self.bounds, *((Occur.Must, one) for one in self.conditions.values())])
        self.total = 0

    def first(self, number: int) -> list[Ranked]:
        searcher = self.opened.searcher
        field = fields.START if self.asked.query.sort == "start" else fields.ROW if self.words is None else None
        if field:
            found = searcher.search(self.query, number, order_by_field=field, order=Order.Asc)
            self.total = _count(found)
            return [Ranked(value >> 32 if field == fields.START else 0, value & 0xFFFFFFFF) for value, _ in found.hits]
        hits, rows = self._best(number)
        ranked = (Ranked(-score, row, score) for (score, _), row in zip(_with_ties(hits, number), rows, strict=False))
        return sorted(ranked, key=lambda one: (one.value, one.row))[:number]

    def _best(self, number: int) -> tuple[Hits, list[int]]:
        """Give the first so many by score, and those that score as the last of them does."""
        limit = number + 4
        while True:
            found = self.opened.searcher.search(self.query, limit)
            self.total, hits = _count(found), found.hits
            if len(hits) < limit or hits[-1][0] < hits[number - 1][0]:
                return hits, _rows(hits, self.opened)
            limit *= 4

    def counts(self) -> Counts:
        distance = [] if self.asked.spot_km is None else ["distance"]
        counted = count(self.opened.searcher, self.words, self.bounds, self.conditions, [*fields.COUNTED, *distance])
        found = told(counted, self.asked.spot_km, self.asked.today)
        if self.asked.amounts is not None:
            places = self._bands(self.asked.amounts.places)
            found["to_pay"] = {
                name: number for place, name in enumerate(prices.bands()) if (number := places.count(place))
            }
        return found

    def _bands(self, places: bytes) -> bytes:
        """Give the place of the price band of each match."""
        if not self.bounds and not self.conditions:
            return places
        return bytes([places[row] for row, _ in hits_by_row(self.query, self.opened)])


class _InColumns:
    """Matches as rows, narrowed and counted by the columns beside the index."""

    def __init__(self, asked: Asked, words: Query | None, opened: Opened) -> None:
        self.asked, self.words, self.opened = asked, words, opened
        self.rows = self._taken_out()
        self.cents = None if asked.amounts is None else asked.amounts.cents[self.rows]
        self.bands = None if asked.amounts is None else asked.amounts.bands[self.rows]
        self.km = None if asked.spot_km is None else self._at_spots(asked.spot_km)
        self.masks = {facet: self._mask(facet, values) for facet, values in asked.chosen.items()}
        if asked.near is not None:
            self.masks["distance"] = self._at_spots(asked.near).fill_null(False)
        self.kept = _all_of(list(self.masks.values()))
        self.total = len(self.rows) if self.kept is None else int(self.kept.sum())

    def first(self, number: int) -> list[Ranked]:
        if self.words is not None and self.asked.query.sort == "relevance":
            return self._best(number)
        order, rows = self._order(), self.rows
        if self.kept is not None:
            order, rows = order.filter(self.kept), rows.filter(self.kept)
        packed = order * 2**ROW_BITS + rows.cast(pl.Int64)
        first: list[int] = packed.bottom_k(number).sort().to_list()
        return [Ranked(value >> ROW_BITS, value & (2**ROW_BITS - 1)) for value in first]

    def _best(self, number: int) -> list[Ranked]:
        """Give the first so many by score, ties by row: tantivy ranks, more and more of them until enough are kept."""
        tested = [(Occur.Must, one) for one in conditions(self.asked, self.opened).values()]
        query = together(self.words, [*bounds(self.asked, self.opened), *tested])
        limit = number + 4
        while True:
            hits: Hits = self.opened.searcher.search(query, limit, count=False).hits
            kept = self._kept_of(hits)
            last = kept[number - 1].score if len(kept) >= number else None
            if len(hits) < limit or (last is not None and hits[-1][0] < last):
                return sorted(kept, key=lambda one: (one.value, one.row))[:number]
            limit *= 4

    def _kept_of(self, hits: Hits) -> list[Ranked]:
        """Give those of some hits that nothing leaves out, in their order; the rows of all lie in order, so each has its place."""
        rows = _rows(hits, self.opened)
        ranked = [Ranked(-score, row, score) for (score, _), row in zip(hits, rows, strict=True)]
        if self.kept is None or not ranked:
            return ranked
        stays = self.kept[self.rows.search_sorted(pl.Series(rows, dtype=pl.UInt32))]
        return [one for one, left in zip(ranked, stays.to_list(), strict=True) if left]

    def counts(self) -> Counts:
        found = {facet: self._values(facet) for facet in fields.COUNTED}
        if self.bands is not None:
            counted = dict(self._left_for("to_pay", self.bands).value_counts().iter_rows())
            found["to_pay"] = {name: counted[place] for place, name in enumerate(prices.bands()) if place in counted}
        if self.km is not None:
            found["distance"] = _by_band(self._left_for("distance", self.km), nearness.BANDS_KM, nearness.FARTHER)
        return {facet: without_the_past(facet, values, self.asked.today) for facet, values in found.items()}

    def _taken_out(self) -> pl.Series:
        """Give the rows of all that matches the words, in order."""
        within, query = bounds(self.asked, self.opened), self.asked.query
        if self.words is None and not within:
            return pl.arange(0, len(self.opened.rows), eager=True, dtype=pl.UInt32)
        return self.opened.kept_rows.of(
            (query.text, query.match, query.occupation, self.asked.today),
            lambda: rows_of(together(self.words, within), self.opened),
        )

    def _order(self) -> pl.Series:
        sort = self.asked.query.sort
        if sort == "to_pay" and self.cents is not None:
            return self.cents.fill_null(UNKNOWN_LAST)
        if sort == "distance" and self.km is not None:
            return (self.km * 1000).round().cast(pl.Int64).fill_null(UNKNOWN_LAST)
        if sort == "start":
            return self.opened.starts(self.asked.today).gather(self.rows)
        return pl.zeros(len(self.rows), dtype=pl.Int64, eager=True)

    def _at_spots(self, told: pl.Series) -> pl.Series:
        """Give by row what is told by spot; null for a row without a spot."""
        spots = self.opened.rows["spot"].gather(self.rows)
        return told.extend_constant(None, 1).gather(spots.clip(0, len(told)))

    def _mask(self, facet: str, chosen: frozenset[str]) -> pl.Series:
        if facet == "to_pay" and self.bands is not None:
            return self.bands.is_in([place for place, name in enumerate(prices.bands()) if name in chosen])
        allowed = [not chosen.isdisjoint(values) for values in self.opened.combinations[facet]]
        return pl.Series(allowed, dtype=pl.Boolean)[self.opened.rows[facet][self.rows]]

    def _left_for(self, facet: str, values: pl.Series) -> pl.Series:
        kept = self.kept if facet not in self.masks else _all_of([m for name, m in self.masks.items() if name != facet])
        return values if kept is None else values.filter(kept)

    def _values(self, facet: str) -> dict[str, int]:
        codes = self.opened.rows[facet][self._left_for(facet, self.rows)]
        combinations, found = self.opened.combinations[facet], dict[str, int]()
        for code, number in codes.value_counts().iter_rows():
            for value in combinations[code]:
                found[value] = found.get(value, 0) + number
        return found


def _rows(hits: Hits, opened: Opened) -> list[int]:
    rows = opened.searcher.fast_field_values(fields.ROW, [address for _, address in hits])
    return cast("list[int]", rows)


def _count(found: SearchResult) -> int:
    counted: int | None = found.count  # type: ignore[attr-defined]  # its type stub leaves it out
    return counted or 0


def _with_ties(hits: Hits, number: int) -> Hits:
    """Give the first so many, and those that score as the last of them does."""
    last = hits[number - 1][0] if len(hits) >= number else None
    return list(takewhile(lambda hit: last is None or hit[0] >= last, hits))


def _all_of(masks: list[pl.Series]) -> pl.Series | None:
    found = None
    for mask in masks:
        found = mask if found is None else found & mask
    return found


def _banded(values: pl.Series, limits: tuple[int, ...]) -> pl.Series:
    """Give the place of each value among the limits, the last place for more than all; null stays null."""
    found = pl.Series(limits, dtype=values.dtype).search_sorted(values, side="left")
    return pl.select(pl.when(values.is_not_null()).then(found)).to_series()


def _by_band(values: pl.Series, limits: tuple[int, ...], beyond: str) -> dict[str, int]:
    names = (*map(str, limits), beyond)
    counted = _banded(values, limits).drop_nulls().value_counts()
    return {names[place]: number for place, number in sorted(counted.iter_rows())}
