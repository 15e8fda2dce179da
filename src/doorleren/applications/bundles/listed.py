"""Who is on the public list of advisers: who asked to be, and is a qualified adviser of that firm today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from doorleren.applications.models import AdviserListing, Qualification
from doorleren.people.models import Mandate, Role, RoleKind
from doorleren.people.queries import in_force

LONGEST_WORDS = 100
MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """An adviser as everybody sees them; `until` is the last day of the qualification."""

    name: str
    firm: str
    place: str
    email: str
    phone: str
    until: date


@dataclass(frozen=True, slots=True)
class Found:
    """The first of the advisers that fit, and how many there are in all."""

    rows: list[Listed]
    total: int


def listed_on(day: date) -> QuerySet[Any]:
    """Give the advisers to be found on a day, by place and name; each with `until`, the last day of the qualification."""
    holds = Qualification.objects.filter(adviser=OuterRef("adviser"), starts_on__lte=day, ends_on__gte=day)
    until = holds.order_by().values("adviser").annotate(last=Max("ends_on")).values("last")
    theirs = Role.objects.filter(
        in_force(day), person=OuterRef("adviser"), organisation=OuterRef("organisation"), kind=RoleKind.CAREER_ADVISER
    )
    mandated = Mandate.objects.filter(in_force(day), person=OuterRef("adviser"), organisation=OuterRef("organisation"))
    rows = AdviserListing.objects.filter(Exists(theirs), Exists(mandated), adviser__is_active=True)
    there = rows.annotate(until=Subquery(until)).filter(until__isnull=False)
    return there.select_related("adviser", "organisation").order_by("place", "adviser__name", "pk")


def advisers(words: str, day: date) -> Found:
    """Find advisers of whom the place, name or firm has these words; each of the words must be in one of them."""
    fits = Q()
    for word in words[:LONGEST_WORDS].split():
        fits &= Q(place__icontains=word) | Q(adviser__name__icontains=word) | Q(organisation__name__icontains=word)
    rows = listed_on(day).filter(fits)
    told = rows.values_list("adviser__name", "organisation__name", "place", "email", "phone", "until")
    return Found([Listed(*one) for one in told[:MOST]], rows.count())
