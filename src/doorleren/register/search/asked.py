"""A query made sure of: what is asked is known and fits together, and what follows from it is worked out once."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from doorleren.register.search import nearness, prices
from doorleren.register.search.asking import FACETS, MATCHES, PAGE_SIZES, SORTS, BadQuery, Query
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.opened import Opened

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that can be answered. `spot_km` is None without a known postcode, `cents` without a profile; both by place."""

    query: Query
    today: date
    chosen: dict[str, frozenset[str]]
    spot_km: pl.Series | None
    cents: pl.Series | None

    @property
    def postcode_known(self) -> bool:
        """Whether distances can be told, or were not asked for."""
        return self.spot_km is not None or not self.query.postcode


def make_sure(query: Query, opened: Opened, to_pay: FundingColumn | None, today: date) -> Asked:
    """Check a query against the index. Raises BadQuery, which names field, what was given and what is allowed."""
    _among("sort", query.sort, SORTS)
    _among("match", query.match, MATCHES)
    _among("size", query.size, PAGE_SIZES)
    if len(query.text) > LONGEST_TEXT:
        raise BadQuery("text", f"{len(query.text)} characters", f"at most {LONGEST_TEXT}")
    if query.within_km is not None and query.within_km <= 0:
        raise BadQuery("within_km", query.within_km, "more than 0, or nothing")
    postcode = four_digits(query.postcode)
    chosen = {facet: frozenset(values) for facet, values in query.chosen.items() if values}
    for facet, values in chosen.items():
        _among("chosen", facet, FACETS)
        for value in values:
            if facet in ("to_pay", "distance"):
                _among(f"chosen.{facet}", value, prices.bands() if facet == "to_pay" else nearness.bands())
    if to_pay is None and ("to_pay" in chosen or query.sort == "to_pay"):
        raise BadQuery("to_pay", None, "answers from which the price after funding follows")
    if not postcode and ("distance" in chosen or query.sort == "distance" or query.within_km is not None):
        raise BadQuery("postcode", query.postcode, "four digits, needed for a distance")
    spot_km = opened.spot_km(postcode) if postcode in opened.postcodes else None
    if spot_km is None:
        chosen.pop("distance", None)
    return Asked(query, max(today, opened.built_for), chosen, spot_km, opened.amounts(to_pay) if to_pay else None)


def four_digits(postcode: str) -> str:
    """Give the digits of a postcode, "" for none. Raises BadQuery for what is no Dutch postcode."""
    told = "".join(postcode.split()).upper()
    digits, letters = told[:4], told[4:]
    right = digits.isascii() and digits.isdigit() and len(digits) == 4 and digits[0] != "0"
    if told and not (right and (not letters or (len(letters) == 2 and letters.isascii() and letters.isalpha()))):
        raise BadQuery("postcode", postcode, "four digits, with or without two letters")
    return digits


def _among(field: str, given: object, allowed: tuple[object, ...]) -> None:
    if given not in allowed:
        raise BadQuery(field, given, ", ".join(map(str, allowed)))
