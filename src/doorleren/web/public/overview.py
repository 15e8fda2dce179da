"""Every instrument of the papers in the four pillars: what it was, who ran it, whether we compute it and if not why."""

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.rules.instruments import Instrument
from doorleren.web import known
from doorleren.web.public import words
from doorleren.web.public.choosing import Choice, contains, search_words
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import version_for


@non_atomic_requests  # touches no database
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the instruments by pillar, with what the visitor filtered by."""
    typed, choices = search_words(request.GET), _choices()
    chosen = {choice.name: choice.chosen(request.GET) for choice in choices}
    found = [one for one in known.instruments() if _fits(one, typed, chosen)]
    labels = {"kinds": words.instrument_kinds(), "statuses": words.instrument_statuses(), "schemes": _scheme_names()}
    groups = [
        {
            "pillar": pillar,
            "title": words.pillar(pillar),
            "rows": [_row(one, labels) for one in found if one.pillar == pillar],
        }
        for pillar in words.pillars()
    ]
    context = {
        "groups": [group for group in groups if group["rows"]],
        "count": len(found),
        "total": len(known.instruments()),
        "computed": sum(one.computed for one in found),
        "action": reverse("overview"),
        "search": {"name": "q", "value": typed, "label": _("Zoek op woorden")},
        "fields": [choice.field(request.GET) for choice in choices],
    }
    return render(request, "overview.html", context)


def _choices() -> tuple[Choice, ...]:
    kinds, statuses = words.instrument_kinds(), words.instrument_statuses()
    used_kinds = {one.kind for one in known.instruments()}
    used_statuses = {one.status for one in known.instruments()}
    return (
        Choice("pillar", _("Pijler"), _("Alle pijlers"), {name: words.pillar(name) for name in words.pillars()}),
        Choice("kind", _("Soort"), _("Alle soorten"), _by_words({name: words.said(kinds, name) for name in used_kinds})),
        Choice(
            "status", _("Hoe stond het ervoor?"), _("Maakt niet uit"),
            _by_words({name: words.said(statuses, name) for name in used_statuses}),
        ),
        Choice("computed", _("Rekenen wij het uit?"), _("Maakt niet uit"), {"yes": _("ja"), "no": _("nee")}),
    )  # fmt: skip


def _by_words(options: dict[str, str]) -> dict[str, str]:
    return dict(sorted(options.items(), key=lambda pair: pair[1]))


def _fits(one: Instrument, typed: str, chosen: dict[str, str]) -> bool:
    wanted = {"pillar": one.pillar, "kind": one.kind, "status": one.status, "computed": "yes" if one.computed else "no"}
    if any(choice and choice != wanted[name] for name, choice in chosen.items()):
        return False
    texts = (one.id, *one.name.values(), *one.runs.values(), *one.for_whom.values(), *one.what.values())
    return contains(texts, typed)


def _scheme_names() -> dict[str, str]:
    today = known.today()
    return {name: version_for(one, today).called(language()) for name, one in known.library().schemes.items()}


def _row(one: Instrument, labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    names = labels["schemes"]
    return {
        "id": one.id,
        "name": one.called(language()),
        "what": in_language(one.what),
        "for_whom": in_language(one.for_whom),
        "runs": in_language(one.runs),
        "kind": words.said(labels["kinds"], one.kind),
        "status": words.said(labels["statuses"], one.status),
        "computed": one.computed,
        "why": in_language(one.why) if one.why else "",
        "assigned": one.assigned,
        "site": one.site,
        "source": one.source,
        "schemes": [
            {"name": names[name], "url": reverse("schemes-one", args=[name])} for name in one.schemes if name in names
        ],
    }
