"""Acts with a page that asks whether one is sure: everything asked was given, withdrawing, stopping another account."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.commands.act_in_own_case import complete_own_case, withdraw_own_case
from doorleren.core.refusals import ActRefused
from doorleren.payments.commands.stop_account import own_coming, stop_own_account
from doorleren.web.applicant.evidence import evidence_shown
from doorleren.web.applicant.file.doing import is_open
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.file.page import asked_shown
from doorleren.web.public.questions import in_language


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
        return _not_now(request, found)
    return render(request, "applicant/file_complete.html", {
        **found.frame(_("Vul uw aanvraag aan")), "asked": asked_shown(found),
        "evidence": evidence_shown(found.application),
        "upload": reverse("applications-evidence", args=[found.application.pk]),
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether one is sure; with POST withdraw for good."""
    found = own_file(request, number, act=True)
    if request.method == "POST":
        return _done(
            request,
            found,
            "withdrawn",
            lambda: withdraw_own_case(found.application.pk, by=found.own.who, at=found.own.at),
        )
    if not is_open(found, "withdraw"):
        return _not_now(request, found)
    return render(request, "applicant/file_withdraw.html", found.frame(_("Trek uw aanvraag in")))


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
        return _not_now(request, found)
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


def _not_now(request: HttpRequest, found: OwnFile) -> HttpResponse:
    context = {"reason": _("Dit kan nu niet. Kijk in uw dossier wat er wel kan."), "back": found.url()}
    return render(request, "applicant/refused.html", context, status=409)
