"""A search as it stands in an address or a form: read from it, and written back, the same in both.

The words and choices of a search are no answers of the visitor: they stand in the address, so that a search can be
kept and shared. In the reply to a form with answers they travel in the form, under the same names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from doorleren.register.search import nearness, prices
from doorleren.register.search.asking import FACETS, PAGE_SIZES, SORTS, BadPlace, BadQuery, Query
from doorleren.web.public.choosing import search_words

POSTCODE = re.compile(r"([1-9]\d{3})\s*(?:[A-Za-z]{2})?")
RADII_KM = nearness.BANDS_KM
BANDS = {"to_pay": prices.bands()}
RADIUS = "within"
"""The field of the radius; of the facets that of distance is chosen by it."""

LITERAL = "literal"
"""The field of words that are looked for as they are, and not taken for a place or a way of learning."""

BOXES = tuple(name for name in FACETS if name != "distance")
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
    """The postcode or place as it was typed."""
    everything: bool = False
    """Whether it was asked without words or choices: then all trainings are meant, and not the page to begin on."""

    @property
    def started(self) -> bool:
        """Whether anything is searched or chosen, or everything asked for; else the visitor has just come in."""
        query = self.query
        sought = query.text or query.chosen or self.typed_postcode or query.occupation or query.within_km
        return bool(sought or query.after or self.everything)

    def written(self, *, paging: bool = True) -> str:
        """Write the search as the part of an address behind the question mark; empty for everything."""
        return urlencode([*self._pairs(), *([("after", self.query.after)] if paging and self.query.after else [])])

    def first_page(self) -> "Search":
        """Give the same search from its beginning."""
        return replace(self, query=replace(self.query, after=""))

    def next_page(self, after: str) -> "Search":
        """Give the same search behind a key."""
        return replace(self, query=replace(self.query, after=after))

    def literally(self, words: str) -> "Search":
        """Give the search in which some words mean only themselves, from its beginning."""
        literal = tuple(dict.fromkeys((*self.query.literal, words)))
        return replace(self, query=replace(self.query, literal=literal, after=""))

    def comparing(self, keys: tuple[int, ...]) -> "Search":
        """Give the same search with other trainings chosen to compare."""
        return replace(self, compared=keys)

    def written_comparing(self, choices: Iterable[tuple[int, ...]]) -> list[str]:
        """Write the same search per choice of trainings to compare, as `comparing(...).written()` does, in one go."""
        alone, after = replace(self, compared=()).written(paging=False), self.query.after
        behind = [urlencode([("after", after)])] if after else []
        return ["&".join([*filter(None, [alone]), *(f"with={key}" for key in keys), *behind]) for keys in choices]

    def without(self, facet: str, value: str) -> "Search":
        """Give the search without one choice, from its beginning; the radius is a choice too."""
        if facet == RADIUS:
            return replace(self, query=replace(self.query, within_km=None, after=""), everything=True)
        left = {name: tuple(one for one in values if (name, one) != (facet, value)) for name, values in
                self.query.chosen.items()}  # fmt: skip
        chosen = {name: values for name, values in left.items() if values}
        return replace(self, query=replace(self.query, chosen=chosen, after=""), everything=True)

    def _pairs(self) -> list[tuple[str, str]]:
        query = self.query
        plain = {
            "q": query.text, "postcode": self.typed_postcode, RADIUS: query.within_km, "occupation": query.occupation,
            "sort": query.sort if query.sort != SORTS[0] else "", "size": query.size if query.size != USUAL.size else "",
            "match": query.match if query.match != USUAL.match else "",
        }  # fmt: skip
        chosen = [(name, value) for name in BOXES for value in query.chosen.get(name, ())]
        compared = [("with", str(key)) for key in self.compared]
        chosen += [(LITERAL, words) for words in query.literal]
        told = [(name, str(value)) for name, value in plain.items() if value] + chosen
        return (told or [("q", "")] * self.everything) + compared


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
    same = replace(filled, everything=here.everything).written(paging=False) == here.written(paging=False)
    return here if same else filled


def search_of(given: QueryDict) -> Search:
    """Read a search from names and values. What is not offered counts as not chosen; a bad postcode is an error.

    Without a postcode or place there is no distance to narrow or sort by. Whether a place exists is known by the search
    alone: see `as_asked`.
    """
    typed = search_words(given, "postcode")
    code = POSTCODE.fullmatch(typed)
    here = code[1] if code else "" if typed[:1].isdigit() else typed
    errors = {"postcode": _bad_postcode(typed)} if typed and not here else {}
    query = Query(
        text=search_words(given),
        chosen={name: values for name in BOXES if (values := _values(given, name))},
        postcode=here,
        within_km=_one_of(given.get(RADIUS, ""), RADII_KM) if here else None,
        occupation=search_words(given, "occupation"),
        sort=given.get("sort", "") if given.get("sort") in (SORTS if here else _SORTS_ANYWHERE) else SORTS[0],
        size=_one_of(given.get("size", ""), PAGE_SIZES) or USUAL.size,
        after=_printable(given.get("after", ""))[:LONGEST_KEY],
        match=given.get("match", "") if given.get("match") in ("all", "any") else USUAL.match,
        literal=_values(given, LITERAL),
    )
    everything = any(name in given for name in ("q", "sort", "size"))
    return Search(query, numbers(given.getlist("with")), errors, typed, everything)


def as_asked(search: Search, query: Query, refused: Iterable[BadQuery]) -> Search:
    """Give the search as it was asked in the end; what was refused of the place is told at its field."""
    errors = {fault.field: _bad_place(fault) for fault in refused if fault.field == "postcode"}
    return replace(search, query=query, errors={**errors, **search.errors})


def _bad_place(fault: BadQuery) -> str:
    """Say what is wrong with a place, and which one may be meant."""
    given = str(fault.given)
    if not isinstance(fault, BadPlace):
        return _bad_postcode(given)
    near = _(" of ").join(fault.near)
    if fault.several:
        return _("Er zijn meer plaatsen die zo heten: %(given)s. Vul in welke u bedoelt: %(near)s.") % {
            "given": given, "near": near,
        }  # fmt: skip
    if near:
        return _("Wij kennen geen plaats die zo heet: %(given)s. Bedoelt u %(near)s?") % {"given": given, "near": near}
    return _(
        "Wij kennen geen plaats die zo heet: %(given)s. Vul een plaats in Nederland in, of de vier cijfers van uw postcode."
    ) % {"given": given}


def _bad_postcode(given: str) -> str:
    return _(
        "Vul een postcode in van vier cijfers, bijvoorbeeld 3511, of de naam van uw plaats. Letters achter de cijfers mogen. U gaf: %(given)s."
    ) % {"given": given}


def searching(query: Query, like: Search) -> Search:
    """Give a search for another query, with what else was chosen; one without words or choices is for everything."""
    return Search(query, like.compared, {}, query.postcode, everything=True)


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
