"""Reads of the pot of a round for who objects: as it stood at the first decision, and what is left now. Awb 4:25(3)."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from doorleren.decisions.contested import FirstPot
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import Decision, ObjectionDecision
from doorleren.rounds.commands.take_late import free_for
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.models import Place, PlaceChange
from doorleren.rounds.queries import ids_of


def pot_at(first: Decision) -> FirstPot:
    """Give the pot by which an objection against a first decision, or one that came after it, is judged."""
    outside = first.round_id is not None and not first.place_cents and first.ceiling_cents is not None
    return FirstPot(
        first.ceiling_cents, first.granted_before_cents, waiting_then(first) if outside else 0, first.place_cents or 0
    )


def waiting_then(first: Decision) -> int:
    """Give the cents that others had a claim to when a first decision was taken, and had not been decided on.

    What was kept for who stood inside, and what was asked by who stood outside before this one in the order. Who was
    incomplete then had a claim to nothing yet.
    """
    if first.round_id is None or first.position is None:
        return 0
    span, moment = ids_of(first.round_id), first.act.at
    decided = Decision.objects.filter(round=first.round_id, replaces__isnull=True, id__lt=first.pk).values("ticket")
    changes = PlaceChange.objects.filter(ticket__id__range=span, changed_at__lte=moment).order_by("ticket", "-turn")
    changed = {one.ticket_id: one for one in changes.distinct("ticket")}
    others = (
        Place.objects.filter(ticket__id__range=span).exclude(ticket=first.ticket_id).exclude(ticket__in=decided)
        .exclude(ticket__withdrawal__withdrawn_at__lte=moment)
    )  # fmt: skip
    total = 0
    for ticket, position, outcome, cents, asked in others.values_list(
        "ticket", "position", "outcome", "cents", "ticket__cents"
    ).iterator():
        then = changed.get(ticket)
        if then is None:
            total += cents if outcome == "inside" else asked if position < first.position else 0
        elif then.reason != INCOMPLETE:
            stood = position if then.position is None else then.position
            total += then.cents if then.outcome == "inside" else asked if stood < first.position else 0
    return total


@dataclass(frozen=True, slots=True)
class Left:
    """What a round has left for one application that won late, in cents: not granted and not kept for who waits for a decision.

    `unused`: held by places that were decided on and granted less since, which goes to nobody else. `free`: in the pot.
    """

    unused: int
    free: int

    @property
    def cents(self) -> int:
        """Give both together."""
        return max(0, self.unused + self.free)

    def from_pot(self, cents: int) -> int:
        """Say how much the pot has to give where so many cents are taken."""
        return max(0, cents - max(0, self.unused))


def left_now(matter: Matter) -> Left | None:
    """Say what the round of a case has left for it; None without a ceiling. Asked once freed places were given (fill_freed).

    What was granted above the ceiling uses nothing of it: what all answers to objections in a case put there, as far as its amount
    is still more than its place. A second answer, after an annulment, gives no more than what it adds.
    """
    round_, free = matter.round, free_for(matter.ticket)
    if free is None:
        return None
    change = PlaceChange.objects.filter(ticket=OuterRef("ticket")).order_by("-turn").values("cents")[:1]
    decided = Decision.objects.filter(round=round_)
    first = decided.filter(replaces__isnull=True)
    held = dict(first.values_list("case", Coalesce(Subquery(change), "ticket__place__cents", 0)))
    answers = ObjectionDecision.objects.filter(above_ceiling_cents__gt=0, decision__round=round_)
    above = dict(answers.values_list("decision__case").annotate(cents=Sum("above_ceiling_cents")).order_by())
    last = decided.order_by("case", "-number").distinct("case").values_list("case", "amount_cents")
    used = sum(cents - min(above.get(case, 0), max(0, cents - held.get(case, 0))) for case, cents in last)
    return Left(sum(held.values()) - used, free)
