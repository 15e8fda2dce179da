"""What people see of enrolments: an applicant the two numbers for the provider, a participant who enrolled them."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.answers import Counted
from doorleren.applications.models import Application, Enrolment, Word
from doorleren.applications.offers.commands.enrol_participant import answer_enrolment
from doorleren.applications.offers.enrolments import enrolments_for
from doorleren.applications.offers.proofs import TOLD_BY_PROOF, enrolment_of
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import NationalNumber
from doorleren.people.signed_in import SignedIn
from doorleren.web import known
from doorleren.web.applicant.words import moment, round_shown
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language, label, value_in_words
from doorleren.web.surroundings import now


def enrolment_shown(application: Application, answers: Iterable[Counted] = ()) -> dict[str, Any] | None:
    """Describe the enrolment for applicant/offers_proof.html; None where the scheme asks none."""
    found = enrolment_of(application, answers)
    if found is None:
        return None
    facts, proof = known.library().vocabulary.facts, found.proof
    told = {} if proof is None else {name: getattr(proof, column) for name, column in TOLD_BY_PROOF.items()}
    return {
        "key": found.key,
        "activity": found.activity,
        "confirmed": proof is not None,
        "by": proof.organisation.name if proof else "",
        "at": moment(proof.at) if proof else "",
        "told": [
            {"label": label(facts[name]), "value": value_in_words(facts[name], value),
             "other": _("U hebt iets anders ingevuld.") if name in found.others else ""}
            for name, value in told.items() if value is not None and name in facts
        ],
    }  # fmt: skip


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the enrolments of who asks."""
    return _page(request, _asking(request))


@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what the participant says of an enrolment."""
    who, word = _asking(request), request.POST.get("word", "")
    if word not in Word.values:
        return _page(request, who, _("Kies of de inschrijving klopt, of waarom niet."), 422)
    try:
        answer_enrolment(number, Word(word), by=who, at=now())
    except ApplicationRefused as refused:
        return _page(request, who, in_language(refused.texts), 409)
    return HttpResponseRedirect(reverse("applications-enrolments"))


def _asking(request: HttpRequest) -> SignedIn:
    who = signed_in(request)
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    return ensure(who, "answer_enrolment", Thing("enrolment", "", person=who.person), at=now())


def _page(request: HttpRequest, who: SignedIn, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "applicant/offers_enrolled.html", {
        "rows": [_shown(one) for one in enrolments_for(who.person)],
        "known": NationalNumber.objects.filter(person=who.person).exists(),
        "error": error,
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": _("Inschrijvingen voor mij")}],
    }, status=status)  # fmt: skip


def _shown(one: Enrolment) -> dict[str, Any]:
    said = getattr(one, "said", None)
    words = {
        Word.CONFIRMED.value: _("U hebt gezegd dat dit klopt."),
        Word.NOT_ME.value: _("U hebt gezegd dat u dit niet bent. De inschrijving telt niet mee."),
        Word.NOT_WANTED.value: _("U hebt gezegd dat u dit niet wilt. De inschrijving telt niet mee."),
    }
    return {
        "number": one.pk, "round": round_shown(one.round), "firm": one.organisation.name, "at": moment(one.at),
        "title": one.activity.current.title if one.activity.current else one.activity.code,
        "said": words[said.word] if said else "", "said_at": moment(said.at) if said else "",
        "tone": "get" if said and said.word == Word.CONFIRMED else "quiet",
    }  # fmt: skip
