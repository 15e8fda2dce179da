"""One delivery of a source, for an administrator: its counts, what was wrong per row, and undoing it."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.register.answers import ActRefused
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.models import Delivery
from doorleren.web.officer.asked import LARGEST_NUMBER, given, number, paging, table, written_moment
from doorleren.web.officer.official import official, page
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.sources import went
from doorleren.web.public.questions import in_language

ON_A_PAGE = 100


@page
@require_safe
def one(request: HttpRequest, delivery: int) -> HttpResponse:
    """Show a delivery; GET: after, the fault after which the page begins."""
    official(request, "keep_sources")
    kept = _delivery(delivery)
    after = number(given(request.GET).get("after", ""))
    faults = list(kept.faults.filter(Q(pk__gt=after) if after else Q()).order_by("pk")[: ON_A_PAGE + 1])
    columns = [_("Rij"), _("Wat er niet klopt"), _("Gevolg")]
    return render(request, "officer/delivery.html", {
        "delivery": kept,
        "when": written_moment(kept.received_at),
        "went": went(kept),
        "may_undo": kept.undone_at is None and not kept.failure and kept.new + kept.changed > 0,
        "faults": table("faults", _("Wat er niet klopte"), columns, [
            [str(fault.row), {"text": fault.text, "lang": "nl"}, _("rij geweigerd") if fault.refuses else _("rij verwerkt; wat niet te lezen was, is leeg")]
            for fault in faults[:ON_A_PAGE]
        ]) if faults else None,
        "trail": _trail(kept),
        **paging(request, "after", faults[ON_A_PAGE - 1].pk if len(faults) > ON_A_PAGE else None),
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, delivery: int) -> HttpResponse:
    """Say what undoing would do; with POST undo it."""
    asking = ask_again(request, "undo_delivery", {})
    if isinstance(asking, HttpResponse):
        return asking
    kept, refused = _delivery(delivery), ""
    if request.method == "POST":
        try:
            undo_delivery(kept.pk, by=asking.actor, at=asking.at)
            return HttpResponseRedirect(reverse("officer-delivery", args=[kept.pk]))
        except ActRefused as error:
            refused = in_language(error.texts)
    return render(request, "officer/delivery_undo.html", {
        "delivery": kept,
        "when": written_moment(kept.received_at),
        "refused": refused,
        "trail": [*_trail(kept), {"label": _("Terugdraaien")}],
    }, status=409 if refused else 200)  # fmt: skip


def _delivery(number_of: int) -> Delivery:
    found = Delivery.objects.select_related("source").filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    return found


def _trail(kept: Delivery) -> list[dict[str, Any]]:
    return [
        {"url": reverse("officer-sources"), "label": _("Bronnen")},
        {"url": reverse("officer-source", args=[kept.source_id]), "label": kept.source.name},
        {"url": reverse("officer-delivery", args=[kept.pk]), "label": written_moment(kept.received_at)},
    ]
