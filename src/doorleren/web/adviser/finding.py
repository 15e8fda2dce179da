"""Finding a qualified adviser: the public list, and the page on which an adviser lets themself be found or stops that.

Who is on the list asked for it, and is a qualified adviser of that firm today: applications/bundles/listed.py.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.bundles import listed
from doorleren.applications.commands.list_adviser import list_adviser, unlist_adviser
from doorleren.applications.models import AdviserListing
from doorleren.applications.models.listings import LONGEST_EMAIL, LONGEST_PHONE, LONGEST_PLACE
from doorleren.core.refusals import ActRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person
from doorleren.web import known
from doorleren.web.adviser.own import Adviser, adviser
from doorleren.web.officer.asked import field
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

FIELDS = ("place", "email", "phone")


@require_safe
def advisers(request: HttpRequest) -> HttpResponse:
    """List the qualified advisers who want to be found, with what the visitor searched for."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[: listed.LONGEST_WORDS]
    found = listed.advisers(typed, known.today())
    return render(request, "adviser/advisers.html", {
        "action": reverse("advisers"),
        "search": {"name": "q", "value": typed, "label": _("Plaats of naam")},
        "rows": [
            {
                "name": one.name, "firm": one.firm, "place": one.place, "email": one.email,
                "phone": one.phone, "tel": "".join(sign for sign in one.phone if sign.isdigit() or sign == "+"),
                "until": date_format(one.until, "j F Y"),
            }
            for one in found.rows
        ],
        "total": found.total,
        "more": found.total - len(found.rows),
        "asked": typed,
        "trail": [{"label": _("Vind een loopbaanadviseur")}],
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show how one stands on the list; with POST stand on it (kvk, place, email, phone), or go off it (stop)."""
    if request.method == "POST" and "stop" in request.POST:
        return _stop(request)
    own = adviser(request)
    there = AdviserListing.objects.filter(adviser=own.who.person).select_related("organisation").first()
    if request.method != "POST":
        return _page(request, own, there, _kept(there))
    given = {name: request.POST.get(name, "").replace("\x00", "") for name in ("kvk", *FIELDS)}
    try:
        list_adviser(
            own.firm(given["kvk"]).pk, **{name: given[name] for name in FIELDS}, by=own.who, at=own.at
        )  # fmt: skip
    except ActRefused as refused:
        return _page(request, own, there, given, in_language(refused.texts), getattr(refused, "field", ""))
    return HttpResponseRedirect(reverse("applications-adviser-listing") + "?done=listed")


def _stop(request: HttpRequest) -> HttpResponse:
    """Go off the list: open to whoever is on it, also when the role has ended."""
    who = signed_in(request)
    if who is None:
        adviser(request)
    else:
        unlist_adviser(by=who, at=now())
    try:
        adviser(request)
    except NotAllowed:
        return HttpResponseRedirect(reverse("advisers"))
    return HttpResponseRedirect(reverse("applications-adviser-listing") + "?done=stopped")


def _page(
    request: HttpRequest, own: Adviser, there: AdviserListing | None, typed: dict[str, str], error: str = "", wrong: str = ""
) -> HttpResponse:  # fmt: skip
    words = {
        "listed": _("U staat op de openbare lijst."), "stopped": _("U staat niet meer op de lijst. Uw gegevens zijn daar weg."),
    }  # fmt: skip
    return render(request, "adviser/listing.html", {
        "there": there,
        "shown": there is not None and listed.listed_on(own.day).filter(pk=there.pk).exists(),
        "name": Person.objects.values_list("name", flat=True).get(pk=own.who.person),
        "firms": own.firms,
        "qualified": own.qualified,
        "kvk": typed.get("kvk", ""),
        "fields": _fields(typed, error, wrong),
        "errors": [{"name": wrong or "place", "text": error}] if error else [],
        "done": words.get(request.GET.get("done", ""), ""),
        "trail": [{"url": reverse("account"), "label": _("Mijn account")}, {"label": _("Vindbaar als adviseur")}],
    }, status=422 if error else 200)  # fmt: skip


def _fields(typed: Mapping[str, str], error: str, wrong: str) -> list[dict[str, Any]]:
    """Give the fields of the form, for provider/field.html; `error` stands at the one that was `wrong`."""
    told = (
        ("place", "", _("Plaats"), "", LONGEST_PLACE),
        (
            "email", "email", _("E-mailadres van uw organisatie"), _("Een e-mailadres of een telefoonnummer is genoeg."),
            LONGEST_EMAIL,
        ),
        ("phone", "tel", _("Telefoonnummer van uw organisatie"), "", LONGEST_PHONE),
    )  # fmt: skip
    return [
        field(name, "line", label, typed, type=kind, help=help_, longest=longest, error=error if name == wrong else "")
        for name, kind, label, help_, longest in told
    ]


def _kept(there: AdviserListing | None) -> dict[str, Any]:
    if there is None:
        return {}
    return {name: getattr(there, name) for name in FIELDS} | {"kvk": there.organisation.kvk}
