"""The sources of the register, for an administrator: how each stands, its settings, and pulling it now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.register.answers import ActRefused
from doorleren.register.feeds.allowed import pull_refused
from doorleren.register.feeds.pulling import being_pulled, pull_now
from doorleren.register.feeds.visiting import Limits
from doorleren.register.models import Delivery, Source
from doorleren.web.officer.asked import field, given, number, paging, table, written_moment
from doorleren.web.officer.official import official, page
from doorleren.web.officer.source_form import SourceForm, source_named
from doorleren.web.public.questions import in_language

ON_A_PAGE = 50


@page
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources by name; GET: q (part of a name), what ("pulled" or "all"), after."""
    asking = official(request, "keep_sources")
    told = given(request.GET)
    found = Source.objects.filter(name__icontains=told.get("q", ""))
    if told.get("what") != "all":
        found = found.exclude(address="")
    rows, after = _page_of(found, number(told.get("after", "")))
    what = [("pulled", _("bronnen die worden opgehaald")), ("all", _("alle bronnen"))]
    return render(request, "officer/sources.html", {
        "fields": [
            field("q", "line", _("Naam van de bron"), told),
            field("what", "choice", _("Laat zien"), told, options=what),
        ],
        "action": reverse("officer-sources"),
        "table": _table(rows, asking.at),
        "any": bool(rows),
        "narrowed": bool(told.get("q")),
        **paging(request, "after", after),
    })  # fmt: skip


def _page_of(found: QuerySet[Source], after: int | None) -> tuple[list[Source], int | None]:
    last = Source.objects.filter(pk=after or 0).first()
    if last:
        found = found.filter(name__gt=last.name)  # a name is unique
    rows = list(found.order_by("name")[: ON_A_PAGE + 1])
    return rows[:ON_A_PAGE], rows[ON_A_PAGE - 1].pk if len(rows) > ON_A_PAGE else None


