"""Which column of a source is which field, for an administrator: a choice per column, as with an upload of a provider.

It starts from what was kept, else from what the last delivery used, or from a guess on a sample that is fetched when
asked for. Nothing is kept before the form is sent.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.register.answers import ActRefused
from doorleren.register.commands.keep_source import SourceRefused, keep_source
from doorleren.register.feeds.sampling import sample_of
from doorleren.register.intake.targets import TARGETS
from doorleren.register.models import Delivery, Source
from doorleren.web.officer.asked import field
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.source_form import SETTINGS, source_named
from doorleren.web.provider.fields import choices
from doorleren.web.provider.preview import target_words, targets
from doorleren.web.public.questions import in_language

MOST = 400
"""Columns that a form can hold: each has two fields, and Django takes a thousand."""
LONGEST = 300
COLUMN, MAP = "column-", "map-"
CURRENCIES = ("EUR", "USD", "GBP", "CHF")
Told = dict[str, Any]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show a choice per column; with POST "sample" fetch the file to choose by, "keep" keep it, "guess" keep none."""
    asking = official(request, "keep_sources")
    source = source_named(number_of)
    if source.form != "csv":
        return HttpResponseRedirect(reverse("officer-source", args=[source.pk]))
    if request.method != "POST":
        return _page(request, source, _listed(_start(source)), _start(source))
    if request.POST.get("do") == "sample":
        return _sampled(request, source, asking)
    given = {} if request.POST.get("do") == "guess" else _given(request.POST, source)
    if given and "title" not in given["columns"].values():
        wrong = _("Kies bij een van de kolommen: %(title)s.") % {"title": target_words("title")}
        return _page(request, source, _posted(request.POST), given, wrong)
    try:
        kept = {name: getattr(source, name) for name in SETTINGS}
        keep_source(source=source.pk, **kept, mapping=given, by=asking.actor, at=asking.at)
    except SourceRefused as refused:
        texts = [in_language(said) for said in refused.faults.values()]
        return _page(request, source, _posted(request.POST), given, " ".join(texts))
    return HttpResponseRedirect(f"{reverse('officer-source', args=[source.pk])}?done=kept")


def _start(source: Source) -> Told:
    """Give the mapping to start from: the one that was kept, else the one that was used last."""
    if source.mapping:
        return _whole(source.mapping)
    last = Delivery.objects.filter(source=source, form="csv").exclude(mapping={}).order_by("-pk").first()
    return _whole(last.mapping) if last else {"columns": {}}


def _whole(mapping: Told) -> Told:
    """Give a mapping with its columns apart; a plain one has nothing else."""
    return mapping if isinstance(mapping.get("columns"), dict) else {"columns": mapping}


def _sampled(request: HttpRequest, source: Source, asking: Official) -> HttpResponse:
    """Show the columns of the file as it is now: what was kept of each, else the guess."""
    nearby = settings.DOORLEREN_FEEDS_NEARBY
    try:
        sample = sample_of(source, home=settings.DOORLEREN_HOME, nearby=nearby, by=asking.actor, at=asking.at)
    except ActRefused as refused:
        start = _start(source)
        return _page(request, source, _listed(start), start, in_language(refused.texts))
    told = _whole(source.mapping) if source.mapping else sample["guess"]
    return _page(request, source, _listed(told, sample["columns"]), told, sampled=True)


def _listed(told: Told, sample: Iterable[Mapping[str, Any]] = ()) -> list[Told]:
    """Describe the columns: those of a sample, and those that the mapping names and the sample does not have."""
    listed = [{**one, "target": told["columns"].get(one["name"], ""), "note": ""} for one in sample]
    names, note = {one["name"] for one in listed}, _("Deze kolom staat niet meer in het bestand.") if listed else ""
    for name, target in told["columns"].items():
        if name not in names:
            listed.append({"name": name, "samples": [], "target": "" if note else target, "note": note})
    return [{**one, "field": f"{MAP}{place}", "hidden": f"{COLUMN}{place}"} for place, one in enumerate(listed[:MOST])]


def _posted(values: Mapping[str, str]) -> list[Told]:
    """Describe the columns as they were sent."""
    found = []
    for place in range(MOST):
        name = values.get(f"{COLUMN}{place}")
        if name is None:
            break
        target = values.get(f"{MAP}{place}", "")
        found.append({"name": name.replace("\x00", "")[:LONGEST], "samples": [], "target": target, "note": ""})
    return [{**one, "field": f"{MAP}{place}", "hidden": f"{COLUMN}{place}"} for place, one in enumerate(found)]


def _given(values: Mapping[str, str], source: Source) -> Told:
    """Make a mapping of what was sent; what codes of a column mean is kept as it was."""
    mapped = {one["name"]: one["target"][:100] for one in _posted(values) if one["target"]}
    days = [name for name, target in mapped.items() if target in TARGETS and TARGETS[target].kind in ("day", "end")]
    told: Told = {
        "columns": mapped, "month_first": days if values.get("days") == "month" else [],
        "currency": values.get("currency", "")[:10], "language": values.get("language", "")[:10],
    }  # fmt: skip
    meant = {name: one for name, one in source.mapping.get("values", {}).items() if name in mapped}
    told |= {"values": meant} if meant else {}
    return told | ({"open_data": True} if values.get("open_data") else {})


def _page(
    request: HttpRequest, source: Source, listed: list[Told], told: Told, refused: str = "", *, sampled: bool = False
) -> HttpResponse:
    at = reverse("officer-source", args=[source.pk])
    return render(request, "officer/source_columns.html", {
        "title": _("Welke kolom is wat?"),
        "source": source,
        "columns": listed,
        "targets": [(value, words if value != "code" else _("Code van de opleiding")) for value, words in targets()],
        "fields": _fields(told) if listed else [],
        "open_data": bool(told.get("open_data")),
        "refused": refused,
        "sampled": sampled,
        "trail": [
            {"url": reverse("officer-sources"), "label": _("Bronnen")}, {"url": at, "label": source.name},
            {"label": _("Welke kolom is wat?")},
        ],
    }, status=422 if refused else 200)  # fmt: skip


def _fields(told: Told) -> list[Told]:
    currency = str(told.get("currency", ""))
    known = dict.fromkeys((*CURRENCIES, *([currency] if currency else [])))
    shown = {
        "currency": currency,
        "language": str(told.get("language", "")),
        "days": "month" if told.get("month_first") else "day",
    }
    return [
        field("currency", "choice", _("Munteenheid van bedragen zonder teken"), shown, options=[(one, one) for one in known],
              help=_("Niet ingevuld: wat het bestand zelf zegt, en anders euro's. Wij rekenen niet om: een prijs in een andere munteenheid laten wij weg.")),
        field("days", "choice", _("Wat betekent 01/02/2027?"), shown,
              options=[("day", _("1 februari: de dag staat voorop")), ("month", _("2 januari: de maand staat voorop"))]),
        field("language", "choice", _("Taal van de teksten"), shown, options=choices("text_language"),
              help=_("Niet ingevuld: wij zien het aan de teksten.")),
    ]  # fmt: skip
