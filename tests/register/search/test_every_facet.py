"""Each facet that the issue names, value by value: it narrows to the very activities that have it, and counts them."""

from collections import defaultdict
from dataclasses import replace
from random import Random

import polars as pl
import pytest

from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.search.asking import FACETS, Query
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.indexed import Indexed
from doorleren.register.search.searching import Index
from tests.register.search.registers import POSTCODES, TODAY

NAMED = {
    "sector": "sector", "level": "level", "delivery": "delivery", "goal": "goal", "language": "language",
    "price after funding": "to_pay", "start month": "start_month", "distance": "distance", "region": "region",
    "quality mark": "recognition", "fundable by which scheme": "fundable_by", "shortage occupation": "shortage_occupation",
    "combinable with work": "combinable",
}  # fmt: skip
"""The facets in the words of the issue, and what each is called in the index."""

HERE = Point(*POSTCODES["3511"])
CENTS = (0, 24_999, 25_000, 25_001, 99_999, 499_999, 500_001, None)


@pytest.fixture(scope="module")
def cents(rows: list[Indexed]) -> dict[int, int | None]:
    """What remains to pay per activity."""
    random = Random(9)
    return {one.key: random.choice(CENTS) for one in rows}


def values(one: Indexed, cents: int | None) -> dict[str, set[str]]:
    """Say what an activity has per facet, from its entry alone."""
    entry = one.entry
    to_come = [run for run in entry.runs if run.starts_on is None or run.starts_on >= TODAY]
    found = {
        name: {getattr(entry, name)} - {None, ""} for name in ("sector", "level", "delivery", "goal", "language")
    } | {
        "start_month": {run.starts_on.isoformat()[:7] if run.starts_on else "any_time" for run in to_come},
        "region": {one.region} - {""},
        "recognition": {way.route for way in one.provider.recognitions},
        "fundable_by": set(one.fundable_by),
        "shortage_occupation": {{True: "yes", False: "no", None: ""}[one.shortage_occupation]} - {""},
        "combinable": {
            word
            for word, told in (("work", entry.combinable_with_work), ("care", entry.combinable_with_care),
                               ("evening", entry.evening), ("any_time", entry.independent_of_time),
                               ("any_place", entry.independent_of_place))
            if told
        },
    }  # fmt: skip
    if cents is not None:
        bands = (0, 25_000, 50_000, 100_000, 250_000, 500_000)
        found["to_pay"] = {next((str(most) for most in bands if cents <= most), "more")}
    if one.latitude is not None and one.longitude is not None:
        km = kilometres(HERE, Point(one.latitude, one.longitude))
        found["distance"] = {next((str(most) for most in (5, 10, 25, 50, 100) if km <= most), "farther")}
    return found


def test_the_issue_names_the_facets_that_there_are() -> None:
    """The facets of the search are those of the issue, no more and no fewer."""
    assert sorted(NAMED.values()) == sorted(FACETS)


@pytest.mark.parametrize("sort", ["relevance", "to_pay"])
@pytest.mark.parametrize("facet", NAMED.values())
def test_each_value_narrows_to_what_has_it(
    large: Index, rows: list[Indexed], cents: dict[int, int | None], facet: str, sort: str
) -> None:
    """Value by value the count beside it, the total once chosen and the keys found equal a loop over the register."""
    column = FundingColumn(large.keys, pl.Series([cents[key] for key in large.keys], dtype=pl.Int64))
    expected = defaultdict[str, set[int]](set)
    for one in rows:
        if "metaal" in one.entry.title:
            for value in values(one, cents[one.key]).get(facet, ()):
                expected[value].add(one.key)
    query = Query("metaal", postcode="3511", sort=sort, size=50)
    told = large.search(query, to_pay=column, today=TODAY).facets[facet]
    assert {value: count for value, count in told.items() if count} == {
        value: len(keys) for value, keys in expected.items()
    }
    assert len(expected) >= 2 or facet == "region"
    for value, keys in expected.items():
        chosen = replace(query, chosen={facet: (value,)})
        found = large.search(chosen, to_pay=column, today=TODAY)
        got = {hit.key for hit in found.hits}
        while found.after:
            found = large.search(replace(chosen, after=found.after), to_pay=column, today=TODAY)
            got |= {hit.key for hit in found.hits}
        assert (found.total, got) == (len(keys), keys), value
        assert found.facets[facet][value] == len(keys)


@pytest.mark.parametrize("within", [5, 10, 25, 50, 100])
@pytest.mark.parametrize("sort", ["relevance", "distance"])
def test_each_radius_narrows_and_leaves_the_counts_by_distance_alone(
    large: Index, rows: list[Indexed], within: int, sort: str
) -> None:
    """A radius keeps what is no farther; the counts by distance stay those without it, the other counts narrow."""
    query = Query(postcode="3511", sort=sort)
    free, near = (large.search(one, today=TODAY) for one in (query, replace(query, within_km=within)))
    expected = [
        one
        for one in rows
        if one.latitude is not None
        and one.longitude is not None
        and kilometres(HERE, Point(one.latitude, one.longitude)) <= within
    ]
    assert near.total == len(expected) > 0
    assert near.facets["distance"] == free.facets["distance"]
    assert (
        sum(count for band, count in near.facets["distance"].items() if band.isdigit() and int(band) <= within)
        == near.total
    )
    sectors = defaultdict[str, int](int)
    for one in expected:
        sectors[one.entry.sector or ""] += 1
    assert near.facets["sector"] == {sector: count for sector, count in sectors.items() if sector}
