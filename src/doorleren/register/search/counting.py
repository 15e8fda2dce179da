"""Counts per facet and value by tantivy itself, over everything that matches; the values never leave its columns."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from tantivy import Occur, Query, Searcher

from doorleren.register.search import fields, nearness
from doorleren.register.search.narrowing import together

Counts = dict[str, dict[str, int]]
MOST_VALUES = 65_000


def asked_for(facet: str) -> dict[str, Any]:
    """Give the aggregation of one facet as tantivy wants it; distance is counted per spot."""
    field = fields.SPOT if facet == "distance" else facet
    return {"terms": {"field": field, "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def count(
    searcher: Searcher,
    words: Query | None,
    bounds: list[tuple[Occur, Query]],
    conditions: Mapping[str, Query],
    wanted: list[str],
) -> dict[str, list[dict[str, Any]]]:
    """Count the wanted facets. What was chosen within a facet is left out of its own counts."""
    free = {facet: asked_for(facet) for facet in wanted if facet not in conditions}
    found: dict[str, Any] = {}
    if free:
        found = searcher.aggregate(together(words, [*bounds, *_musts(conditions)]), free)
    for facet in wanted:
        if facet in conditions:
            others = {name: condition for name, condition in conditions.items() if name != facet}
            found |= searcher.aggregate(together(words, [*bounds, *_musts(others)]), {facet: asked_for(facet)})
    return {facet: found[facet]["buckets"] for facet in wanted}


def told(buckets: Mapping[str, list[dict[str, Any]]], spot_km: pl.Series | None, today: date) -> Counts:
    """Turn what tantivy counted into counts per value: spots into bands of distance, months that are over left out."""
    found = {}
    for facet, counted in buckets.items():
        if facet == "distance":
            assert spot_km is not None
            found[facet] = _by_band(counted, spot_km)
        else:
            found[facet] = {bucket["key"]: bucket["doc_count"] for bucket in counted}
    return {facet: without_the_past(facet, values, today) for facet, values in found.items()}


def without_the_past(facet: str, values: dict[str, int], today: date) -> dict[str, int]:
    """Leave out the months before the month of a day."""
    if facet != "start_month":
        return values
    return {month: number for month, number in values.items() if month == fields.ANY_TIME or month >= f"{today:%Y-%m}"}


def _by_band(counted: list[dict[str, Any]], spot_km: pl.Series) -> dict[str, int]:
    found = dict.fromkeys(nearness.bands(), 0)
    kilometres = spot_km.to_list()
    for bucket in counted:
        spot = int(bucket["key"])
        if spot < len(kilometres):
            found[nearness.band_of(kilometres[spot])] += bucket["doc_count"]
    return {band: number for band, number in found.items() if number}


def _musts(conditions: Mapping[str, Query]) -> list[tuple[Occur, Query]]:
    return [(Occur.Must, condition) for condition in conditions.values()]
