"""Whose place follows completeness: who was found incomplete, who was completed, and where that puts them in the order.

| order | who was completed comes |
|---|---|
| arrival, none | after who had come in when it was noted; noted a day later or more: after who came on the day of the completion |
| arrival, where the day counts | on the day of the completion, with the draw among those of that day |
| random_present, draw | at the end, in order of completion |
| ranking, pro_rata | where it was: the order asks nothing of the moment |

Ground: Kaderregeling subsidies OCW, SZW en VWS 2.3; Subsidieregeling SLIM 2.10; which round it holds for is announced
(`follows_completion`). What follows for the places is done by commands/fill_freed.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet

from doorleren.core.days import Asked, day_of
from doorleren.core.draw import drawn_key
from doorleren.rounds.announced import Announced, sealed
from doorleren.rounds.days import last_over
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.models import Allocation, Completeness, FixedPlace, Place, PlaceChange, Round, Ticket
from doorleren.rounds.queries import announced_for, ids_of, in_turn, last_changes, last_completeness

END = 1 << 62
"""After everybody who was drawn."""
DRAWN_FIRST = ("draw", "random_present")
"""Orders in which who was completed comes at the end: everybody who was there has been drawn by then."""

Key = tuple[int, date, datetime, int]
"""Where somebody stands in the order: right after the one with this position, among those there by day and moment of completion.

