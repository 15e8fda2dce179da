"""An administrator gives somebody a role and ends it again, and ends a mandate. Nothing is deleted.

A role needs a basis (docs/adr/0017): within a body it is that body's own administrator who gives it; within an
organisation the person must have the organisation's mandate on the day of giving. Mandates themselves come from the
organisation, through the broker, at signing in; nobody gives them by hand. Nobody arranges anything for oneself.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from doorleren.audit.acts import Party, record
from doorleren.core.days import day_of
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import IN_BODY, IN_ORGANISATION, Body, Mandate, Person, Role, RoleKind
from doorleren.people.queries import mandates_in_force
from doorleren.people.signed_in import SignedIn

MOST_DAYS_AHEAD = 20 * 366
"""How far ahead a role may begin or end before the day is a slip of the pen."""


class RoleRefused(Exception):
    """The role is not given; `faults` says why, by the name of the argument."""

    def __init__(self, faults: Mapping[str, Texts]) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(texts["en"] for texts in faults.values()))
        self.faults = faults


@transaction.atomic
def give_role(
    kind: RoleKind,
    person: int,
    *,
    for_body: int,
    organisation: int | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: SignedIn,
    at: datetime,
) -> Role:
    """Give a person a role: within the body itself, or within `organisation` for a role that belongs to one.

    A role that was withdrawn on or before its first day is given again as it was. Raises NotAllowed; RoleRefused;
    ValidationError with the sentence of the constraint that refuses.
    """
    ensure(by, "give_role", Thing("role", "", body=for_body), at=at)
    _not_oneself(person, by)
    Person.objects.select_for_update().filter(pk=person).first()  # one role at a time for one person
    body = for_body if organisation is None else None
    faults = _faults(kind, person, organisation, starts_on, ends_on, at) or _held_already(
        Role(kind=kind, person_id=person, body_id=body, organisation_id=organisation, starts_on=starts_on), ends_on
    )
    if faults:
        raise RoleRefused(faults)
    place = {"kind": kind, "person_id": person, "body_id": body, "organisation_id": organisation}
    role = Role.objects.filter(**place, starts_on=starts_on).first() or Role(**place, starts_on=starts_on)
    role.ends_on = ends_on
    role.full_clean()
    role.save()
    record("gave_role", Party("role", str(role.pk)), by=by.party, at=at, details={
        "kind": kind.value, "person": person, "for_body": for_body, "organisation": organisation,
        "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat() if ends_on else None,
    })  # fmt: skip
    return role


@transaction.atomic
def end_role(role: int, *, for_body: int, by: SignedIn, at: datetime) -> Role:
    """Let a role end: yesterday was its last day, so that it gives no access from now on. Raises NotAllowed, DoesNotExist.

    Within a body only its own administrator ends a role, never one's own: so a body keeps an administrator.
    """
    kept = Role.objects.select_for_update(of=("self",)).get(pk=role)
    body = kept.body_id or for_body
    Body.objects.select_for_update(no_key=True).get(pk=body)  # two administrators cannot end each other at once
    ensure(by, "end_role", Thing("role", str(role), body=body), at=at)
    _not_oneself(kept.person_id, by)
    kept.ends_on = _last_day(kept.starts_on, kept.ends_on, at)
    kept.save(update_fields=["ends_on"])
    record("ended_role", Party("role", str(role)), by=by.party, at=at, details={"person": kept.person_id})
    return kept


@transaction.atomic
def end_mandate(mandate: int, *, for_body: int, by: SignedIn, at: datetime) -> Mandate:
    """Let a mandate end at once, as `end_role` does. Raises NotAllowed, DoesNotExist.

    It comes back when the person signs in and the broker vouches for it again; what stops somebody for longer is that
    the organisation withdraws the mandate there, or that the role ends here.
    """
    ensure(by, "end_mandate", Thing("mandate", str(mandate), body=for_body), at=at)
    kept = Mandate.objects.select_for_update().get(pk=mandate)
    _not_oneself(kept.person_id, by)
    kept.ends_on = _last_day(kept.starts_on, kept.ends_on, at)
    kept.save(update_fields=["ends_on"])
    details = {"person": kept.person_id, "organisation": kept.organisation_id}
    record("ended_mandate", Party("mandate", str(mandate)), by=by.party, at=at, details=details)
    return kept


def _faults(
    kind: RoleKind, person: int, organisation: int | None, starts_on: date, ends_on: date | None, at: datetime
) -> dict[str, Texts]:
    """Say what is wrong with what is asked, apart from who asks."""
    today, found = day_of(at), {}
    if not Person.objects.filter(pk=person, is_active=True).exists():
        found["person"] = _text(
            "Deze persoon is hier niet bekend of is geblokkeerd.", "This person is unknown here or blocked."
        )
    if kind not in (*IN_BODY, *IN_ORGANISATION):
        found["kind"] = _text("Deze rol geeft een beheerder niet.", "An administrator does not give this role.")
    if (kind in IN_ORGANISATION) != (organisation is not None):
        found["organisation"] = _text(
            "Een rol voor een organisatie hoort bij een organisatie, een rol van een ambtenaar niet.",
            "A role for an organisation belongs to an organisation, a role of an official does not.",
        )
    elif organisation is not None and not mandates_in_force(person, today).filter(organisation=organisation).exists():
        found["organisation"] = _text(
            "Deze persoon heeft vandaag geen machtiging van deze organisatie. Laat deze persoon eerst inloggen namens de "
            "organisatie.",
            "This person has no mandate of this organisation today. Let this person sign in for the organisation first.",
        )
    furthest = today + timedelta(days=MOST_DAYS_AHEAD)
    if not today <= starts_on <= furthest:
        found["starts_on"] = _text(
            f"Een rol begint vandaag of later, en niet na {furthest.year}.",
            f"A role begins today or later, and not after {furthest.year}.",
        )
    elif ends_on is not None and not starts_on <= ends_on <= furthest:
        found["ends_on"] = _text(
            f"De laatste dag ligt niet voor de eerste, en niet na {furthest.year}.",
            f"The last day is not before the first, and not after {furthest.year}.",
        )
    return found  # fmt: skip


def _held_already(wanted: Role, ends_on: date | None) -> dict[str, Texts]:
    """Say so where the person has the same role in the same place on one of the days."""
    same = Role.objects.filter(
        kind=wanted.kind, person=wanted.person_id, body=wanted.body_id, organisation=wanted.organisation_id
    )
    overlapping = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=wanted.starts_on))
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if not any(one.ends_on is None or one.ends_on >= one.starts_on for one in overlapping):
        return {}
    return {"kind": _text("Deze persoon heeft deze rol al.", "This person has this role already.")}


def _last_day(starts_on: date, ends_on: date | None, at: datetime) -> date:
    """Give yesterday, so that it ends at once; what has yet to begin, or began today, never was: the day before it."""
    yesterday = day_of(at) - timedelta(days=1)
    last = max(yesterday, starts_on - timedelta(days=1))
    return min(ends_on or last, last)


def _not_oneself(person: int, by: SignedIn) -> None:
    if person == by.person:
        raise NotAllowed(Refused("oneself"))


def _text(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}
