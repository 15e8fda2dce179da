"""Reads of batches for the pages of officials: what a batch holds per group, what is left for people, and its items."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.decisions.commands.propose_batch import Preview
from doorleren.decisions.matters import KIND
from doorleren.decisions.models import GIVING, Assessment, Batch, BatchItem
from doorleren.rounds.models import Round

STANDINGS: Mapping[str, Q] = {
    "pending": Q(pending=True), "decided": Q(decided_at__isnull=False), "left": ~Q(left=""),
    "taken_out": Q(taken_out_at__isnull=False),
}  # fmt: skip
"""How an item of a batch can stand."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of a batch that become the same: `on_word` where that rests on what somebody stated; how many, and cents."""

    kind: str
    on_word: bool
    number: int
    cents: int


@dataclass(frozen=True, slots=True)
class ForPeople:
    """Cases of a round that a batch leaves to people: not assessed yet; assessed by a human; not clear; clear, but not in it.

    `unclear`: the rules assessed it, and somebody must look before it can be decided (rules.is_clear). `left`: a statement is
    not accepted, the place still waits, or an older version of the rules assessed it.
    """

    unassessed: int
    by_hand: int
    unclear: int
    left: int


def groups_ahead(shown: Preview) -> list[Group]:
    """Give the groups of what a batch would hold."""
    outcomes = dict(
        Assessment.objects.filter(pk__in=[one.assessment for one in shown.lines]).values_list("pk", "outcome")
    )
    sums: dict[tuple[str, bool], tuple[int, int]] = {}
    for line in shown.lines:
        key = (line.kind, line.kind in GIVING and outcomes[line.assessment] == "open")
        number, cents = sums.get(key, (0, 0))
        sums[key] = (number + 1, cents + line.cents)
    return [Group(kind, on_word, *told) for (kind, on_word), told in sorted(sums.items())]


def groups_of(batch: Batch) -> list[Group]:
    """Give the groups of what a batch holds, without what was taken out."""
    rows = batch.items.filter(taken_out_at__isnull=True).values("kind", "assessment__outcome")
    sums: dict[tuple[str, bool], tuple[int, int]] = {}
    for one in rows.annotate(number=Count("pk"), total=Sum("cents")).order_by():
        key = (one["kind"], one["kind"] in GIVING and one["assessment__outcome"] == "open")
        number, cents = sums.get(key, (0, 0))
        sums[key] = (number + one["number"], cents + one["total"])
    return [Group(kind, on_word, *told) for (kind, on_word), told in sorted(sums.items())]


def for_people(round_: Round, shown: Preview) -> ForPeople:
    """Count what a batch of a round would leave to people."""
    numbers = [str(one) for one in Application.objects.filter(round=round_).values_list("pk", flat=True)]
    cases = Case.objects.filter(subject_kind=KIND, subject_id__in=numbers)
    unassessed = cases.filter(state__in=("received", "incomplete", "being_assessed")).count()
    taken = BatchItem.objects.filter(pending=True, batch__withdrawn_at__isnull=True).values("case")
    waiting = cases.filter(state="assessed").exclude(pk__in=taken)
    last = Assessment.objects.filter(case__in=waiting).order_by("case", "-number").distinct("case")
    by_hand = Assessment.objects.filter(pk__in=last.values("pk"), automatic=False).count()
    clear = len(shown.lines) + shown.left
    return ForPeople(unassessed, by_hand, waiting.count() - clear - by_hand, shown.left)


def rounds_with_waiting(bodies: set[int]) -> list[Round]:
    """Give the rounds of bodies in which something was assessed and not decided on, the newest first."""
    subjects = Case.objects.filter(subject_kind=KIND, body__in=bodies, state="assessed").values_list(
        "subject_id", flat=True
    )
    numbers = {int(one) for one in subjects.iterator() if one.isdecimal()}
    rounds = set(Application.objects.filter(pk__in=numbers).values_list("round", flat=True).distinct())
    return list(Round.objects.filter(pk__in=rounds, body__in=bodies).select_related("version").order_by("-pk"))


def items_page(batch: Batch, standing: str, after: int, most: int) -> QuerySet[BatchItem]:
    """Give the items of a batch from a number on, in order; of one standing (STANDINGS), or all."""
    rows = batch.items.select_related("case", "assessment", "taken_out_by").defer("assessment__content")
    rows = rows.filter(number__gt=after).order_by("number")
    return (rows.filter(STANDINGS[standing]) if standing in STANDINGS else rows)[:most]
