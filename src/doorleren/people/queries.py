"""Named reads of people: what somebody is and for whom they act on a day, and what an administrator sees of that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from doorleren.audit.rows import joined
from doorleren.people.models import Body, Identity, Mandate, Organisation, Person, Role, Session

LARGEST_NUMBER = 2**63 - 1
MOST_OF_A_NAME = 20
MOST_IN_TEAM = 100
Held = TypeVar("Held", Role, Mandate)
_HELD = """people_role held JOIN people_person who ON who.id = held.person_id
LEFT JOIN people_body body ON body.id = held.body_id LEFT JOIN people_organisation organisation ON organisation.id = held.organisation_id
WHERE held.person_id = %s AND held.starts_on <= %s AND (held.ends_on IS NULL OR held.ends_on >= %s) ORDER BY held.id"""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which roles or mandates are looked for: within a body (id), of an organisation (part of its name, or KvK number),
    of a kind, of people whose name has this in it. Empty: all."""

    body: int | None = None
    organisation: str = ""
    kind: str = ""
    name: str = ""


def in_force(day: date) -> Q:
    """Give the condition that a role or mandate holds on a day; the last day counts."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def roles_in_force(person: int, day: date) -> QuerySet[Role]:
    """Give somebody's roles on a day, with their bodies and organisations."""
    return Role.objects.filter(in_force(day), person=person).select_related("body", "organisation").order_by("id")


def roles_held(person: int, day: date) -> tuple[Role, ...]:
    """Give the same with who has them, in one short question: every page of an official asks it."""
    found = joined({"held": Role, "who": Person, "body": Body, "organisation": Organisation}, _HELD, [person, day, day])
    for role, who, body, organisation in found:
        role.person, role.body, role.organisation = who, body, organisation
    return tuple(one[0] for one in found)


def teams_of(body: int) -> list[str]:
    """Name the teams of a body, in order."""
    held = Role.objects.filter(body=body).exclude(team="")
    return sorted(held.values_list("team", flat=True).distinct())


def team_of(person: int, body: int, day: date) -> tuple[int, ...]:
    """Give who is in a team of a body with somebody on a day, themselves among them; none for who is in no team."""
    own = roles_in_force(person, day).filter(body=body).exclude(team="").order_by().values("team")
    held = Role.objects.filter(in_force(day), body=body, team__in=own, person__is_active=True)
    return tuple(sorted(held.order_by().values_list("person_id", flat=True).distinct()[:MOST_IN_TEAM]))


def kinds_of_role(person: int, day: date) -> frozenset[str]:
    """Give the kinds of role that somebody has on a day, in one short question; none for who is blocked."""
    held = Role.objects.filter(in_force(day), person=person, person__is_active=True)
    return frozenset(held.values_list("kind", flat=True).distinct())


def mandates_in_force(person: int, day: date) -> QuerySet[Mandate]:
    """Give somebody's mandates on a day, with their organisations."""
    return Mandate.objects.filter(in_force(day), person=person).select_related("organisation").order_by("id")


def open_sessions(person: int, at: datetime) -> int:
    """Count the browsers in which somebody is signed in at a moment."""
    return Session.objects.filter(person=person, expire_date__gt=at).count()


def roles_kept_by(bodies: Collection[int], day: date, narrowed: Narrowed) -> QuerySet[Role]:
    """Give the roles that administrators of these bodies keep: those within the bodies, and those within organisations.

    In force on the day or yet to begin, by name. Participants have no role that anybody keeps.
    """
    found = Role.objects.filter(_not_over(day), Q(body__in=bodies) | Q(organisation__isnull=False))
    if narrowed.body is not None:
        found = found.filter(body=narrowed.body)
    if narrowed.kind:
        found = found.filter(kind=narrowed.kind)
    return _narrowed(found, narrowed).select_related("person", "body", "organisation")


def mandates_kept(day: date, narrowed: Narrowed) -> QuerySet[Mandate]:
    """Give the mandates that are in force on the day or yet to begin, by name."""
    return _narrowed(Mandate.objects.filter(_not_over(day)), narrowed).select_related("person", "organisation")


def page_after(found: QuerySet[Held], after: Held | None, size: int) -> tuple[list[Held], int | None]:
    """Give the rows that come after one in the order of names, and the number to go on after (None: there is no more)."""
    if after is not None:
        name = after.person.name
        found = found.filter(Q(person__name__gt=name) | Q(person__name=name, pk__gt=after.pk))
    rows = list(found[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None


def people_called(text: str) -> list[Person]:
    """Give who has this number or exactly this name (capitals do not count), at most twenty; blocked people are left out.

    Whole names only: who gives somebody a role knows who that is, and nobody leafs through people here.
    """
    wanted = text.strip()
    if not wanted:
        return []
    if wanted.isascii() and wanted.isdecimal():
        asked = Q(pk=min(int(wanted), LARGEST_NUMBER))
    else:
        asked = Q(name__iexact=" ".join(wanted.split()))
    return list(Person.objects.filter(asked, is_active=True).order_by("pk")[:MOST_OF_A_NAME])


def identity_of(issuer: str, subject: str) -> Identity | None:
    """Give how somebody is known at a provider of identities; None for who was never here."""
    return Identity.objects.filter(issuer=issuer, subject=subject).first()


def organisation_of(kvk: str) -> Organisation | None:
    """Give the organisation with a KvK number, spaces and points left out."""
    return Organisation.objects.filter(kvk=kvk.replace(" ", "").replace(".", "")[:8]).first()


def _not_over(day: date) -> Q:
    """In force or yet to begin; what was withdrawn before its first day is neither."""
    return Q(ends_on__isnull=True) | (Q(ends_on__gte=day) & Q(ends_on__gte=F("starts_on")))


def _narrowed(found: QuerySet[Held], narrowed: Narrowed) -> QuerySet[Held]:
    if narrowed.name:
        found = found.filter(person__name__icontains=narrowed.name)
    if narrowed.organisation:
        asked = narrowed.organisation
        found = found.filter(Q(organisation__kvk=asked) | Q(organisation__name__icontains=asked))
    return found.order_by("person__name", "pk")
