"""What a participant sees of registrations: which adviser registered them, where, and the buttons to say yes or no."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.bundles.queries import registrations_for
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.models import Registration, Word
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import NationalNumber
from doorleren.people.signed_in import SignedIn
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the registrations of who asks."""
    return _page(request, _asking(request))


@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what the participant says of a registration."""
    who, word = _asking(request), request.POST.get("word", "")
    if word not in Word.values:
        return _page(request, who, _("Kies of de registratie klopt, of waarom niet."), 422)
    try:
        confirm_registration(number, Word(word), by=who, at=now())
    except BundleRefused as refused:
        return _page(request, who, in_language(refused.texts), 409)
    return HttpResponseRedirect(reverse("applications-registrations"))


def _asking(request: HttpRequest) -> SignedIn:
    who = signed_in(request)
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    return ensure(who, "confirm_registration", Thing("registration", "", person=who.person), at=now())


def _page(request: HttpRequest, who: SignedIn, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "adviser/registrations.html", {
        "rows": [_shown(one) for one in registrations_for(who.person)],
        "known": NationalNumber.objects.filter(person=who.person).exists(),
        "error": error,
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Aanmeldingen voor mij")}],
    }, status=status)  # fmt: skip


def _shown(one: Registration) -> dict[str, Any]:
    word = getattr(one, "confirmation", None)
    decided = word is not None and word.word != Word.CONFIRMED and one.application.withdrawn_at is None
    return {
        "number": one.pk, "round": round_shown(one.round), "firm": one.organisation.name, "at": moment(one.registered_at),
        "said": (_decided() if decided else _said()[word.word]) if word else "", "tone": "get" if word and word.word == Word.CONFIRMED else "quiet",
        "said_at": moment(word.at) if word else "",
    }  # fmt: skip


def _decided() -> str:
    return _(
        "U hebt nee gezegd. Over deze registratie was al besloten. Daarom is zij niet ingetrokken; uw antwoord is bewaard."
    )


def _said() -> dict[str, str]:
    return {
        Word.CONFIRMED.value: _("U hebt gezegd dat dit klopt."),
        Word.NOT_ME.value: _("U hebt gezegd dat u dit niet bent. De registratie is ingetrokken."),
        Word.NOT_WANTED.value: _("U hebt gezegd dat u dit niet wilt. De registratie is ingetrokken."),
    }
