"""The page that says why something is not allowed, and what would help. The site's answer to every 403.

A page calls `people.access.ensure`, or a command that does; the NotAllowed that they raise comes here by itself.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.people.access import AGAIN, NotAllowed, Refused
from doorleren.web.people.safe import page_before, safe
from doorleren.web.people.unsent import keep_unsent, takes_a_file
from doorleren.web.public import errors
from doorleren.web.public.questions import in_language


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: with the reason where a rule of access gave one."""
    if isinstance(exception, NotAllowed):
        return not_allowed(request, exception.refused)
    return errors.forbidden(request, exception)


def not_allowed(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say why not; who is not signed in and only looks is led to signing in."""
    if request.path_info.startswith(errors.MACHINES):
        told = {"title": "Forbidden", "status": 403, "detail": in_language(refused.texts), "reason": refused.reason}
        return JsonResponse(told, status=HTTPStatus.FORBIDDEN, content_type="application/problem+json")
    out = refused.reason == "not_signed_in"
    sent = request.method == "POST" and refused.reason in ("not_signed_in", "renewal")
    kept = sent and keep_unsent(request)
    again = _again(
        request, refused, request.get_full_path() if kept or request.method == "GET" else page_before(request)
    )
    if out and request.method == "GET":
        return HttpResponseRedirect(again)
    context = {
        "reason": in_language(refused.texts), "again": again if refused.reason in AGAIN else "",
        "typed": _typed_said(request, kept=kept) if sent else "",
    }  # fmt: skip
    return render(request, "people/not_allowed.html", context, status=HTTPStatus.FORBIDDEN)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come with its cookie, so that nobody can tell that it was sent from a page of ours."""
    if request.path_info.startswith(errors.MACHINES):
        return errors.forbidden(request, PermissionDenied(reason))
    context = {"back": page_before(request)}
    return render(request, "people/form_refused.html", context, status=HTTPStatus.FORBIDDEN)


def _typed_said(request: HttpRequest, *, kept: bool) -> str:
    """Say what became of what was typed; a file is never kept."""
    if kept:
        said = _("Wat u hebt ingevuld, staat daarna weer in het formulier.")
        return f"{said} {_('Koos u een bestand? Kies dat dan opnieuw.')}" if takes_a_file(request) else said
    return _("Wat u op de vorige pagina invulde of koos, is niet bewaard. Doe dat na het inloggen opnieuw.")


def _again(request: HttpRequest, refused: Refused, here: str) -> str:
    """Give the address of signing in that leads back to a page, with what was lacking."""
    asked = {"next": here} if safe(here) else {}
    if refused.reason == "assurance_too_low":
        asked["level"] = "substantial"
    if refused.reason != "not_signed_in":
        asked["renew"] = "1"
    return f"{reverse('sign-in')}?{urlencode(asked)}"
