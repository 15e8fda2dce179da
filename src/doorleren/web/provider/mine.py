"""Whose pages these are: the organisations that somebody may act for as a provider, and what belongs to them.

The one way in for every page here. What belongs to somebody else is not found; what one may not do is refused with the
reason by `people.access`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed, Refused, Thing, allowed, ensure
from doorleren.people.models import Organisation, RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn
from doorleren.register.access import Acting
from doorleren.register.models import Activity
from doorleren.register.models.upload import Upload
from doorleren.web.people.sessions import signed_in
from doorleren.web.surroundings import now

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Mine:
    """Who asks, when, and the organisations for which this act is allowed: one at least."""

    who: SignedIn
    at: datetime
    organisations: tuple[Organisation, ...]

    @property
    def kvk_numbers(self) -> frozenset[str]:
        """Give the KvK numbers of the organisations."""
        return frozenset(one.kvk for one in self.organisations)

    @property
    def actor(self) -> Acting:
        """Give who acts as the commands of the register know it."""
        return Acting(self.who.party.kind, self.who.party.id, frozenset({"provider"}), self.kvk_numbers)

    def named(self, kvk: str) -> Organisation:
        """Give the organisation with a number, the first where none is named. Raises Http404 for one of others."""
        for one in self.organisations:
            if kvk in ("", one.kvk):
                return one
        raise Http404


def mine(request: HttpRequest, act: str, kind: RoleKind = RoleKind.PROVIDER) -> Mine:
    """Say for whom somebody may do an act, as a provider or in another role. Raises NotAllowed where it is for nobody."""
    who, at = signed_in(request), now()
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    roles = roles_in_force(who.person, day_of(at)).filter(kind=kind)
    held = {role.organisation.pk: role.organisation for role in roles if role.organisation}
    own = tuple(one for one in held.values() if allowed(who, act, _place(one), at=at))
    if not own:
        ensure(who, act, _place(next(iter(held.values()), None)), at=at)
    return Mine(who, at, own)


def activity_of(number: int, own: Mine) -> Activity:
    """Give an activity of one's own that is listed, with its provider. Raises Http404 for what is not there or not one's own."""
    found = Activity.objects.select_related("provider", "current").filter(
        pk=min(number, LARGEST_NUMBER), provider__kvk__in=own.kvk_numbers, current__isnull=False
    )
    activity = found.first()
    if activity is None:
        raise Http404
    return activity


def upload_of(number: int, own: Mine) -> Upload:
    """Give an upload of one's own organisations. Raises Http404."""
    found = Upload.objects.select_related("organisation", "delivery").filter(
        pk=min(number, LARGEST_NUMBER), organisation__in=own.organisations
    )
    upload = found.first()
    if upload is None:
        raise Http404
    return upload


def _place(organisation: Organisation | None) -> Thing:
    return Thing(
        "provider", organisation.kvk if organisation else "", organisation=organisation.pk if organisation else None
    )
