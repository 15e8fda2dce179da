"""Who may have been registered twice in a round: born on the same day, with a name that resembles. For a human to look at.

Never a refusal: two people may share a day and a name, and one person may be written in two ways, or with a number that
is another's. Names are unsealed only for the days on which there is something to compare.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from doorleren.applications.bundles.names import likeness
from doorleren.applications.models import RegisteredPerson
from doorleren.people.national_number import Keys

ALIKE = 0.75
"""From which likeness of two names (0 to 1) a human looks. An assumption: it only decides what is shown."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two registrations that may be of one person: their applications, names as written, the day of birth, how alike.

    `numbers` is how many of both have a national number; with two they are other numbers.
    """

    applications: tuple[int, int]
    names: tuple[str, str]
    born: date
    likeness: float
    numbers: int


def candidates(round_: int, keys: Keys) -> list[Candidate]:
    """Give the pairs of a round that a human should look at, the most alike first, at most two hundred.

    A registration that was withdrawn is nobody's double any more.
    Where both have a national number the names must be the same but for accents, particles and order.
    """
    found = RegisteredPerson.objects.filter(
        registration__round=round_, registration__application__withdrawn_at__isnull=True
    )
    unsure = found.filter(lookup="").values_list("birth_date", flat=True)
    many = found.filter(birth_date__in=unsure).values("birth_date").annotate(many=Count("pk")).filter(many__gt=1)
    same = found.values("birth_date", "name_key").annotate(many=Count("pk")).filter(many__gt=1)
    days = {one["birth_date"] for one in (*many, *same)}
    by_day: dict[date, list[RegisteredPerson]] = {}
    for row in found.filter(birth_date__in=days).select_related("registration").order_by("birth_date", "pk"):
        by_day.setdefault(row.birth_date, []).append(row)
    pairs = [one for some in by_day.values() for one in _pairs(some, keys)]
    return sorted(pairs, key=lambda one: (-one.likeness, one.applications))[:MOST]


def _pairs(rows: Sequence[RegisteredPerson], keys: Keys) -> Iterator[Candidate]:
    names = [keys.opened(row.sealed_name) for row in rows]
    for place, row in enumerate(rows):
        for later in range(place + 1, len(rows)):
            other = rows[later]
            numbers = bool(row.lookup) + bool(other.lookup)
            if numbers == 2 and row.name_key != other.name_key:
                continue
            alike = likeness(names[place], names[later])
            if alike >= ALIKE:
                both = (row.registration.application_id, other.registration.application_id)
                yield Candidate(both, (names[place], names[later]), row.birth_date, alike, numbers)
