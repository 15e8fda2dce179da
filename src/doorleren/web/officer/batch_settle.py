"""Settling many grants of a round at once: ex officio, or at nil where nobody claimed. What a batch would hold, and proposing that.

A GET writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.decisions.access import DECIDE, ensure_may_batch
from doorleren.decisions.batches import groups_ahead
from doorleren.decisions.commands.lapse import lapsing_ahead, propose_lapsing
from doorleren.decisions.commands.propose_batch import Preview
from doorleren.decisions.commands.propose_settling import propose_settling, settling_ahead
from doorleren.decisions.models import Batch, Check
from doorleren.decisions.refusing import DecisionRefused
from doorleren.rounds.models import Round
from doorleren.schemes.queries import version_of
from doorleren.web.officer.asked import given
from doorleren.web.officer.batch_words import group_told
from doorleren.web.officer.batches import address, round_of, up
from doorleren.web.officer.official import page
from doorleren.web.officer.roles import ask_again
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.rounds.written import name_of


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of batch that settles: what it would hold, the command that proposes it, and the words of its page."""

    ahead: Callable[..., Preview]
    propose: Callable[..., Batch]
    title: Callable[[], str]
    on_it: Callable[[], str]
    nothing: Callable[[], str]
    left: Callable[[], str]


_SETTLES = _Kind(
    settling_ahead, propose_settling, lambda: _("Reeks vaststellen"),
    lambda: _("De activiteiten zijn voorbij of er is gedeclareerd, en de zaak kon worden getrokken voor een controle maar is dat niet."),
    lambda: _("Er is niets dat nu samen kan worden vastgesteld."), lambda: _("Aan de beurt, maar niet op de lijst"),
)  # fmt: skip
_LAPSES = _Kind(
    lapsing_ahead, propose_lapsing, lambda: _("Reserveringen laten vervallen"),
    lambda: _("Er is niet op tijd gedeclareerd, ook niet na de herinnering, en er is niets betaald. Elke subsidie wordt nul, met een brief."),
    lambda: _("Er is niets gereserveerd dat nu kan vervallen."), lambda: _("Niet gedeclareerd, maar niet op de lijst"),
)  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show which grants of a round a batch would settle; with POST (seen: the hash of the list) propose exactly that."""
    return _listed(request, number_of, _SETTLES)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def lapse(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show the same of grants that nobody claimed in time, and propose to settle them at nil."""
    return _listed(request, number_of, _LAPSES)


def _listed(request: HttpRequest, number_of: int, kind: _Kind) -> HttpResponse:
    asking = ask_again(request, DECIDE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = round_of(asking, number_of)
    ensure_may_batch(asking.who, row.body_id, at=asking.at)
    shown = kind.ahead(row, today=asking.today)
    if request.method != "POST":
        return _shown(request, row, kind, shown)
    if given(request.POST).get("seen") != shown.digest:
        return _shown(request, row, kind, shown, _("De lijst is intussen veranderd. Bekijk haar opnieuw."))
    try:
        batch = kind.propose(row.pk, by=asking.who, at=asking.at)
    except DecisionRefused as refused:
        return _shown(request, row, kind, shown, in_language(refused.texts))
    return HttpResponseRedirect(f"{address(batch)}?done=proposed")


def _shown(request: HttpRequest, row: Round, kind: _Kind, ahead: Preview, refused: str = "") -> HttpResponse:
    return render(request, "officer/batch_settle.html", {
        "title": kind.title(),
        "on_it": kind.on_it(),
        "nothing": kind.nothing(),
        "left_is": kind.left(),
        "round": name_of(row),
        "groups": [group_told(group, version_of(row.version_id).procedure) for group in groups_ahead(ahead)],
        "number": len(ahead.lines),
        "cents": euros(ahead.cents),
        "left": ahead.left,
        "checked": Check.objects.filter(round=row).count() if kind is _SETTLES else None,
        "checks": reverse("officer-round-checks", args=[row.pk]),
        "seen": ahead.digest,
        "refused": refused,
        "trail": [up(), {"label": kind.title()}],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip
