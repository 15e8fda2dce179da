"""Named reads of rounds: the pot as it stands, and tickets in their order of treatment."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from doorleren.core.days import AMSTERDAM
from doorleren.rounds.announced import Announced, read, sealed
from doorleren.rounds.models import NUMBER_BITS, PotPart, Round, Ticket
from doorleren.rounds.ordering import Filed, ordered
from doorleren.rounds.pot import REST, Ceiling, Pot, PotRules, Spent

AT_ONCE = 20_000


def announced_for(round_: Round) -> Announced:
    """Give what was announced of a round."""
    return read(round_.announced)


def pot_of(round_: Round) -> Pot:
    """Give the pot of a round as the database has it now."""
    return pot_from(announced_for(round_).pot, PotPart.objects.filter(round=round_))


def pot_from(rules: PotRules, parts: Iterable[PotPart]) -> Pot:
    """Give the pot with the ceilings that its parts have now: money may have been moved since they were announced."""
    rows = {row.part: row for row in parts}
    apart = {name: Ceiling(rows[name].ceiling_cents, rows[name].ceiling_number) for name in rules.apart}
    rest = rows[REST]
    whole = Ceiling(
        _whole(rest.ceiling_cents, [one.cents for one in apart.values()]),
        _whole(rest.ceiling_number, [one.number for one in apart.values()]),
    )
    spent = {name: Spent(row.cents, row.number, row.missed) for name, row in rows.items()}
    return Pot(replace(rules, ceiling=whole, apart=apart), spent)


def _whole(rest: int | None, apart: list[int | None]) -> int | None:
    return None if rest is None else rest + sum(one or 0 for one in apart)


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
