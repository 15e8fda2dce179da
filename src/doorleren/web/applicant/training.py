"""Choosing the one training of the register that a person applies for: searching within the application."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import may_edit
from doorleren.applications.answers import counted_answers, form_for, profile_of, track_of
from doorleren.applications.commands.choose_training import choose_training
from doorleren.applications.grants import for_one_training
from doorleren.applications.models import Application
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.register.search.asking import Query
from doorleren.register.search.reader import IndexUnavailable
from doorleren.register.standings import standings_of
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import LARGEST_NUMBER, Asking, application_of, refusal, to
from doorleren.web.applicant.words import state_shown
from doorleren.web.portal import register
from doorleren.web.portal.cards import card
from doorleren.web.public.questions import in_language

SIZE, LONGEST_WORDS, LONGEST_KEY = 10, 200, 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def training(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was chosen and search for another; with POST choose."""
    application, own = application_of(request, number, change=request.method == "POST")
    if not for_one_training(application.round, track_of(application), known.library()):
        raise Http404
    if request.method != "POST":
        return _page(request, application, own)
    try:
        _choose(application, request.POST.get("activity", ""), own)
    except ApplicationRefused as refused:
        if not refused.facts:
            return refusal(request, refused, reverse("applications-training", args=[application.pk]))
        return _page(request, application, own, in_language(refused.texts))
    return to("applications-one", application)


def _choose(application: Application, typed: str, own: Asking) -> None:
    """Choose the training of a number. Raises Http404 for one that is not listed, NotAllowed, ApplicationRefused."""
    key = int(typed) if typed.isascii() and typed.isdecimal() else 0
    found = register.activity(min(key, LARGEST_NUMBER), {})
    if found is None:
        raise Http404
    choose_training(
        application.pk, found.listing.key, registered=found.facts, today=known.today(), library=known.library(),
        by=own.who, at=own.at,
    )  # fmt: skip


def _page(request: HttpRequest, application: Application, own: Asking, error: str = "") -> HttpResponse:
    library = known.library()
    answers, state = counted_answers(application.pk, library), state_now(application)
    form = form_for(application, profile_of(answers), known.today(), library)
    words, after = request.GET.get("q", "")[:LONGEST_WORDS].strip(), request.GET.get("after", "")[:LONGEST_KEY]
    may = state in ("draft", "ready") and bool(may_edit(own.who, application, at=own.at))
    may = may and (application.activity_id is None or not application.freezes.exists())
    found = _found(words, after) if may and words else {}
    return render(request, "applicant/training.html", {
        **frame(application, form, answers),
        "state": state_shown(state),
        "may": may,
        "words": words,
        **found,
        "errors": [{"name": "q", "text": error}] if error else [],
        "trail": [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            {"url": reverse("applications-one", args=[application.pk]),
             "label": _("Aanvraag %(number)s") % {"number": application.pk}},
            {"label": _("De opleiding")},
        ],
    }, status=422 if error else 200)  # fmt: skip


def _found(words: str, after: str) -> dict[str, Any]:
    """Search; of each result whether one can apply for it today. `next` is the key of the page after, or nothing."""
    try:
        found, _query, _refused = register.search(Query(text=words, size=SIZE, after=after), {})
    except IndexUnavailable:
        return {"unavailable": True}
    hits = [hit for hit in found.results.hits if hit.key in found.listings]
    stands = standings_of([hit.key for hit in hits], known.today())
    cards = [
        card(found.listings[hit.key], found.to_pay.get(hit.key), hit)
        | {"admitted": hit.key in stands and stands[hit.key][1]}
        for hit in hits
    ]
    return {"searched": True, "cards": cards, "total": found.results.total, "next": found.results.after}