def _table(rows: Sequence[Source], at: datetime) -> dict[str, Any]:
    newest = Delivery.objects.filter(source=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    keys = Source.objects.filter(pk__in=[one.pk for one in rows]).annotate(newest=Subquery(newest))
    last = {one.source_id: one for one in Delivery.objects.filter(pk__in=keys.values("newest"))}
    busy = being_pulled([one.pk for one in rows])
    columns = [_("Bron"), _("Laatste levering"), _("Hoe ging dat"), _("Waarom niet"), _("Volgende keer")]
    return table("sources", _("Bronnen"), columns, [
        [
            {"text": one.name, "url": reverse("officer-source", args=[one.pk])},
            written_moment(last[one.pk].received_at) if one.pk in last else _("nog geen"),
            _("wordt nu opgehaald") if one.pk in busy else went(last.get(one.pk)),
            (last[one.pk].failure if one.pk in last else "") or "-",
            next_time(one, last.get(one.pk), at),
        ]
        for one in rows
    ])  # fmt: skip


def went(delivery: Delivery | None) -> str:
    """Say how a delivery went."""
    if delivery is None:
        return "-"
    if delivery.failure:
        return _("mislukt, er is niets veranderd")
    return _("teruggedraaid") if delivery.undone_at else _("verwerkt")


def next_time(source: Source, last: Delivery | None, at: datetime) -> str:
    """Say when a source is pulled again, as feeds/schedule.py decides."""
    if not source.address or not source.every_hours:
        return _("alleen met de knop") if source.address else _("wordt niet opgehaald")
    due = last.received_at + timedelta(hours=source.every_hours) if last else at
    return _("zo meteen") if due <= at else written_moment(due)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show an empty form; with POST add a source."""
    return _form(request, None)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show a source: how it stands, its deliveries (GET: before) and its settings; with POST keep the settings."""
    return _form(request, number_of)


def _form(request: HttpRequest, number_of: int | None) -> HttpResponse:
    asking = official(request, "keep_sources")
    source = source_named(number_of) if number_of is not None else None
    if request.method == "POST":
        form = SourceForm(request.POST)
        nearby = settings.DOORLEREN_FEEDS_NEARBY
        kept = form.keep(number_of, home=settings.DOORLEREN_HOME, nearby=nearby, by=asking.actor, at=asking.at)
        if kept is not None:
            return HttpResponseRedirect(f"{reverse('officer-source', args=[kept.pk])}?done=kept")
    elif source is None:
        form = SourceForm({"form": "csv", "every_hours": "24", "most_refused_percent": "10", "least_rows": "1"})
    else:
        form = SourceForm.of(source)
    return _page(request, source, form, asking.at)


def _page(
    request: HttpRequest, source: Source | None, form: SourceForm, at: datetime, refused: str = ""
) -> HttpResponse:
    title = source.name if source else _("Een bron toevoegen")
    context: dict[str, Any] = {
        "title": title,
        "source": source,
        "fields": form.fields(),
        "errors": [{"name": name, "text": text} for name, text in form.errors.items()],
        "refused": refused,
        "done": _("De bron is bewaard.") if request.GET.get("done") == "kept" else "",
        "typed": source is not None and source.form == "form",
        "trail": [{"url": reverse("officer-sources"), "label": _("Bronnen")}, {"label": title}],
    }
    if source:
        context |= _standing(request, source, at)
    return render(request, "officer/source.html", context, status=422 if form.errors or refused else 200)


def _columns_words(source: Source) -> str:
    """Say how the columns of a CSV are known; nothing for another form."""
    if source.form != "csv":
        return ""
    if not source.mapping:
        return _("Wij raden bij elke levering welke kolom wat is.")
    chosen = source.mapping.get("columns", source.mapping)
    return ngettext(
        "U koos bij %(n)s kolom wat erin staat.", "U koos bij %(n)s kolommen wat erin staat.", len(chosen)
    ) % {"n": len(chosen)}


def _standing(request: HttpRequest, source: Source, at: datetime) -> dict[str, Any]:
    before = number(given(request.GET).get("before", ""))
    newest = Delivery.objects.filter(source=source).order_by("-pk")
    rows = list(newest.filter(Q(pk__lt=before) if before else Q())[: ON_A_PAGE + 1])
    last = newest.first()
    columns = [_("Wanneer"), _("Hoe ging dat"), _("Nieuw"), _("Veranderd"), _("Hetzelfde"), _("Geweigerd")]
    return {
        "last": last,
        "went": went(last),
        "next_time": next_time(source, last, at),
        "busy": bool(being_pulled([source.pk])),
        "columns": _columns_words(source),
        "table": table("deliveries", _("Leveringen, de nieuwste boven"), columns, [
            [
                {"text": written_moment(one.received_at), "url": reverse("officer-delivery", args=[one.pk])},
                went(one), str(one.new), str(one.changed), str(one.unchanged), str(one.refused),
            ]
            for one in rows[:ON_A_PAGE]
        ]),
        **paging(request, "before", rows[ON_A_PAGE - 1].pk if len(rows) > ON_A_PAGE else None),
    }  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def pull(request: HttpRequest, number_of: int) -> HttpResponse:
    """With POST pull a source now; leads to its page, which says how that goes."""
    asking = official(request, "keep_sources")
    source = source_named(number_of)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer-source", args=[source.pk]))
    try:
        if not source.address:
            raise ActRefused({"nl": "Deze bron heeft geen adres.", "en": "This source has no address."})
        nearby = settings.DOORLEREN_FEEDS_NEARBY
        if near := pull_refused(source.address, home=settings.DOORLEREN_HOME, nearby=nearby):
            raise ActRefused(near)
        pull_now(source.pk, home=settings.DOORLEREN_HOME, by=asking.actor, at=asking.at, limits=Limits(nearby=nearby))
    except ActRefused as refused:
        return _page(request, source, SourceForm.of(source), asking.at, in_language(refused.texts))
    return HttpResponseRedirect(reverse("officer-source", args=[source.pk]))
