"""Withdrawing an application: a draft with the way back; what was submitted for good, so that a page asks first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.applications.access import applicant_of, ensure, may_file
from doorleren.applications.commands.act_in_own_case import withdraw_own_case
from doorleren.applications.commands.withdraw_application import undo_withdrawal
from doorleren.applications.models import Application
from doorleren.applications.own_case import case_of
from doorleren.applications.queries import gate_of, ticket_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.refusals import ActRefused
from doorleren.web.applicant.file.acting import words_of_withdrawing
from doorleren.web.applicant.own import Asking, application_of, refusal, to
from doorleren.web.applicant.words import gate_state

SURE = "sure"
"""The field of the page that asks: what was submitted is withdrawn by nothing else."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether one is sure; with POST withdraw. A draft, which can be taken back, goes without being asked."""
    application, own = application_of(request, number, change=True)
    submitted = ticket_of(application) is not None
    if application.withdrawn_at is not None and request.method != "POST":
        return to("applications-one", application)
    if request.method != "POST" or (submitted and SURE not in request.POST):
        return _asked(request, application, own, submitted=submitted)
    try:
        withdraw_own_case(application.pk, by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, reverse("applications"))
    return to("applications-one", application)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take the withdrawal of a draft back."""
    application, own = application_of(request, number, change=True)
    try:
        undo_withdrawal(application.pk, by=own.who, at=own.at)
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications"))
    return to("applications-one", application)


def _asked(request: HttpRequest, application: Application, own: Asking, *, submitted: bool) -> HttpResponse:
    if submitted and case_of(application) is not None:
        return to("applications-file-withdraw", application)
    if submitted:
        ensure(may_file(own.who, applicant_of(application), at=own.at))
    anew = _(
        "Zolang het tijdvak open is, kunt u opnieuw aanvragen. De nieuwe aanvraag telt vanaf het moment dat u die indient."
    )
    words: dict[str, Any] = words_of_withdrawing() | {
        "told": [anew] if gate_state(gate_of(application.round)) == "open" else []
    }
    if not submitted:
        words |= {
            "lead": _("Trekt u deze aanvraag in, dan wordt zij niet ingediend. Wat u invulde, blijft bewaard."), "told": [],
            "undone": _("U kunt dit terugdraaien, op de pagina van de aanvraag."),
        }  # fmt: skip
    return render(request, "applicant/file_sure.html", {
        **words, "sure": SURE, "no": _("Nee, terug naar uw aanvraag"), "file": reverse("applications-one", args=[application.pk]),
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"label": _("Aanvraag %(number)s") % {"number": application.pk}},
        ],
    })  # fmt: skip
