"""Named reads of people: what somebody is and for whom they act on a day."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from doorleren.people.models import Mandate, Role, Session


def in_force(day: date) -> Q:
    """Give the condition that a role or mandate holds on a day; the last day counts."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def roles_in_force(person: int, day: date) -> QuerySet[Role]:
    """Give somebody's roles on a day, with their bodies and organisations."""
    return Role.objects.filter(in_force(day), person=person).select_related("body", "organisation").order_by("id")


def mandates_in_force(person: int, day: date) -> QuerySet[Mandate]:
    """Give somebody's mandates on a day, with their organisations."""
    return Mandate.objects.filter(in_force(day), person=person).select_related("organisation").order_by("id")


def open_sessions(person: int, at: datetime) -> int:
    """Count the browsers in which somebody is signed in at a moment."""
    return Session.objects.filter(person=person, expire_date__gt=at).count()
