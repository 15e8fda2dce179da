"""Somebody signs in: they are found or become known, with their number and the organisation they act for."""

from datetime import datetime

from django.db import connection, transaction

from doorleren.audit.acts import Details, Party, record
from doorleren.core.days import day_of
from doorleren.people import national_number
from doorleren.people.acts import LEVELS
from doorleren.people.claims import Claims
from doorleren.people.models import Assurance, Identity, Mandate, NationalNumber, Organisation, Person, Session
from doorleren.people.queries import mandates_in_force
from doorleren.people.signed_in import SignInRefused


@transaction.atomic
def sign_in(claims: Claims, *, at: datetime, machine_at: datetime | None = None) -> Person:
    """Give the person whom verified claims belong to, and record that they signed in.

    Precondition: the token was verified (people/backend.py). A known identity leads to its person, an unknown one to
    the person with the same national number, else to a new person. Changes: name, assurance and last use of the
    identity; the number, if it is new; a mandate for today where the claims name an organisation. Ended sessions go,
    by the clock of the machine where that is another (`machine_at`).
    Raises SignInRefused: "another" when number and identity belong to different people, "blocked".
    """
    person = _person(claims, at)
    if not person.is_active:
        raise SignInRefused("blocked", f"person {person.pk} is blocked")
    if claims.name and claims.name != person.name:
        person.name = claims.name
        person.save(update_fields=["name"])
    _keep_identity(person, claims, at)
    if claims.kvk:
        _mandate_for_today(person, claims, at)
    Session.objects.filter(expire_date__lt=machine_at or at).delete()
    party = Party("person", str(person.pk))
    proof: Details = {"assurance": claims.assurance.value, "second_factor": claims.second_factor}
    record("signed_in", party, by=party, at=at, details=proof)
    return person


def _person(claims: Claims, at: datetime) -> Person:
    """Find or make the person; locks the identity and the number, so that two first sign-ins make one person."""
    _lock(f"{claims.issuer}\n{claims.subject}")
    identity = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).select_related("person").first()
    if not claims.bsn:
        return identity.person if identity else Person.objects.create(name=claims.name, created_at=at)
    keys = national_number.keys()
    lookup = keys.hashed(claims.bsn)
    _lock(lookup)
    owner = NationalNumber.objects.filter(lookup=lookup).select_related("person").first()
    if identity is None:
        person = owner.person if owner else Person.objects.create(name=claims.name, created_at=at)
    else:
        person = identity.person
    if owner is None:
        if NationalNumber.objects.filter(person=person).exists():
            raise SignInRefused("another", f"person {person.pk} comes back with another national number")
        NationalNumber.objects.create(person=person, lookup=lookup, sealed=keys.sealed(claims.bsn))
    elif owner.person_id != person.pk:
        raise SignInRefused("another", f"the number of person {person.pk} belongs to person {owner.person_id}")
    return person


def _keep_identity(person: Person, claims: Claims, at: datetime) -> None:
    known, made = Identity.objects.get_or_create(
        issuer=claims.issuer,
        subject=claims.subject,
        defaults={"person": person, "assurance": claims.assurance, "last_used_at": at},
    )
    if not made:
        known.assurance = max(Assurance(known.assurance), claims.assurance, key=LEVELS.index)
        known.last_used_at = at
        known.save(update_fields=["assurance", "last_used_at"])


def _mandate_for_today(person: Person, claims: Claims, at: datetime) -> None:
    """Keep what the broker vouches for, for no longer than it vouched: the day of signing in.

    A mandate that was ended here today holds again: who gives and takes mandates is the organisation, at its broker.
    """
    day = day_of(at)
    name = claims.organisation_name or f"KvK {claims.kvk}"
    organisation, _made = Organisation.objects.get_or_create(kvk=claims.kvk, defaults={"name": name})
    if not mandates_in_force(person.pk, day).filter(organisation=organisation).exists():
        Mandate.objects.update_or_create(
            person=person, organisation=organisation, starts_on=day, defaults={"ends_on": day}
        )


def _lock(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [text])
