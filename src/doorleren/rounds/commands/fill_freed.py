"""Taking back the places of who withdrew, is incomplete or was refused, giving what they freed, and placing who was completed.

Of who was granted less than their place held, the rest of it is taken back. What is added to a ceiling goes the same way
(fill_added): first to who is outside or waits, in the order of the round. Whatever waits is done at once, all or nothing:
whatever stops it, nothing has changed, and it starts anew. Who stays inside loses nothing (rounds/freed.py says who comes
in). The allocation's row is locked, as for giving places.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from doorleren.audit.acts import SITE, Detail, Party, record
from doorleren.rounds.commands.allocate import keep_pot
from doorleren.rounds.commands.note_completeness import note_followed
from doorleren.rounds.completing import Following, following, keys_of, ready
from doorleren.rounds.freed import INCOMPLETE, LOWERED, REFUSED, WITHDRAWN
from doorleren.rounds.giving_anew import Taken, divided, given_anew, places_of, set_free, waiting, waiting_places
from doorleren.rounds.models import Allocation, FixedPlace, PlaceChange, Round
from doorleren.rounds.pot import Place as Given
from doorleren.rounds.queries import AT_ONCE, PlaceNow, changes_of, ids_of, last_changes, open_changes, pot_of


def rounds_to_fill() -> list[int]:
    """Give the rounds in which a place is yet to follow that its ticket was withdrawn, incomplete, completed or decided on."""
    return sorted({
        *waiting().values_list("ticket__round", flat=True),
        *Allocation.objects.filter(Q(freed=True) | Q(unfollowed=True)).values_list("pk", flat=True),
    })  # fmt: skip


def fill_freed(round_: int, *, at: datetime) -> int:
    """Take back and give anew in a round; give how many tickets that was for, 0 when nothing waits or can be done now."""
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=round_)
        row, waits = Round.objects.get(pk=round_), following(round_)
        now = ready(row, waits.values(), at)
        doing = {id_: one for id_, one in waits.items() if one.held or one.completed is None or id_ in now}
        if not (doing or set_free(round_) or waiting().filter(ticket__id__range=ids_of(round_)).exists()):
            note_followed(round_)
            return 0
        gone, _ = _fill(row, "filled_freed", at, doing)
        note_followed(round_)
    return gone + len(doing)


def fill_added(round_: int, *, at: datetime) -> int:
    """Give what was added to the ceiling of a round to who is outside or waits; give how many came in. See move_money.

    In the transaction that raised the ceiling and holds the allocation. Where nobody has a place yet there is nothing to do.
    """
    if not Allocation.objects.get(pk=round_).position:
        return 0
    _, came_in = _fill(Round.objects.get(pk=round_), "filled_added", at, {})
    return came_in


def _fill(row: Round, act: str, at: datetime, doing: Mapping[int, Following]) -> tuple[int, int]:
    """Give what is free; give of how many something was taken back for good, and how many who were outside came in."""
    decided, joins = set_free(row.pk), ready(row, doing.values(), at)
    before = _before(row, decided)
    had, given = waiting_places(row.pk, before), places_of(decided, before)
    held = places_of([id_ for id_, one in doing.items() if one.held], before)
    refused = {id_: one for id_, one in given.items() if decided[id_].gives_back == REFUSED}
    lowered = {id_: one.place.cents - decided[id_].keeps_cents for id_, one in given.items() if id_ not in refused}
    taken = Taken(had | held | refused, joins, lowered)
    anew = divided if row.order == "pro_rata" else given_anew
    pot, places, came_in = anew(row, before, taken)
    changes = [_change(id_, place, before, at) for id_, place in places.items()]
    keys, last = keys_of(row, joins.values()), Allocation.objects.values_list("position", flat=True).get(pk=row.pk)
    for one in changes:
        if one.ticket_id in joins:
            one.follows, one.position = doing[one.ticket_id].turn, min(keys[one.ticket_id][0], last)
    changes += [_change(id_, Given("outside"), before, at, WITHDRAWN) for id_ in had]
    changes += [_change(id_, Given("outside"), before, at, REFUSED) for id_ in refused]
    changes += [_change(id_, Given("inside", decided[id_].keeps_cents), before, at, LOWERED) for id_ in lowered]
    for id_ in doing.keys() - joins.keys():
        lacking = doing[id_].turn - (doing[id_].completed is not None)
        changes.append(_change(id_, Given("outside"), before, at, INCOMPLETE, follows=lacking))
    PlaceChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    keep_pot(row.pk, pot)
    # where the day counts perhaps everybody fits now, without a draw
    Allocation.objects.filter(pk=row.pk).update(draw_from=None, freed=False)
    details: dict[str, Detail] = {
        "taken_back": len(had), "changed": len(places), "came_in": came_in,
        "freed_cents": sum(one.place.cents for one in taken.gone.values()) + sum(lowered.values()), "cents": pot.total().cents,
    }  # fmt: skip
    if doing:
        details |= {"incomplete": len(held), "completed": len(joins)}
    if decided:
        details |= {"refused": len(refused), "lowered": len(lowered)}
    record(act, Party("round", str(row.pk)), by=SITE, at=at, details=details)
    return len(had) + len(decided), came_in


def _before(row: Round, decided: Mapping[int, FixedPlace]) -> dict[int, PlaceNow]:
    """Give, by ticket, the places that are no longer the first, of whom it matters: of all where their sums are asked (giving_anew)."""
    if row.order == "pro_rata" or pot_of(row).rules.apart:
        return last_changes(row.pk)
    return open_changes(row.pk) | changes_of(decided)


def _change(
    id_: int, place: Given, before: Mapping[int, PlaceNow], at: datetime, reason: str = "", follows: int | None = None
) -> PlaceChange:  # fmt: skip
    """Give what comes after the place as it was."""
    was = before.get(id_) or PlaceNow("outside", 0, "")
    return PlaceChange(
        ticket_id=id_, turn=was.turn + 1, outcome=place.outcome, reason=reason, cents=place.cents,
        follows=was.follows if follows is None else follows, position=was.position, changed_at=at,
    )  # fmt: skip
