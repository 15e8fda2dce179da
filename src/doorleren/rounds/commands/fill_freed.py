"""Taking back the places of who withdrew, and giving what they freed: money and number return to the round.

What is added to a ceiling goes the same way (fill_added): first to who is outside or waits, in the order of the round. All that
wait at once, all or nothing: whatever stops it, nothing has changed, and it starts anew. Who stays inside loses nothing
(rounds/freed.py says who comes in). The allocation's row is locked, as for giving places.
"""

from collections.abc import Container, Mapping
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import SITE, Detail, Party, record
from doorleren.rounds.commands.allocate import keep_pot
from doorleren.rounds.freed import WITHDRAWN
from doorleren.rounds.giving_anew import divided, given_anew, waiting, waiting_places
from doorleren.rounds.models import Allocation, PlaceChange, Round
from doorleren.rounds.pot import Place as Given
from doorleren.rounds.queries import AT_ONCE, PlaceNow, ids_of, last_changes


def rounds_to_fill() -> list[int]:
    """Give the rounds in which a withdrawn ticket still has the place that it had."""
    return sorted(set(waiting().values_list("ticket__round", flat=True)))


def fill_freed(round_: int, *, at: datetime) -> int:
    """Fill the places of a round that were freed; give how many tickets were withdrawn, 0 when none waits."""
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=round_)
        if not waiting().filter(ticket__id__range=ids_of(round_)).exists():
            return 0
        taken, _ = _fill(round_, "filled_freed", at)
    return taken


def fill_added(round_: int, *, at: datetime) -> int:
    """Give what was added to the ceiling of a round to who is outside or waits; give how many came in. See move_money.

    In the transaction that raised the ceiling and holds the allocation. Where nobody has a place yet there is nothing to do.
    """
    if not Allocation.objects.get(pk=round_).position:
        return 0
    _, came_in = _fill(round_, "filled_added", at)
    return came_in


def _fill(round_: int, act: str, at: datetime) -> tuple[int, int]:
    """Give what is free; give how many places were taken back, and how many who were outside came in."""
    row, before = Round.objects.get(pk=round_), last_changes(round_)
    had = waiting_places(round_, before)
    pot, places, came_in = divided(row, before) if row.order == "pro_rata" else given_anew(row, before, had)
    places |= {id_: Given("outside") for id_ in had}
    _keep(places, before, had, at)
    keep_pot(round_, pot)
    Allocation.objects.filter(pk=round_).update(draw_from=None)  # where the day counts: perhaps everybody fits now
    freed = sum(one.place.cents for one in had.values())
    details: dict[str, Detail] = {
        "taken_back": len(had), "changed": len(places) - len(had), "came_in": came_in, "freed_cents": freed,
        "cents": pot.total().cents,
    }  # fmt: skip
    record(act, Party("round", str(round_)), by=SITE, at=at, details=details)
    return len(had), came_in


def _keep(places: Mapping[int, Given], before: Mapping[int, PlaceNow], gone: Container[int], at: datetime) -> None:
    """Add what changed after what changed before."""
    PlaceChange.objects.bulk_create(
        (
            PlaceChange(
                ticket_id=id_, turn=before[id_].turn + 1 if id_ in before else 1, outcome=place.outcome,
                reason=WITHDRAWN if id_ in gone else "", cents=place.cents, changed_at=at,
            )
            for id_, place in places.items()
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip
