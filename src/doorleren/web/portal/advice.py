"""An advice of one page for a client: the situation, what pays, the trainings chosen, and the adviser's own words.

Everything travels in the form and nothing is kept; the browser prints it.
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.core.days import Asked
from doorleren.finder.check import Answer, check, concerns, waiting_for
from doorleren.finder.interview import Group, Interview, interview
from doorleren.register.search.asking import PAGE_SIZES, Query
from doorleren.web import known
from doorleren.web.portal import cards, register
from doorleren.web.portal.asking import Search, as_asked, numbers, search_of
from doorleren.web.portal.carried import AS_A_PERSON, Carried, carried, frame
from doorleren.web.portal.pages import page
from doorleren.web.portal.training import plan_shown
from doorleren.web.public.presentation import verdict
from doorleren.web.public.questions import question

MOST_CHOSEN = 3
QUESTIONS_AT_ONCE = 5
MOST_SCHEMES = 6
LONGEST_NOTES = 1500
MOST_LINES = 15
FEW_ANSWERS, FEW_NOTES, FEW_LINES = 12, 900, 8
"""More than these, and the sheet is set in smaller type: it has to stay one page."""


@page
def advice(request: HttpRequest) -> HttpResponse:
    """Ask about the client, search for trainings, and lay the advice out."""
    taken = carried(request)
    return render(request, "portal/advice.html", _context(request, taken))


def _context(request: HttpRequest, taken: Carried) -> dict[str, Any]:
    answer = check(known.library(), AS_A_PERSON | taken.profile, Asked(known.today()))
    state = interview(answer, taken.answers.unknown, "person", known.library().vocabulary)
    asked = _questions(answer, state, taken)
    search, chosen = search_of(request.POST), _chosen(request)
    trainings = {key: found for key in chosen if (found := register.activity(key, taken.profile)) is not None}
    notes = request.POST.get("notes", "").replace("\r\n", "\n")
    kept, given = on_the_sheet(notes), taken.in_words()
    search, found = _found(search, taken, tuple(trainings))
    return frame(request, taken) | {
        "language_form": "answers",
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": _("Advies")}],
        "action": reverse("trainings-advice"),
        "search_url": reverse("trainings"),
        "today": known.today(),
        "hidden": taken.hidden(frozenset(one["name"] for one in asked)),
        "questions": asked,
        "errors": [{"name": name, "text": text} for name, text in taken.answers.errors.items()]
        + [{"name": name, "text": text} for name, text in search.errors.items()],
        "given": given,
        "dense": len(given) > FEW_ANSWERS or len(kept) > FEW_NOTES or kept.count("\n") > FEW_LINES,
        "started": taken.any,
        "get": _shown(state, "get"),
        "maybe": _shown(state, "maybe"),
        "trainings": [_chosen_card(found, taken) for found in trainings.values()],
        "full": len(trainings) >= MOST_CHOSEN,
        "most": MOST_CHOSEN,
        "query": search.query,
        "typed_postcode": search.typed_postcode,
        "error": search.errors,
        "notes": kept,
        "longest": LONGEST_NOTES,
        "lines": MOST_LINES,
        "too_long": len(kept) < len(notes.rstrip()),
    } | found  # fmt: skip


def on_the_sheet(notes: str) -> str:
    """Give what of an adviser's own words fits on the page: so many signs and lines, empty lines apart."""
    lines = re.sub(r"\n\s*\n+", "\n\n", notes[:LONGEST_NOTES].strip()).split("\n")
    return "\n".join(lines[:MOST_LINES]).rstrip()


def _questions(answer: Answer, state: Interview, taken: Carried) -> list[dict[str, Any]]:
    """Choose what to ask about the client: what cannot be read, then what most schemes wait for; a training tells its own."""
    waiting = waiting_for(answer.findings)
    wrong = [known.library().vocabulary.facts[name] for name in taken.answers.errors]
    best = sorted(
        (fact for fact in state.open_questions if fact not in wrong and fact.table == "person"),
        key=lambda fact: (fact != state.next, *(-number for number in waiting.get(fact.name, (0, 0)))),
    )
    return [question(fact, taken.answers, []) for fact in [*wrong, *best][:QUESTIONS_AT_ONCE]]


def _chosen(request: HttpRequest) -> tuple[int, ...]:
    """Give the trainings in the advice, with the one that a button adds and without the one that a button takes out."""
    before = numbers(request.POST.getlist("with"))
    added, dropped = numbers(request.POST.getlist("add")), numbers(request.POST.getlist("drop"))
    return tuple(dict.fromkeys(key for key in (*before, *added) if key not in dropped))[:MOST_CHOSEN]


def _found(search: Search, taken: Carried, chosen: tuple[int, ...]) -> tuple[Search, dict[str, Any]]:
    """Search when something was typed, the least to pay of the best matches in sight; with the search as it was asked."""
    if not search.query.text:
        return search, {"found": None, "count": "", "suggestions": []}
    query = Query(text=search.query.text, postcode=search.query.postcode, size=PAGE_SIZES[0])
    found, query, refused = register.search(query, taken.profile)
    hits = [hit for hit in found.results.hits if hit.key in found.listings and hit.key not in chosen]
    return as_asked(search, query, refused), {
        "found": [cards.card(found.listings[hit.key], found.to_pay.get(hit.key), hit) for hit in hits],
        "count": cards.found_in_words(found.results.total),
        "suggestions": [one.words for one in found.results.suggestions],
    }


def _chosen_card(found: Any, taken: Carried) -> dict[str, Any]:
    plan = plan_shown(found.plans, taken.profile)
    return cards.card(found.listing, found.to_pay) | {
        "url": reverse("trainings-one", args=[found.listing.key]),
        "parts": plan["plans"][0]["parts"] if plan else [],
        "website": found.listing.entry.url or found.listing.provider.website,
    }


def _shown(state: Interview, group: Group) -> list[dict[str, Any]]:
    """Describe in short the first schemes of a group that a person files or gets."""
    vocabulary = known.library().vocabulary
    findings = [one for one in state.groups[group] if concerns(one, "person")]
    return [verdict(finding, vocabulary) for finding in findings[:MOST_SCHEMES]]
