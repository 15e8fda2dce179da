"""Noting that an application is incomplete, or was completed; its place follows (fill_freed), where that was announced.

Called by who does the act on its case, in that transaction and before that act: who gives places locks the allocation first and
records then, so whoever did it the other way round and they would wait for each other. Both acts lock the allocation of the
round, so that no place is given meanwhile, then hold the ticket (fix_place does so too). Ground: Awb 4:5; Kaderregeling 2.3;
Subsidieregeling SLIM 2.10.
"""

from datetime import date, datetime

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.audit.holding import hold
from doorleren.core.days import day_of
from doorleren.rounds.completing import following
from doorleren.rounds.models import NUMBER_BITS, Allocation, Completeness, FixedPlace, Place, Ticket, Withdrawal
from doorleren.rounds.queries import announced_for, ids_of, last_found


def note_incomplete(ticket: int, *, by: Party, at: datetime, left_out: bool = False) -> Completeness | None:
    """Note that an application is incomplete: it has no place until it is completed. Give what was noted, if anything.

    Nothing where places do not follow completeness, a decision rests on the place, there is none, or it was noted already.
    `left_out`: it is left out of treatment, so that it gives back its place in every round.
    """
    with transaction.atomic():
        row = _held(ticket)
        last = last_found(ticket)
        if not _follows(row, left_out=left_out) or (last is not None and not last.complete):
            return None
        made = Completeness.objects.create(
            ticket=row, turn=1 if last is None else last.turn + 1, complete=False, noted_at=at
        )
        _unfollowed(row)
        record("found_incomplete", Party("ticket", f"{row.round_id}/{row.number}"), by=by, at=at)
    return made


def note_completed(ticket: int, *, on: date, by: Party, at: datetime) -> Completeness | None:
    """Note that an application was completed, by what came in on a day: it gets a place in the order from then.

    That day is never before the one on which it was found incomplete. Give what was noted; None where it was not incomplete.
    """
    with transaction.atomic():
        row = _held(ticket)
        last = last_found(ticket)
        if last is None or last.complete or not _follows(row):
            return None
        day = max(on, day_of(last.noted_at))
        came = Ticket.objects.filter(id__range=ids_of(row.round_id)).order_by("-id").values_list("id", flat=True)[0]
        made = Completeness.objects.create(
            ticket=row, turn=last.turn + 1, complete=True, day=day, after=came, noted_at=at
        )
        _unfollowed(row)
        details: dict[str, Detail] = {"day": day.isoformat(), "after": came & (1 << NUMBER_BITS) - 1}
        record("found_complete", Party("ticket", f"{row.round_id}/{row.number}"), by=by, at=at, details=details)
    return made


def note_followed(round_: int) -> None:
    """Note that the places of a round follow all that was found, where they do. For who gives places, in that transaction."""
    if not following(round_):
        Allocation.objects.filter(pk=round_, unfollowed=True).update(unfollowed=False)


def _unfollowed(row: Ticket) -> None:
    Allocation.objects.filter(pk=row.round_id, unfollowed=False).update(unfollowed=True)


def _held(ticket: int) -> Ticket:
    Allocation.objects.select_for_update().get(pk=ticket >> NUMBER_BITS)
    hold(Party("ticket", str(ticket)))
    return Ticket.objects.select_related("round").get(pk=ticket)


def _follows(row: Ticket, *, left_out: bool = False) -> bool:
    """Say whether there is a place that follows completeness, and that nothing holds where it is."""
    if not Place.objects.filter(pk=row.pk).exists() or Withdrawal.objects.filter(pk=row.pk).exists():
        return False
    if left_out:
        return True
    return announced_for(row.round).follows_completion and not FixedPlace.objects.filter(pk=row.pk).exists()
