"""Named reads of absences: who is away on a day, who takes their cases, and whose cases somebody takes."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from doorleren.people.models import Absence
from doorleren.people.queries import roles_in_force


def on_day(day: date) -> QuerySet[Absence]:
    """Give the absences that hold on a day; the last day counts, and one that was ended does not hold."""
    return Absence.objects.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)


def deputy_of(person: int, body: int, day: date) -> int | None:
    """Give who takes somebody's cases of a body on a day; None while they are there."""
    return on_day(day).filter(person=person, body=body).order_by("-pk").values_list("deputy", flat=True).first()


def kinds_stood_in_for(person: int, day: date) -> dict[tuple[int, int], frozenset[str]]:
    """Give for each colleague and body (ids) that somebody stands in for on a day, the kinds of role of that colleague there."""
    pairs = on_day(day).filter(deputy=person).values_list("person", "body").distinct()
    return {
        (who, body): frozenset(roles_in_force(who, day).filter(body=body).order_by().values_list("kind", flat=True))
        for who, body in pairs
    }


def known_to(bodies: Collection[int], day: date) -> QuerySet[Absence]:
    """Give the absences in these bodies that hold or are yet to begin, by their first day."""
    rows = Absence.objects.filter(body__in=bodies, ends_on__gte=day, ended_at=None)
    return rows.select_related("person", "deputy", "body").order_by("starts_on", "pk")
