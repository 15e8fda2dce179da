"""Makes people, organisations, mandates and roles for a test."""

from datetime import UTC, date, datetime

from doorleren.people.models import (
    IN_BODY,
    IN_ORGANISATION,
    Assurance,
    Body,
    Mandate,
    Organisation,
    Person,
    Role,
    RoleKind,
)
from doorleren.people.signed_in import SignedIn

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY, YESTERDAY, TOMORROW = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 11)
LONG_AGO = date(2020, 1, 1)


def person(**given: object) -> Person:
    return Person.objects.create(**{"name": "Nadia", "created_at": AT, **given})


def body(code: str = "uitvoerder") -> Body:
    return Body.objects.get_or_create(code=code, defaults={"name": code})[0]


def organisation(kvk: str = "12345678") -> Organisation:
    return Organisation.objects.get_or_create(kvk=kvk, defaults={"name": f"Bedrijf {kvk}"})[0]


def mandate(who: Person, within: Organisation | None = None, starts_on: date = LONG_AGO, ends_on: date | None = None):
    return Mandate.objects.create(
        person=who, organisation=within or organisation(), starts_on=starts_on, ends_on=ends_on
    )


def role(who: Person, kind: RoleKind, starts_on: date = LONG_AGO, ends_on: date | None = None, **place: object) -> Role:
    if not place and kind in IN_BODY:
        place = {"body": body()}
    if not place and kind in IN_ORGANISATION:
        place = {"organisation": organisation()}
    return Role.objects.create(person=who, kind=kind, starts_on=starts_on, ends_on=ends_on, **place)


def signed_in(
    who: Person, assurance: Assurance = Assurance.HIGH, second_factor: bool = True, at: datetime = AT
) -> SignedIn:
    return SignedIn(who.pk, assurance, second_factor, at)
