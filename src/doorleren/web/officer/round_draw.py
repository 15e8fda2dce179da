"""The draw of a round on the page of officials: announcing it, and holding it with the pulse that was published since."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.core.beacon import Beacon, read_beacons
from doorleren.rounds.access import PROPOSE, ensure_may
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.announce_draw import announce_draw
from doorleren.rounds.commands.hold_draw import hold_draw
from doorleren.rounds.models import Round, RoundDraw
from doorleren.shipped import folder
from doorleren.web.officer.asked import field
from doorleren.web.officer.committee_told import waits_for_scores
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import round_of
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import instant, name_of

BEACON = "drand-default"
LONGEST_PULSE = 4000


def beacons() -> dict[str, Beacon]:
    """Give the beacons that a draw may rest on."""
    return dict(read_beacons(folder("law") / "beacons.toml"))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, number: int) -> HttpResponse:
    """Announce the draw: after this the list and the pulse are fixed."""
    asked = _asked(request, number)
    if isinstance(asked, HttpResponse):
        return asked
    asking, row = asked
    refused = ""
    waits = waits_for_scores(row)
    if waits and request.method != "POST":
        refused = _("Loten kan pas als de scores van de commissie zijn vastgesteld, en er dan gelijke scores zijn.")
    elif request.method == "POST":
        try:
            announce_draw(row.pk, beacon=beacons()[BEACON], by=asking.who, at=asking.at, same_scores=not waits)
        except RoundRefused as fault:
            refused = in_language(fault.texts)
        else:
            return _done(row, "announced_draw")
    return _page(
        request, row, _("De loting aankondigen"), {"step": "announce", "refused": refused}, failed=bool(refused)
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Hold the draw that was announced, with the pulse as it is pasted."""
    asked = _asked(request, number)
    if isinstance(asked, HttpResponse):
        return asked
    asking, row = asked
    draw = RoundDraw.objects.filter(pk=row.pk).first()
    if draw is None:
        return HttpResponseRedirect(reverse("officer-round", args=[row.pk]))
    text, error = request.POST.get("pulse", "").replace("\x00", "")[:LONGEST_PULSE], ""
    if request.method == "POST":
        try:
            told = json.loads(text)
            if not isinstance(told, dict):
                raise ValueError("no object")
            hold_draw(row.pk, told, beacons=beacons(), by=asking.who, at=asking.at)
        except RoundRefused as fault:
            error = in_language(fault.texts)
        except (ValueError, RecursionError):
            error = _("Plak hier het getal zoals de bron het geeft, met round en signature.")
        else:
            return _done(row, "held_draw")
    shown = field("pulse", "text", _("Het openbare getal"), {"pulse": text}, error=error, needed=True)
    beacon, beacon_round = draw.announced["beacon"], draw.announced["beacon_round"]
    published = instant(beacons()[beacon].published_at(beacon_round))
    context = {"step": "hold", "field": shown, "beacon": beacon, "beacon_round": beacon_round, "published": published}
    errors = [{"name": "pulse", "text": error}] if error else []
    return _page(request, row, _("De loting houden"), context | {"errors": errors}, failed=bool(error))


def _asked(request: HttpRequest, number: int) -> tuple[Official, Round] | HttpResponse:
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = round_of(asking, number)
    ensure_may(asking.who, PROPOSE, row.body_id, row.pk, at=asking.at)
    return asking, row


def _done(row: Round, what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer-round', args=[row.pk])}?done={what}")


def _page(request: HttpRequest, row: Round, heading: str, context: dict[str, Any], *, failed: bool) -> HttpResponse:
    back = reverse("officer-round", args=[row.pk])
    shared = {
        "heading": heading, "about": name_of(row), "back": back,
        "trail": [
            {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
            {"url": back, "label": name_of(row)}, {"label": heading},
        ],
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    return render(request, "officer/round_draw.html", shared | context, status=status)
