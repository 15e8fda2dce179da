"""Named reads of rounds: the pot as it stands, places as they are now, and tickets in their order of treatment."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum

from doorleren.core.days import day_of
from doorleren.core.draw_completed import Late
from doorleren.rounds.announced import Announced, read, sealed
from doorleren.rounds.days import counting_day
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.models import (
    NUMBER_BITS,
    Allocation,
    Completeness,
    DayOfReceipt,
    Gate,
    Place,
    PlaceChange,
    PotPart,
    Round,
    Ticket,
)
from doorleren.rounds.ordering import AS_THEY_COME, Filed, ordered
from doorleren.rounds.pot import REST, Ceiling, Outcome, Pot, PotRules, Spent

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


def completed_after_the_draw(round_: int) -> tuple[list[str], list[Late]]:
    """Give the seals of who is incomplete now, and who was completed and comes at the end of the order of a draw.

    Who was withdrawn is left out.
    """
    incomplete, completed = list[str](), list[Late]()
    for row in last_completeness(round_).filter(ticket__withdrawal=None).select_related("ticket"):
        seal = sealed(round_, row.ticket.key, row.ticket.content)
        if row.day is None:
            incomplete.append(seal)
        else:
            completed.append(Late(seal, row.day, row.noted_at))
    return incomplete, completed


def ids_of(round_: int) -> tuple[int, int]:
    """Give the first and last id that a ticket of a round can have."""
    return round_ << NUMBER_BITS, ((round_ + 1) << NUMBER_BITS) - 1


def in_turn(round_: Round) -> bool:
    """Say whether each ticket gets its place as it comes: by arrival, where the moment counts and not the day, or without an order."""
    return round_.order in AS_THEY_COME and not announced_for(round_).per_day


def days_counted(round_: Round, *, waiting: bool = False) -> dict[int, date]:
    """Give, by ticket, the day on which it counts in a round where the day counts (days.py); `waiting`: those without a place.

    Whoever has a place counts on the day that stands with it, and who was completed on the day of that.
    """
    announced, divided = announced_for(round_), Allocation.objects.values_list("divided", flat=True).get(pk=round_.pk)
    opened = day_of(Gate.objects.values_list("opened_at", flat=True).get(pk=round_.pk) or round_.opens_at)
    received = dict(DayOfReceipt.objects.filter(round=round_).values_list("content", "day"))
    rows = Ticket.objects.filter(id__range=ids_of(round_.pk))
    if waiting:
        rows = rows.filter(place__isnull=True)
    told = rows.values_list("id", "content", "arrived_at", "place__day")
    first = {
        id_: given
        or counting_day(
            day_of(arrived),
            received.get(content),
            opened=opened,
            paper_days=announced.paper_days,
            divided=divided,
        )
        for id_, content, arrived, given in told.iterator(AT_ONCE)
    }
    return first if waiting else first | completed_days(round_.pk)


def completed_days(round_: int) -> dict[int, date]:
    """Give, by ticket, the day on which it was completed; who is incomplete now is left out."""
    return {row.ticket_id: row.day for row in last_completeness(round_) if row.day is not None}


def last_completeness(round_: int) -> QuerySet[Completeness]:
    """Give what was found last of each ticket of a round that was ever found incomplete."""
    rows = Completeness.objects.filter(ticket__id__range=ids_of(round_))
    return rows.order_by("ticket", "-turn").distinct("ticket")


def last_found(ticket: int) -> Completeness | None:
    """Give what was found of a ticket last; None where nothing ever was."""
    return Completeness.objects.filter(ticket=ticket).order_by("-turn").first()


def day_counted(ticket: Ticket) -> date | None:
    """Give the day on which one ticket counts; None in a round where the day does not count, and while it is incomplete."""
    announced = announced_for(ticket.round)
    if not announced.per_day:
        return None
    found = last_found(ticket.pk)
    if found is not None:
        return found.day
    given = Place.objects.filter(pk=ticket.pk).values_list("day", flat=True).first()
    opened = Gate.objects.values_list("opened_at", flat=True).get(pk=ticket.round_id) or ticket.round.opens_at
    received = DayOfReceipt.objects.filter(round=ticket.round_id, content=ticket.content)
    return given or counting_day(
        day_of(ticket.arrived_at), received.values_list("day", flat=True).first(), opened=day_of(opened), paper_days=announced.paper_days,
        divided=Allocation.objects.values_list("divided", flat=True).get(pk=ticket.round_id),
    )  # fmt: skip


def order_of_treatment(round_: Round, seed: str, again: Container[int] = ()) -> list[int]:
    """Give the ids of all tickets that came in, as the round treats them; `seed` settles what the order leaves open.

    Where the day counts, who has a place already stands where it is; those of them who come in `again` since they were
    completed (completing.joining) stand with their new day as well.
    """
    announced, gate = announced_for(round_), round_.gate
    days = days_counted(round_) if announced.per_day else {}
    placed: dict[int, int] = {}
    if announced.per_day:
        places = Place.objects.filter(ticket__id__range=ids_of(round_.pk))
        placed = dict(places.order_by("position").values_list("ticket", "position"))
    until = (gate.opened_at or round_.opens_at) + timedelta(seconds=announced.present_seconds)
    rows = Ticket.objects.filter(id__range=ids_of(round_.pk)).order_by("id")
    filed = {
        sealed(round_.pk, key, content): (id_, arrived)
        for key, content, id_, arrived in rows.values_list("key", "content", "id", "arrived_at").iterator(AT_ONCE)
    }
    order = ordered(
        (
            Filed(seal, days[id_].toordinal() if announced.per_day else id_, arrived <= until)
            for seal, (id_, arrived) in filed.items()
            if id_ not in placed or id_ in again
        ),
        announced.order,
        seed,
    )
    return [*placed, *(filed[one.sealed][0] for one in order)]


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place as it is now: outcome, cents reserved, the reason where it was taken back; `turn`: how often it changed.

    `follows`, `position`: see PlaceChange.
    """

    outcome: Outcome
    cents: int
    reason: str
    turn: int = 0
    follows: int = 0
    position: int | None = None


