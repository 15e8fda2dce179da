"""Who applies, for whom, who is paid and who proves; and the colleagues who may look or change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.access import may_edit
from doorleren.applications.answers import counted_answers, form_for, profile_of, track_of
from doorleren.applications.models import PARTIES, Application, PartyKind
from doorleren.applications.parties import may_name
from doorleren.applications.partnerships.commands.name_party import name_party
from doorleren.applications.partnerships.commands.share_draft import share_draft
from doorleren.applications.partnerships.standing import only_looks
from doorleren.applications.queries import colleagues_of, state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.days import day_of
from doorleren.people.models import Mandate, Organisation, Person
from doorleren.people.queries import in_force
from doorleren.rules.versions import Track
from doorleren.web import known
from doorleren.web.applicant.draft import frame
from doorleren.web.applicant.own import LARGEST_NUMBER, Asking, application_of, refusal, to
from doorleren.web.applicant.together import field, last_change
from doorleren.web.applicant.words import state_shown
from doorleren.web.public import words
from doorleren.web.public.questions import in_language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def parties(request: HttpRequest, number: int) -> HttpResponse:
    """Show the four parties and the colleagues; with POST name a party, or say what a colleague may."""
    application, own = application_of(request, number, change=request.method == "POST")
    if application.applicant_kind != PartyKind.ORGANISATION:
        raise Http404
    if request.method != "POST":
        return _page(request, application, own, {}, {})
    party = request.POST.get("party", "")
    typed = request.POST.get(party, "")[:40] if party else ""
    try:
        if party:
            name_party(application.pk, party, typed, by=own.who, at=own.at)
        else:
            may = request.POST.get("may") == "edit"
            share_draft(application.pk, _person(request), may_edit=may, by=own.who, at=own.at)
    except ApplicationRefused as refused:
        if party not in refused.facts:
            return refusal(request, refused, reverse("applications-parties", args=[application.pk]))
        return _page(request, application, own, {party: typed}, {party: in_language(refused.texts)})
    return to("applications-parties", application)


def _person(request: HttpRequest) -> int:
    text = request.POST.get("person", "")
    return min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def roles() -> dict[str, str]:
    """Say the four roles as questions."""
    return {
        "applicant": _("Wie vraagt aan?"), "beneficiary": _("Voor wie is het?"), "payee": _("Wie krijgt het geld?"),
        "reporter": _("Wie laat zien wat er is gedaan?"),
    }  # fmt: skip


def _page(
    request: HttpRequest, application: Application, own: Asking, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:  # fmt: skip
    state, track = state_now(application), track_of(application)
    answers = counted_answers(application.pk, known.library())
    form = form_for(application, profile_of(answers), known.today(), known.library())
    return render(request, "applicant/parties.html", {
        **frame(application, form, answers), "state": state_shown(state),
        "may": state in ("draft", "ready") and bool(may_edit(own.who, application, at=own.at)),
        "parties": [_shown(application, name, track, own, typed, errors) for name in PARTIES],
        "colleagues": _colleagues(application, own), "changed": last_change(answers, own.who.person),
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
    }, status=422 if errors else 200)  # fmt: skip


def _shown(
    application: Application, name: str, track: Track, own: Asking, typed: dict[str, str], errors: dict[str, str]
) -> dict[str, Any]:  # fmt: skip
    """Describe a party: what the scheme calls it, who it is, and the field to name it where that is for the applicant."""
    kind, number = getattr(application, f"{name}_kind"), getattr(application, f"{name}_number")
    organisation = Organisation.objects.filter(pk=number or 0).first() if kind == PartyKind.ORGANISATION else None
    role = getattr(track, name) or track.applicant
    return {
        "name": name, "title": roles()[name], "role": words.said(words.parties(), role),
        "who": organisation.name if organisation else _someone(kind, number, own),
        "kvk": organisation.kvk if organisation else "",
        "field": field(
            name, _("KvK-nummer van de organisatie"), typed.get(name, organisation.kvk if organisation else ""),
            error=errors.get(name, ""), help_=_("Acht cijfers. Maak het leeg als u het nog niet weet."),
        ) if name in may_name(track) else None,
    }  # fmt: skip


def _someone(kind: str, number: int | None, own: Asking) -> str:
    if kind != PartyKind.PERSON:
        return _("nog niet bekend")
    if number == own.who.person:
        return _("uzelf")
    return Person.objects.filter(pk=number or 0).values_list("name", flat=True).first() or _("iemand")


def _colleagues(application: Application, own: Asking) -> list[dict[str, Any]]:
    """List who may act for the applicant, until when by mandate, and what each may do with this application."""
    today = in_force(day_of(own.at))
    until = dict(
        Mandate.objects.filter(today, organisation=application.applicant_number).values_list("person", "ends_on")
    )
    return [
        {
            "number": one.pk, "name": one.name, "oneself": one.pk == own.who.person, "until": until.get(one.pk),
            "looks": only_looks(application.pk, one.pk),
        }
        for one in colleagues_of(application, own.at)
    ]  # fmt: skip
