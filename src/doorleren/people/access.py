"""May this person do this to that? The one place for access to objects; what nobody allowed is refused.

Called by commands, and by pages for what they show. Reads roles and mandates; writes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from django.core.exceptions import PermissionDenied

from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.absences import kinds_stood_in_for
from doorleren.people.acts import DEMANDS, LEVELS, Demand
from doorleren.people.models import IN_ORGANISATION, Mandate, Person, Role
from doorleren.people.queries import mandates_in_force, roles_held, team_of
from doorleren.people.signed_in import SignedIn

FRESH = timedelta(minutes=5)
"""How old the proof of identity may be for a sensitive act."""

Reason = Literal[
    "unknown_act", "not_signed_in", "blocked", "not_yours", "no_role", "other_place", "no_mandate", "assurance_too_low",
    "second_factor", "renewal", "oneself", "view_only", "entered_it", "assessed_it", "decided_it", "paid_it", "stood_in",
]  # fmt: skip

REASONS: MappingProxyType[Reason, Texts] = MappingProxyType({
    "unknown_act": {
        "nl": "Deze handeling staat niet in de lijst van wat mag.",
        "en": "This act is not on the list of what is allowed.",
    },
    "not_signed_in": {"nl": "U bent niet ingelogd.", "en": "You are not signed in."},
    "blocked": {"nl": "Uw toegang is geblokkeerd.", "en": "Your access has been blocked."},
    "not_yours": {"nl": "Dit hoort bij iemand anders.", "en": "This belongs to somebody else."},
    "no_role": {"nl": "U hebt op dit moment geen rol die dit mag.", "en": "You have no role now that may do this."},
    "other_place": {
        "nl": "U hebt de juiste rol, maar voor een andere organisatie of instantie.",
        "en": "You have the right role, but for another organisation or authority.",
    },
    "no_mandate": {
        "nl": "U hebt op dit moment geen machtiging van deze organisatie.",
        "en": "You have no mandate from this organisation now.",
    },
    "assurance_too_low": {
        "nl": "Hiervoor moet u inloggen op een hoger betrouwbaarheidsniveau.",
        "en": "This asks for signing in with a higher level of assurance.",
    },
    "second_factor": {
        "nl": "Hiervoor moet u inloggen met een tweede factor, zoals een app of een sleutel.",
        "en": "This asks for signing in with a second factor, such as an app or a key.",
    },
    "oneself": {
        "nl": "Dit kunt u niet voor uzelf regelen; een ander moet dat doen.",
        "en": "You cannot arrange this for yourself; somebody else has to.",
    },
    "view_only": {
        "nl": "U mag dit bekijken, maar niet veranderen. Een collega heeft dat zo ingesteld.",
        "en": "You may look at this, but not change it. A colleague has set it so.",
    },
    "entered_it": {
        "nl": "U hebt deze aanvraag ingevoerd. Een ander moet dit doen.",
        "en": "You entered this application. Somebody else has to do this.",
    },
    "assessed_it": {
        "nl": "U hebt deze aanvraag beoordeeld. Een ander moet dit doen.",
        "en": "You assessed this application. Somebody else has to do this.",
    },
    "decided_it": {
        "nl": "U hebt in deze zaak beslist. Een ander moet dit doen.",
        "en": "You decided in this case. Somebody else has to do this.",
    },
    "paid_it": {
        "nl": "U hebt in deze zaak een betaling gedaan. Een ander moet dit doen.",
        "en": "You made a payment in this case. Somebody else has to do this.",
    },
    "stood_in": {
        "nl": "U vervangt hier een collega die in deze zaak iets deed dat hier niet mee samengaat. Een ander moet dit doen, of neem "
        "de zaak eerst zelf.",
        "en": "You stand in here for a colleague who did something in this case that does not go with this. Somebody else has to do "
        "it, or take the case yourself first.",
    },
    "renewal": {
        "nl": "Dit is een belangrijke stap. Log nog een keer in om door te gaan.",
        "en": "This is an important step. Sign in once more to go on.",
    },
})  # fmt: skip

AGAIN: frozenset[Reason] = frozenset({"not_signed_in", "assurance_too_low", "second_factor", "renewal"})
"""Reasons that signing in again can take away."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is acted upon: its kind and id, and where it belongs: a person, an organisation or a body, by id."""

    kind: str
    id: str
    person: int | None = None
    organisation: int | None = None
    body: int | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may; `role` is the id of the role that gives leave, None for what is one's own."""

    role: int | None = None

    def __bool__(self) -> bool:
        """Count as yes."""
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not, for this reason; the words in nl and en are in `texts`."""

    reason: Reason

    def __bool__(self) -> bool:
        """Count as no."""
        return False

    @property
    def texts(self) -> Texts:
        """Say why, to the person who asked."""
        return REASONS[self.reason]


class NotAllowed(PermissionDenied):
    """Raised by a command, or by a page through `ensure`; `refused` says why. The site answers with that (HTTP 403)."""

    def __init__(self, refused: Refused) -> None:
        """Keep the reason."""
        super().__init__(refused.reason)
        self.refused = refused


class Held:
    """What gives somebody leave on a day, read when it is first asked and then kept: for a page that asks after many acts.

    It lives no longer than the page. A command reads for itself.
    """

    def __init__(self, person: int, day: date) -> None:
        """Read nothing yet."""
        self.person, self.day = person, day
        self._teams: dict[int, tuple[int, ...]] = {}

    def team(self, body: int) -> tuple[int, ...]:
        """Give who is in a team of a body with somebody, themselves among them."""
        if body not in self._teams:
            self._teams[body] = team_of(self.person, body, self.day)
        return self._teams[body]

    @cached_property
    def active(self) -> bool:
        """Say whether somebody is here and not blocked."""
        if "roles" in self.__dict__ and self.roles:
            return bool(self.roles[0].person.is_active)
        return Person.objects.filter(pk=self.person, is_active=True).exists()

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Give the roles, with their bodies, organisations and who has them."""
        return roles_held(self.person, self.day)

    @cached_property
    def stands_in(self) -> dict[tuple[int, int], frozenset[str]]:
        """Give the colleagues and bodies (ids) that somebody stands in for, each with the kinds of role of that colleague there."""
        return kinds_stood_in_for(self.person, self.day)

    @cached_property
    def mandates(self) -> tuple[Mandate, ...]:
        """Give the mandates, with their organisations."""
        return tuple(mandates_in_force(self.person, self.day))


