"""What was chosen, as conditions that tantivy tests: per facet, so that a facet's counts can leave out its own."""

from collections.abc import Iterable

import polars as pl
from tantivy import FieldType, Occur, Query, Schema

from doorleren.register.search import fields
from doorleren.register.search.asked import Asked
from doorleren.register.search.opened import Opened


def conditions(asked: Asked, opened: Opened) -> dict[str, Query]:
    """Give the condition per chosen facet that tantivy can test: all but price after funding."""
    found = {
        facet: Query.term_set_query(opened.schema, facet, sorted(values))
        for facet, values in asked.chosen.items()
        if facet != "to_pay"
    }
    if asked.near is not None:
        found["distance"] = at_spots(opened.schema, asked.near.arg_true())
    return found


def bounds(asked: Asked, opened: Opened) -> list[tuple[Occur, Query]]:
    """Give what narrows without being a facet: the occupation, and what is shown on the day."""
    found = []
    query, schema = asked.query, opened.schema
    if query.occupation:
        found.append((Occur.Must, Query.term_query(schema, fields.OCCUPATION, query.occupation, "basic")))
    day = asked.today.toordinal()
    last_from, first_until = opened.shown_limits
    if last_from > day:
        later = Query.range_query(schema, fields.SHOWN_FROM, FieldType.Unsigned, day + 1, None, use_inverted_index=True)
        found.append((Occur.MustNot, later))
    if first_until < day:
        over = Query.range_query(schema, fields.SHOWN_UNTIL, FieldType.Unsigned, None, day - 1, use_inverted_index=True)
        found.append((Occur.MustNot, over))
    return found


def at_spots(schema: Schema, spots: pl.Series) -> Query:
    """Give the condition that an activity is at one of the spots."""
    return Query.term_set_query(schema, fields.SPOT, spots.to_list()) if len(spots) else Query.empty_query()


def together(words: Query | None, rest: Iterable[tuple[Occur, Query]]) -> Query:
    """Put words and conditions together; conditions add nothing to the score."""
    silent = [
        (occur, query if occur == Occur.MustNot else Query.const_score_query(query, 0.0)) for occur, query in rest
    ]
    everything = words if words is not None else Query.const_score_query(Query.all_query(), 0.0)
    return Query.boolean_query([(Occur.Must, everything), *silent]) if silent else everything
