"""Fixing the place of a ticket: a decision comes to rest on it. From then on it is nobody else's turn to change it.

For whoever decides, in the transaction of the decision: a grant rests on a place inside, a refusal at the ceiling on one
outside. What the decision sets free of the place goes on to who comes next (fill_freed); who it is taken from gets nothing
by that any more, unless an objection is won (take_late).
"""

from collections.abc import Collection, Container, Mapping
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.audit.holding import hold, hold_all
from doorleren.rounds.answers import PlacesMove, refused
from doorleren.rounds.commands.note_completeness import note_incomplete
from doorleren.rounds.completing import following
from doorleren.rounds.giving_anew import waiting
from doorleren.rounds.models import NUMBER_BITS, Allocation, FixedPlace, Place, Ticket, Withdrawal
from doorleren.rounds.queries import PlaceNow, changes_of, ids_of, place_before_incomplete, place_from, place_now

GivesBack = tuple[str, int]
"""What a decision sets free of a place: why, and the cents that it keeps (freed.sets_free)."""
STAYS: GivesBack = ("", 0)
"""A place that stays as it is."""


def fix_place(ticket: int, *, at: datetime) -> PlaceNow:
    """Fix the place of a ticket as it is now, and give it; the same again where it was fixed before. Raises as place_to_fix."""
    with transaction.atomic():
        place = place_to_fix(ticket)
        fix_places({ticket: STAYS}, at=at)
    return place


def place_to_fix(ticket: int, *, refuses: bool = False) -> PlaceNow:
    """Lock the place of a ticket until the commit, and give it as it is; `fix_places` fixes it once the decision was made.

    `refuses`: a place inside is given back whole then, so that more for it changes nothing. The allocation of the round is
    locked, so that no freed place is given meanwhile; then the ticket (withdraw_ticket). It records no act: that of the
    decision says what was done. Raises RoundRefused; PlacesMove where the place is about to change.
    """
    row = _held(ticket)
    place = place_now(row)
    if place is None:
        raise refused("Deze aanvraag heeft nog geen plaats.", "This application has no place yet.")
    if row.pk in _moving(row.round_id, {row.pk: place}, {row.pk} if refuses else ()):
        raise _not_now()
    return place


def place_to_give_back(ticket: int) -> PlaceNow:
    """Lock the place of a ticket that is to be left out of treatment, and give the one that it had. Raises RoundRefused.

    That is the one of before it was found incomplete; none ("waiting") where it never had one.
    """
    _held(ticket)
    return place_before_incomplete(ticket) or PlaceNow("waiting", 0, "")


def give_back(ticket: int, *, by: Party, at: datetime) -> PlaceNow:
    """Let a ticket that is left out of treatment give back its place for good (fill_freed), and give the one that it had.

    It records that, so whoever decides so sets the letter first. Raises RoundRefused.
    """
    with transaction.atomic():
        had = place_to_give_back(ticket)
        note_incomplete(ticket, by=by, at=at, left_out=True)
        fix_places({ticket: STAYS}, at=at)
    return had


def places_to_fix(
    round_: int, tickets: Collection[int], refused: Container[int] = ()
) -> dict[int, tuple[PlaceNow, int]]:  # fmt: skip
    """Lock places of a round until the commit as `place_to_fix` does, and give them as they are, with their positions.

    Left out is who withdrew, has no place, or whose place is about to change. `refused`: who is to be refused. Nothing is fixed
    yet: `fix_places` does that for those that are decided on.
    """
    Allocation.objects.select_for_update().get(pk=round_)
    hold_all(Party("ticket", str(one)) for one in tickets)
    gone = set(Withdrawal.objects.filter(pk__in=tickets).values_list("pk", flat=True))
    rows = Place.objects.filter(pk__in=set(tickets) - gone).values_list("pk", "position", "outcome", "cents", "reason")
    changed = changes_of(tickets)
    places = {one: (changed.get(one) or place_from(*told), position) for one, position, *told in rows}
    moving = _moving(round_, {one: place for one, (place, _) in places.items()}, refused)
    return {
        one: (place, position if place.position is None else place.position)
        for one, (place, position) in places.items() if one not in moving
    }  # fmt: skip


def fix_places(decided: Mapping[int, GivesBack], *, at: datetime) -> None:
    """Fix places that were locked in the same transaction; by ticket what the decision sets free (freed.sets_free)."""
    rows = [
        FixedPlace(ticket_id=ticket, fixed_at=at, gives_back=why, keeps_cents=cents)
        for ticket, (why, cents) in decided.items()
    ]
    FixedPlace.objects.bulk_create(rows, ignore_conflicts=True)
    freed = {one.ticket_id >> NUMBER_BITS for one in rows if one.gives_back}
    if freed:
        Allocation.objects.filter(pk__in=freed, freed=False).update(freed=True)


def _held(ticket: int) -> Ticket:
    """Lock the allocation and hold a ticket that was not withdrawn. Raises RoundRefused."""
    Allocation.objects.select_for_update().get(pk=ticket >> NUMBER_BITS)
    hold(Party("ticket", str(ticket)))
    row = Ticket.objects.get(pk=ticket)
    if hasattr(row, "withdrawal"):
        raise refused("Deze aanvraag is ingetrokken.", "This application has been withdrawn.")
    return row


def _moving(round_: int, places: Mapping[int, PlaceNow], refused: Container[int]) -> set[int]:
    """Give those whose place is about to change: it is taken back or given anew, or something freed may come to them.

    Whoever was completed and waits for a day that is not over, or for the draw, gets no place before that.
    """
    waits = following(round_)
    freed = (
        any(one.held for one in waits.values())
        or Allocation.objects.filter(pk=round_, freed=True).exists()
        or waiting().filter(ticket__id__range=ids_of(round_)).exists()
    )
    return {id_ for id_ in places if id_ in waits} | (could_gain(places, refused) if freed else set())


def could_gain(places: Mapping[int, PlaceNow], refused: Container[int] = ()) -> set[int]:
    """Give those for whom it matters what comes free: who is not inside, or has less there than was asked and is not refused."""
    asked = dict(Ticket.objects.filter(pk__in=places).values_list("pk", "cents"))
    short = {id_ for id_, place in places.items() if place.cents < asked[id_] and id_ not in refused}
    return {id_ for id_, place in places.items() if place.outcome != "inside" or id_ in short}


def _not_now() -> PlacesMove:
    return PlacesMove({
        "nl": "De plaats van deze aanvraag wordt nog bepaald: er kwam geld vrij, of een aanvraag is aangevuld of niet compleet. Probeer het later weer.",
        "en": "The place of this application is yet to be settled: money came free, or one was completed or is not complete. Try again later.",
    })  # fmt: skip
