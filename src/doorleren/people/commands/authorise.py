"""An administrator says who is what and who may act for whom, and ends it again. Nothing is deleted.

An administrator of a body gives roles within that body, and roles and mandates within organisations that the body
deals with; that last tie does not exist yet, so `for_body` names the body on whose behalf it is done.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.core.days import AMSTERDAM
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.models import Mandate, Role, RoleKind
from doorleren.people.signed_in import SignedIn


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

    Nobody gives a role to oneself. Raises NotAllowed; ValidationError with the sentence of the constraint that refuses.
    """
    ensure(by, "give_role", Thing("role", "", body=for_body), at=at)
    _not_oneself(person, by)
    in_body = for_body if organisation is None and kind != RoleKind.PARTICIPANT else None
    role = Role(
        kind=kind, person_id=person, body_id=in_body, organisation_id=organisation, starts_on=starts_on, ends_on=ends_on
    )
    role.full_clean()
    role.save(force_insert=True)
    record("gave_role", Party("role", str(role.pk)), by=by.party, at=at, details={"kind": kind.value, "person": person})
    return role


@transaction.atomic
def end_role(role: int, *, for_body: int, by: SignedIn, at: datetime) -> Role:
    """Let a role end: yesterday was its last day, so that it gives no access from now on. Raises NotAllowed, DoesNotExist.

    Within a body only its own administrator ends a role.
    """
    kept = Role.objects.select_for_update().get(pk=role)
    ensure(by, "end_role", Thing("role", str(role), body=kept.body_id or for_body), at=at)
    kept.ends_on = _last_day(kept.starts_on, kept.ends_on, at)
    kept.save(update_fields=["ends_on"])
    record("ended_role", Party("role", str(role)), by=by.party, at=at)
    return kept


@transaction.atomic
def give_mandate(
    person: int,
    organisation: int,
    *,
    for_body: int,
    starts_on: date,
    ends_on: date | None = None,
    by: SignedIn,
    at: datetime,
) -> Mandate:
    """Let a person act for an organisation. Raises NotAllowed; ValidationError as `give_role` does."""
    ensure(by, "give_mandate", Thing("mandate", "", body=for_body), at=at)
    _not_oneself(person, by)
    mandate = Mandate(person_id=person, organisation_id=organisation, starts_on=starts_on, ends_on=ends_on)
    mandate.full_clean()
    mandate.save(force_insert=True)
    details = {"person": person, "organisation": organisation}
    record("gave_mandate", Party("mandate", str(mandate.pk)), by=by.party, at=at, details=details)
    return mandate


@transaction.atomic
def end_mandate(mandate: int, *, for_body: int, by: SignedIn, at: datetime) -> Mandate:
    """Let a mandate end, as `end_role` does. Raises NotAllowed, DoesNotExist."""
    ensure(by, "end_mandate", Thing("mandate", str(mandate), body=for_body), at=at)
    kept = Mandate.objects.select_for_update().get(pk=mandate)
    kept.ends_on = _last_day(kept.starts_on, kept.ends_on, at)
    kept.save(update_fields=["ends_on"])
    record("ended_mandate", Party("mandate", str(mandate)), by=by.party, at=at)
    return kept


def _last_day(starts_on: date, ends_on: date | None, at: datetime) -> date:
    """Give yesterday, so that it ends at once; what has yet to begin, or began today, never was: the day before it."""
    yesterday = at.astimezone(AMSTERDAM).date() - timedelta(days=1)
    last = max(yesterday, starts_on - timedelta(days=1))
    return min(ends_on or last, last)


def _not_oneself(person: int, by: SignedIn) -> None:
    if person == by.person:
        raise NotAllowed(Refused("oneself"))
