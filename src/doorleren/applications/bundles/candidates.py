"""Who may be in a round twice: registered or enrolled, born on the same day, with a name that resembles. For a human to look at.

Never a refusal: two people may share a day and a name, and one person may be written in two ways, or with a number that
is another's. Names are unsealed only for the days on which there is something to compare.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from doorleren.applications.bundles.names import likeness
from doorleren.applications.models import EnrolledPerson, RegisteredPerson, Word
from doorleren.applications.models.sealed import SealedPerson
from doorleren.people.national_number import Keys

ALIKE = 0.75
"""From which likeness of two names (0 to 1) a human looks. An assumption: it only decides what is shown."""
MOST = 200

Of = Callable[[Any], tuple[int, int | None]]
"""Tells the application of a row, and its number where it is an enrolment."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two registrations or enrolments that may be of one person: their applications, names as written, birth, how alike.

    `numbers` is how many of both have a national number; with two they are other numbers. `enrolments`: the numbers of
    both where they are enrolments, for one application has many.
    """

    applications: tuple[int, int]
    names: tuple[str, str]
    born: date
    likeness: float
    numbers: int
    enrolments: tuple[int, int] | None = None


def candidates(round_: int, keys: Keys) -> list[Candidate]:
    """Give the pairs of a round that a human should look at, the most alike first, at most two hundred.

    What was withdrawn is nobody's double any more, nor is an enrolment that the participant said no to. Where both have
    a national number the names must be the same but for accents, particles and order.
    """
    pairs = [*_registered(round_, keys), *_enrolled(round_, keys)]
    return sorted(pairs, key=lambda one: (-one.likeness, one.applications, one.enrolments or (0, 0)))[:MOST]


def _registered(round_: int, keys: Keys) -> Iterator[Candidate]:
    found = RegisteredPerson.objects.filter(
        registration__round=round_, registration__application__withdrawn_at__isnull=True
    ).select_related("registration")
    return _among(found, lambda one: (one.registration.application_id, None), keys)


def _enrolled(round_: int, keys: Keys) -> Iterator[Candidate]:
    denied = EnrolledPerson.objects.filter(enrolment__said__word__in=[Word.NOT_ME, Word.NOT_WANTED])
    found = (
        EnrolledPerson.objects.filter(enrolment__round=round_, enrolment__application__withdrawn_at__isnull=True)
        .exclude(pk__in=denied.values("pk"))
        .select_related("enrolment")
    )
    return _among(found, lambda one: (one.enrolment.application_id, one.enrolment_id), keys)


def _among(found: QuerySet[Any], of: Of, keys: Keys) -> Iterator[Candidate]:
    """Give the pairs among people who are kept in one table."""
    unsure = found.filter(lookup="").values_list("birth_date", flat=True)
    many = found.filter(birth_date__in=unsure).values("birth_date").annotate(many=Count("pk")).filter(many__gt=1)
    same = found.values("birth_date", "name_key").annotate(many=Count("pk")).filter(many__gt=1)
    days = {one["birth_date"] for one in (*many, *same)}
    by_day: dict[date, list[SealedPerson]] = {}
    for row in found.filter(birth_date__in=days).order_by("birth_date", "pk"):
        by_day.setdefault(row.birth_date, []).append(row)
    for some in by_day.values():
        yield from _pairs(some, of, keys)


def _pairs(rows: Sequence[SealedPerson], of: Of, keys: Keys) -> Iterator[Candidate]:
    names = [keys.opened(row.sealed_name) for row in rows]
    for place, row in enumerate(rows):
        for later in range(place + 1, len(rows)):
            other = rows[later]
            numbers = bool(row.lookup) + bool(other.lookup)
            if numbers == 2 and row.name_key != other.name_key:
                continue
            alike = likeness(names[place], names[later])
            if alike >= ALIKE:
                (first, one), (second, two) = of(row), of(other)
                enrolments = None if one is None or two is None else (one, two)
                both = (names[place], names[later])
                yield Candidate((first, second), both, row.birth_date, alike, numbers, enrolments)
