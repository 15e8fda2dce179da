"""Acts with a page that asks whether one is sure: everything asked was given, withdrawing, being late, settling, another account."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.commands.act_in_own_case import (
    complete_own_case,
    declare_own_default,
    withdraw_own_case,
)
from doorleren.cases.recording import law
from doorleren.cases.terms.default import APPLICATION
from doorleren.core.money import euros
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.receive_objection import withdraw_objection
from doorleren.decisions.commands.request_settlement import request_settlement
from doorleren.decisions.objections import objections_open
from doorleren.payments.commands.stop_account import own_coming, stop_own_account
from doorleren.web.applicant.evidence import evidence_shown
from doorleren.web.applicant.file.doing import (
    DEFAULT,
    SURE,
    WITHDRAWAL,
    default_words,
    is_open,
    late_terms,
    withdrawal_words,
)
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.page import asked_shown
from doorleren.web.provision_words import file_said
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import day_in_words

LONGEST_NUMBER = 6
"""Digits that are too many for the number of an objection in an address."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was asked and what came in; with POST say that it is complete."""
    found = own_file(request, number, act=True)
    if request.method == "POST":
        return _done(
            request,
            found,
            "completed",
            lambda: complete_own_case(found.application.pk, by=found.own.who, at=found.own.at),
        )
    if not is_open(found, "complete"):
        return not_now(request, found)
    return render(request, "applicant/file_complete.html", {
        **found.frame(_("Vul uw aanvraag aan")), "asked": asked_shown(found),
        "evidence": evidence_shown(found.application),
        "upload": reverse("applications-evidence", args=[found.application.pk]),
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether one is sure; with POST withdraw for good."""
    return _asked(request, number, "withdraw")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sure(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Ask whether one is sure that we are late, to withdraw an objection, or to have the amount settled; with POST do it."""
    if name not in SURE:
        raise Http404
    return _asked(request, number, name)


def _asked(request: HttpRequest, number: int, name: str) -> HttpResponse:
    found = own_file(request, number, act=True)
    by, at, chosen = found.own.who, found.own.at, request.GET.get("objection", "")
    which = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < LONGEST_NUMBER else None
    acts: dict[str, tuple[str, Callable[[], object]]] = {
        "withdraw": ("withdrawn", lambda: withdraw_own_case(found.application.pk, by=by, at=at)),
        DEFAULT: (
            "declared_in_default",
            lambda: declare_own_default(found.application.pk, by=by, at=at, objection=which),
        ),
        WITHDRAWAL: (
            "objection_withdrawn",
            lambda: withdraw_objection(found.case.pk, by=by, at=at, party=True, objection=which),
        ),
        "settlement": ("settlement_requested", lambda: request_settlement(found.case.pk, by=by, at=at, party=True)),
    }  # fmt: skip
    if not is_open(found, name):
        return not_now(request, found)
    if name == DEFAULT and _chosen(found, which) is None:
        several = _("Wij zijn met meer dan één beslissing te laat. Kies in uw dossier met welke.")
        return not_now(request, found, several if which is None else "")
    if request.method == "POST":
        return _done(request, found, *acts[name])
    words = sure_words(found, name, which)
    return render(request, "applicant/file_sure.html", {**found.frame(words["label"]), **words})


def sure_words(found: OwnFile, name: str, objection: int | None = None) -> dict[str, Any]:
    """Say what follows before one presses, and whether it can be undone. `objection`: which of several is withdrawn, or is late."""
    for_good = _("U kunt dit niet terugdraaien.")
    if name == "withdraw":
        return words_of_withdrawing()
    if name == WITHDRAWAL:
        named = next(
            (
                withdrawal_words(one, found.case.procedure)
                for one in objections_open(found.case.pk)
                if one.number == objection
            ),
            "",
        )
        return {
            "label": named or _("Trek uw bezwaar in"), "yes": _("Ja, trek mijn bezwaar in"), "undone": for_good,
            "lead": _("Trekt u uw bezwaar in, dan kijken wij er niet meer naar. Het besluit blijft zoals het is."),
            "told": [_("Opnieuw bezwaar maken is alleen op tijd zolang de zes weken van het besluit nog lopen.")],
        }  # fmt: skip
    if name == "settlement":
        said = file_said(found.case.procedure)
        return {
            "label": said["ask"], "yes": said["yes"], "undone": for_good, "lead": said["asking"],
            "told": [_("Meld eerst wat er is gedaan, met de bewijsstukken. Op de dag van uw verzoek begint onze tijd om te beslissen.")],
        }  # fmt: skip
    return _words_of_default(found, _chosen(found, objection) or APPLICATION)


def words_of_withdrawing() -> dict[str, Any]:
    """Say what follows from withdrawing what was submitted."""
    return {
        "label": _("Trek uw aanvraag in"), "yes": _("Ja, trek mijn aanvraag in"), "undone": _("U kunt dit niet terugdraaien."),
        "lead": _("Trekt u uw aanvraag in, dan beslissen wij er niet over en gaat uw plaats naar een ander."),
    }  # fmt: skip


def _chosen(found: OwnFile, which: int | None) -> int | None:
    """Give with which decision we are late: the one that is chosen, or the only one; None where there is no such one."""
    late = late_terms(found)
    if which is None and len(late) == 1:
        return next(iter(late))
    return which if which in late else None


def _words_of_default(found: OwnFile, about: int) -> dict[str, Any]:
    late, rule = late_terms(found), law().penalty
    term = late.get(about)
    last = day_in_words(term.last) if term is not None and term.last is not None else ""
    told = [
        _("Daarna hebben wij nog twee weken. Beslissen wij ook dan niet, dan krijgt u geld voor elke dag dat wij te laat zijn."),
        _("Dat is hoogstens € %(most)s. U hoeft het niet aan te vragen.") % {"most": euros(rule.most_cents)},
    ]  # fmt: skip
    return {
        "label": default_words(found, about) if len(late) > 1 else _("Zeg dat wij te laat zijn"), "yes": _("Ja, ik laat weten dat u te laat bent"), "told": told,
        "lead": _("Wij hadden uiterlijk %(day)s moeten beslissen. U kunt ons in gebreke stellen: dan weten wij officieel dat u wacht.")
        % {"day": last},
        "undone": _("U kunt dit niet terugdraaien. Het kost u niets."),
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, number: int) -> HttpResponse:
    """Tell that another account comes into use and from when; with POST stop it."""
    found = own_file(request, number, act=True)
    if request.method == "POST":
        return _done(
            request,
            found,
            "account_stopped",
            lambda: stop_own_account(found.application.pk, by=found.own.who, at=found.own.at),
        )
    rows = own_coming(found.application, found.own.at)
    if not rows:
        return not_now(request, found)
    begins = [one.effective_at for one in rows]
    return render(
        request, "applicant/file_account.html", {**found.frame(_("Stop de andere rekening")), "begins": begins}
    )


def _done(request: HttpRequest, found: OwnFile, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ActRefused as refused:
        context = {"reason": in_language(refused.texts), "back": found.url()}
        return render(request, "applicant/refused.html", context, status=409)
    return HttpResponseRedirect(f"{found.url()}?done={done}")


def not_now(request: HttpRequest, found: OwnFile, reason: str = "") -> HttpResponse:
    """Say that this cannot be done as the file stands. `reason`: what must be done first, where that is known."""
    context = {"reason": reason or _("Dit kan nu niet. Kijk in uw dossier wat er wel kan."), "back": found.url()}
    return render(request, "applicant/refused.html", context, status=409)