Where the day counts and a draw was held, not the moment but the draw says who comes first of a day: then it is `OF_A_DAY`.
"""
OF_A_DAY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Completed:
    """A completion as the order sees it: of which ticket, its day, the last ticket before it, and when it was noted.

    `stands`: right after which position it got a place since; None where it has none yet.
    """

    ticket: int
    day: date
    after: int
    noted_at: datetime
    stands: int | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """A place that does not follow yet what was found: `turn` of its completeness, and the completion (None: it is incomplete).

    `held`: the place is still the one that it had before, so it is to be taken back.
    """

    ticket: int
    turn: int
    held: bool
    completed: Completed | None = None


def at_the_end(announced: Announced) -> bool:
    """Say whether who was completed comes at the end of the order, in order of completion."""
    return announced.follows_completion and announced.order in DRAWN_FIRST


def unfollowed() -> QuerySet[Completeness]:
    """Find what was found of tickets that were not withdrawn, and that their places do not follow yet."""
    followed = PlaceChange.objects.filter(ticket=OuterRef("ticket"), follows__gte=OuterRef("turn"))
    return Completeness.objects.filter(ticket__withdrawal=None).exclude(Exists(followed))


def following(round_: int) -> dict[int, Following]:
    """Give, by ticket, whose place in a round does not follow yet what was found last."""
    rows = unfollowed().filter(ticket__id__range=ids_of(round_))
    last = {row.ticket_id: row for row in rows.order_by("ticket", "turn")}
    if not last:
        return {}
    changes = last_changes(round_)
    fixed = set(FixedPlace.objects.filter(pk__in=last).values_list("pk", flat=True))
    found = {}
    for id_, row in last.items():
        completed = _completed(row)
        if completed is None or id_ not in fixed:
            now = changes.get(id_)
            found[id_] = Following(id_, row.turn, now is None or now.reason != INCOMPLETE, completed)
    return found


def ready(row: Round, waits: Collection[Following], at: datetime) -> dict[int, Completed]:
    """Give, by ticket, who was completed and can get a place now: everybody who comes before them has one.

    Where the day counts that is so for a day that was divided; the others come in with their day (place_day). Once everybody
    was drawn it is so for a day that is over: who completes later on it may come first, by the draw.
    """
    completed = {one.ticket: one.completed for one in waits if one.completed is not None}
    if not completed:
        return {}
    allocation = Allocation.objects.get(pk=row.pk)
    if in_turn(row):
        return {id_: one for id_, one in completed.items() if allocation.last_ticket >= one.after}
    announced = announced_for(row)
    if not announced.per_day:
        return completed if _all_placed(row.pk) else {}
    last = allocation.divided
    if allocation.seed and _all_placed(row.pk):
        last = last_over(at, paper_days=announced.paper_days)
    return {id_: one for id_, one in completed.items() if last is not None and one.day <= last}


def joining(row: Round, at: datetime) -> dict[int, Following]:
    """Give, by ticket, who was completed and comes in with a day that is over and yet to be divided, or with the draw.

    Only where the day counts.
    """
    announced = announced_for(row)
    if not announced.per_day:
        return {}
    waits, over = following(row.pk), last_over(at, paper_days=announced.paper_days)
    now = ready(row, waits.values(), at)
    return {
        id_: one
        for id_, one in waits.items()
        if one.completed and one.completed.day <= over and not one.held and id_ not in now
    }


def first_in_line(round_: int) -> int | None:
    """Give the ticket after which somebody who was completed comes, before who comes later; None where nobody waits so."""
    rows = unfollowed().filter(ticket__id__range=ids_of(round_), complete=True, ticket__fixed_place=None)
    return rows.order_by("after").values_list("after", flat=True).first()


def keys_of(row: Round, completed: Collection[Completed]) -> dict[int, Key]:
    """Say where each stands in the order of a round."""
    drawn = _drawn(row, [one.ticket for one in completed])
    return {
        one.ticket: (anchor, one.day, OF_A_DAY, drawn[one.ticket])
        if one.ticket in drawn
        else (anchor, one.day, one.noted_at, one.ticket)
        for one, anchor in _anchors(row, completed, drawn)
    }


def completions(stands: Mapping[int, int]) -> list[Completed]:
    """Give the last completion of each of these tickets, which have had a place since: right after that position."""
    rows = Completeness.objects.filter(ticket__in=stands, complete=True).order_by("ticket", "-turn").distinct("ticket")
    return [replace(one, stands=stands[one.ticket]) for one in map(_completed, rows) if one is not None]


def since_completed(round_: int) -> dict[int, int | None]:
    """Give, by ticket of who was ever found incomplete, the last one before it was completed; None while it is incomplete."""
    return {row.ticket_id: row.after for row in last_completeness(round_)}


def _completed(row: Completeness) -> Completed | None:
    if row.day is None or row.after is None:
        return None
    return Completed(row.ticket_id, row.day, row.after, row.noted_at)


def _drawn(row: Round, tickets: Collection[int]) -> dict[int, int]:
    """Give, by ticket, where the draw puts it among those of its day; nothing where the day does not count, or before a draw."""
    seed = Allocation.objects.values_list("seed", flat=True).get(pk=row.pk) if announced_for(row).per_day else ""
    rows = Ticket.objects.filter(pk__in=tickets).values_list("pk", "key", "content") if seed else ()
    return {id_: int.from_bytes(drawn_key(seed, sealed(row.pk, key, content))[0]) for id_, key, content in rows}


def _anchors(row: Round, completed: Collection[Completed], drawn: Mapping[int, int]) -> list[tuple[Completed, int]]:
    """Give with each the position that it comes right after."""
    if not announced_for(row).per_day and not in_turn(row):
        return [(one, END) for one in completed]
    return [(one, _anchor(row, one, drawn) if one.stands is None else one.stands) for one in completed]


def _anchor(row: Round, one: Completed, drawn: Mapping[int, int]) -> int:
    places = Place.objects.filter(ticket__id__range=ids_of(row.pk))
    if not announced_for(row).per_day:
        return _last(places.filter(ticket__lte=_last_before(row.pk, one)))
    divided = Allocation.objects.values_list("divided", flat=True).get(pk=row.pk)
    if one.ticket not in drawn or (divided is not None and one.day <= divided):
        return _last(places.filter(day__lte=one.day))
    of_day = dict(places.filter(day=one.day).values_list("ticket", "position"))
    turns = _drawn(row, of_day)
    before = [position for id_, position in of_day.items() if turns[id_] < drawn[one.ticket]]
    return max(before, default=0) or _last(places.filter(day__lt=one.day))


def _last(places: QuerySet[Place]) -> int:
    return places.aggregate(last=Max("position"))["last"] or 0


def _last_before(round_: int, one: Completed) -> int:
    """Give the last ticket before a completion: when it was noted, or on its day where it was noted later."""
    if one.day == day_of(one.noted_at):
        return one.after
    came = Ticket.objects.filter(
        id__range=(ids_of(round_)[0], one.after), arrived_at__lt=Asked(one.day + timedelta(days=1)).begins
    )
    return came.order_by("-id").values_list("id", flat=True).first() or 0


def _all_placed(round_: int) -> bool:
    return not Ticket.objects.filter(id__range=ids_of(round_), place__isnull=True).exists()
