"""Reads of the pot of a round for who objects: as it stood at the first decision, and what is left now. Awb 4:25(3)."""

from typing import Any

from django.db.models import QuerySet, Sum

from doorleren.decisions.contested import FirstPot
from doorleren.decisions.models import Decision, ObjectionDecision
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.models import Place, PlaceChange, PotPart, Round
from doorleren.rounds.queries import ids_of, pot_of


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


def left_now(round_: Round) -> int | None:
    """Give the cents of a round that are not granted and not kept for who waits for a decision; None without a ceiling.

    What was granted above the ceiling uses nothing of it.
    """
    ceiling = pot_of(round_).rules.ceiling.cents
    if ceiling is None:
        return None
    last = Decision.objects.filter(round=round_).order_by("case", "-number").distinct("case")
    granted = sum(last.values_list("amount_cents", flat=True))
    above = _sum(ObjectionDecision.objects.filter(decision__in=last.values("pk")), "above_ceiling_cents")
    kept = _sum(PotPart.objects.filter(round=round_), "cents")
    first = Decision.objects.filter(round=round_, replaces__isnull=True).exclude(kind="left_out")  # those gave it back
    kept -= _sum(first, "place_cents")
    return ceiling - (granted - above) - kept


def _sum(rows: QuerySet[Any], column: str) -> int:
    return int(rows.aggregate(total=Sum(column))["total"] or 0)
