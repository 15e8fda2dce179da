"""Named reads of rounds: the pot as it stands, and tickets in their order of treatment."""

from collections.abc import Iterator
from datetime import timedelta

from doorleren.core.days import AMSTERDAM
from doorleren.rounds.announced import Announced, read, sealed
from doorleren.rounds.models import NUMBER_BITS, PotPart, Round, Ticket
from doorleren.rounds.ordering import Filed, ordered
from doorleren.rounds.pot import Pot, Spent

AT_ONCE = 20_000


def announced_for(round_: Round) -> Announced:
    """Give what was announced of a round."""
    return read(round_.announced)


def pot_of(round_: Round) -> Pot:
    """Give the pot of a round as the database has it now."""
    rows = PotPart.objects.filter(round=round_)
    return Pot(announced_for(round_).pot, {row.part: Spent(row.cents, row.number, row.missed) for row in rows})


def sealed_tickets(round_: int) -> Iterator[str]:
    """Give the seal of every ticket of a round, for the list of a draw."""
    rows = Ticket.objects.filter(id__range=ids_of(round_)).values_list("key", "content")
    return (sealed(round_, key, content) for key, content in rows.iterator(AT_ONCE))


def ids_of(round_: int) -> tuple[int, int]:
    """Give the first and last id that a ticket of a round can have."""
    return round_ << NUMBER_BITS, ((round_ + 1) << NUMBER_BITS) - 1


def order_of_treatment(round_: Round, seed: str) -> list[int]:
    """Give the ids of all tickets that came in, as the round treats them; `seed` settles what the order leaves open."""
    announced, gate = announced_for(round_), round_.gate
    until = (gate.opened_at or round_.opens_at) + timedelta(seconds=announced.present_seconds)
    rows = Ticket.objects.filter(id__range=ids_of(round_.pk)).order_by("id")
    filed = {
        sealed(round_.pk, key, content): (id_, arrived)
        for key, content, id_, arrived in rows.values_list("key", "content", "id", "arrived_at").iterator(AT_ONCE)
    }
    order = ordered(
        (
            Filed(seal, arrived.astimezone(AMSTERDAM).toordinal() if announced.per_day else id_, arrived <= until)
            for seal, (id_, arrived) in filed.items()
        ),
        announced.order,
        seed,
    )
    return [filed[one.sealed][0] for one in order]
