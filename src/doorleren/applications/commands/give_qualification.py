"""Establishing that an adviser is qualified, from a first to a last day; by an official, or by the site for its demo."""

from datetime import date, datetime, timedelta

from django.db import transaction

from doorleren.applications.bundles.refusing import DAYS, NO_ADVISER, OVERLAPS, BundleRefused
from doorleren.applications.models import Qualification
from doorleren.audit.acts import SITE, Details, Party, record
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.demo import ISSUER, PEOPLE
from doorleren.people.models import Identity, Person, Role, RoleKind
from doorleren.people.signed_in import SignedIn

LONGEST = timedelta(days=20 * 366)
OF_THE_DEMO = (date(2020, 1, 1), date(2039, 12, 31))


@transaction.atomic
def give_qualification(
    adviser: int, *, starts_on: date, ends_on: date, for_body: int, by: SignedIn, at: datetime
) -> Qualification:
    """Establish that somebody is a qualified adviser on these days. Raises NotAllowed, BundleRefused."""
    ensure(by, "give_qualification", Thing("qualification", "", body=for_body), at=at)
    if adviser == by.person:
        raise NotAllowed(Refused("oneself"))
    if not Person.objects.select_for_update(no_key=True).filter(pk=adviser).exists() or not _advises(adviser):
        raise BundleRefused(NO_ADVISER)
    if not starts_on <= ends_on <= starts_on + LONGEST:
        raise BundleRefused(DAYS)
    if Qualification.objects.filter(adviser=adviser, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise BundleRefused(OVERLAPS)
    return _made(adviser, starts_on, ends_on, by.party, at)


@transaction.atomic
def qualify_demo_advisers(*, at: datetime) -> int:
    """Qualify the advisers of the demo, once; gives how many were new. Nobody else ever gets one in this way."""
    subjects = [one.subject for one in PEOPLE if one.role == RoleKind.CAREER_ADVISER]
    known = Identity.objects.filter(issuer=ISSUER, subject__in=subjects, person__qualifications__isnull=True)
    found = list(known.values_list("person", flat=True))
    for adviser in found:
        _made(adviser, *OF_THE_DEMO, SITE, at)
    return len(found)


def _advises(person: int) -> bool:
    return Role.objects.filter(person=person, kind=RoleKind.CAREER_ADVISER).exists()


def _made(adviser: int, starts_on: date, ends_on: date, by: Party, at: datetime) -> Qualification:
    made = Qualification.objects.create(
        adviser_id=adviser, starts_on=starts_on, ends_on=ends_on, given_by_kind=by.kind, given_by_id=by.id, given_at=at
    )
    details: Details = {"adviser": adviser, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record("gave_qualification", Party("qualification", str(made.pk)), by=by, at=at, details=details)
    return made
