"""Counts, narrowing, order and pages over all matches, held against a loop over the register."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.search import nearness, prices
from doorleren.register.search.analysis import stem_of, words_of
from doorleren.register.search.asking import Query, Results
from doorleren.register.search.fields import counted_values
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.indexed import Indexed
from doorleren.register.search.prices import bands
from doorleren.register.search.searching import Index
from tests.register.search.registers import POSTCODES, TODAY

Values = dict[str, tuple[str, ...]]
AMOUNTS = (0, 0, 1, 25_000, 25_001, 99_999, 100_000, 250_000, 600_000, None)


@pytest.fixture(scope="module")
def column(large: Index) -> FundingColumn:
    """Give what remains to pay, with ties, nothing and unknown."""
    random = Random(4)
    return FundingColumn(large.keys, pl.Series([random.choice(AMOUNTS) for _ in large.keys], dtype=pl.Int64))


def values_of(one: Indexed, cents: dict[int, int | None] | None, postcode: str, today: date) -> Values:
    """Give the values of an activity per facet, worked out without the index."""
    found = counted_values(one, today)
    if cents is not None and (amount := cents[one.key]) is not None:
        found["to_pay"] = (prices.band_of(amount),)
    if postcode and one.latitude is not None and one.longitude is not None:
        found["distance"] = (
            nearness.band_of(kilometres(Point(*POSTCODES[postcode]), Point(one.latitude, one.longitude))),
        )
    return found


def brute(
    rows: list[Indexed], query: Query, cents: dict[int, int | None] | None
) -> tuple[set[int], dict[str, Counter[str]]]:
    """Give the keys that match and the counts per facet, activity by activity."""
    stems = [stem_of(word) for word in words_of(query.text)]
    matching = [
        (one.key, values_of(one, cents, query.postcode, TODAY))
        for one in rows
        if all(stem in map(stem_of, words_of(one.entry.title)) for stem in stems)
    ]

    def chosen(values: Values, but: str = "") -> bool:
        return all(set(values.get(name, ())) & set(wanted) for name, wanted in query.chosen.items() if name != but)

    facets = {name for _, values in matching for name in values}
    counts = {
        name: Counter(v for _, values in matching if chosen(values, name) for v in values.get(name, ()))
        for name in facets
    }
    return {key for key, values in matching if chosen(values)}, counts


def all_pages(index: Index, query: Query, column: FundingColumn | None) -> tuple[Results, list[int]]:
    """Give the first page and the keys of all pages in order."""
    found = first = index.search(query, to_pay=column, today=TODAY)
    keys = [hit.key for hit in first.hits]
    while found.after:
        found = index.search(replace(query, after=found.after), to_pay=column, today=TODAY)
        keys += [hit.key for hit in found.hits]
        assert found.total == first.total
    return first, keys


QUESTIONS = [
    Query(),
    Query("metaal", size=10),
    Query("metaal", {"sector": ("ict", "technology")}),
    Query("zorg", {"sector": ("ict",), "level": ("mbo2", "hbo"), "combinable": ("work",)}, size=10),
    Query("", {"start_month": ("2022-10", "any_time"), "fundable_by": ("slim", "tel")}),
    Query("hout", {"recognition": ("ocw",), "shortage_occupation": ("yes",)}, sort="start"),
    Query("", sort="start", size=50),
    Query("taal", {"distance": ("10", "50")}, postcode="3511"),
    Query("", {"region": ("AM01",)}, postcode="3511", sort="distance", size=50),
    Query("tuin", {"language": ("en",), "delivery": ("online", "blended")}, postcode="6211", sort="distance"),
]


@pytest.mark.parametrize("profile", ["", "beside", "narrowed"])
@pytest.mark.parametrize("query", QUESTIONS, ids=str)
def test_counts_and_pages_equal_a_loop(
    large: Index, rows: list[Indexed], column: FundingColumn, query: Query, profile: str
) -> None:
    """Totals, counts without a facet's own choice and the union of all pages equal a loop, inside tantivy and in columns."""
    cents = dict(zip(column.keys, column.cents, strict=True)) if profile else None
    if profile == "narrowed":
        query = replace(query, chosen={**query.chosen, "to_pay": ("0", "25000", "100000", "more")})
    found, keys = all_pages(large, query, column if profile else None)
    expected, counts = brute(rows, query, cents)
    assert len(keys) == len(set(keys)) == found.total
    assert set(keys) == expected
    told = {facet: dict(values) for facet, values in found.facets.items() if values}
    assert told == {facet: dict(values) for facet, values in counts.items() if values}


