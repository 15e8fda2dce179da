"""How a round stands: open or not, how many came in, what is reserved and what is left. For pages, API and command line."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from doorleren.rounds.models import Gate, Place, PotPart, Round, Ticket


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round now. Amounts are whole cents; None is no ceiling of that kind. `state`: announced, open or closed."""

    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    tickets: int
    asked_cents: int
    inside: int
    outside: int
    waiting: int
    reserved_cents: int
    left_cents: int | None
    left_number: int | None


def standing_of(round_: Round) -> RoundStanding:
    """Look how a round stands."""
    gate = Gate.objects.get(pk=round_.pk)
    came_in = Ticket.objects.filter(round=round_).aggregate(cents=Sum("cents"))["cents"] or 0
    tickets = Ticket.objects.filter(round=round_).count()
    outcomes = Counter(Place.objects.filter(ticket__round=round_).values_list("outcome", flat=True))
    parts = list(PotPart.objects.filter(round=round_))
    return RoundStanding(
        state="announced" if gate.opened_at is None else "open" if gate.closed_at is None else "closed",
        opened_at=gate.opened_at, closed_at=gate.closed_at, tickets=tickets, asked_cents=came_in,
        inside=outcomes["inside"], outside=outcomes["outside"], waiting=tickets - outcomes["inside"] - outcomes["outside"],
        reserved_cents=sum(part.cents for part in parts),
        left_cents=_left([(part.ceiling_cents, part.cents) for part in parts]),
        left_number=_left([(part.ceiling_number, part.number) for part in parts]),
    )  # fmt: skip


def _left(parts: list[tuple[int | None, int]]) -> int | None:
    """Add up what is left of the parts that have a ceiling; the rest of a round without one has none."""
    known = [ceiling - spent for ceiling, spent in parts if ceiling is not None]
    return sum(known) if known else None
