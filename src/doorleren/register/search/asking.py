"""What can be asked of the search, and what it answers: plain data between the pages, the command line and the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FACETS = (
    "sector", "level", "delivery", "goal", "language", "to_pay", "start_month", "distance", "region", "recognition",
    "fundable_by", "shortage_occupation", "combinable",
)  # fmt: skip
"""What results can be narrowed by, in the order of the page."""

SORTS = ("relevance", "to_pay", "start", "distance")
PAGE_SIZES = (10, 20, 50)
"""The sizes that pages offer."""

MOST_ON_A_PAGE = 1000
MATCHES = ("most", "all", "any")

PLACE, WHERE, HERE, FILLER, SPELLING, ALIKE = "place", "where", "here", "filler", "spelling", "alike"
"""What words may be understood as, beside a facet: see `Understood`."""


@dataclass(frozen=True, slots=True)
class Query:
    """One search. `chosen` narrows per facet: values within a facet are "or", facets are "and".

    `postcode` is where the visitor is: four digits (letters behind them are dropped), or the name of a place or
    municipality; `within_km` is a radius around it. `after` is the key of
    the last result of the page before (opaque text), empty for the first page. `occupation` is an ESCO id. `match` says
    how many of the words a result must have: "most" (all of two, two of three), "all" or "any". `literal` are words (small
    letters, no accents) that mean nothing but themselves: see `Understood`.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    postcode: str = ""
    within_km: int | None = None
    occupation: str = ""
    sort: str = "relevance"
    size: int = 20
    after: str = ""
    match: str = "most"
    literal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of a query that were not looked for as they are: `facet` says for what they were taken, and `value` for which.

    One of FACETS: a choice. "place": where, with the name of the place. "where": the place that was filled in, not among
    the words, with its name. Of both `others` are the places that have the same name, in a form that can be asked. "here": near the visitor, with the postcode
    of the query (empty where none was filled in). "filler": no subject, left out. "spelling": nothing has the word, what
    is found has `value`, of which it is a misspelling. "alike": nothing has it, and what is found only looks like it.
    `km` is the radius around a place.
    """

    words: str
    facet: str
    value: str
    km: int | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the key of the activity (its number in the database), why it matches, and how far it is.

    `because` holds pairs (kind, word): ("title", "lasser"), ("occupation", "hovenier"), ("typo", "laser > lasser").
    """

    key: int
    score: float
    because: tuple[tuple[str, str], ...] = ()
    km: float | None = None
    to_pay_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try when nothing or little is found: kind is "spelling", "wider", "occupation" or "fewer"; and the query."""

    kind: str
    words: str
    query: Query


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: how many in all, the page, the counts per facet and value, and what else to try.

    A count ignores what was chosen within its own facet, that of distance the radius as well. `postcode_known` is False
    when the postcode of the query lies nowhere that the index knows, so that no distance could be told. `lacking` names
    the kinds of reference data that were not imported: without shortages and postcodes those facets are empty.
    `understood` are the words of the query that were not looked for as they are, and what they were taken for.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    after: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    postcode_known: bool = True
    lacking: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()


class BadQuery(ValueError):
    """A query that cannot be asked: which field, what was given, what is allowed."""

    def __init__(self, field: str, given: object, allowed: str) -> None:
        """Keep the three apart for who writes the message in Dutch."""
        super().__init__(f"{field}: {given!r} was given, allowed is {allowed}")
        self.field = field
        self.given = given
        self.allowed = allowed


class BadPlace(BadQuery):
    """A place that nobody knows, or of which there are `several`; `near` are names that may be meant, likeliest first."""

    def __init__(self, given: object, allowed: str, near: tuple[str, ...], *, several: bool = False) -> None:
        """Keep what may be meant beside what was given."""
        nearest = f"; nearest is {', '.join(near)}" if near and not several else ""
        super().__init__("postcode", given, f"{allowed}{nearest}")
        self.near = near
        self.several = several