def place_now(ticket: Ticket) -> PlaceNow | None:
    """Give the place of a ticket as it is now; None while it has none."""
    return _last_place(ticket.pk, PlaceChange.objects.filter(ticket=ticket))


def place_before_incomplete(ticket: int) -> PlaceNow | None:
    """Give the place that a ticket had before it was found incomplete; None where it never had one."""
    return _last_place(ticket, PlaceChange.objects.filter(ticket=ticket).exclude(reason=INCOMPLETE))


def _last_place(ticket: int, changes: QuerySet[PlaceChange]) -> PlaceNow | None:
    change = changes.order_by("-turn").first()
    if change is not None:
        return place_from(change.outcome, change.cents, change.reason, change.turn, change.follows, change.position)
    first = Place.objects.filter(pk=ticket).first()
    return None if first is None else place_from(first.outcome, first.cents, first.reason)


def last_changes(round_: int) -> dict[int, PlaceNow]:
    """Give, by ticket, the places of a round that are no longer the first."""
    return _last(PlaceChange.objects.filter(ticket__id__range=ids_of(round_)))


def open_changes(round_: int) -> dict[int, PlaceNow]:
    """Give the same without those on which a decision rests: of a round that was decided on there are few."""
    return _last(PlaceChange.objects.filter(ticket__id__range=ids_of(round_), ticket__fixed_place=None))


def changes_of(tickets: Collection[int]) -> dict[int, PlaceNow]:
    """Give the same of some tickets."""
    return _last(PlaceChange.objects.filter(ticket__in=tickets))


def _last(changes: QuerySet[PlaceChange]) -> dict[int, PlaceNow]:
    rows = changes.order_by("ticket", "-turn").distinct("ticket")
    told = rows.values_list("ticket", "outcome", "cents", "reason", "turn", "follows", "position")
    return {id_: place_from(*rest) for id_, *rest in told}


def place_from(outcome: Any, *rest: Any) -> PlaceNow:
    """Read what the database holds of a place; its constraints allow no other outcomes."""
    return PlaceNow(outcome, *rest)


def outcomes_now(round_: int) -> tuple[Counter[str], int]:
    """Give how many places of a round have which outcome now, and the cents that are reserved in all."""
    places = Place.objects.filter(ticket__id__range=ids_of(round_))
    outcomes = Counter(dict(places.values_list("outcome").annotate(number=Count("pk")).order_by()))
    cents = places.aggregate(sum=Sum("cents"))["sum"] or 0
    changes = last_changes(round_)
    for id_, outcome, before in places.filter(pk__in=changes).values_list("pk", "outcome", "cents"):
        outcomes.subtract([outcome])
        outcomes.update([changes[id_].outcome])
        cents += changes[id_].cents - before
    return outcomes, cents
