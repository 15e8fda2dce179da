"""Who the official is that asks, and what every page here shares: the role in its own body, and no page on one's own organisation.

A page calls `official` with an act of `people.acts`; what that refuses, the site answers with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from doorleren.core.days import day_of
from doorleren.people.access import Allowed, Held, NotAllowed, Refused, Thing, allowed
from doorleren.people.acts import DEMANDS
from doorleren.people.models import Role
from doorleren.people.signed_in import SignedIn
from doorleren.register.access import Acting
from doorleren.register.answers import Forbidden
from doorleren.web.people.sessions import held_in, signed_in
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now

REGISTER = Thing("register", "")


@dataclass(frozen=True, slots=True)
class Official:
    """Who asks, when, and what they hold now."""

    who: SignedIn
    at: datetime
    held: Held

    @property
    def roles(self) -> tuple[Role, ...]:
        """Give the roles held now."""
        return self.held.roles

    @property
    def kvk_numbers(self) -> frozenset[str]:
        """Give the KvK numbers of the organisations that this person belongs to."""
        own = {one.organisation.kvk for one in self.held.mandates}
        return frozenset(own | {role.organisation.kvk for role in self.held.roles if role.organisation})

    @property
    def today(self) -> date:
        """Give the day in Amsterdam."""
        return day_of(self.at)

    @property
    def actor(self) -> Acting:
        """Give who acts as the commands of the register know it."""
        held = frozenset(str(role.kind) for role in self.roles)
        return Acting(self.who.party.kind, self.who.party.id, held, self.kvk_numbers)

    def may(self, act: str) -> Allowed | Refused:
        """Say whether an act on the register is allowed now.

        The register belongs to no body of its own yet: a role counts in whichever body it is held.
        """
        kinds = DEMANDS[act].roles if act in DEMANDS else frozenset()
        bodies = [role.body_id for role in self.roles if role.kind in kinds and role.body_id is not None]
        return allowed(
            self.who, act, Thing(REGISTER.kind, REGISTER.id, body=next(iter(bodies), None)), at=self.at, held=self.held
        )

    def has_role_for(self, act: str) -> bool:
        """Say whether a role allows an act, if need be after proving again who one is."""
        answer = self.may(act)
        return bool(answer) or (isinstance(answer, Refused) and answer.reason == "renewal")

    def ensure(self, act: str) -> None:
        """Raise NotAllowed with the reason unless the act is allowed now."""
        answer = self.may(act)
        if isinstance(answer, Refused):
            raise NotAllowed(answer)


def official(request: HttpRequest, act: str) -> Official:
    """Give who asks, if they may do an act on the register now. Raises NotAllowed with the reason."""
    who, at = signed_in(request), now()
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    found = Official(who, at, held_in(request, who, day_of(at)))
    found.ensure(act)
    return found


def page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a page of officials: never kept by a cache; what the register forbids on this object is said as 403."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        try:
            return view(request, *given, **named)
        except Forbidden as refused:
            context = {"reason": in_language(refused.texts), "again": ""}
            return render(request, "people/not_allowed.html", context, status=HTTPStatus.FORBIDDEN)

    return answer
