"""Fixing the place of a ticket: a decision comes to rest on it. From then on nothing here changes it.

For whoever decides, in the transaction of the decision: a grant rests on a place inside, a refusal at the ceiling on one
outside. What becomes of the money when a decision is withdrawn is for that decision to say.
"""

from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold
from doorleren.rounds.answers import refused
from doorleren.rounds.models import NUMBER_BITS, Allocation, FixedPlace, Ticket
from doorleren.rounds.queries import PlaceNow, place_now


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
