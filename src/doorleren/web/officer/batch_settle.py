"""Settling many grants of a round ex officio: what a batch would hold, and proposing exactly that. A GET writes nothing."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.decisions.access import DECIDE, ensure_may_batch
from doorleren.decisions.batches import groups_ahead
from doorleren.decisions.commands.propose_batch import Preview
from doorleren.decisions.commands.propose_settling import propose_settling, settling_ahead
from doorleren.decisions.models import Check
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.web.officer.asked import given
from doorleren.web.officer.batch_words import group_told
from doorleren.web.officer.batches import address, round_of, up
from doorleren.web.officer.case_ahead import euros
from doorleren.web.officer.official import page
from doorleren.web.officer.roles import ask_again
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import name_of


@page
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show which grants of a round a batch would settle; with POST (seen: the hash of the list) propose exactly that."""
    asking = ask_again(request, DECIDE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = round_of(asking, number_of)
    ensure_may_batch(asking.who, row.body_id, at=asking.at)
    shown = settling_ahead(row, today=asking.today)
    if request.method != "POST":
        return _shown(request, row, shown)
    if given(request.POST).get("seen") != shown.digest:
        return _shown(request, row, shown, _("De lijst is intussen veranderd. Bekijk haar opnieuw."))
    try:
        batch = propose_settling(row.pk, by=asking.who, at=asking.at)
    except DecisionRefused as refused:
        return _shown(request, row, shown, in_language(refused.texts))
    return HttpResponseRedirect(f"{address(batch)}?done=proposed")


def _shown(request: HttpRequest, row: Round, ahead: Preview, refused: str = "") -> HttpResponse:
    return render(request, "officer/batch_settle.html", {
        "round": name_of(row),
        "groups": [group_told(group) for group in groups_ahead(ahead)],
        "number": len(ahead.lines),
        "cents": euros(ahead.cents),
        "left": ahead.left,
        "checked": Check.objects.filter(round=row).count(),
        "checks": reverse("officer-round-checks", args=[row.pk]),
        "seen": ahead.digest,
        "refused": refused,
        "trail": [up(), {"label": _("Reeks vaststellen")}],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip
