"""Which rounds are open, planned and over, and how one stands: counted along with it, in two questions of the database."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from doorleren.rounds.models import Round
from doorleren.rounds.standing import counted, counters
from doorleren.web.rounds.instead import instead
from doorleren.web.rounds.packages import package_of
from doorleren.web.rounds.written import LARGEST_NUMBER, name_of, written
from doorleren.web.surroundings import now

KEPT_SECONDS = 5
REHEARSAL_SHOWN = timedelta(days=1)
MOST = 200


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds: open, planned, over."""
    at = now()
    rows = [written(row, counters(row, at), at) for row in counted(shown(at), at).order_by("-opens_at", "-pk")[:MOST]]
    titles = (("open", _("Nu open")), ("announced", _("Gaat nog open")), ("closed", _("Gesloten")))
    return render(request, "rounds/rounds.html", {
        "groups": [
            {"state": state, "title": title, "rows": [one for one in rows if one["state"] == state]} for state, title in titles
        ],
        "any": bool(rows),
        "trail": [{"label": _("Aanvraagtijdvakken")}],
    })  # fmt: skip


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show how one round stands, and what else there is."""
    at, key = now(), min(number, LARGEST_NUMBER)
    rows = list(counted(Round.objects.filter(version__scheme__in=_scheme_of(key)), at).order_by("opens_at"))
    row = next((one for one in rows if one.pk == key), None)
    if row is None:
        raise Http404
    context: dict[str, Any] = written(row, counters(row, at), at)
    other_ways = instead(row, [other for other in rows if other.pk != row.pk], at)
    return render(request, "rounds/round.html", {
        "round": context | {"package": package_of(row)},
        "instead": other_ways,
        "keeps_address": (other_ways["alert"] or {}).get("kept", ""),
        "trail": [{"url": reverse("rounds"), "label": _("Aanvraagtijdvakken")}, {"label": name_of(row)}],
    })  # fmt: skip


def shown(at: datetime) -> QuerySet[Round]:
    """Give the rounds that everybody sees: all, but rehearsals only while they are open or to come and a day after."""
    recent = Q(gate__closed_at__isnull=True, gate__opened_at__isnull=False) | Q(
        gate__closed_at__gte=at - REHEARSAL_SHOWN
    )
    ahead = Q(gate__opened_at__isnull=True, opens_at__gt=at)
    return Round.objects.filter(Q(rehearsal=False) | recent | ahead)


def _scheme_of(key: int) -> QuerySet[Round, Any]:
    return Round.objects.filter(pk=key).values("version__scheme")
