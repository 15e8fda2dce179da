"""Whose pages these are: the way in for every page of applications. Another person's number is not found.

What one may look at but not change is refused with the reason by people/access.py.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from doorleren.applications.access import ROLE_TO_FILE, applicant_of, ensure, may_edit, may_file, may_view
from doorleren.applications.entered_for import is_entered
from doorleren.applications.models import Application, PartyKind
from doorleren.applications.parties import Named
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.people.access import Allowed, NotAllowed, Refused
from doorleren.people.models import Organisation
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.web.people.sessions import signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now
from doorleren.web.viewing import viewed

LARGEST_NUMBER = 2**63 - 1
NOT_THEIRS = frozenset({"not_yours", "no_role", "other_place", "no_mandate"})
"""Reasons that would tell a stranger that an application of this number exists."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and when."""

    who: SignedIn
    at: datetime

    def organisations(self) -> dict[Organisation, frozenset[str]]:
        """Give the organisations that one may file for now, each with the kinds of applicant that it can be."""
        roles = [role for role in roles_in_force(self.who.person, day_of(self.at)) if role.organisation]
        found: dict[Organisation, frozenset[str]] = {}
        for role in roles:
            assert role.organisation is not None
            kinds = frozenset(name for name, kind in ROLE_TO_FILE.items() if kind == role.kind)
            if may_file(self.who, Named(PartyKind.ORGANISATION, role.organisation.pk), at=self.at):
                found[role.organisation] = found.get(role.organisation, frozenset()) | kinds
        return found


def asking(request: HttpRequest) -> Asking:
    """Give who asks. Raises NotAllowed for a visitor who is not signed in, or may not file at all."""
    who, at = signed_in(request), now()
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    ensure(may_file(who, Named(PartyKind.PERSON, who.person), at=at))
    return Asking(who, at)


class Rule(Protocol):
    """A question of applications/access.py about one application."""

    def __call__(self, who: SignedIn, about: Application, /, *, at: datetime) -> Allowed | Refused:
        """Answer it."""


def application_allowed(request: HttpRequest, number: int, rule: Rule) -> tuple[Application, Asking]:
    """Give an application that a rule lets who asks come to. Raises Http404 for what is not theirs, NotAllowed."""
    own = asking(request)
    rows = Application.objects.select_related("round__version", "round__gate", "round__body", "activity__current")
    found = rows.filter(pk=min(number, LARGEST_NUMBER)).first()
    if found is None:
        raise Http404
    answer = rule(own.who, found, at=own.at)
    if isinstance(answer, Refused) and answer.reason in NOT_THEIRS:
        raise Http404
    ensure(answer)
    return found, own


def application_of(request: HttpRequest, number: int, *, change: bool = False) -> tuple[Application, Asking]:
    """Give an application that who asks may look at, or change. Raises Http404 for what is not theirs, NotAllowed."""
    found, own = application_allowed(request, number, may_view)
    if is_entered(found) and not may_file(own.who, applicant_of(found), at=own.at):
        viewed(request, "application", found.pk)
    if change:
        ensure(may_edit(own.who, found, at=own.at))
    return found, own


def refusal(request: HttpRequest, refused: ActRefused, back: str) -> HttpResponse:
    """Say why an act was refused, with the way back."""
    context = {"reason": in_language(refused.texts), "back": back}
    return render(request, "applicant/refused.html", context, status=409)


def to(name: str, application: Application, query: str = "") -> HttpResponseRedirect:
    """Go to a page of an application."""
    return HttpResponseRedirect(reverse(name, args=[application.pk]) + query)