@pytest.mark.parametrize("text", ["", "metaal", "verkoop techniek"])
@pytest.mark.parametrize("wanted", [(), ("0",), ("25000", "more"), ("0", "100000")])
def test_what_remains_to_pay_covers_all_matches(
    large: Index, rows: list[Indexed], column: FundingColumn, text: str, wanted: tuple[str, ...]
) -> None:
    """Narrowed and sorted by what remains to pay, all pages equal a sort of all matches, ties by key, unknown last."""
    cents = dict(zip(column.keys, column.cents, strict=True))
    chosen = {"level": ("mbo2", "mbo3")} | ({"to_pay": wanted} if wanted else {})
    query = Query(text, chosen, sort="to_pay", size=10, match="all")
    found, keys = all_pages(large, query, column)
    expected, counts = brute(rows, query, cents)
    assert keys == sorted(expected, key=lambda key: (cents[key] is None, cents[key] or 0, key))
    assert dict(found.facets["to_pay"]) == dict(counts["to_pay"])
    assert [hit.to_pay_cents for hit in found.hits] == [cents[hit.key] for hit in found.hits]


def test_a_column_in_another_order_is_aligned(large: Index, column: FundingColumn) -> None:
    """Keys in any order, too many or too few, give the same as the index's own order; what lacks is unknown."""
    query = Query("metaal", sort="to_pay", size=50)
    expected = large.search(query, to_pay=column, today=TODAY)
    shuffled = pl.DataFrame({"key": column.keys, "cents": column.cents}).sample(fraction=1.0, shuffle=True, seed=1)
    more = pl.concat([pl.DataFrame({"key": [1, 4], "cents": [5, 5]}, schema=shuffled.schema), shuffled])
    for _ in range(2):
        assert large.search(query, to_pay=FundingColumn(more["key"], more["cents"]), today=TODAY) == expected
    known = more.filter(pl.col("key") != expected.hits[0].key)
    without = large.search(query, to_pay=FundingColumn(known["key"].cast(pl.Int64), known["cents"]), today=TODAY)
    assert without.total == expected.total
    assert without.hits[0].key == expected.hits[1].key


def test_relevance_is_the_same_with_a_profile(large: Index, column: FundingColumn) -> None:
    """Sorted by relevance, a profile changes no order and no score."""
    query = Query("metaal hout", match="any", size=50)
    known = FundingColumn(column.keys, column.cents.fill_null(7))
    plain = large.search(query, today=TODAY).hits
    for chosen in ({}, {"to_pay": bands()}):
        paid = large.search(replace(query, chosen=chosen), to_pay=known, today=TODAY).hits
        assert [(hit.key, hit.score) for hit in plain] == [(hit.key, hit.score) for hit in paid]


def test_pages_by_relevance_keep_ties_by_key(large: Index) -> None:
    """Page after page the score never rises, and where it is equal the key rises."""
    order, after = [], ""
    while True:
        found = large.search(Query("metaal", size=10, after=after), today=TODAY)
        order += [(-hit.score, hit.key) for hit in found.hits]
        after = found.after
        if not after:
            break
    assert order == sorted(order)
    assert len(order) == found.total > 100


def test_start_is_the_next_run_on_the_day_asked(large: Index, rows: list[Indexed]) -> None:
    """On a later day than the index was built for, the order goes by the runs that are still to come."""
    later = TODAY + timedelta(days=45)
    upcoming = {}
    for one in rows:
        days = [run.starts_on for run in one.entry.runs if run.starts_on is None or run.starts_on >= later]
        first = min((day or date.min for day in days), default=date.max)
        upcoming[one.key] = first
    found = large.search(Query(sort="start", size=50), today=later)
    assert [hit.key for hit in found.hits] == sorted(upcoming, key=lambda key: (upcoming[key], key))[:50]
    assert "2022-09" not in found.facets["start_month"]


def test_within_a_radius(large: Index, rows: list[Indexed]) -> None:
    """A radius keeps what is near, leaves out what has no place, and each result says how far it is."""
    found = large.search(Query(postcode="3511 AB", within_km=40, sort="distance", size=50), today=TODAY)
    expected = {}
    for one in rows:
        if one.latitude is not None and one.longitude is not None:
            km = kilometres(Point(*POSTCODES["3511"]), Point(one.latitude, one.longitude))
            if km <= 40:
                expected[one.key] = km
    assert found.total == len(expected)
    assert [hit.km for hit in found.hits] == pytest.approx([expected[hit.key] for hit in found.hits], abs=0.01)
    assert [hit.km for hit in found.hits] == sorted(hit.km for hit in found.hits if hit.km is not None)
