"""The page that says why something is not allowed, and what would help. The site's answer to every 403.

A page calls `people.access.ensure`, or a command that does; the NotAllowed that they raise comes here by itself.
"""

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from doorleren.people.access import AGAIN, NotAllowed, Refused
from doorleren.web.people.safe import safe
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
    again = _again(request, refused)
    if refused.reason == "not_signed_in" and request.method == "GET":
        return HttpResponseRedirect(again)
    context = {"reason": in_language(refused.texts), "again": again if refused.reason in AGAIN else ""}
    return render(request, "people/not_allowed.html", context, status=HTTPStatus.FORBIDDEN)


def _again(request: HttpRequest, refused: Refused) -> str:
    """Give the address of signing in that leads back to this page, with what was lacking."""
    here = request.get_full_path() if request.method == "GET" else ""
    asked = {"next": here} if safe(here) else {}
    if refused.reason == "assurance_too_low":
        asked["level"] = "substantial"
    if refused.reason != "not_signed_in":
        asked["renew"] = "1"
    return f"{reverse('sign-in')}?{urlencode(asked)}"
