"""The key of a page, and what cannot be asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.register.search.asking import BadQuery, Query
from doorleren.register.search.searching import Index
from tests.register.search.registers import TODAY, drawn, index_of, row

ASKED = Query("metaal", size=10)


@pytest.fixture(scope="module")
def after(large: Index) -> str:
    """Give the key that leads to the second page."""
    return large.search(ASKED, today=TODAY).after


def test_a_tampered_key_is_refused(large: Index, after: str) -> None:
    """Any letter changed, left out or added in the key is refused, with the field named."""
    tampered = [
        after[:place] + ("A" if after[place] != "A" else "B") + after[place + 1 :] for place in range(len(after) - 1)
    ]
    for key in [*tampered, after[:-2], after + "AAAA", "x", "é", "====", " "]:
        with pytest.raises(BadQuery) as refused:
            large.search(replace(ASKED, after=key), today=TODAY)
        assert refused.value.field == "after"


OTHERS = [
    {"text": "hout"},
    {"sort": "start"},
    {"chosen": {"level": ("mbo2",)}},
    {"match": "any"},
    {"occupation": "welder"},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_a_key_of_another_question_is_refused(large: Index, after: str, other: Mapping[str, Any]) -> None:
    """A key leads on only in the question that it was given for."""
    with pytest.raises(BadQuery):
        large.search(replace(ASKED, after=after, **other), today=TODAY)


def test_the_size_of_the_page_may_change_on_the_way(large: Index, after: str) -> None:
    """Who asks for longer pages half-way goes on where the page before ended."""
    whole = [hit.key for hit in large.search(replace(ASKED, size=50), today=TODAY).hits]
    assert [hit.key for hit in large.search(replace(ASKED, size=20, after=after), today=TODAY).hits] == whole[10:30]


@pytest.mark.parametrize("sort", ["start", "distance"])
def test_a_key_survives_a_rebuild(tmp_path: Path, sort: str) -> None:
    """After a rebuild with activities put in before and after, the next page repeats none and misses none of the old."""
    asked = Query(postcode="3511", sort=sort, size=10)
    rows = drawn(120)
    first = index_of(tmp_path, rows).search(asked, today=TODAY)
    whole = [hit.key for hit in index_of(tmp_path, rows).search(replace(asked, size=50), today=TODAY).hits]
    fresh = [row(1, "nieuw", at="3511", runs=()), *rows, *(row(1000 + n, "nieuw", at="3521") for n in range(15))]
    second = index_of(tmp_path, fresh).search(replace(asked, after=first.after), today=TODAY)
    old = [hit.key for hit in second.hits if hit.key in whole]
    assert old == whole[10 : 10 + len(old)]
    assert old


REFUSED = [
    (Query(sort="price"), "sort", "relevance, to_pay"),
    (Query(size=0), "size", "1 to 1000"),
    (Query(size=1001), "size", "1 to 1000"),
    (Query(match="some"), "match", "most"),
    (Query(chosen={"colour": ("red",)}), "chosen", "sector"),
    (Query(chosen={"distance": ("7",)}, postcode="3511"), "chosen.distance", "5, 10"),
    (Query(chosen={"to_pay": ("0",)}), "to_pay", "answers"),
    (Query(sort="to_pay"), "to_pay", "answers"),
    (Query(sort="distance"), "postcode", "four digits"),
    (Query(within_km=10), "postcode", "four digits"),
    (Query(within_km=0, postcode="3511"), "within_km", "more than 0"),
    (Query(postcode="351"), "postcode", "four digits"),
    (Query(postcode="0511"), "postcode", "four digits"),
    (Query(postcode="３５１１"), "postcode", "four digits"),
    (Query(postcode="3511 A"), "postcode", "two letters"),
    (Query("x" * 301), "text", "at most 300"),
]


@pytest.mark.parametrize(("query", "field", "allowed"), REFUSED, ids=[f"{one[1]} {one[2]}" for one in REFUSED])
def test_what_cannot_be_asked_is_refused(index: Index, query: Query, field: str, allowed: str) -> None:
    """A query that makes no sense is refused with the field, what was given and what is allowed."""
    with pytest.raises(BadQuery) as refused:
        index.search(query, today=TODAY)
    assert refused.value.field == field
    assert allowed in refused.value.allowed


def test_a_value_that_nobody_has_finds_nothing(index: Index) -> None:
    """A value of a facet that is not in the register is no fault: nothing has it."""
    assert index.search(Query(chosen={"region": ("AM99",)}), today=TODAY).total == 0


def test_an_unknown_postcode_is_said(index: Index) -> None:
    """A postcode that the index does not know narrows nothing, and the answer says that no distance could be told."""
    found = index.search(
        Query(postcode="9999", within_km=10, chosen={"distance": ("5",)}, sort="distance"), today=TODAY
    )
    assert not found.postcode_known
    assert found.total == 12
    assert "distance" not in found.facets
    assert index.search(Query(postcode="3511"), today=TODAY).postcode_known


def test_shown_from_and_until(tmp_path: Path) -> None:
    """An activity is found from the first to the last day on which it is published, with and without words."""
    day = timedelta(days=1)
    rows = [
        row(1, "lasser altijd"),
        row(2, "lasser tot vandaag", published_until=TODAY),
        row(3, "lasser voorbij", published_until=TODAY - day),
        row(4, "lasser vanaf morgen", published_from=TODAY + day),
    ]
    index = index_of(tmp_path, rows)
    for text in ("", "lasser"):
        found = {hit.key for hit in index.search(Query(text), today=TODAY).hits}
        assert found == {1, 2}
        assert {hit.key for hit in index.search(Query(text, sort="start"), today=TODAY + day).hits} == {1, 4}
