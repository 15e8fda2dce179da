"""The page on which people say of what others entered them for whether it is right, and the act that keeps their word.

Registrations by advisers (web/adviser/registrations.py) and enrolments by providers (web/applicant/enrolled.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from doorleren.applications.models import Word
from doorleren.core.refusals import ActRefused
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import NationalNumber
from doorleren.people.signed_in import SignedIn
from doorleren.web.applicant.words import moment
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now


class Keep(Protocol):
    """The command that keeps a word. Raises ActRefused."""

    def __call__(self, number: int, word: Word, /, *, by: SignedIn, at: datetime) -> object:
        """Keep what somebody says of the one with this number."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says: its title and lead, that a word is said once, that there is none, and when nobody can tell."""

    title: Promise
    lead: Promise
    once: Promise
    none: Promise
    not_known: Promise
    choose: Promise


@dataclass(frozen=True, slots=True)
class EnteredByOthers:
    """One kind of what others enter people for.

    `thing` is its kind in the rules of access, `act` the act of saying something of it; `page` and `one` are the names of
    the addresses. `rows` gives what a person was entered for, as `row` makes it.
    """

    thing: str
    act: str
    page: str
    one: str
    words: Words
    rows: Callable[[int], Sequence[dict[str, Any]]]
    keep: Keep

    def mine(self) -> Callable[[HttpRequest], HttpResponse]:
        """Make the page that lists what who asks was entered for."""

        def mine(request: HttpRequest) -> HttpResponse:
            return _page(request, self, _asking(request, self))

        return never_cache(require_safe(mine))

    def say(self) -> Callable[[HttpRequest, int], HttpResponse]:
        """Make the act that keeps what who asks says of one."""

        def say(request: HttpRequest, number: int) -> HttpResponse:
            who, word = _asking(request, self), request.POST.get("word", "")
            if word not in Word.values:
                return _page(request, self, who, str(self.words.choose), 422)
            try:
                self.keep(number, Word(word), by=who, at=now())
            except ActRefused as refused:
                return _page(request, self, who, in_language(refused.texts), 409)
            return HttpResponseRedirect(reverse(self.page))

        return require_POST(say)


def row(number: int, heading: str, told: str, word: Any, said: str) -> dict[str, Any]:
    """Describe one: whom it is with, who entered one when, and in `said` what `word` (None: nothing yet) came to."""
    confirmed = word is not None and word.word == Word.CONFIRMED
    return {
        "number": number,
        "heading": heading,
        "told": told,
        "said": said,
        "said_at": moment(word.at) if word is not None else "",
        "tone": "get" if confirmed else "quiet",
    }


def _asking(request: HttpRequest, kind: EnteredByOthers) -> SignedIn:
    who = signed_in(request)
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    return ensure(who, kind.act, Thing(kind.thing, "", person=who.person), at=now())


def _page(
    request: HttpRequest, kind: EnteredByOthers, who: SignedIn, error: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    known = NationalNumber.objects.filter(person=who.person).exists()
    return render(request, "applicant/own_word.html", {
        "words": kind.words,
        "rows": [one | {"url": reverse(kind.one, args=[one["number"]])} for one in kind.rows(who.person)],
        "nothing": kind.words.none if known else kind.words.not_known,
        "error": error,
        "trail": [{"url": reverse("applications"), "label": _("Mijn aanvragen")}, {"label": kind.words.title}],
    }, status=status)  # fmt: skip
