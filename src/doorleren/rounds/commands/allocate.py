"""Giving tickets their place, a thousand at a time: whatever stops it, what was committed stands and the rest goes on.

A place is no decision: it says whether money is reserved. Ground: Awb 4:25(2). One allocation at a time per round: its
row is locked until the commit. Who withdrew before it stands outside; who withdraws later: fill_freed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.commands.note_completeness import note_followed
from doorleren.rounds.completing import Following, first_in_line, joining
from doorleren.rounds.freed import WITHDRAWN
from doorleren.rounds.models import Allocation, Place, PlaceChange, PotPart, Round, Ticket, Withdrawal
from doorleren.rounds.pot import REST, Pot, Spent, give
from doorleren.rounds.queries import changes_of, ids_of, in_turn, pot_of

MOST_AT_ONCE = 1000
ROWS_AT_ONCE = 5000
SITE = Party("site", "")

Treated = tuple[int, int, str]
"""What the pot has to know of a ticket: its id, the cents asked, the kind of applicant."""


def allocate(
    round_: int, *, at: datetime, order: Sequence[int] | None = None, days: Mapping[int, date] | None = None,
    most: int = MOST_AT_ONCE,
) -> int:  # fmt: skip
    """Give the next tickets of a round their places; give how many there were, 0 when everybody has one.

    `order` is the order of treatment by ticket id (queries.order_of_treatment); None is the order of arrival, which raises
    ValueError in a round that is not treated so. `days`: where the day counts, the one on which each ticket does. By arrival
    it goes no further than where somebody who was completed comes in: they come first (fill_freed).
    """
    with transaction.atomic():
        allocation = Allocation.objects.select_for_update().get(pk=round_)
        tickets = _next(round_, allocation, order, most)
        if not tickets:
            return 0
        row = Round.objects.get(pk=round_)
        if order is None and not in_turn(row):
            raise ValueError(f"order: given is none, in round {round_} the order of treatment is needed")
        pot, places = placed(pot_of(row), tickets, allocation.position + 1, at)
        for one in places:
            one.day = None if days is None else days[one.ticket_id]
        keep_places(allocation, pot, places, at=at, again={} if days is None else joining(row, at))
    return len(tickets)


def keep_places(
    allocation: Allocation, pot: Pot, places: Sequence[Place], *, at: datetime, again: Mapping[int, Following] | None = None
) -> None:  # fmt: skip
    """Keep the places that come next and the pot after them, in the transaction that has locked the allocation.

    `again`: who among them has a place already and comes in anew, as completed (completing.joining).
    """
    known = again or {}
    first = [one for one in places if one.ticket_id not in known]
    moved = _moved(allocation, places, known, at) if len(first) < len(places) else []
    Place.objects.bulk_create(first, batch_size=ROWS_AT_ONCE)
    PlaceChange.objects.bulk_create(moved, batch_size=ROWS_AT_ONCE)
    if moved:
        note_followed(allocation.pk)
    keep_pot(allocation.pk, pot)
    before = allocation.position
    allocation.position += len(first)
    allocation.last_ticket = places[-1].ticket_id
    allocation.save(update_fields=["position", "last_ticket", "divided", "draw_from"])
    inside = sum(one.outcome == "inside" for one in places)
    details: dict[str, Detail] = {"from": before + 1, "to": allocation.position, "inside": inside}
    if moved:
        details["completed"] = len(moved)
    record("allocated", Party("round", str(allocation.pk)), by=SITE, at=at, details=details)


def _moved(
    allocation: Allocation, places: Sequence[Place], again: Mapping[int, Following], at: datetime
) -> list[PlaceChange]:  # fmt: skip
    """Give what becomes of the places of who comes in anew, and number the others on without them."""
    changes, position = changes_of([one.ticket_id for one in places if one.ticket_id in again]), allocation.position
    moved = []
    for one in places:
        if one.ticket_id not in again:
            position += 1
            one.position = position
            continue
        moved.append(PlaceChange(
            ticket_id=one.ticket_id, turn=changes[one.ticket_id].turn + 1, outcome=one.outcome, reason=one.reason,
            cents=one.cents, follows=again[one.ticket_id].turn, position=position, changed_at=at,
        ))  # fmt: skip
    return moved


def placed(pot: Pot, tickets: Sequence[Treated], position: int, at: datetime) -> tuple[Pot, list[Place]]:
    """Give these tickets their places, the first at that position, and the pot after them. Keeps nothing."""
    gone = set(Withdrawal.objects.filter(pk__in=[id_ for id_, *_ in tickets]).values_list("pk", flat=True))
    places = []
    for number, (id_, cents, kind) in enumerate(tickets, position):
        made = Place(ticket_id=id_, position=number, outcome="outside", reason=WITHDRAWN, cents=0, allocated_at=at)
        if id_ not in gone:
            pot, place = give(pot, cents, kind)
            made.outcome, made.reason, made.cents = place.outcome, "", place.cents
        places.append(made)
    return pot, places


def _next(round_: int, allocation: Allocation, order: Sequence[int] | None, most: int) -> list[Treated]:
    """Find the tickets that come next, by arrival fewer than `most` where numbers were left out.

    By arrival a range of ids is asked and no LIMIT: before the table has been analysed PostgreSQL would otherwise sort all
    that still wait, for each thousand again.
    """
    if order is None:
        first, last = ids_of(round_)
        if (line := first_in_line(round_)) is not None:
            last = line
        waiting = Ticket.objects.filter(id__range=(max(first, allocation.last_ticket + 1), last))
        start = waiting.aggregate(id=Min("id"))["id"]
        if start is None:
            return []
        some = Ticket.objects.filter(id__range=(start, min(last, start + most - 1))).order_by("id")
        return list(some.values_list("id", "cents", "kind"))
    ids = order[allocation.position : allocation.position + most]
    found = {row[0]: row for row in Ticket.objects.filter(id__in=ids).values_list("id", "cents", "kind")}
    return [found[one] for one in ids]


def keep_pot(round_: int, pot: Pot) -> None:
    """Write how the pot stands; the constraints of its parts refuse what goes above the ceiling."""
    for part in (REST, *pot.rules.apart):
        spent = pot.spent.get(part, Spent())
        told = {"cents": spent.cents, "number": spent.number, "missed": spent.missed}
        PotPart.objects.filter(round_id=round_, part=part).update(**told)
