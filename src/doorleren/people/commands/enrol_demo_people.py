"""Puts the demo people, their organisations, mandates and roles into the database. Repeating it changes nothing.

Called by `serve` where demo people are allowed (server/site.py), and by tests.
"""

from datetime import datetime

from django.db import connection, transaction

from doorleren.audit.acts import SITE, Party, record
from doorleren.people.demo import BODY, ISSUER, OBJECTION, PEOPLE, STARTS_ON, DemoPerson
from doorleren.people.models import Assurance, Body, Identity, Mandate, Organisation, Person, Role

_DEMO_LOCK = 0x64656D6F  # "demo"


@transaction.atomic
def enrol_demo_people(*, at: datetime) -> int:
    """Enrol whoever is not there yet; gives how many were new. No national number is kept before somebody signs in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DEMO_LOCK])
    body, _made = Body.objects.get_or_create(code=BODY[0], defaults={"name": BODY[1]} | OBJECTION)
    Body.objects.filter(pk=body.pk, address="", objection_url="").update(**OBJECTION)  # one from before it had these
    known = set(Identity.objects.filter(issuer=ISSUER).values_list("subject", flat=True))
    fresh = [one for one in PEOPLE if one.subject not in known]
    for one in fresh:
        _enrol(one, body, at)
    return len(fresh)


def _enrol(one: DemoPerson, body: Body, at: datetime) -> None:
    person = Person.objects.create(name=one.name, created_at=at)
    Identity.objects.create(person=person, issuer=ISSUER, subject=one.subject, assurance=Assurance.LOW, last_used_at=at)
    organisation = None
    if one.organisation:
        kvk, name = one.organisation
        organisation, _made = Organisation.objects.get_or_create(kvk=kvk, defaults={"name": name})
        Mandate.objects.create(person=person, organisation=organisation, starts_on=STARTS_ON)
    Role.objects.create(
        person=person,
        kind=one.role,
        body=body if one.official else None,
        organisation=organisation,
        starts_on=STARTS_ON,
    )
    record("enrolled_for_demo", Party("person", str(person.pk)), by=SITE, at=at, details={"role": one.role.value})
