"""Taking back the places of who withdrew, and giving what they freed: money and number return to the round.

All that wait at once, all or nothing: whatever stops it, nothing has changed, and it starts anew. Who stays inside
loses nothing (rounds/freed.py says who comes in). The allocation's row is locked, as for giving places.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from doorleren.audit.acts import SITE, Detail, Party, record
from doorleren.rounds.commands.allocate import keep_pot
from doorleren.rounds.freed import WITHDRAWN, Treated, fill
from doorleren.rounds.models import Allocation, FixedPlace, Place, PlaceChange, PotPart, Round, Withdrawal
from doorleren.rounds.pot import REST, Outcome, Pot, PotRules, Spent
from doorleren.rounds.pot import Place as Given
from doorleren.rounds.pro_rata import divide_again
from doorleren.rounds.queries import AT_ONCE, PlaceNow, announced_for, ids_of, last_changes, pot_of


def rounds_to_fill() -> list[int]:
    """Give the rounds in which a withdrawn ticket still has the place that it had."""
    return sorted(set(_waiting().values_list("ticket__round", flat=True)))


def fill_freed(round_: int, *, at: datetime) -> int:
    """Fill the places of a round that were freed; give how many tickets were withdrawn, 0 when none waits."""
    with transaction.atomic():
        Allocation.objects.select_for_update().get(pk=round_)
        if not _waiting().filter(ticket__id__range=ids_of(round_)).exists():
            return 0
        row, before = Round.objects.get(pk=round_), last_changes(round_)
        treated, gone = _treated(round_, before)
        rules = pot_of(row).rules
        pot, places = _divided(row, rules, treated) if row.order == "pro_rata" else fill(rules, treated)
        places |= {id_: Given("outside") for id_ in gone}
        _keep(places, before, gone, at)
        keep_pot(round_, pot)
        came_in = [one.id for one in treated if one.place.outcome != "inside" and places.get(one.id, one.place).cents]
        freed = sum(one.place.cents for one in treated if one.id in gone)
        details: dict[str, Detail] = {
            "taken_back": len(gone), "changed": len(places) - len(gone), "came_in": len(came_in), "freed_cents": freed,
            "cents": pot.total().cents,
        }  # fmt: skip
        record("filled_freed", Party("round", str(round_)), by=SITE, at=at, details=details)
    return len(gone)


def _waiting() -> QuerySet[Withdrawal]:
    """Find who withdrew and had a place then that has not been taken back."""
    taken = PlaceChange.objects.filter(ticket=OuterRef("pk"), reason=WITHDRAWN)
    return Withdrawal.objects.filter(ticket__place__reason="").exclude(Exists(taken))


def _treated(round_: int, changes: Mapping[int, PlaceNow]) -> tuple[list[Treated], set[int]]:
    """Give everybody who has a place, with the one of now, in the order of treatment; and whose has to be taken back."""
    ids = ids_of(round_)
    gone = set(Withdrawal.objects.filter(ticket__id__range=ids).values_list("pk", flat=True))
    fixed = set(FixedPlace.objects.filter(ticket__id__range=ids).values_list("pk", flat=True))
    rows = Place.objects.filter(ticket__id__range=ids).order_by("position")
    told = rows.values_list("pk", "ticket__cents", "ticket__kind", "outcome", "cents", "reason")
    found, waiting = [], set()
    for id_, asked, kind, outcome, cents, reason in told.iterator(AT_ONCE):
        now = changes.get(id_) or PlaceNow(cast("Outcome", outcome), cents, reason)
        found.append(Treated(id_, asked, kind, Given(now.outcome, now.cents), id_ in gone, id_ in fixed))
        if id_ in gone and now.reason != WITHDRAWN:
            waiting.add(id_)
    return found, waiting


def _divided(row: Round, rules: PotRules, treated: Sequence[Treated]) -> tuple[Pot, dict[int, Given]]:
    """Divide the pot anew over who is left, in a round that is divided in proportion."""
    floor, spent = announced_for(row).floor_cents, {}
    places: dict[int, Given] = {}
    left = [one for one in treated if not one.gone]
    for part in PotPart.objects.filter(round=row):
        own = [one for one in left if (one.kind if one.kind in rules.apart else REST) == part.part]
        fixed = sum(one.place.cents for one in own if one.fixed)
        asked = {one.id: one.asked_cents for one in own if not one.fixed}
        had = {one.id: one.place.cents for one in own}
        ceiling = sum(asked.values()) if part.ceiling_cents is None else part.ceiling_cents - fixed
        shares = divide_again(ceiling, asked, had, floor_cents=floor, order=[one.id for one in own])
        places |= {id_: Given("inside", cents) for id_, cents in shares.items() if cents != had[id_]}
        spent[part.part] = Spent(fixed + sum(shares.values()), len(own), part.missed)
    return Pot(rules, spent), places


def _keep(places: Mapping[int, Given], before: Mapping[int, PlaceNow], gone: set[int], at: datetime) -> None:
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
