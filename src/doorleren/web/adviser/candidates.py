"""What officials see of registrations and enrolments: who may be in a round twice; and that an adviser is qualified."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.bundles.queries import registering_tracks
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.commands.give_qualification import give_qualification
from doorleren.applications.models import Enrolment, Qualification, Registration
from doorleren.applications.offers.rules import has_offer
from doorleren.applications.queries import tracks_of
from doorleren.core.days import read_day
from doorleren.people.access import Thing, ensure
from doorleren.people.acts import DEMANDS
from doorleren.people.national_number import keys
from doorleren.rounds.models import Round
from doorleren.web.applicant.words import round_shown
from doorleren.web.officer.official import Official, official, page
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

LARGEST_NUMBER = 2**63 - 1
LISTED = 200


def may_be_twice(round_: Round) -> bool:
    """Say whether others name people in a round: an adviser registers them, or who applies with an offer enrols them."""
    return bool(registering_tracks(round_)) or any(has_offer(one) for one in tracks_of(round_))


@page
@require_safe
def twice(request: HttpRequest, number: int) -> HttpResponse:
    """Show the pairs of a round that a human should look at. Who looked is written down."""
    asking = official(request, "view_candidates")
    round_ = Round.objects.select_related("version", "gate").filter(pk=min(number, LARGEST_NUMBER)).first()
    if round_ is None or not may_be_twice(round_):
        raise Http404
    ensure(asking.who, "view_candidates", Thing("round", str(round_.pk), body=round_.body_id), at=asking.at)
    found = candidates(round_.pk, keys())
    codes = dict(Round.objects.filter(pk__in={each for one in found for each in one.rounds}).values_list("pk", "code"))
    viewed(request, "registered_people", round_.pk)
    viewed(request, "enrolled_people", round_.pk)
    return render(request, "adviser/candidates.html", {
        "round": round_shown(round_),
        "rows": [
            {
                "applications": one.applications, "enrolments": [each for each in one.enrolments if each is not None],
                "names": one.names, "born": one.born, "numbers": one.numbers, "likeness": round(one.likeness * 100),
                "elsewhere": sorted({codes[each] for each in one.rounds if each != round_.pk}),
            }
            for one in found
        ],
        "count": Registration.objects.filter(round=round_).count() + Enrolment.objects.filter(round=round_).count(),
        "trail": [{"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")}, {"label": _("Misschien dubbel")}],
    })  # fmt: skip


@page
@require_http_methods(["GET", "HEAD", "POST"])
def qualifications(request: HttpRequest) -> HttpResponse:
    """List qualifications, the last first; with POST establish one."""
    asking = official(request, "give_qualification")
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        errors = _give(request, asking)
        if not errors:
            return HttpResponseRedirect(reverse("officer-qualifications") + "?done=given")
    rows = Qualification.objects.select_related("adviser").order_by("-id")[:LISTED]
    return render(request, "adviser/qualifications.html", {
        "rows": rows,
        "errors": errors,
        "wrong": {one["name"]: one["text"] for one in errors},
        "typed": request.POST,
        "done": request.GET.get("done") == "given",
        "trail": [{"label": _("Kwalificaties van adviseurs")}],
    }, status=422 if errors else 200)  # fmt: skip


def _give(request: HttpRequest, asking: Official) -> list[dict[str, str]]:
    """Establish what the form says; gives what is wrong with it."""
    given: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in ("adviser", "starts_on", "ends_on")}
    errors = []
    if not (given["adviser"].isascii() and given["adviser"].isdecimal()):
        errors.append({"name": "adviser", "text": _("Nummer van de adviseur: vul een getal in.")})
    days: dict[str, date] = {}
    for name, words in (("starts_on", _("Eerste dag")), ("ends_on", _("Laatste dag"))):
        try:
            days[name] = read_day(given[name])
        except ValueError:
            errors.append({"name": name, "text": _("%(field)s: vul een dag in, als 2026-03-01.") % {"field": words}})
    if errors:
        return errors
    body = next(
        role.body_id for role in asking.roles if role.kind in DEMANDS["give_qualification"].roles and role.body_id
    )  # fmt: skip
    try:
        give_qualification(
            min(int(given["adviser"]), LARGEST_NUMBER), **days, for_body=body, by=asking.who, at=asking.at
        )  # fmt: skip
    except BundleRefused as refused:
        return [{"name": "adviser", "text": in_language(refused.texts)}]
    return []
