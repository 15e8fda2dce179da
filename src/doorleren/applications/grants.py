"""How many grants an activity of the register has had in a year, counted from the places of applications. Reads only.

A place inside counts, as long as it is not a decision: a withdrawn one does not. Counted are the tracks that are bound to
the register; rehearsals count among themselves. Why, and until when: docs/adr/0029-caps-per-activity.md.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from doorleren.applications.answers import used_by
from doorleren.applications.models import Application
from doorleren.applications.one_training import bound_to_register, takes_one_training
from doorleren.core.days import AMSTERDAM, day_of
from doorleren.rounds.models import Gate, Place, PlaceChange, Round, Ticket
from doorleren.rules.library import Library
from doorleren.rules.versions import Track
from doorleren.schemes.queries import version_of


def is_bound(round_: Round, track: Track, library: Library) -> bool:
    """Say whether a track is bound to what the register decides: its rules look at it, or ask an enrolment in an activity of it."""
    return bound_to_register(version_of(round_.version_id), track, _used(round_, track, library))


def for_one_training(round_: Round, track: Track, library: Library) -> bool:
    """Say whether who files in a track must choose one training of the register (one_training.py)."""
    return takes_one_training(version_of(round_.version_id), track, _used(round_, track, library))


def grants_for(round_: Round, activities: Collection[int], *, library: Library, at: datetime) -> Mapping[int, int]:
    """Give the grants that count for applying in a round: those of its year up to its opening; before it opens, up to now.

    Who reaches the most is closed from the next round on (art. 12a Subsidieregeling STAP-budget): so the number stands
    still while a round is open, however many places are given in it.
    """
    opened = Gate.objects.values_list("opened_at", flat=True).filter(pk=round_.pk).first()
    year = day_of(opened or max(round_.opens_at, at)).year
    return grants_in(year, activities, until=opened or at, rehearsal=round_.rehearsal, library=library)


def grants_in(
    year: int, activities: Collection[int], *, until: datetime, library: Library, rehearsal: bool = False
) -> Counter[int]:  # fmt: skip
    """Count the places inside that were given in a calendar year (Amsterdam), as they stood at a moment, by activity."""
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key")).values("pk")[:1]
    start = datetime.combine(date(year, 1, 1), time(), AMSTERDAM)
    end = min(until, datetime.combine(date(year + 1, 1, 1), time(), AMSTERDAM))
    given = Place.objects.filter(ticket=OuterRef("ticket"), allocated_at__gte=start, allocated_at__lt=end)
    changed = PlaceChange.objects.filter(ticket=OuterRef("ticket"), changed_at__lt=until).order_by("-turn")
    rows = (
        Application.objects.filter(activity__in=activities, round__rehearsal=rehearsal)
        .annotate(ticket=Subquery(ticket))
        .annotate(first=Subquery(given.values("outcome")[:1]), last=Subquery(changed.values("outcome")[:1]))
        .filter(first__isnull=False)
        .annotate(outcome=Coalesce("last", "first"))
        .filter(outcome="inside")
        .values_list("activity", "round", "track")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: Counter[int] = Counter()
    bound: dict[tuple[int, str], bool] = {}
    for activity, round_, track, number in rows:
        if (round_, track) not in bound:
            bound[round_, track] = _is_bound(Round.objects.get(pk=round_), track, library)
        found[activity] += number if bound[round_, track] else 0
    return found


def _is_bound(round_: Round, track: str, library: Library) -> bool:
    return is_bound(round_, next(one for one in version_of(round_.version_id).tracks if one.id == track), library)


def _used(round_: Round, track: Track, library: Library) -> frozenset[str]:
    return used_by(round_, track, day_of(round_.opens_at), library)
