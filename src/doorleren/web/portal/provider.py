"""A provider for everybody: who it is, where it teaches, how it is recognised, and what it offers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.register.queries import Listing
from doorleren.web import known
from doorleren.web.portal import cards, register
from doorleren.web.portal.carried import carried, frame
from doorleren.web.portal.pages import page
from doorleren.web.portal.training import locations, recognitions
from doorleren.web.public.values import euros

ON_A_PAGE = 20
LONGEST_CODE = 100
LAST_PAGE = 100_000


@page
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show a provider by its code; `page` in the address is a number from 1. With POST for who answered questions."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    number = min(max(number, 1), LAST_PAGE)
    found = None
    if len(code) <= LONGEST_CODE and "\x00" not in code:
        found = register.provider(code, start=(number - 1) * ON_A_PAGE, size=ON_A_PAGE)
    if found is None:
        raise Http404
    told, listed, count = found
    taken, here = carried(request), reverse("trainings-provider", args=[code])
    return render(request, "portal/provider.html", frame(request, taken) | {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": told.name}],
        "provider": told,
        "locations": locations(told),
        "recognitions": recognitions(told),
        "trainings": [_row(listing) for listing in listed],
        "count": ngettext("%(n)s opleiding", "%(n)s opleidingen", count) % {"n": count},
        "any": count > 0,
        "before": f"{here}?page={number - 1}" if number > 1 else "",
        "following": f"{here}?page={number + 1}" if number * ON_A_PAGE < count else "",
        "hidden": taken.hidden(),
    })  # fmt: skip


def _row(listing: Listing) -> dict[str, Any]:
    entry = listing.entry
    run = cards.next_run(entry.runs, known.today())
    return {
        "url": reverse("trainings-one", args=[listing.key]),
        "title": entry.title,
        "lang": cards.text_lang(entry),
        "start": cards.start(entry.runs, run),
        "place": cards.place(entry, run, listing.provider.place),
        "price": euros(entry.price_cents) if entry.price_cents is not None else _("niet bekend"),
    }
