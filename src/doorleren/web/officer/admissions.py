"""The work list of admission: what was applied for, the longest waiting first, with filters that are a link."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.core.days import day_of
from doorleren.register.admission import STANDINGS
from doorleren.register.worklist import KINDS, STANDINGS_ASKED, Waiting, Wanted, worklist
from doorleren.web.officer.official import official, page
from doorleren.web.portal.cards import day, fact_words
from doorleren.web.provider.fields import choices
from doorleren.web.public.questions import in_language

LONGEST = 100
ASKED = ("standing", "kind", "provider", "sector", "after")
LARGEST_NUMBER = 2**63 - 1


@page
@require_safe
def admissions(request: HttpRequest) -> HttpResponse:
    """List providers and activities; GET: standing, kind, provider, sector, after. What cannot be asked is left out."""
    asking = official(request, "view_admissions")
    wanted = _wanted(request)
    found = worklist(wanted, asking.today)
    return render(request, "officer/admissions.html", {
        "fields": _fields(wanted),
        "search": {"name": "provider", "value": wanted.provider, "label": _("Naam of KvK-nummer van de opleider")},
        "rows": [row(one) for one in found.rows],
        "count": found.count,
        "waits": wanted.standing == "applied",
        "narrowed": bool(wanted.kind or wanted.provider or wanted.sector),
        "first": f"?{_asked(wanted)}" if wanted.after else "",
        "following": f"?{_asked(wanted, found.after)}" if found.after else "",
        "columns": [_("Wat"), _("Opleider"), _("Sector"), _("Stand"), _("Sinds")],
        "action": reverse("officer-admissions"),
    })  # fmt: skip


def row(one: Waiting) -> dict[str, Any]:
    """Describe a row of the list in words."""
    activity = one.kind == "activity"
    return {
        "url": reverse(f"officer-admission-{one.kind}", args=[one.number]),
        "title": one.title,
        "kind": _("opleiding") if activity else _("opleider"),
        "provider": one.provider if activity else "",
        "sector": fact_words("training.target_sector", one.sector),
        "standing": in_language(STANDINGS[one.act]),
        "since": day(one.effective_on if one.act != "applied" else day_of(one.decided_at)),
    }


def standings_asked() -> dict[str, str]:
    """Name what the list can be asked for."""
    return {
        "applied": _("wacht op een besluit"), "announced": _("besloten, gaat later in"), "admitted": _("toegelaten"),
        "refused": _("geweigerd"), "suspended": _("geschorst"), "removed": _("verwijderd"),
    }  # fmt: skip


def _wanted(request: HttpRequest) -> Wanted:
    given = {name: request.GET.get(name, "").replace("\x00", "")[:LONGEST].strip() for name in ASKED}
    standing, kind, sector = (given[name] for name in ("standing", "kind", "sector"))
    after = given["after"]
    return Wanted(
        standing if standing in STANDINGS_ASKED else "applied",
        kind if kind in KINDS else "",
        given["provider"],
        sector if sector in dict(choices("sector")) else "",
        min(int(after), LARGEST_NUMBER) if after.isascii() and after.isdecimal() else 0,
    )


def _asked(wanted: Wanted, after: int = 0) -> str:
    told = {"standing": wanted.standing, "kind": wanted.kind, "provider": wanted.provider, "sector": wanted.sector}
    return urlencode({name: value for name, value in {**told, "after": str(after or "")}.items() if value})


def _fields(wanted: Wanted) -> list[dict[str, Any]]:
    kinds = [("", _("opleiders en opleidingen")), ("provider", _("opleiders")), ("activity", _("opleidingen"))]
    sectors = [("", _("alle sectoren")), *choices("sector")]
    asked = (
        ("standing", _("Stand"), list(standings_asked().items()), wanted.standing),
        ("kind", _("Soort"), kinds, wanted.kind),
        ("sector", _("Sector"), sectors, wanted.sector),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": key, "label": words, "selected": key == now} for key, words in options],
        }
        for name, label, options, now in asked
    ]
