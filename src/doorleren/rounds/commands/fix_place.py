"""Fixing the place of a ticket: a decision comes to rest on it. From then on nothing here changes it.

For whoever decides, in the transaction of the decision: a grant rests on a place inside, a refusal at the ceiling on one
outside. What becomes of the money when a decision is withdrawn is for that decision to say.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold, hold_all
from doorleren.rounds.answers import RoundRefused, refused
from doorleren.rounds.commands.note_completeness import note_incomplete
from doorleren.rounds.completing import following
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.giving_anew import waiting
from doorleren.rounds.models import NUMBER_BITS, Allocation, FixedPlace, Place, PlaceChange, Ticket, Withdrawal
from doorleren.rounds.queries import PlaceNow, changes_of, ids_of, place_from, place_now


def fix_place(ticket: int, *, at: datetime) -> PlaceNow:
    """Fix the place of a ticket as it is now, and give it; the same again where it was fixed before. Raises RoundRefused.

    The allocation of the round is locked, so that no freed place is given meanwhile; then the ticket (withdraw_ticket).
    It records no act: that of the decision says what was done.
    """
    with transaction.atomic():
        row = _held(ticket)
        place = place_now(row)
        if place is None:
            raise refused("Deze aanvraag heeft nog geen plaats.", "This application has no place yet.")
        if row.pk in _moving(row.round_id, {row.pk: place}):
            raise _not_now()
        FixedPlace.objects.bulk_create([FixedPlace(ticket=row, fixed_at=at)], ignore_conflicts=True)
    return place


def give_back(ticket: int, *, by: Party, at: datetime) -> PlaceNow:
    """Let a ticket that is left out of treatment give back its place for good (fill_freed), and give the one that it had.

    That is the one of before it was found incomplete; none ("waiting") where it never had one. Raises RoundRefused.
    """
    with transaction.atomic():
        row = _held(ticket)
        change = PlaceChange.objects.filter(ticket=row).exclude(reason=INCOMPLETE).order_by("-turn").first()
        first = Place.objects.filter(ticket=row).first()
        note_incomplete(ticket, by=by, at=at, left_out=True)
        FixedPlace.objects.bulk_create([FixedPlace(ticket=row, fixed_at=at)], ignore_conflicts=True)
    if change is not None:
        return place_from(change.outcome, change.cents, change.reason, change.turn, change.follows, change.position)
    return place_from("waiting", 0, "") if first is None else place_from(first.outcome, first.cents, first.reason)


def places_to_fix(round_: int, tickets: Collection[int]) -> dict[int, tuple[PlaceNow, int]]:
    """Lock places of a round until the commit as `fix_place` does, and give them as they are, with their positions.

    Left out is who withdrew, has no place, or whose place is about to change. Nothing is fixed yet: `fix_places` does that for those that are decided on.
    """
    Allocation.objects.select_for_update().get(pk=round_)
    hold_all(Party("ticket", str(one)) for one in tickets)
    gone = set(Withdrawal.objects.filter(pk__in=tickets).values_list("pk", flat=True))
    rows = Place.objects.filter(pk__in=set(tickets) - gone).values_list("pk", "position", "outcome", "cents", "reason")
    changed = changes_of(tickets)
    places = {one: (changed.get(one) or place_from(*told), position) for one, position, *told in rows}
    moving = _moving(round_, {one: place for one, (place, _) in places.items()})
    return {
        one: (place, position if place.position is None else place.position)
        for one, (place, position) in places.items() if one not in moving
    }  # fmt: skip


def fix_places(tickets: Iterable[int], *, at: datetime) -> None:
    """Fix places that `places_to_fix` locked, in the same transaction."""
    rows = [FixedPlace(ticket_id=one, fixed_at=at) for one in tickets]
    FixedPlace.objects.bulk_create(rows, ignore_conflicts=True)


def _held(ticket: int) -> Ticket:
    """Lock the allocation and hold a ticket that was not withdrawn. Raises RoundRefused."""
    Allocation.objects.select_for_update().get(pk=ticket >> NUMBER_BITS)
    hold(Party("ticket", str(ticket)))
    row = Ticket.objects.get(pk=ticket)
    if hasattr(row, "withdrawal"):
        raise refused("Deze aanvraag is ingetrokken.", "This application has been withdrawn.")
    return row


def _moving(round_: int, places: Mapping[int, PlaceNow]) -> set[int]:
    """Give those whose place is about to change: it is taken back or given anew, or a freed one may come to them.

    Whoever was completed and waits for a day that is not over, or for the draw, gets no place before that.
    """
    waits = following(round_)
    freed = any(one.held for one in waits.values()) or waiting().filter(ticket__id__range=ids_of(round_)).exists()
    return {id_ for id_, place in places.items() if id_ in waits or (freed and place.outcome != "inside")}


def _not_now() -> RoundRefused:
    return refused(
        "De plaats van deze aanvraag wordt nog bepaald, omdat een aanvraag is ingetrokken, is aangevuld of niet compleet was. Probeer het later weer.",
        "The place of this application is yet to be settled, because one was withdrawn, was completed or was not complete. Try again later.",
    )
