"""Who the adviser is that asks, and for which firms; a bundle of somebody else is not found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import Http404, HttpRequest

from doorleren.applications.bundles.queries import advising_for, bundles_of, qualified_on, rounds_to_register_in
from doorleren.applications.commands.submit_bundle import Sealing
from doorleren.applications.models import Bundle
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.national_number import keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.web.people.sessions import signed_in
from doorleren.web.surroundings import now

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Adviser:
    """Who asks, when, and the firms for which this person advises now."""

    who: SignedIn
    at: datetime
    firms: tuple[Organisation, ...]

    @property
    def day(self) -> date:
        """Give the day in Amsterdam."""
        return day_of(self.at)

    @property
    def qualified(self) -> bool:
        """Say whether the adviser has a qualification that holds today."""
        return qualified_on(self.who.person, self.day)

    def firm(self, kvk: str) -> Organisation:
        """Give one of the firms by its number; the only one where none is named. Raises Http404."""
        found = [one for one in self.firms if one.kvk == kvk or (not kvk and len(self.firms) == 1)]
        if not found:
            raise Http404
        return found[0]

    def bundle(self, number: int) -> Bundle:
        """Give a bundle of one's own. Raises Http404."""
        found = bundles_of(self.who.person).filter(pk=min(number, LARGEST_NUMBER)).first()
        if found is None or found.organisation not in self.firms:
            raise Http404
        return found


def adviser(request: HttpRequest) -> Adviser:
    """Give who asks. Raises NotAllowed for anybody who is no adviser of a firm now."""
    who = signed_in(request)
    if who is None:
        raise NotAllowed(Refused("not_signed_in"))
    return adviser_signed_in(who, now())


def adviser_signed_in(who: SignedIn, at: datetime) -> Adviser:
    """Give somebody as an adviser, however they came in. Raises NotAllowed for anybody who is no adviser of a firm now."""
    roles = advising_for(who.person, day_of(at))
    firms = tuple(dict.fromkeys(role.organisation for role in roles if role.organisation))
    ensure(who, "register_people", Thing("registration", "", organisation=firms[0].pk if firms else None), at=at)
    return Adviser(who, at, firms)


def round_named(number: str) -> Round:
    """Give an open round in which advisers register people; the first where none is named. Raises Http404."""
    found = [one for one in rounds_to_register_in() if not number or str(one.pk) == number]
    if not found:
        raise Http404
    return found[0]


def sealing() -> Sealing:
    """Give the keys of this site. Raises NoKeys."""
    return Sealing(keys(), bytes(settings.DOORLEREN_PERSON_KEY), settings.DOORLEREN_SIGNING_KEY)
