"""Recognitions that providers state: the list of what waits, the proof to look at, and confirming or rejecting it."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doorleren.register.access import ensure, may
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.confirm_recognition import confirm_recognition
from doorleren.register.commands.reject_recognition import reject_recognition
from doorleren.register.models import ProofDocument, Provider
from doorleren.register.recognitions import waiting
from doorleren.web.officer.official import Official, official, page
from doorleren.web.provider.details import handed_out, recognition_told
from doorleren.web.provider.mine import LARGEST_NUMBER
from doorleren.web.public.questions import in_language

SHOWN = 100


@page
@require_safe
def recognitions(request: HttpRequest) -> HttpResponse:
    """List what no official has judged yet, the longest waiting first; `done` says what was just done."""
    return _page(request, official(request, "view_admissions"))


@page
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm one: from now on it counts."""
    asking = official(request, "judge_recognition")
    return _done(request, asking, number, "confirmed")


@page
@require_POST
def reject(request: HttpRequest, number: int) -> HttpResponse:
    """Reject one, with the reason that the provider reads."""
    asking = official(request, "judge_recognition")
    return _done(request, asking, number, "rejected")


@page
@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out a document that proves a recognition; never one of the official's own organisation."""
    asking = official(request, "view_admissions")
    found = ProofDocument.objects.select_related("provider").filter(pk=min(number, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    ensure(asking.actor, "see_price_history", {found.provider.kvk})
    return handed_out(found)


def _done(request: HttpRequest, asking: Official, number: int, act: str) -> HttpResponse:
    key, reason = min(number, LARGEST_NUMBER), request.POST.get("reason", "").replace("\x00", "")[:2000]
    try:
        if act == "confirmed":
            confirm_recognition(key, by=asking.actor, at=asking.at)
        else:
            reject_recognition(key, reason=reason, by=asking.actor, at=asking.at)
    except Forbidden:
        raise
    except ActRefused as refused:
        return _page(request, asking, error={"key": number, "text": in_language(refused.texts)})
    return HttpResponseRedirect(f"{reverse('officer-recognitions')}?done={act}")


def _page(request: HttpRequest, asking: Official, error: dict[str, Any] | None = None) -> HttpResponse:
    found = waiting()
    owners = Provider.objects.in_bulk({one.provider for one in found})
    mine = [one for one in found if may(asking.actor, "see_price_history", {owners[one.provider].kvk}).holds]
    rows = [
        recognition_told(one, "officer-proof") | {
            "provider": owners[one.provider].name,
            "kvk": owners[one.provider].kvk,
            "provider_url": reverse("officer-admission-provider", args=[one.provider]),
        }
        for one in mine[:SHOWN]
    ]  # fmt: skip
    names = {"confirmed": _("De erkenning is bevestigd."), "rejected": _("De erkenning is afgewezen.")}
    return render(request, "officer/recognitions.html", {
        "rows": rows,
        "count": len(mine),
        "judges": asking.has_role_for("judge_recognition"),
        "error": error,
        "errors": [{"name": f"reason-{error['key']}", "text": error["text"]}] if error else [],
        "done": names.get(request.GET.get("done", ""), ""),
        "trail": [{"url": reverse("officer-admissions"), "label": _("Toelating")}, {"label": _("Erkenningen")}],
    }, status=HTTPStatus.CONFLICT if error else HTTPStatus.OK)  # fmt: skip
