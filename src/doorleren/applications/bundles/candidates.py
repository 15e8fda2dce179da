"""Who may be there twice: registered or enrolled, born on the same day, with a name that resembles. For a human to look at.

Within a round, and where the scheme counts a person within a year or the whole scheme (`once` of a track) across its rounds.
Never a refusal: two people may share a day and a name, and one person may be written in two ways, or with a number that
is another's. Names are unsealed only for the days on which there is something to compare.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from doorleren.applications.bundles.names import likeness
from doorleren.applications.models import EnrolledPerson, Enrolment, RegisteredPerson
from doorleren.applications.models.sealed import SealedPerson
from doorleren.applications.offers.enrolments import GONE
from doorleren.applications.queries import tracks_of
from doorleren.core.days import AMSTERDAM
from doorleren.people.national_number import Keys
from doorleren.rounds.models import Round

ALIKE = 0.75
"""From which likeness of two names (0 to 1) a human looks. An assumption: it only decides what is shown."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two registrations or enrolments that may be of one person: their applications, names as written, birth, how alike.

    `numbers` is how many of both have a national number; with two they are other numbers. `enrolments`: the number of
    each where it is an enrolment, for one application has many. `rounds`: in which round each is.
    """

    applications: tuple[int, int]
    names: tuple[str, str]
    born: date
    likeness: float
    numbers: int
    enrolments: tuple[int | None, int | None]
    rounds: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _There:
    """Somebody who is there: the row, its round, the year in which it came, its application, and its number as an enrolment."""

    row: SealedPerson
    round: int
    year: int
    application: int
    enrolment: int | None = None


def candidates(round_: int, keys: Keys) -> list[Candidate]:
    """Give the pairs of a round that a human should look at, the most alike first, at most two hundred.

    What was withdrawn is nobody's double any more, nor is an enrolment that the participant said no to or that lapsed. Where both have
    a national number the names must be the same but for accents, particles and order.
    """
    rounds, a_year = compared_with(Round.objects.select_related("version").get(pk=round_))
    registered, enrolled = _registered(rounds), _enrolled(rounds)
    days = _days(registered, enrolled)
    by_day: dict[date, list[_There]] = {}
    for one in (*_as_registered(registered, days), *_as_enrolled(enrolled, days)):
        by_day.setdefault(one.row.birth_date, []).append(one)
    pairs = [pair for some in by_day.values() for pair in _pairs(some, round_, a_year, keys)]
    return sorted(pairs, key=lambda one: (-one.likeness, one.applications, _numbers(one.enrolments)))[:MOST]


def compared_with(round_: Round) -> tuple[list[int], bool]:
    """Give the rounds in which the same person would count as well, and whether only within one calendar year.

    A rehearsal counts for itself, and so does a round of which the scheme says nothing.
    """
    within = {one.once.within for one in tracks_of(round_) if one.once is not None and one.once.who == "person"}
    if round_.rehearsal or not within & {"year", "scheme"}:
        return [round_.pk], False
    same = Round.objects.filter(version__scheme=round_.version.scheme, body=round_.body_id, rehearsal=False)
    return list(same.values_list("pk", flat=True)), "scheme" not in within


def _registered(rounds: Sequence[int]) -> QuerySet[RegisteredPerson]:
    found = RegisteredPerson.objects.filter(registration__round__in=rounds)
    return found.filter(registration__application__withdrawn_at__isnull=True)


def _enrolled(rounds: Sequence[int]) -> QuerySet[EnrolledPerson]:
    found = EnrolledPerson.objects.filter(enrolment__round__in=rounds)
    gone = Enrolment.objects.filter(GONE, round__in=rounds)
    return found.filter(enrolment__application__withdrawn_at__isnull=True).exclude(pk__in=gone.values("pk"))


def _days(*found: QuerySet[Any]) -> set[date]:
    """Give the days on which there is something to compare: several were born, one has no number or the name of another."""
    born: Counter[date] = Counter()
    named: Counter[tuple[date, str]] = Counter()
    unsure: set[date] = set()
    for some in found:
        for day, name, lookup in some.values_list("birth_date", "name_key", "lookup").iterator():
            born[day] += 1
            named[day, name] += 1
            if not lookup:
                unsure.add(day)
    return {day for day in unsure if born[day] > 1} | {day for (day, _name), many in named.items() if many > 1}


def _as_registered(found: QuerySet[RegisteredPerson], days: Collection[date]) -> Iterator[_There]:
    for row in found.filter(birth_date__in=days).select_related("registration").order_by("pk"):
        one = row.registration
        yield _There(row, one.round_id, one.registered_on.year, one.application_id)


def _as_enrolled(found: QuerySet[EnrolledPerson], days: Collection[date]) -> Iterator[_There]:
    for row in found.filter(birth_date__in=days).select_related("enrolment").order_by("pk"):
        one = row.enrolment
        yield _There(row, one.round_id, one.at.astimezone(AMSTERDAM).year, one.application_id, one.pk)


def _pairs(some: Sequence[_There], round_: int, a_year: bool, keys: Keys) -> Iterator[Candidate]:
    names = [keys.opened(one.row.sealed_name) for one in some]
    for place, one in enumerate(some):
        for later in range(place + 1, len(some)):
            other = some[later]
            if round_ not in (one.round, other.round) or (
                a_year and one.round != other.round and one.year != other.year
            ):
                continue
            numbers = bool(one.row.lookup) + bool(other.row.lookup)
            same = one.row.lookup == other.row.lookup  # the same number is refused, not listed (commands/count_for.py)
            if numbers == 2 and (same or one.row.name_key != other.row.name_key):
                continue
            alike = likeness(names[place], names[later])
            if alike >= ALIKE:
                yield Candidate(
                    (one.application, other.application), (names[place], names[later]), one.row.birth_date, alike,
                    numbers, (one.enrolment, other.enrolment), (one.round, other.round),
                )  # fmt: skip


def _numbers(enrolments: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(one or 0 for one in enrolments)
