"""When a round opens and closes by itself, never by a clock that jumped.

It opens only where two people released its opening, or a new one after it failed. Once it is open its announced end holds, whoever opened it. At the ceiling
a rehearsal stays open, so that one can see what happens to who comes too late, unless two people opened it.

Called by the keeper of rounds (server/rounds_keeper.py), which holds the clock against another one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from doorleren.rounds.models import Round, RoundProposal, Ticket
from doorleren.rounds.ordering import AS_THEY_COME
from doorleren.rounds.pot import REST, nothing_left
from doorleren.rounds.queries import announced_for, ids_of, pot_from

Why = Literal["time", "ceiling"]
OTHER_ENDS = ("reopen", "fall_back")
"""Acts of two people that say until when a round is open, in their detail `until`."""
Closings = Mapping[int, datetime | None]
"""When rounds close as they stand, by number (closings_of)."""


def released_rounds() -> QuerySet[Round]:
    """Give the rounds whose opening two people released."""
    anew = Q(act="fall_back", details__has_key="opens")
    opening = RoundProposal.objects.filter(Q(act="open") | anew, released_at__isnull=False)
    return Round.objects.filter(pk__in=opening.values("round"))


def due_to_open(at: datetime, round_: int | None = None) -> list[int]:
    """Give the rounds that open now: never opened yet, and not over before they began; with a number that one only."""
    begun = _of(released_rounds(), round_).filter(gate__opened_at__isnull=True, opens_at__lte=at)
    return list(begun.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at)).values_list("pk", flat=True))


def due_to_close(at: datetime, round_: int | None = None) -> list[tuple[int, Why]]:
    """Give the open rounds that close now, and why: their time has come, or nobody after this can get anything; as above."""
    reopened = RoundProposal.objects.filter(act__in=OTHER_ENDS, released_at__isnull=False).order_by("released_at")
    rows = _of(Round.objects.filter(gate__opened_at__isnull=False, gate__closed_at__isnull=True), round_)
    by_two = set(_of(released_rounds(), round_).values_list("pk", flat=True))
    found: list[tuple[int, Why]] = []
    for row in rows.select_related("gate", "allocation").prefetch_related(
        "parts", Prefetch("proposals", reopened, "reopenings")
    ):
        closes = closing_of(row, row.reopenings)
        if closes is not None and closes <= at:
            found.append((row.pk, "time"))
        elif (row.pk in by_two or not row.rehearsal) and at_the_ceiling(row, at):
            found.append((row.pk, "ceiling"))
    return found


def _of(rows: QuerySet[Round], round_: int | None) -> QuerySet[Round]:
    return rows if round_ is None else rows.filter(pk=round_)


def closing_of(row: Round, reopenings: Iterable[RoundProposal]) -> datetime | None:
    """Give when a round closes: as announced, or as the last act of OTHER_ENDS (oldest first) says."""
    closes = row.closes_at
    for one in reopenings:
        until = one.details.get("until")
        closes = datetime.fromisoformat(until) if until else None
    return closes


def closings_of(rounds: Iterable[Round]) -> dict[int, datetime | None]:
    """Give when each round closes as it stands: as announced, or as two people said since; None where it has no end."""
    rows = {row.pk: row for row in rounds}
    acts: dict[int | None, list[RoundProposal]] = {number: [] for number in rows}
    released = RoundProposal.objects.filter(act__in=OTHER_ENDS, released_at__isnull=False, round__in=list(rows))
    for one in released.order_by("released_at"):
        acts[one.round_id].append(one)
    return {number: closing_of(row, acts[number]) for number, row in rows.items()}


def at_the_ceiling(row: Round, at: datetime) -> bool:
    """Say whether nobody who comes in from now on can get anything, whatever came in before. Reads gate and parts of it.

    By arrival, or without an order: no part has anything left; where the day counts also once more was asked on a day than there is, if smaller ones
    do not go on. Drawn among who was present: everybody after those asks in vain once all asked
    together what there is, if smaller ones do not go on. In any other order who comes last may still be first.
    """
    announced = announced_for(row)
    pot = pot_from(announced.pot, row.parts.all())
    if announced.pot.waiting_list:
        return False
    if row.order in AS_THEY_COME:
        stops = not announced.pot.goes_on and not announced.pot.apart
        return nothing_left(pot) or (announced.per_day and stops and row.allocation.draw_from is not None)
    opened = row.gate.opened_at
    over = opened is not None and (at - opened).total_seconds() > announced.present_seconds
    if row.order != "random_present" or not over or announced.pot.goes_on or announced.pot.apart:
        return False
    left, came = pot.left(REST), Ticket.objects.filter(id__range=ids_of(row.pk), withdrawal=None)
    asked = came.aggregate(cents=Sum("cents"), number=Count("id"))
    return (left.cents is not None and (asked["cents"] or 0) >= left.cents) or (
        left.number is not None and asked["number"] >= left.number
    )
