"""Fixing the place of a ticket: a decision comes to rest on it. From then on nothing here changes it.

For whoever decides, in the transaction of the decision: a grant rests on a place inside, a refusal at the ceiling on one
outside. What becomes of the money when a decision is withdrawn is for that decision to say.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold, hold_all
from doorleren.rounds.answers import refused
from doorleren.rounds.models import NUMBER_BITS, Allocation, FixedPlace, Place, Ticket, Withdrawal
from doorleren.rounds.queries import PlaceNow, changes_of, place_from, place_now


def fix_place(ticket: int, *, at: datetime) -> PlaceNow:
    """Fix the place of a ticket as it is now, and give it; the same again where it was fixed before. Raises RoundRefused.

    The allocation of the round is locked, so that no freed place is given meanwhile; then the ticket (withdraw_ticket).
    It records no act: that of the decision says what was done.
    """
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=ticket >> NUMBER_BITS)
        hold(Party("ticket", str(ticket)))
        row = Ticket.objects.get(pk=ticket)
        if hasattr(row, "withdrawal"):
            raise refused("Deze aanvraag is ingetrokken.", "This application has been withdrawn.")
        place = place_now(row)
        if place is None:
            raise refused("Deze aanvraag heeft nog geen plaats.", "This application has no place yet.")
        FixedPlace.objects.bulk_create([FixedPlace(ticket=row, fixed_at=at)], ignore_conflicts=True)
    return place


def places_to_fix(round_: int, tickets: Collection[int]) -> dict[int, tuple[PlaceNow, int]]:
    """Lock places of a round until the commit as `fix_place` does, and give them as they are, with their positions.

    Left out is who withdrew or has no place. Nothing is fixed yet: `fix_places` does that for those that are decided on.
    """
    Allocation.objects.select_for_update().get(pk=round_)
    hold_all(Party("ticket", str(one)) for one in tickets)
    gone = set(Withdrawal.objects.filter(pk__in=tickets).values_list("pk", flat=True))
    rows = Place.objects.filter(pk__in=set(tickets) - gone).values_list("pk", "position", "outcome", "cents", "reason")
    changed = changes_of(tickets)
    return {one: (changed.get(one) or place_from(*told), position) for one, position, *told in rows}


def fix_places(tickets: Iterable[int], *, at: datetime) -> None:
    """Fix places that `places_to_fix` locked, in the same transaction."""
    rows = [FixedPlace(ticket_id=one, fixed_at=at) for one in tickets]
    FixedPlace.objects.bulk_create(rows, ignore_conflicts=True)
