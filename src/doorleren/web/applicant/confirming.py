"""Saying with one button that what was taken over at the start of a draft is right."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from doorleren.applications.commands.confirm_known import confirm_known
from doorleren.applications.refusing import ApplicationRefused
from doorleren.web import known
from doorleren.web.applicant.own import application_of, refusal, to


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm what the page showed; what was changed meanwhile is refused, and shown anew."""
    application, own = application_of(request, number, change=True)
    told = request.POST.get("seen", "")
    seen = int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0
    try:
        confirm_known(application.pk, seen=seen, library=known.library(), by=own.who, at=own.at)
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications-one", args=[application.pk]))
    return to("applications-one", application)
