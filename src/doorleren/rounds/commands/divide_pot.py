"""Dividing the pot of a round in proportion over everybody, once its gate is shut. Ground: Kaderregeling 2.2; SLIM 3.17.

All or nothing: when it is stopped nothing has been given, and it starts anew. What is set apart in money for a kind of
applicant is divided over that kind, the rest over the others. Who withdrew before it stands outside and takes no share.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.rounds.freed import WITHDRAWN
from doorleren.rounds.models import Allocation, Place, PotPart, Round, Ticket
from doorleren.rounds.pot import REST
from doorleren.rounds.pro_rata import divide
from doorleren.rounds.queries import announced_for, ids_of

SITE = Party("site", "")
ROWS_AT_ONCE = 5000


def divide_pot(round_: int, *, order: Sequence[int], at: datetime) -> int:
    """Give all tickets of a round their share; give how many there were, 0 when it was divided already.

    `order` holds all its ids; it settles the last cents and gives the positions.
    """
    with transaction.atomic():
        allocation = Allocation.objects.select_for_update().get(pk=round_)
        if allocation.position or not order:
            return 0
        row = Round.objects.get(pk=round_)
        asked = {id_: (kind, cents) for id_, kind, cents in _asked(round_)}
        parts = {part.part: part for part in PotPart.objects.filter(round=row)}
        shares: dict[int, int] = {}
        for name, part in parts.items():
            own = {id_: cents for id_, (kind, cents) in asked.items() if (kind if kind in parts else REST) == name}
            ceiling = sum(own.values()) if part.ceiling_cents is None else part.ceiling_cents
            given = divide(ceiling, own, floor_cents=announced_for(row).floor_cents, order=order)
            PotPart.objects.filter(pk=part.pk).update(cents=sum(given.values()), number=len(given))
            shares |= given
        _keep(shares, order, at)
        allocation.position, allocation.last_ticket = len(order), max(order)
        allocation.save(update_fields=["position", "last_ticket"])
        details = {"number": len(order), "cents": sum(shares.values())}
        record("divided", Party("round", str(round_)), by=SITE, at=at, details=details)
    return len(order)


def _asked(round_: int) -> Sequence[tuple[int, str, int]]:
    """Give id, kind and cents of who did not withdraw."""
    came = Ticket.objects.filter(id__range=ids_of(round_), withdrawal__isnull=True)
    return list(came.values_list("id", "kind", "cents"))


def _keep(shares: dict[int, int], order: Sequence[int], at: datetime) -> None:
    places = (
        Place(
            ticket_id=id_, position=position, outcome="inside" if shares.get(id_) else "outside",
            reason="" if id_ in shares else WITHDRAWN, cents=shares.get(id_, 0), allocated_at=at,
        )
        for position, id_ in enumerate(order, 1)
    )  # fmt: skip
    Place.objects.bulk_create(places, batch_size=ROWS_AT_ONCE)
