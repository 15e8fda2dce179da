"""Enrolling participants in an offer of one's own organisation: the form, and who is enrolled. Many at once: participants_file.py."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, Enrolment, Word
from doorleren.applications.offers.commands.enrol_participant import enrol_participant, read_participant
from doorleren.applications.offers.enrolments import enrolled, enrolments_of, offers_of
from doorleren.applications.offers.rules import PARTNERSHIP
from doorleren.applications.offers.standing import lines_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.models import RoleKind
from doorleren.people.national_number import keys
from doorleren.rounds.times import closings_of
from doorleren.web import known
from doorleren.web.applicant.together import field
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.provider.mine import Mine, mine
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

SHOWN, MOST_PAGES, LONG = 500, 10_000, 10
WAYS = (("enrol_participants", RoleKind.PROVIDER), ("enrol_in_partnership", RoleKind.LEAD_PARTNER))
"""Who enrols: a provider in its offer, a lead partner in that of a partnership."""
FIELDS = ("activity", "name", "birth_date", "national_number")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: HttpRequest, number: int) -> HttpResponse:
    """Show who is enrolled in an offer; with POST enrol somebody."""
    own, offer = own_offer(request, number)
    if request.method != "POST":
        return shown(request, offer, {}, {})
    typed = {name: request.POST.get(name, "").strip()[:300] for name in FIELDS}
    chosen = typed["activity"]
    try:
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 19):
            raise _no_choice()
        who = read_participant(typed["name"], typed["birth_date"], typed["national_number"], known.today())
        enrol_participant(
            offer.pk, int(chosen), who, keys=keys(), person_key=bytes(settings.DOORLEREN_PERSON_KEY), today=known.today(),
            library=known.library(), by=own.who, at=own.at,
        )  # fmt: skip
    except ApplicationRefused as refused:
        errors = dict.fromkeys(refused.facts or ("activity",), in_language(refused.texts))
        return shown(request, offer, typed, errors)
    return HttpResponseRedirect(reverse("provider-participants", args=[offer.pk]) + f"?enrolled=1&activity={chosen}")


def own_offer(request: HttpRequest, number: int) -> tuple[Mine, Application]:
    """Give an offer in which who asks may enrol, as its provider or its lead partner. Raises NotAllowed, Http404."""
    refused: NotAllowed | None = None
    for act, kind in WAYS:
        try:
            own = mine(request, act, kind)
        except NotAllowed as error:
            refused = refused or error
            continue
        found = next((one for one in offers_of([one.pk for one in own.organisations], act) if one.pk == number), None)
        if found is not None:
            return own, found
        refused = NotAllowed(Refused("not_yours"))
    if refused is not None and refused.refused.reason != "not_yours":
        raise refused
    raise Http404


def _no_choice() -> ApplicationRefused:
    texts = {"nl": "Kies een opleiding uit de lijst.", "en": "Choose a training from the list."}
    return ApplicationRefused(texts, ("activity",))


def offers_shown(own: Mine) -> list[dict[str, Any]]:
    """List the offers of one's organisations in which participants can be enrolled."""
    names = {one.pk: one.name for one in own.organisations}
    offers = offers_of(list(names))
    closings = closings_of(one.round for one in offers)
    return [
        {
            "url": reverse("provider-participants", args=[one.pk]), "number": one.pk,
            "round": round_shown(one.round, closings),
            "name": names[one.applicant_number],
        }
        for one in offers
    ]  # fmt: skip


def shown(
    request: HttpRequest, offer: Application, typed: dict[str, str], errors: dict[str, str]
) -> HttpResponse:  # fmt: skip
    """Show who is enrolled in an offer, and the forms with what was typed and what is wrong with it."""
    lines = lines_of(offer.pk)
    titles = {one.activity: one.entry.title for one in lines}
    place = page_asked(request)
    rows = list(enrolments_of(offer.pk)[(place - 1) * SHOWN : place * SHOWN + 1])
    more, rows = len(rows) > SHOWN, rows[:SHOWN]
    if rows:
        viewed(request, "enrolments", offer.pk)
    if not typed:
        typed = {"activity": request.GET.get("activity", "")}
    return render(request, "provider/participants.html", {
        "round": round_shown(offer.round),
        "number": offer.pk,
        "lines": [
            {
                "title": one.entry.title, "enrolled": enrolled(offer.pk, one.activity), "participants": one.participants,
                "activity": one.activity,
            }
            for one in lines
        ],
        "fields": [
            field("activity", _("Opleiding"), typed.get("activity", ""), error=errors.get("activity", ""),
                  options=[(str(key), title) for key, title in titles.items()], short=False),
            field("name", _("Naam van de deelnemer"), typed.get("name", ""), error=errors.get("name", ""),
                  help_=_("Zoals op het identiteitsbewijs."), short=False),
            field("birth_date", _("Geboortedatum"), typed.get("birth_date", ""), error=errors.get("birth_date", ""),
                  help_=_("Bijvoorbeeld 01-04-1985.")),
            field("national_number", _("Burgerservicenummer"), typed.get("national_number", ""),
                  error=errors.get("national_number", ""),
                  help_=_("Dit mag leeg blijven. Met dit nummer ziet de deelnemer de inschrijving in het eigen account.")),
        ],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "saved": request.method != "POST" and request.GET.get("enrolled") == "1",
        "rows": [_shown(one, titles) for one in rows],
        "previous": f"?page={place - 1}" if place > 1 else "",
        "next": f"?page={place + 1}" if more else "",
        "typed": typed.get("rows", ""),
        "rows_error": errors.get("rows", ""),
        "trail": trail(offer),
    }, status=422 if errors else 200)  # fmt: skip


def page_asked(request: HttpRequest) -> int:
    """Read which page is asked; the first for what is none."""
    told = request.GET.get("page", "1")
    return max(1, min(int(told), MOST_PAGES)) if told.isascii() and told.isdecimal() and len(told) < LONG else 1


def trail(offer: Application) -> list[dict[str, str]]:
    one = _("Aanvraag %(number)s") % {"number": offer.pk}
    if track_of(offer).applicant == PARTNERSHIP:
        here = {"url": reverse("applications-one", args=[offer.pk]), "label": one}
        return [
            {"url": reverse("applications"), "label": _("Mijn aanvragen")},
            here,
            {"label": _("Deelnemers inschrijven")},
        ]
    return [
        {"url": reverse("provider"), "label": _("Mijn opleidingen")},
        {"url": reverse("provider-enrolments"), "label": _("Inschrijvingen")},
        {"label": one},
    ]


def _shown(one: Enrolment, titles: dict[int, str]) -> dict[str, Any]:
    who, said, lapsed = getattr(one, "who", None), getattr(one, "said", None), getattr(one, "lapsed", False)
    told = {
        Word.CONFIRMED.value: _("bevestigd door de deelnemer"),
        Word.NOT_ME.value: _("de deelnemer zegt: dit ben ik niet"),
        Word.NOT_WANTED.value: _("de deelnemer zegt: dit wil ik niet"),
    }
    return {
        "name": keys().opened(who.sealed_name) if who else _("gegevens vernietigd"),
        "born": date_format(who.birth_date, "j F Y") if who else "",
        "title": titles.get(one.activity_id, ""),
        "at": moment(one.at),
        "said": _("telt niet meer mee: elders ingeschreven") if lapsed else told[said.word] if said else "",
        "tone": "get" if said and said.word == Word.CONFIRMED and not lapsed else "no",
    }
