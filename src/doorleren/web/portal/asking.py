"""A search as it stands in an address or a form: read from it, and written back, the same in both.

The words and choices of a search are no answers of the visitor: they stand in the address, so that a search can be
kept and shared. In the reply to a form with answers they travel in the form, under the same names.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from doorleren.register.search import nearness, prices
from doorleren.register.search.asking import FACETS, PAGE_SIZES, SORTS, Query
from doorleren.web.public.choosing import search_words

POSTCODE = re.compile(r"([1-9]\d{3})\s*(?:[A-Za-z]{2})?")
RADII_KM = nearness.BANDS_KM
BANDS = {"to_pay": prices.bands(), "distance": nearness.bands()}
_SORTS_ANYWHERE = tuple(name for name in SORTS if name != "distance")
MOST_COMPARED = 4
USUAL = Query()
MOST_VALUES = 50
LONGEST_VALUE = 80
LONGEST_KEY = 500
GO, HERE = "go", "here"
"""Fields of a form with answers: the search that the pressed button leads to, and the search that the page shows."""


@dataclass(frozen=True)
class Search:
    """A query, the trainings chosen to compare, and what was typed but cannot be read, per field."""

    query: Query
    compared: tuple[int, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    typed_postcode: str = ""

    @property
    def started(self) -> bool:
        """Whether anything is searched or chosen; else the visitor has just come in."""
        query = self.query
        return bool(query.text or query.chosen or self.typed_postcode or query.occupation or query.within_km)

    def written(self, *, paging: bool = True) -> str:
        """Write the search as the part of an address behind the question mark; empty for everything."""
        return urlencode([*self._pairs(), *([("after", self.query.after)] if paging and self.query.after else [])])

    def first_page(self) -> "Search":
        """Give the same search from its beginning."""
        return replace(self, query=replace(self.query, after=""))

    def next_page(self, after: str) -> "Search":
        """Give the same search behind a key."""
        return replace(self, query=replace(self.query, after=after))

    def comparing(self, keys: tuple[int, ...]) -> "Search":
        """Give the same search with other trainings chosen to compare."""
        return replace(self, compared=keys)

    def without(self, facet: str, value: str) -> "Search":
        """Give the search without one choice, from its beginning."""
        left = {name: tuple(one for one in values if (name, one) != (facet, value)) for name, values in
                self.query.chosen.items()}  # fmt: skip
        chosen = {name: values for name, values in left.items() if values}
        return replace(self, query=replace(self.query, chosen=chosen, after=""))

    def _pairs(self) -> list[tuple[str, str]]:
        query = self.query
        plain = {
            "q": query.text, "postcode": self.typed_postcode, "within": query.within_km, "occupation": query.occupation,
            "sort": query.sort if query.sort != SORTS[0] else "", "size": query.size if query.size != USUAL.size else "",
            "match": query.match if query.match != USUAL.match else "",
        }  # fmt: skip
        chosen = [(name, value) for name in FACETS for value in query.chosen.get(name, ())]
        compared = [("with", str(key)) for key in self.compared]
        return [(name, str(value)) for name, value in plain.items() if value] + chosen + compared


def read_search(request: HttpRequest) -> Search:
    """Read the search of a request; of a form, what the pressed button leads to, else what was filled in.

    A form that changes nothing stays on the page of results that it was on: so does the way back to a page.
    """
    posted = request.POST
    if request.method != "POST" or not {GO, HERE, "q"} & set(posted):
        return search_of(request.GET)
    if GO in posted:
        return search_of(QueryDict(posted[GO]))
    here = search_of(QueryDict(posted.get(HERE, "")))
    if "q" not in posted:
        return here
    filled = search_of(posted)
    same = filled.written(paging=False) == here.written(paging=False)
    return here if same else filled


def search_of(given: QueryDict) -> Search:
    """Read a search from names and values. What is not offered counts as not chosen; a bad postcode is an error.

    Without a postcode there is no distance to narrow or sort by.
    """
    typed = search_words(given, "postcode")
    code = POSTCODE.fullmatch(typed)
    errors = {}
    if typed and not code:
        errors["postcode"] = _(
            "Vul een postcode in van vier cijfers, bijvoorbeeld 3511. Letters erachter mogen. U gaf: %(given)s."
        ) % {"given": typed}
    query = Query(
        text=search_words(given),
        chosen={name: values for name in FACETS if (code or name != "distance") and (values := _values(given, name))},
        postcode=code[1] if code else "",
        within_km=_one_of(given.get("within", ""), RADII_KM) if code else None,
        occupation=search_words(given, "occupation"),
        sort=given.get("sort", "") if given.get("sort") in (SORTS if code else _SORTS_ANYWHERE) else SORTS[0],
        size=_one_of(given.get("size", ""), PAGE_SIZES) or USUAL.size,
        after=_printable(given.get("after", ""))[:LONGEST_KEY],
        match=given.get("match", "") if given.get("match") in ("all", "any") else USUAL.match,
    )
    return Search(query, numbers(given.getlist("with")), errors, typed)


def searching(query: Query, like: Search) -> Search:
    """Give a search for another query, with what else was chosen."""
    return Search(query, like.compared, {}, query.postcode)


def numbers(texts: list[str]) -> tuple[int, ...]:
    """Read the numbers of trainings chosen to compare, each once, no more than fit side by side."""
    found = dict.fromkeys(int(text) for text in texts if re.fullmatch(r"\d{1,15}", text, re.ASCII))
    return tuple(found)[:MOST_COMPARED]


def _values(given: QueryDict, name: str) -> tuple[str, ...]:
    texts = dict.fromkeys(_printable(text)[:LONGEST_VALUE] for text in given.getlist(name)[:MOST_VALUES])
    return tuple(text for text in texts if text and text in BANDS.get(name, (text,)))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _one_of(text: str, allowed: tuple[int, ...]) -> int | None:
    return next((number for number in allowed if str(number) == text), None)
