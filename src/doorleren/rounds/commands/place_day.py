"""Giving places day by day, in a round where not the moment counts but the day of receipt (days.py).

A day that nobody can join any more is divided at once, all or nothing. As long as everybody of it fits whole the order among
them changes nothing, so no draw is needed. On the first day on which more is asked than there is, the draw settles who comes
first: it is held once, after the round has closed, over everybody who has no place yet (announce_draw, hold_draw, treat_all).
Ground: Kaderregeling 2.3.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from doorleren.rounds.announced import sealed
from doorleren.rounds.commands.allocate import Treated, keep_places, placed
from doorleren.rounds.completing import Following, joining
from doorleren.rounds.days import last_over
from doorleren.rounds.models import Allocation, Place, Round, RoundDraw, Ticket
from doorleren.rounds.queries import announced_for, days_counted, pot_of


def place_day(round_: int, *, at: datetime) -> int:
    """Give everybody of the next day that is over their place; give how many there were.

    0 when no day is over, or when a draw has to settle the next one: then `draw_from` of the allocation says which.
    """
    with transaction.atomic():
        allocation = Allocation.objects.select_for_update().get(pk=round_)
        if allocation.seed or RoundDraw.objects.filter(pk=round_).exists():
            return 0
        row = Round.objects.get(pk=round_)
        again = joining(row, at)
        day, tickets = _next_day(row, last_over(at, paper_days=announced_for(row).paper_days), again)
        if day is None:
            return 0
        pot, places = placed(pot_of(row), tickets, allocation.position + 1, at)
        if not _all_fit(places, {id_: cents for id_, cents, _ in tickets}):
            if allocation.draw_from != day:
                allocation.draw_from = day
                allocation.save(update_fields=["draw_from"])
            return 0
        for one in places:
            one.day = day
        allocation.divided, allocation.draw_from = day, None
        keep_places(allocation, pot, places, at=at, again=again)
    return len(tickets)


def _next_day(row: Round, over: date, again: Mapping[int, Following]) -> tuple[date | None, list[Treated]]:
    """Give the first day that is over and has tickets without a place, with these tickets in the order of their seals.

    With those of who comes in `again` on that day, since it was completed.
    """
    days = days_counted(row, waiting=True) | {id_: one.completed.day for id_, one in again.items() if one.completed}
    first = min(days.values(), default=None)
    if first is None or first > over:
        return None, []
    rows = Ticket.objects.filter(id__in=[id_ for id_, day in days.items() if day == first])
    told = sorted(
        (sealed(row.pk, key, content), id_, cents, kind)
        for key, content, id_, cents, kind in rows.values_list("key", "content", "id", "cents", "kind")
    )
    return first, [(id_, cents, kind) for _, id_, cents, kind in told]


def _all_fit(places: list[Place], asked: dict[int, int]) -> bool:
    """Say whether everybody who did not withdraw got all that they asked."""
    return all(one.reason or (one.outcome == "inside" and one.cents == asked[one.ticket_id]) for one in places)
