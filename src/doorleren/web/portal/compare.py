"""Up to four trainings side by side; which ones stands in the address, so that a comparison is kept by its link."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.web.portal import cards, register
from doorleren.web.portal.asking import GO, HERE, MOST_COMPARED, Search, numbers, search_of
from doorleren.web.portal.carried import Carried, carried, frame
from doorleren.web.portal.pages import page
from doorleren.web.portal.training import facts
from doorleren.web.public.values import euros

LONG = 40
"""Signs of a value that needs the whole line where the screen is narrow."""


@page
def compare(request: HttpRequest) -> HttpResponse:
    """Show the trainings beside each other; one that is not listed any more is named, not hidden."""
    taken, chosen = carried(request), _chosen(request)
    found = {key: register.activity(key, taken.profile) for key in chosen.compared}
    context = _context(request, chosen, {key: one for key, one in found.items() if one is not None}, taken)
    reply = render(request, "portal/compare.html", context | {"gone": [key for key in found if found[key] is None]})
    if request.method == "POST" and not request.headers.get("HX-Current-URL", "").endswith(context["own_url"]):
        reply["HX-Replace-Url"] = context["own_url"]
    return reply


def _chosen(request: HttpRequest) -> Search:
    """Read which trainings: of the address, of the form, of the search that one came from, which is kept for the way back."""
    posted = request.POST
    if GO in posted:
        return search_of(QueryDict(posted[GO]))
    here = search_of(QueryDict(posted.get(HERE, "")) if HERE in posted else request.GET)
    named = [str(key) for key in here.compared] + posted.getlist("with") + request.GET.getlist("with")
    return here.comparing(numbers(named))


def _context(request: HttpRequest, chosen: Search, found: dict[int, Any], taken: Carried) -> dict[str, Any]:
    columns = [
        cards.card(one.listing, one.to_pay) | {
            "url": reverse("trainings-one", args=[key]),
            "left": chosen.comparing(tuple(other for other in found if other != key)).written(),
        }
        for key, one in found.items()
    ]  # fmt: skip
    titles = Counter(column["title"] for column in columns)
    for number, column in enumerate(columns, 1):
        column["number"] = number
        column["beside"] = column["provider"] if titles[column["title"]] > 1 else ""
    kept = chosen.comparing(tuple(found))
    own = "&".join(f"with={key}" for key in found)
    return frame(request, taken) | {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": _("Vergelijk")}],
        "action": reverse("trainings-compare"),
        "own_url": reverse("trainings-compare") + (f"?{own}" if own else ""),
        "search_url": reverse("trainings"),
        "columns": columns,
        "rows": _rows(found, columns),
        "most": MOST_COMPARED,
        "room": len(columns) < MOST_COMPARED,
        "kept": kept.written(),
        "hidden": [*taken.hidden(), (HERE, kept.written())],
    }


def _rows(found: dict[int, Any], columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lay out row by row what is told of each; a row of which nobody tells anything is left out.

    Where all tell the same, one cell stands for all of them.
    """
    told = [dict(facts(one.listing.entry)) for one in found.values()]
    prices = [
        euros(one.listing.entry.price_cents) if one.listing.entry.price_cents is not None else ""
        for one in found.values()
    ]
    rows: list[tuple[str, list[str]]] = [
        (_("Opleider"), [column["provider"] for column in columns]),
        (_("Prijs"), prices),
        (_("Wat u zelf betaalt"), [_remains(column["pay"]) for column in columns]),
        (_("Betaalt mee"), [column["paid_by"] for column in columns]),
        (_("Betaalt misschien mee"), [column["may_pay"] for column in columns]),
        (_("Waar"), [column["place"] for column in columns]),
        (_("Begint"), [column["start"] for column in columns]),
        (_("Diploma of bewijs"), [column["certificate"] for column in columns]),
    ]
    names = list(dict.fromkeys(name for one in told for name in one))
    rows += [(name, [one.get(name, "") for one in told]) for name in names]
    return [
        {"name": name, "cells": cells, "differs": len(set(cells)) > 1, "long": max(map(len, cells)) > LONG}
        for name, cells in rows
        if any(cells)
    ]


def _remains(pay: dict[str, str]) -> str:
    return f"{pay['value']} ({pay['note']})" if pay["note"] else pay["value"]
