"""Searching for trainings: the words and choices, the results with what remains to pay, and what to try when there are none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.register.search.asking import PAGE_SIZES, BadQuery
from doorleren.web import known
from doorleren.web.portal import alerts, facets, register
from doorleren.web.portal.asking import MOST_COMPARED, Search, as_asked, read_search, searching
from doorleren.web.portal.cards import card, found_in_words
from doorleren.web.portal.carried import Carried, carried, frame
from doorleren.web.portal.pages import page
from doorleren.web.portal.understood import understood_in_words

FEW = 3
SECTORS_SHOWN = 9


@page
def results(request: HttpRequest) -> HttpResponse:
    """Search: with GET for what anyone could get, with POST for what the answers in the form lead to."""
    search, taken = read_search(request), carried(request)
    reply = render(request, "portal/results.html", _context(request, search, taken))
    if request.method == "POST" or "HX-Request" in request.headers:
        _name_the_address(request, reply, search)
    return reply


def _name_the_address(request: HttpRequest, reply: HttpResponse, search: Search) -> None:
    """Tell HTMX which address the page has: the search without the answers, so that going back works.

    A form that was filled from a link, and a search that is shown already, keep their place in the history. The
    history is left alone where it is right: what it remembers of the form would be lost until the page is replaced.
    """
    address = _address(search)
    shown = request.headers.get("HX-Current-URL", "").partition("#")[0].endswith(address)
    if not (shown and request.method == "POST"):
        reply["HX-Replace-Url" if shown or "opened" in request.POST else "HX-Push-Url"] = address


def _address(search: Search) -> str:
    written = search.written()
    return reverse("trainings") + (f"?{written}" if written else "")


def _context(request: HttpRequest, search: Search, taken: Carried) -> dict[str, Any]:
    found, query, refused = register.search(search.query, taken.profile, taken.answers.unknown)
    search = as_asked(search, query, refused)
    made = found.results
    chosen = facets.choices(search)
    asked = None
    if search.started or taken.any:
        asked = taken.one_question(found.question, "" if taken.any else "answers", row=True)
    wrong = {**search.errors, **(taken.answers.errors if asked else {})}
    return frame(request, taken) | {
        "action": reverse("trainings"),
        "here_url": _address(search),
        "compare_url": reverse("trainings-compare"),
        "search": search,
        "alert": alerts.form_of(search, answered=taken.any),
        "query": search.query,
        "errors": [{"name": name, "text": text} for name, text in wrong.items()],
        "error": search.errors,
        "started": search.started or taken.any,
        "question": asked,
        "hidden": [*_hidden(taken, asked), ("here", search.written())] if taken.any else [],
        "compared": [{"key": key, "search": search.comparing(_toggled(search, key)).written()} for key in search.compared],
        "full": len(search.compared) >= MOST_COMPARED,
        "count": found_in_words(made.total),
        "cards": _cards(found, search),
        "facets": facets.groups(search, made.facets, made.lacking),
        "choices": chosen,
        "cleared": searching(_bare(search), search).written() if chosen else "",
        "next": search.next_page(made.after).written() if made.after else "",
        "understood": understood_in_words(made.understood, search),
        "first": search.first_page().written() if search.query.after else "",
        "sorts": _sorts(search),
        "sizes": PAGE_SIZES,
        "suggestions": _suggestions(search, made) if made.total <= FEW else [],
        "refused": [_refusal(fault) for fault in refused if fault.field not in search.errors],
        "postcode_unknown": bool(search.query.postcode) and not made.postcode_known,
        "sectors": [] if search.started else _sectors(made.facets),
    }  # fmt: skip


def _hidden(taken: Carried, asked: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Give the answers to post along; what the page asks itself is in the question."""
    return taken.hidden(frozenset({asked["name"]} if asked else ()))


def _bare(search: Search) -> Any:
    query = search.query
    return type(query)(text=query.text, postcode=query.postcode, sort=query.sort, size=query.size)


def _cards(found: Any, search: Search) -> list[dict[str, Any]]:
    hits = [hit for hit in found.results.hits if hit.key in found.listings]
    toggles = search.written_comparing(_toggled(search, hit.key) for hit in hits)
    base, today = reverse("trainings-one", args=[0]).removesuffix("0"), known.today()
    return [
        card(found.listings[hit.key], found.to_pay.get(hit.key), hit, today=today)
        | {"url": f"{base}{hit.key}", "compared": hit.key in search.compared, "toggle": toggle}
        for hit, toggle in zip(hits, toggles, strict=True)
    ]


def _toggled(search: Search, key: int) -> tuple[int, ...]:
    """Give the trainings to compare with one more, or without one that was among them."""
    left = tuple(one for one in search.compared if one != key)
    return left if key in search.compared else (*search.compared, key)[:MOST_COMPARED]


def _sorts(search: Search) -> list[dict[str, Any]]:
    words = {"relevance": _("wat het best past"), "to_pay": _("wat u zelf betaalt"), "start": _("wanneer het begint")}
    if search.query.postcode:
        words["distance"] = _("hoe dichtbij het is")
    return [{"value": value, "label": label, "chosen": value == search.query.sort} for value, label in words.items()]


def _suggestions(search: Search, made: Any) -> list[dict[str, str]]:
    return [
        {"label": _suggested(one.kind, one.words), "search": searching(one.query, search).written()}
        for one in made.suggestions
    ]


def _suggested(kind: str, words: str) -> str:
    """Say in words what a suggestion tries; one without words lets go of everything of its kind."""
    if kind == "wider" and words in facets.titles():
        return _("Zoek zonder uw keuze bij: %(words)s") % {"words": facets.titles()[words]}
    if not words:
        return _("Zoek overal, zonder keuzes") if kind == "wider" else _("Laat alle opleidingen zien")
    said = {
        "spelling": _("Bedoelt u: %(words)s"),
        "wider": _("Zoek verder weg: %(words)s"),
        "occupation": _("Zoek op het beroep: %(words)s"),
        "fewer": _("Zoek met minder woorden: %(words)s"),
    }
    return said.get(kind, "%(words)s") % {"words": words}


def _refusal(fault: BadQuery) -> str:
    """Say in plain words what of the address could not be asked."""
    if fault.field == "after":
        return _("Deze bladzijde van de resultaten is er niet meer. U ziet de eerste bladzijde.")
    return _("Wij konden een deel van uw vraag niet gebruiken (%(field)s: %(given)s).") % {
        "field": fault.field, "given": str(fault.given)[:60],
    }  # fmt: skip


def _sectors(counts: Any) -> list[dict[str, Any]]:
    most = sorted(counts.get("sector", {}).items(), key=lambda pair: -pair[1])[:SECTORS_SHOWN]
    return [
        {"url": f"{reverse('trainings')}?sector={value}", "label": facets.value_words("sector", value), "count": count}
        for value, count in most
    ]
