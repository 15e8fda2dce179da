"""A query made sure of: what is asked is known and fits together, and what follows from it is worked out once."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from doorleren.register.search import nearness, prices
from doorleren.register.search.asking import FACETS, MATCHES, MOST_ON_A_PAGE, SORTS, BadQuery, Query
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.opened import Amounts, Opened
from doorleren.register.search.whereabouts import ALLOWED

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that can be answered. `spot_km` is None without a known place, `amounts` without a profile.

    Distances are by place of the spot, amounts by row. `near` says per spot whether it lies within the radius and the
    bands that were chosen; None where neither was.
    """

    query: Query
    today: date
    chosen: dict[str, frozenset[str]]
    spot_km: pl.Series | None
    amounts: Amounts | None
    near: pl.Series | None

    @property
    def postcode_known(self) -> bool:
        """Whether distances can be told, or were not asked for."""
        return self.spot_km is not None or not self.query.postcode


def make_sure(query: Query, opened: Opened, to_pay: FundingColumn | None, today: date) -> Asked:
    """Check a query against the index. Raises BadQuery, which names field, what was given and what is allowed."""
    _among("sort", query.sort, SORTS)
    _among("match", query.match, MATCHES)
    if not 1 <= query.size <= MOST_ON_A_PAGE:
        raise BadQuery("size", query.size, f"1 to {MOST_ON_A_PAGE}")
    if len(query.text) > LONGEST_TEXT:
        raise BadQuery("text", f"{len(query.text)} characters", f"at most {LONGEST_TEXT}")
    if query.within_km is not None and query.within_km <= 0:
        raise BadQuery("within_km", query.within_km, "more than 0, or nothing")
    asks_distance = "distance" in query.chosen or query.sort == "distance" or query.within_km is not None
    if asks_distance and not query.postcode.strip():
        raise BadQuery("postcode", query.postcode, f"{ALLOWED}, needed for a distance")
    here = opened.whereabouts.at(query.postcode) if query.postcode.strip() else None
    chosen = {facet: frozenset(values) for facet, values in query.chosen.items() if values}
    for facet, values in chosen.items():
        _among("chosen", facet, FACETS)
        for value in values:
            if facet in ("to_pay", "distance"):
                _among(f"chosen.{facet}", value, prices.bands() if facet == "to_pay" else nearness.bands())
    if to_pay is None and ("to_pay" in chosen or query.sort == "to_pay"):
        raise BadQuery("to_pay", None, "answers from which the price after funding follows")
    spot_km = opened.spot_km(here) if here is not None else None
    bands = chosen.pop("distance", frozenset())
    near = None if spot_km is None else nearness.near(spot_km, query.within_km, bands)
    amounts = opened.amounts(to_pay) if to_pay else None
    return Asked(query, max(today, opened.built_for), chosen, spot_km, amounts, near)


def _among(field: str, given: object, allowed: tuple[object, ...]) -> None:
    if given not in allowed:
        raise BadQuery(field, given, ", ".join(map(str, allowed)))
