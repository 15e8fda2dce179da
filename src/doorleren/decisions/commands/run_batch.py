"""Working off a batch that was released: some cases at a time, by as many workers as one likes.

What can be decided on together is (decide_many.py); whatever stands in the way of that, each case is decided on in a
transaction of its own. A crash, a stop or a second worker changes nothing: an item is locked while it is decided on, and ends once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from doorleren.decisions.commands.decide import grant, refuse
from doorleren.decisions.commands.decide_many import REFUSALS, decide_together, other_outcome
from doorleren.decisions.commands.lapse import lapse_listed
from doorleren.decisions.commands.settle import settle_listed
from doorleren.decisions.models import ActLetter, Assessment, Batch, BatchItem, Decision, Settlement
from doorleren.decisions.models.batch import LAPSED, SETTLED
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import own_ground
from doorleren.letters.models import Dispatch
from doorleren.people.access import NotAllowed
from doorleren.rounds.answers import PlacesMove
from doorleren.rounds.commands.fill_freed import fill_freed

TOGETHER = 50
"""How many cases are decided on in one transaction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: decided on, left for a person, taken out, and still to do."""

    decided: int
    left: int
    taken_out: int
    pending: int


def progress_of(batch: int) -> Progress:
    """Say how far a batch is."""
    items = BatchItem.objects.filter(batch=batch)
    return Progress(
        items.filter(decided_at__isnull=False).count(), items.exclude(left="").count(),
        items.filter(taken_out_at__isnull=False).count(), items.filter(pending=True).count(),
    )  # fmt: skip


def letters_sent(batch: int) -> tuple[int, int]:
    """Give how many letters the decisions of a batch made, and how many of those went out."""
    of_batch = ActLetter.objects.filter(
        act__case__batch_items__batch=batch, act__at=F("act__case__batch_items__decided_at")
    )
    sent = Exists(Dispatch.objects.filter(letter=OuterRef("letter"), sent=True))
    told = of_batch.aggregate(made=Count("pk", distinct=True), sent=Count("pk", distinct=True, filter=Q(sent)))
    return told["made"], told["sent"]


def run_batch(
    batch: int, *, now: Callable[[], datetime], most: int | None = None, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Decide on the cases that are left of a batch, at most so many; give how many this worker did.

    It ends when nothing is left, when the batch was stopped, or when `stopped` says so; between two transactions.
    """
    done = 0
    while (most is None or done < most) and not stopped():
        some = _next(batch, TOGETHER if most is None else min(TOGETHER, most - done), now=now, stopped=stopped)
        if not some:
            break
        done += some
    return done


def _next(batch: int, most: int, *, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Decide on the next cases, together where they can be and else each on its own; give how many were done."""
    try:
        done, left = decide_together(batch, most, at=now())
    except (DatabaseError, *REFUSALS):  # one of them spoils it for all: each on its own
        done, left = 0, most
    while left and not stopped() and decide_next(batch, at=now()):
        done, left = done + 1, left - 1
    return done


def decide_next(batch: int, *, at: datetime) -> bool:
    """Decide on the next case of a batch that nobody else is at; say whether there was one.

    Where places are about to be given anew that is done first: what a case before it set free may come to this one.
    """
    try:
        return _decide_next(batch, at)
    except PlacesMove:
        fill_freed(Batch.objects.values_list("round", flat=True).get(pk=batch), at=at)
        return _decide_next(batch, at, again=True)


def _decide_next(batch: int, at: datetime, *, again: bool = False) -> bool:
    """Do so; raise PlacesMove where its place is about to change, unless this is done `again`: then a person decides."""
    with transaction.atomic():
        item = next_item(batch)
        running = item.batch if item else Batch.objects.get(pk=batch)
        if not running.runs:
            return False
        if item is None:
            _finish(batch, at)
            return False
        try:
            with transaction.atomic():
                decide(item, at=at)
        except (*REFUSALS, IntegrityError) as why:
            if isinstance(why, PlacesMove) and not again:
                raise
            item.left, item.left_at, item.pending = _code(why), at, False
        else:
            item.decided_at, item.pending = at, False
        item.save(update_fields=["pending", "decided_at", "left", "left_at"])
    return True


def next_item(batch: int) -> BatchItem | None:
    """Lock the first item that waits and that nobody else has locked."""
    rows = BatchItem.objects.select_related("batch").filter(batch=batch, pending=True).order_by("number")
    return rows.select_for_update(skip_locked=True, of=("self",)).first()


def decide(item: BatchItem, *, at: datetime) -> Decision | Settlement:
    """Decide as the list says. Raises DecisionRefused where it would become something else than what was released."""
    if item.kind == SETTLED:
        return settle_listed(item, at=at)
    if item.kind == LAPSED:
        return lapse_listed(item, at=at)
    made = _refuse(item, at) if item.kind == "refused" else grant(item.case_id, by=item, at=at)
    if (made.kind, made.amount_cents) != (item.kind, item.cents):
        raise other_outcome()
    return made


def _refuse(item: BatchItem, at: datetime) -> Decision:
    """Refuse outside the ceiling, else because a condition fails: the ceiling holds whatever else was found."""
    outcome = Assessment.objects.values_list("outcome", flat=True).get(pk=item.assessment_id)
    try:
        with transaction.atomic():
            return refuse(item.case_id, own_ground(outside=True), by=item, at=at)
    except DecisionRefused as why:
        if why.code != "ground":
            raise
        if outcome != "fails":  # it came in since
            raise other_outcome() from why
    return refuse(item.case_id, own_ground(outside=False), by=item, at=at)


def _finish(batch: int, at: datetime) -> None:
    """Note that nothing waits any more; another worker may still be at the last case, and then it is not done yet."""
    if not BatchItem.objects.filter(batch=batch, pending=True).exists():
        Batch.objects.filter(pk=batch, finished_at__isnull=True).update(finished_at=at)


def _code(why: Exception) -> str:
    if isinstance(why, NotAllowed):
        return str(why.refused.reason)
    if isinstance(why, PlacesMove):
        return "waiting"
    return why.code if isinstance(why, DecisionRefused) and why.code else type(why).__name__
