"""Completing a registration: how it stands, the evidence that is still lacking, the adviser's own promises, and the act."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.bundles.completing import Wanted, lacking_of, wanted_in, why_not
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.commands.complete_registration import complete_registration, ensure_adviser
from doorleren.applications.evidence.queries import pieces_of
from doorleren.applications.models import Registration
from doorleren.people.access import NotAllowed
from doorleren.web.adviser.own import LARGEST_NUMBER, Adviser, adviser
from doorleren.web.applicant.evidence import piece_shown
from doorleren.web.applicant.own import NOT_THEIRS
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import source


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completing(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a registration still lacks; with POST complete it."""
    own = adviser(request)
    one = _registration(own, number)
    if request.method != "POST":
        return _page(request, one)
    stated = request.POST.getlist("stated")
    try:
        complete_registration(one.pk, stated, by=own.who, at=own.at)
    except BundleRefused as refused:
        return _page(request, one, error=in_language(refused.texts), stated=stated, status=409)
    return HttpResponseRedirect(reverse("applications-completing", args=[one.pk]))


def _registration(own: Adviser, number: int) -> Registration:
    """Give a registration of one's own. Raises Http404 for that of somebody else, NotAllowed."""
    rows = Registration.objects.select_related("round__version", "round__gate", "application", "completion")
    found = rows.filter(pk=min(number, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    try:
        ensure_adviser(found, by=own.who, at=own.at)
    except NotAllowed as error:
        if error.refused.reason in NOT_THEIRS:
            raise Http404 from error
        raise
    found.application.round = found.round
    return found


def _page(
    request: HttpRequest, one: Registration, *, error: str = "", stated: list[str] | None = None, status: int = 200
) -> HttpResponse:
    application, completion = one.application, getattr(one, "completion", None)
    wanted = wanted_in(one.round.version_id, application.track)
    reason = why_not(one, application)
    lacking = lacking_of([application.pk], wanted)[application.pk]
    said = completion.stated if completion else stated or []
    return render(request, "adviser/completing.html", {
        "number": one.pk,
        "reference": one.reference,
        "round": round_shown(one.round),
        "completed": moment(completion.at) if completion else "",
        "reason": in_language(reason) if reason and not completion else "",
        "pieces": _pieces(one, wanted),
        "lacking": len(lacking),
        "promises": [
            {
                "name": each.id, "text": each.says(language()), "source": source(each.citation),
                "chosen": each.id in said,
            }
            for each in wanted.promises
        ],
        "open": reason is None,
        "error": error,
        "evidence": reverse("applications-evidence", args=[application.pk]),
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"url": reverse("applications-bundles"), "label": _("Mensen registreren")},
            {"label": _("Rond een registratie af")},
        ],
    }, status=status)  # fmt: skip


def _pieces(one: Registration, wanted: Wanted) -> list[dict[str, Any]]:
    names = {each.id for each in wanted.evidence}
    return [
        piece_shown(each, one.application, "") for each in pieces_of(one.application) if each.asked.evidence.id in names
    ]