def held_on(who: SignedIn, at: datetime, held: Held | None = None) -> Held:
    """Give what somebody holds on the day of a moment: `held` where that was read of them for that day."""
    same = held is not None and (held.person, held.day) == (who.person, day_of(at))
    return held if held is not None and same else Held(who.person, day_of(at))


def allowed(
    who: SignedIn | None, act: str, thing: Thing, *, at: datetime, held: Held | None = None
) -> Allowed | Refused:  # fmt: skip
    """Say whether somebody may do `act` to `thing` at a moment, and if not why not. `held`: of them on that day, where it was read."""
    demand = DEMANDS.get(act)
    if demand is None:
        return Refused("unknown_act")
    if who is None:
        return Refused("not_signed_in")
    held = held_on(who, at, held)
    if not held.active:
        return Refused("blocked")
    leave = _leave(who, demand, thing, held)
    if isinstance(leave, Refused):
        return leave
    lacking = _proof_lacking(who, demand, at)
    return leave if lacking is None else lacking


def ensure(who: SignedIn | None, act: str, thing: Thing, *, at: datetime, held: Held | None = None) -> SignedIn:
    """Give who asks back if it is allowed. Raises NotAllowed with the reason."""
    answer = allowed(who, act, thing, at=at, held=held)
    if isinstance(answer, Refused) or who is None:
        raise NotAllowed(answer if isinstance(answer, Refused) else Refused("not_signed_in"))
    return who


def _leave(who: SignedIn, demand: Demand, thing: Thing, held: Held) -> Allowed | Refused:
    """Look for what gives leave: that it is one's own, or a role in the thing's place with the mandate it needs."""
    if demand.own and thing.person == who.person:
        return Allowed()
    if not demand.roles:
        return Refused("not_yours")
    roles = [role for role in held.roles if role.kind in demand.roles]
    here = [role for role in roles if _covers(role, thing)]
    if not here:
        return Refused("other_place" if roles else "no_role")
    for role in here:
        if role.kind not in IN_ORGANISATION or role.organisation_id in _mandated(held):
            return Allowed(role.pk)
    return Refused("no_mandate")


def _mandated(held: Held) -> set[int]:
    return {mandate.organisation_id for mandate in held.mandates}


def _covers(role: Role, thing: Thing) -> bool:
    if role.organisation_id is not None:
        return role.organisation_id == thing.organisation
    if role.body_id is not None:
        return role.body_id == thing.body
    return role.person_id == thing.person


def _proof_lacking(who: SignedIn, demand: Demand, at: datetime) -> Refused | None:
    """Say what is lacking in how somebody signed in; nothing if it suffices."""
    if LEVELS.index(who.assurance) < LEVELS.index(demand.assurance):
        return Refused("assurance_too_low")
    if demand.second_factor and not who.second_factor:
        return Refused("second_factor")
    if demand.sensitive and not timedelta(0) <= at - who.proven_at <= FRESH:
        return Refused("renewal")
    return None
