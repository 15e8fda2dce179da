"""Taking from the pot what an objection won within the ceiling, so that nobody else is given the same money.

Only what is free and nobody waits for can be taken; the rest of what was won stands above the ceiling (Awb 4:25(3)). For whoever
decides on the objection, in that transaction, which has given what was free to who comes next (fill_freed).
"""

from dataclasses import replace
from datetime import datetime

from doorleren.rounds.commands.allocate import keep_pot
from doorleren.rounds.freed import WON
from doorleren.rounds.models import Allocation, PlaceChange, Ticket
from doorleren.rounds.pot import REST, Place, Pot, give, reopened, room, top_up
from doorleren.rounds.queries import PlaceNow, place_now, pot_of


def free_for(ticket: Ticket) -> int | None:
    """Give the cents that the pot has free for a ticket; nothing where the number is full; None for no ceiling in money."""
    now = place_now(ticket)
    return 0 if now is None else _free(ticket, pot_of(ticket.round), now)


def take_late(ticket: Ticket, cents: int, *, at: datetime) -> bool:
    """Let the place of a ticket hold so many cents more, and count it as inside; say whether the pot had that free."""
    Allocation.objects.select_for_update().get(pk=ticket.round_id)
    now, pot = place_now(ticket), pot_of(ticket.round)
    if now is None or ((free := _free(ticket, pot, now)) is not None and free < cents):
        return False
    if now.outcome == "inside":
        after, taken = top_up(reopened(pot), cents, ticket.kind)
        place = Place("inside", taken)
    else:
        after, place = give(reopened(pot), cents, ticket.kind)
    if place.outcome != "inside":
        return False
    spent = {
        name: replace(one, missed=name in pot.spent and pot.spent[name].missed) for name, one in after.spent.items()
    }
    keep_pot(ticket.round_id, replace(after, spent=spent))
    PlaceChange.objects.create(
        ticket=ticket, turn=now.turn + 1, outcome="inside", reason=WON, cents=now.cents + place.cents,
        follows=now.follows, position=now.position, changed_at=at,
    )  # fmt: skip
    return True


def _free(ticket: Ticket, pot: Pot, now: PlaceNow) -> int | None:
    """Give what is free; where all divide in proportion only of one's own part, for each is divided by itself."""
    free = room(pot, ticket.kind, inside=now.outcome == "inside")
    if ticket.round.order != "pro_rata" or free is None:
        return free
    own = pot.left(ticket.kind if ticket.kind in pot.rules.apart else REST).cents
    return free if own is None else min(free, own)
