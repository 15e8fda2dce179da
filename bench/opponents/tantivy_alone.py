"""Tantivy without our layer: the same query object, the same twenty first, the same count and facets, and nothing else.

What is in no other's reach is left out here: no reading of words, no reasons, no page keys, no suggestions.
"""

from collections.abc import Callable

from tantivy import Order

from doorleren.register.search import fields
from doorleren.register.search.asking import Query
from doorleren.register.search.counting import asked_for
from doorleren.register.search.narrowing import together
from doorleren.register.search.opened import Opened
from doorleren.register.search.wording import Reading


def prepared(opened: Opened, query: Query) -> Callable[[], tuple[int, list[int], dict[str, object]]]:
    """Make the query object once and give what is run: how many, the rows of the first twenty, the buckets."""
    reading = Reading(opened.searcher, opened.schema, opened.vocabulary, opened.splitter)
    words = together(reading.query(reading.read(query.text, query.match)), [])
    facets = {facet: asked_for(facet) for facet in fields.COUNTED}
    searcher = opened.searcher

    def run() -> tuple[int, list[int], dict[str, object]]:
        if query.sort == "start":
            found = searcher.search(words, query.size, order_by_field=fields.START, order=Order.Asc)
        else:
            found = searcher.search(words, query.size)
        rows = searcher.fast_field_values(fields.ROW, [address for _, address in found.hits])
        return found.count, rows, searcher.aggregate(words, facets)

    return run


def all_rows(opened: Opened, query: Query) -> list[int]:
    """Give the rows of everything that matches, for who compares."""
    reading = Reading(opened.searcher, opened.schema, opened.vocabulary, opened.splitter)
    words = together(reading.query(reading.read(query.text, query.match)), [])
    found = opened.searcher.search(words, max(1, opened.searcher.num_docs), order_by_field=fields.ROW, order=Order.Asc)
    return [row for row, _ in found.hits]
