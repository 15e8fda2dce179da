"""Beginning an application: which round, as who; the answers that the visitor gave in the finder come along in the form.

The page itself writes nothing and needs nobody to be signed in, so that a form of the finder can lead to it; the button
on it starts the draft.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.models import PartyKind
from doorleren.applications.parties import Named
from doorleren.applications.queries import applications_of, rounds_to_file_in, tracks_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.rules import filing_day
from doorleren.people.access import NotAllowed
from doorleren.register.portal import FoundActivity
from doorleren.rounds.models import Round
from doorleren.rules.profile import Profile
from doorleren.rules.versions import Track
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.applicant.own import LARGEST_NUMBER, Asking, asking, refusal, to
from doorleren.web.applicant.words import round_shown, track_shown
from doorleren.web.people.sessions import signed_in
from doorleren.web.portal.carried import carried
from doorleren.web.public import words
from doorleren.web.surroundings import now

ONESELF, REGION = "person", "region"


@csrf_exempt  # writes nothing: the form on this page does, with a token of its own
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the rounds in which one can apply or, for one of them, as who; with what is known already.

    Who acts for an organisation sees the rounds for it first.
    The round and the training come in the form or, for who was led here, in the address.
    """
    number, activity, scheme = (_asked(request, name) for name in ("round", "activity", "scheme"))
    if not number:
        rounds = [(one, tracks_of(one)) for one in rounds_to_file_in(now())]
        kinds = _kinds(request)
        told = [
            _described(one) | {
                "theirs": kinds is None or any(track.applicant in kinds for track in tracks),
                "for_organisation": any(track.applicant in (kinds or ()) and track.applicant != ONESELF for track in tracks),
            }
            for one, tracks in rounds if tracks
        ]  # fmt: skip
        told = [one for one in told if scheme in ("", one["scheme_id"])]
        return render(request, "applicant/rounds.html", {
            "rounds": sorted((one for one in told if one["theirs"]), key=lambda one: not one["for_organisation"]),
            "others": [one for one in told if not one["theirs"]],
            "hidden": [*carried(request).hidden(), *([("activity", activity)] if activity else [])],
            "scheme": scheme,
        })  # fmt: skip
    round_ = _round(number)
    own = asking(request) if signed_in(request) else None
    taken = carried(request)
    return render(request, "applicant/start.html", {
        "round": _described(round_),
        "signed_in": own is not None,
        "ways": _ways(round_, own) if own else [],
        "again": f"{reverse('applications-new')}?{_query(round_, activity)}",
        "started": _started(round_, own) if own else [],
        "hidden": [*taken.hidden(), ("activity", activity)],
        "told": taken.in_words(),
        "training": _training(activity),
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Nieuwe aanvraag")}],
    })  # fmt: skip


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a draft as the form says."""
    own, round_ = asking(request), _round(request.POST.get("round", ""))
    track, _colon, who = request.POST.get("as", "").partition(":")
    activity, registered = _registered(request.POST.get("activity", ""))
    try:
        made = start_draft(
            round_, track, applicant=_party(who, own), activity=activity, told=carried(request).answers.profile,
            registered=registered, library=known.library(), by=own.who, at=own.at,
        )  # fmt: skip
    except ApplicationRefused as refused:
        return refusal(request, refused, reverse("applications-new"))
    return to("applications-one", made)


def _kinds(request: HttpRequest) -> frozenset[str] | None:
    """Give the kinds of applicant that who is signed in can be: oneself, or one of one's organisations; None for others."""
    try:
        own = asking(request) if signed_in(request) else None
    except NotAllowed:
        own = None
    return None if own is None else frozenset({ONESELF}).union(*own.organisations().values())


def _asked(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")


def _query(round_: Round, activity: str) -> str:
    return urlencode({"round": round_.pk, **({"activity": activity} if activity else {})})


def _round(number: str) -> Round:
    """Give a round that can be filed in by its number. Raises Http404."""
    if not (number.isascii() and number.isdecimal()):
        raise Http404
    found = Round.objects.select_related("version", "gate").filter(pk=min(int(number), LARGEST_NUMBER))
    round_ = found.first()
    if round_ is None or not tracks_of(round_):
        raise Http404
    return round_


def _described(round_: Round) -> dict[str, Any]:
    """Describe a round with who files in it, the day that it is judged on where that is another, and the year of a plan."""
    tracks, today = tracks_of(round_), known.today()
    day = filing_day(round_.opens_at, round_.closes_at, today, version_of(round_.version_id))
    return round_shown(round_) | {
        "who_files": ", ".join(dict.fromkeys(words.said(words.applicants(), one.applicant) for one in tracks)),
        "year": str(day.year) if any(one.applicant == REGION and one.amount.per == "year" for one in tracks) else "",
    }


def _ways(round_: Round, own: Asking) -> list[dict[str, Any]]:
    """Give as who somebody can apply, for each track of the round: oneself, or one of one's organisations."""
    version, organisations, found = version_of(round_.version_id), own.organisations(), []
    for track in tracks_of(round_):
        named = track_shown(track, version)
        if track.applicant == ONESELF:
            found.append(_way(track, ONESELF, named, _("uzelf")))
        found += [
            _way(track, one.kvk, named, one.name) for one, kinds in organisations.items() if track.applicant in kinds
        ]
    return found


def _way(track: Track, who: str, named: str, called: str) -> dict[str, Any]:
    said = f"{called}: {named}" if named else called
    return {"value": f"{track.id}:{who}", "label": said}


def _party(who: str, own: Asking) -> Named:
    """Read for whom. Raises Http404 for an organisation that is not one's own."""
    if who in ("", ONESELF):
        return Named(PartyKind.PERSON, own.who.person)
    for one in own.organisations():
        if one.kvk == who:
            return Named(PartyKind.ORGANISATION, one.pk)
    raise Http404


def _registered(number: str) -> tuple[int | None, Profile]:
    """Give a training of the register by its number, with the facts that the register tells of it. Raises Http404."""
    found = _found(number)
    return (None, {}) if found is None else (found.listing.key, found.facts)


def _training(number: str) -> str:
    """Name a training of the register; nothing where none comes along. Raises Http404."""
    found = _found(number)
    return "" if found is None else str(found.listing.entry.title)


def _found(number: str) -> FoundActivity | None:
    """Find a training of the register by its number; None where none is named. Raises Http404."""
    if not number:
        return None
    key = int(number) if number.isascii() and number.isdecimal() else 0
    found = known.portal().activity(min(key, LARGEST_NUMBER), profile={}, today=known.today())
    if found is None:
        raise Http404
    return found


def _started(round_: Round, own: Asking) -> list[dict[str, Any]]:
    """Give the drafts in this round that wait already, so that nobody starts twice by mistake."""
    found = applications_of(own.who.person, [one.pk for one in own.organisations()]).filter(
        round=round_, withdrawn_at__isnull=True
    )
    return [{"url": reverse("applications-one", args=[one.pk]), "number": one.pk} for one in found[:10]]
