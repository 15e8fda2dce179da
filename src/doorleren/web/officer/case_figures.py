"""The figures of the own body by scheme: applied, granted, refused, left out, started, delivered and paid; and who pays what."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.decisions.figures import shares
from doorleren.decisions.models.share import PAYERS
from doorleren.payments.figures import Figures, figures
from doorleren.people.models import Body
from doorleren.web.officer.asked import table
from doorleren.web.officer.case_asked import scheme_name
from doorleren.web.officer.official import official, page
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.values import money

VIEW = "view_case_figures"


def payers() -> dict[str, str]:
    """Give the words for each payer, in order."""
    told = {
        "government": _("de overheid, via deze regeling"),
        "other_public": _("de overheid, met ander geld"),
        "employer": _("de werkgever"),
        "provider": _("de opleider"),
        "fund": _("een fonds"),
        "participant": _("de deelnemer"),
        "other": _("iemand anders"),
    }
    return {payer: told[payer] for payer in PAYERS}


@page
@require_safe
def case_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of each body of which one may see them."""
    asking = official(request, VIEW)
    bodies = Body.objects.filter(pk__in=own_bodies(asking, VIEW)).order_by("name")
    return render(request, "officer/figures.html", {
        "bodies": [_told(one) for one in bodies],
        "trail": [{"label": _("Cijfers van zaken")}],
    })  # fmt: skip


def _told(body: Body) -> dict[str, Any]:
    counted, divided = figures(body.pk), shares(body.pk)
    return {
        "id": body.pk, "name": body.name, "any": bool(counted), "divided": bool(divided),
        "counted": _counted(body, counted), "shares": _shares(body, divided),
    }  # fmt: skip


def _counted(body: Body, counted: Mapping[str, Figures]) -> dict[str, Any]:
    named = {
        "applied": _("Aangevraagd"), "granted": _("Verleend"), "refused": _("Afgewezen"),
        "no_money": _("Afgewezen: het geld was op"), "left_out": _("Niet in behandeling genomen"),
        "started": _("Begonnen"), "delivered": _("Uitgevoerd"), "paid": _("Betaald"),
    }  # fmt: skip
    columns = [_("Regeling"), *named.values()]
    rows: list[list[str | Mapping[str, Any]]] = [
        [scheme_name(scheme), *(_number(str(getattr(found, one))) for one in named)]
        for scheme, found in counted.items()
    ]
    return table(f"counted-{body.pk}", _("Aantal zaken per regeling"), columns, rows)


def _shares(body: Body, divided: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    names = payers()
    shown = [payer for payer in PAYERS if any(payer in found for found in divided.values())]
    columns = [_("Regeling"), *(names[payer] for payer in shown), _("samen")]
    rows: list[list[str | Mapping[str, Any]]] = [
        [scheme_name(scheme), *(_part(found.get(payer, 0), sum(found.values())) for payer in shown),
         _number(money(sum(found.values()) // 100))]
        for scheme, found in divided.items()
    ]  # fmt: skip
    return table(f"shares-{body.pk}", _("Wie welk deel van de kosten betaalt"), columns, rows)


def _part(cents: int, whole: int) -> dict[str, Any]:
    """Write an amount in whole euros with its share, in whole percents."""
    return _number(f"{money(cents // 100)} ({round(100 * cents / whole) if whole else 0}%)")


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
