"""Who pays what of the cost of an application, in words: each part, whether the organisation says it is its own; and an organisation's own page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import ensure, may_see_as_financier
from doorleren.applications.models import FINANCIER_NAMES, Application, DivisionLine, FinancierSays
from doorleren.applications.partnerships.commands.say_as_financier import say_as_financier
from doorleren.applications.partnerships.financiers import Pays, part_of, why_closed, with_words
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import euros
from doorleren.people.access import Refused
from doorleren.rounds.times import Closings
from doorleren.web.applicant.own import LARGEST_NUMBER, NOT_THEIRS, asking, refusal
from doorleren.web.applicant.words import applicants_named, moment, round_shown, state_shown
from doorleren.web.public.questions import in_language

MOST_DIGITS = 18
TONES = {"": "maybe", "confirmed": "get", "not_ours": "no"}


def financiers() -> dict[str, str]:
    """Say who can pay a part."""
    return {kind: in_language(texts) for kind, texts in FINANCIER_NAMES.items()}


def said() -> Mapping[str, str]:
    """Say what an organisation said of its part."""
    return {
        "": _("nog niet bevestigd door deze organisatie"),
        "confirmed": _("bevestigd door deze organisatie"),
        "not_ours": _("deze organisatie zegt dat dit deel niet van haar is"),
    }


def who_pays(parts: Iterable[Pays]) -> list[dict[str, Any]]:
    """Describe who pays what, with what each organisation said of it."""
    return [
        {
            "who": financiers()[one.line.financier], "name": one.line.name, "kvk": one.line.kvk,
            "euros": euros(one.line.part), "word": _word(one) if one.line.kvk else None,
        }
        for one in parts
    ]  # fmt: skip


def parts_to_pay(
    kvks: Mapping[str, str], lines: Iterable[DivisionLine], closings: Closings, names: Mapping[int, str]
) -> list[dict[str, Any]]:  # fmt: skip
    """Describe the parts that organisations pay (names by KvK number) in the applications of others, for their list.

    `names`: those of applicants_named, for who pays must know for whom.
    """
    return [
        {
            "url": reverse("applications-financed-part", args=[one.line.division.application_id, one.line.kvk]),
            "number": one.line.division.application_id, "round": round_shown(one.line.division.application.round, closings),
            "applicant": names[one.line.division.application_id], "name": kvks[one.line.kvk],
            "euros": euros(one.line.part), "word": _word(one),
        }
        for one in with_words(lines)
    ]  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def financed_part(request: HttpRequest, number: int, kvk: str) -> HttpResponse:
    """Show an organisation the part that it pays, and nothing else; with POST keep its word. To anybody else it does not exist."""
    own, number = asking(request), min(number, LARGEST_NUMBER)
    application = Application.objects.select_related("round__version", "round__gate").filter(pk=number).first()
    found = None if application is None else part_of(number, kvk)
    if application is None or found is None:
        raise Http404
    answer = may_see_as_financier(own.who, kvk, at=own.at)
    if isinstance(answer, Refused) and answer.reason in NOT_THEIRS:
        raise Http404
    ensure(answer)
    wrong = ""
    if request.method == "POST":
        word = request.POST.get("word", "")
        if word in FinancierSays.values:
            try:
                say_as_financier(number, kvk, _seen(request), FinancierSays(word), by=own.who, at=own.at)
            except ApplicationRefused as refused:
                return refusal(request, refused, reverse("applications-financed-part", args=[number, kvk]))
            found = part_of(number, kvk) or found
        else:
            wrong = _("Kies of dit deel van uw organisatie is of niet.")
    closed = why_closed(application)
    return render(request, "applicant/financed_part.html", {
        "application": application, "round": round_shown(application.round), "state": state_shown(state_now(application)),
        "applicant": applicants_named((application,))[number], "name": found.line.name, "kvk": kvk, "euros": euros(found.line.part), "cents": found.line.part,
        "word": _word(found), "closed": in_language(closed) if closed else "", "wrong": wrong,
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": found.line.name}],
    }, status=422 if wrong else 200)  # fmt: skip


def _seen(request: HttpRequest) -> int:
    """Give the cents that the page showed; none that there can be where the form does not say."""
    told = request.POST.get("seen", "")[:MOST_DIGITS]
    return int(told) if told.isdecimal() else -1


def _word(one: Pays) -> dict[str, str]:
    name = "" if one.word is None else one.word.word
    return {
        "name": name, "words": said()[name], "tone": TONES[name], "at": "" if one.word is None else moment(one.word.at),
    }  # fmt: skip
