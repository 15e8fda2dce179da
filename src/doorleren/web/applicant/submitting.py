"""Submitting: one button. The token of what stands ready goes to the intake, which answers with a receipt.

Without a script this page hands the token on itself. What the intake does not answer can be asked again with the same
token: the same receipt comes, never a second ticket.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.answers import Counted, counted_answers, track_of
from doorleren.applications.commands.submit_late_paper import submit_late_paper
from doorleren.applications.late_paper import is_late_paper
from doorleren.applications.models import Application, Freeze
from doorleren.applications.own_case import case_of, may_open
from doorleren.applications.partnerships.totals import together
from doorleren.applications.queries import gate_of, last_freeze, receipt_of, state_now, ticket_of
from doorleren.applications.refusing import CHANGED_SINCE, ApplicationRefused
from doorleren.applications.sealing import token_of
from doorleren.core.money import euros
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.applicant import intake
from doorleren.web.applicant.enrolled import enrolment_shown
from doorleren.web.applicant.own import application_of, refusal, to
from doorleren.web.applicant.registered import in_the_way_shown, right_shown
from doorleren.web.applicant.words import (
    applicant_shown,
    by_number,
    gate_state,
    lot_of,
    moment,
    number_means,
    place_said,
    round_shown,
    state_shown,
    track_shown,
    training_named,
)
from doorleren.web.headers import CONTENT_SECURITY_POLICY
from doorleren.web.public.questions import in_language
from doorleren.web.public.waiting import FIRST_SECONDS, LONGEST_SECONDS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Show the button, or why it is not there; with POST submit."""
    application, own = application_of(request, number, change=True)
    state = state_now(application)
    if ticket_of(application) is not None:
        return to("applications-receipt", application)
    freeze = last_freeze(application)
    if freeze is None or state != "ready":
        if request.method == "POST" and application.freezes.exists():  # from a page that was opened before
            back = reverse("applications-ready", args=[application.pk])
            return refusal(request, ApplicationRefused(CHANGED_SINCE), back)
        return to("applications-ready", application)
    if in_the_way_shown(application, answers_of(application))["reasons"]:
        return to("applications-ready", application)
    late = is_late_paper(application.pk, application.round, at=own.at)
    if request.method != "POST":
        return _page(request, application, "", freeze, late=late)
    if late:
        signing: Any = settings.DOORLEREN_SIGNING_KEY
        try:
            submit_late_paper(application.pk, signing=signing, by=own.who, at=own.at)
        except ApplicationRefused as refused:
            return refusal(request, refused, reverse("applications-ready", args=[application.pk]))
        return to("applications-receipt", application)
    answer = intake.submitted(settings.DOORLEREN_INTAKE, _token(application, freeze))
    if answer == "entered":
        return to("applications-receipt", application)
    return _page(request, application, answer, freeze)


def answers_of(application: Application) -> list[Counted]:
    """Give the answers that count."""
    return counted_answers(application.pk, known.library())


def _token(application: Application, freeze: Freeze) -> str:
    return token_of(application, freeze, bytes(settings.DOORLEREN_TOKEN_KEY))


@never_cache
@require_safe
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Show the receipt of what was submitted."""
    application, own = application_of(request, number)
    told = receipt_of(application, bytes(settings.DOORLEREN_RECEIPT_KEY))
    if told is None:
        return to("applications-one", application)
    has_file = may_open(own.who, application, at=own.at) and case_of(application) is not None
    return render(request, "applicant/receipt.html", {
        "application": application,
        "round": round_shown(application.round),
        "state": state_shown(state_now(application)),
        "number": told.ticket.number,
        "at": moment(told.ticket.arrived_at),
        "amount": euros(told.ticket.cents) if told.ticket.cents else "",
        "number_means": number_means(told.ticket),
        "by_number": by_number(told.ticket),
        "place": place_said(told.ticket),
        "lot": lot_of(told.ticket),
        "enrolment": enrolment_shown(application),
        "in_the_way": right_shown(application),
        "plan": together(track_of(application)),
        "withdrawn": application.withdrawn_at,
        "file": reverse("applications-file", args=[application.pk]) if has_file else "",
        "trail": _trail(application),
    })  # fmt: skip


@never_cache
@require_safe
def receipt_file(request: HttpRequest, number: int) -> HttpResponse:
    """Give the receipt as a file to keep, as `doorleren receipt verify` takes it."""
    application, _own = application_of(request, number)
    told = receipt_of(application, bytes(settings.DOORLEREN_RECEIPT_KEY))
    if told is None:
        raise Http404
    reply = HttpResponse(told.receipt, content_type="application/json")
    reply["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"doorleren-receipt-{application.pk}.json") or ""
    )
    return reply


def _page(
    request: HttpRequest, application: Application, answer: intake.Answer | str, freeze: Freeze, *, late: bool = False
) -> HttpResponse:  # fmt: skip
    """Show the button. Where browsers reach the intake themselves, the page carries the token and may send it there.

    Before the opening the button is there too, hidden: a script hears from the waiting room that the round opened, so
    that nobody has to load this page again at that moment.
    """
    gate = "open" if late else gate_state(gate_of(application.round))
    public: str = "" if late else settings.DOORLEREN_INTAKE_PUBLIC or ""
    room: str = (settings.DOORLEREN_WAITING_PUBLIC or "") if public and gate == "announced" else ""
    context: dict[str, Any] = {
        "application": application,
        "round": round_shown(application.round),
        "state": state_shown(state_now(application)),
        "gate": gate,
        "said": _said().get(answer, ""),
        "retry": answer in intake.ASK_AGAIN,
        "intake": f"{public}/tickets" if public else "",
        "token": _token(application, freeze) if public else "",
        "waiting": f"{room}/waiting/{application.round_id}" if room else "",
        "submits": {
            "track": track_shown(track_of(application), version_of(application.round.version_id)),
            "training": training_named(application),
            "for": applicant_shown(application),
            "amount": euros(freeze.cents) if freeze.cents else "",
        },
        "first": FIRST_SECONDS,
        "longest": LONGEST_SECONDS,
        "trail": _trail(application),
    }
    status = {"": 200, "unreachable": 503, "again": 503}.get(answer, 409)
    reply = render(request, "applicant/submit.html", context, status=status)
    if public:
        reply["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; connect-src 'self' {public} {room}".rstrip()
    return reply


def _said() -> dict[str, str]:
    return {
        "closed": _("Het aanvraagtijdvak is nu niet open. Uw aanvraag is niet ingediend."),
        "token": _("Wat klaarstond, is niet meer geldig. Zet uw aanvraag opnieuw klaar."),
        "other_content": _("Deze aanvraag is al ingediend, met een andere inhoud. De eerste telt."),
        "changed": in_language(CHANGED_SINCE),
        "second": _(
            "Er is in dit aanvraagtijdvak al een aanvraag voor dezelfde persoon of organisatie ingediend. De eerste telt."
        ),
        "again": _("Het lukt nu niet. Uw aanvraag is nog niet ingediend. Probeer het zo nog een keer."),
        "unreachable": _(
            "Wij weten niet of uw aanvraag is ingediend, want er kwam geen antwoord. Druk nog een keer: uw aanvraag komt nooit dubbel binnen."
        ),
    }


def _trail(application: Application) -> list[dict[str, str]]:
    return [
        {"url": reverse("applications"), "label": _("Mijn aanvragen")},
        {"label": _("Aanvraag %(number)s") % {"number": application.pk}},
    ]
