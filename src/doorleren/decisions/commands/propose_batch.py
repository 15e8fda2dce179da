"""Proposing to decide on many cases at once, and what can still be done until another official releases it.

A batch is of one round and one version of the rules. In it are clear assessments alone: nothing in them was looked at by a
human, and nothing but the conditions of the scheme's file counts (AVG art. 22; UAVG art. 40).
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from doorleren.applications.models import Application
from doorleren.audit.acts import Detail, Party, record
from doorleren.cases.models import Case
from doorleren.decisions.access import ensure_may_batch
from doorleren.decisions.freeing import NOTHING, Frees, OnList, freed_by
from doorleren.decisions.matters import KIND
from doorleren.decisions.models import GIVING, Assessment, Batch, BatchItem
from doorleren.decisions.models.batch import WHY_OUT
from doorleren.decisions.refusing import refused
from doorleren.decisions.rules import granted_cents
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.freed import INCOMPLETE
from doorleren.rounds.models import Place, Round, Ticket
from doorleren.rounds.pot import Outcome
from doorleren.rounds.queries import PlaceNow, ids_of, last_changes

MOST = 20_000
"""How many cases a batch holds at most."""
FIRST = (*GIVING, "refused")
"""What a first decision becomes."""

NOWHERE: tuple[int, Outcome, int] = (0, "waiting", 0)
"""Where a case stands that has no place yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one case: granted, partly granted, refused or settled as granted, and for how many cents."""

    case: int
    assessment: int
    kind: str
    cents: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a batch would do: its lines, the version of the rules, and what is left for people.

    First who sets something free of a place, then the others, each in the order of treatment. `stated`: per condition that rests
    on somebody's word how many of the lines need that it is accepted. `frees`: what the list sets free.
    """

    lines: tuple[Line, ...]
    rules_digest: str
    left: int
    stated: Mapping[str, int]
    frees: Frees = NOTHING

    @property
    def digest(self) -> str:
        """Give the hash of the list."""
        return list_digest(self.lines)

    def number(self, kind: str) -> int:
        """Count the lines that become this."""
        return sum(one.kind == kind for one in self.lines)

    @property
    def cents(self) -> int:
        """Add up what would be granted."""
        return sum(one.cents for one in self.lines)


def list_digest(lines: Iterable[Line]) -> str:
    """Give the hash of a list: SHA-256 over its lines, in order."""
    told = "\n".join(f"{one.case} {one.assessment} {one.kind} {one.cents}" for one in lines)
    return hashlib.sha256(told.encode()).hexdigest()


def preview(round_: Round, accepted: Collection[str] = (), *, most: int = MOST) -> Preview:
    """Say what a batch of a round would do now; writes nothing.

    In it: cases whose last assessment is clear, by the last version of the rules, that have a place and stand in no other
    batch that waits. Of those that only lack what somebody stated, the ones whose every such condition is `accepted`.
    """
    last = Assessment.objects.filter(case__in=_waiting(round_)).order_by("case", "-number").distinct("case")
    found = {
        one.case_id: one for one in Assessment.objects.filter(pk__in=last.values("pk"), clear=True).defer("content")
    }
    rules = max(found.values(), key=lambda one: one.pk).rules_digest if found else ""
    places = _places(round_, found)
    lines: list[tuple[bool, int, Line, OnList]] = []
    stated: dict[str, int] = {}
    left = 0
    for case, assessment in found.items():
        position, outcome, cents = places.get(case, NOWHERE)
        line = _line(assessment, accepted, outcome, cents)
        for one in assessment.stated if outcome == "inside" and assessment.outcome == "open" else ():
            stated[one] = stated.get(one, 0) + 1
        if line is None or assessment.rules_digest != rules:
            left += 1
        else:
            listed = OnList(line.kind, line.cents, assessment.asked_cents, outcome, cents)
            lines.append((not listed.frees, position, line, listed))
    chosen = sorted(lines, key=lambda told: (told[0], told[1], told[2].case))
    return Preview(
        tuple(line for *_, line, _ in chosen[:most]), rules, left + max(0, len(chosen) - most),
        dict(sorted(stated.items())), freed_by(listed for *_, listed in chosen[:most]),
    )  # fmt: skip


def frees_of(batch: Batch) -> Frees:
    """Say what a batch that waits sets free, by the places as they are now."""
    rows = batch.items.filter(pending=True, kind__in=FIRST).select_related("assessment").defer("assessment__content")
    items = {one.case_id: one for one in rows}
    places = _places(batch.round, items) if items else {}
    return freed_by(
        OnList(items[case].kind, items[case].cents, items[case].assessment.asked_cents, outcome, cents)
        for case, (_, outcome, cents) in places.items()
    )


def propose_batch(
    round_: int, accepted: Sequence[str] = (), *, by: SignedIn, at: datetime, most: int = MOST
) -> Batch:  # fmt: skip
    """Propose what `preview` shows. Raises NotAllowed, DecisionRefused where nothing is to be decided."""
    with transaction.atomic():
        found = Round.objects.select_for_update(no_key=True).get(pk=round_)  # decisions of it go on
        ensure_may_batch(by, found.body_id, at=at)
        shown = preview(found, accepted, most=most)
        if not shown.lines:
            raise refused("empty", "Er is niets dat zonder mens kan worden besloten.",
                          "There is nothing that can be decided without a human.")  # fmt: skip
        taken = sorted(set(accepted))
        told: dict[str, Detail] = {f"accepted_{number}": one for number, one in enumerate(taken, 1)}
        return keep_batch(Batch(round=found, accepted=taken), shown, told, by=by, at=at)


def keep_batch(batch: Batch, shown: Preview, told: Mapping[str, Detail], *, by: SignedIn, at: datetime) -> Batch:
    """Keep a batch of a round with the list that was shown, and record it with what else there is to tell of it."""
    batch.body_id, batch.rules_digest, batch.list_digest = batch.round.body_id, shown.rules_digest, shown.digest
    batch.proposed_by_id, batch.proposed_at = by.person, at
    batch.save(force_insert=True)
    BatchItem.objects.bulk_create([
        BatchItem(batch=batch, number=number, case_id=one.case, assessment_id=one.assessment, kind=one.kind, cents=one.cents)
        for number, one in enumerate(shown.lines, 1)
    ], batch_size=2000)  # fmt: skip
    record("proposed", party_of(batch), by=by.party, at=at, details={
        "cases": len(shown.lines), "cents": shown.cents, "list": shown.digest, "rules": shown.rules_digest, **told,
    })  # fmt: skip
    return batch


def take_out(batch: int, cases: Collection[int], *, by: SignedIn, at: datetime, why: str = "look") -> int:
    """Take cases out of a batch that waits for its release, for a person to decide on; give how many.

    `why` is a code (models.batch.WHY_OUT). Whoever proposed or will release may. Raises NotAllowed, DecisionRefused.
    """
    if why not in WHY_OUT:
        raise refused("why", f"Kies waarom: {', '.join(WHY_OUT)}.", f"Choose why: {', '.join(WHY_OUT)}.", "why")
    with transaction.atomic():
        found = waiting_batch(batch)
        ensure_may_batch(by, found.body_id, at=at)
        items = BatchItem.objects.filter(batch=found, case__in=list(cases), pending=True)
        taken = items.update(pending=False, taken_out_by=by.person, taken_out_at=at, taken_out_why=why)
        told: dict[str, Detail] = {"cases": taken, "why": why, "list": digest_now(found)}
        record("taken_out", party_of(found), by=by.party, at=at, details=told)
    return taken


def withdraw_batch(batch: int, *, by: SignedIn, at: datetime) -> Batch:
    """Withdraw a batch that waits for its release. Raises NotAllowed, DecisionRefused."""
    with transaction.atomic():
        found = waiting_batch(batch)
        ensure_may_batch(by, found.body_id, at=at)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        record("withdrawn", party_of(found), by=by.party, at=at)
    return found


def waiting_batch(batch: int) -> Batch:
    """Lock a batch that was neither released nor withdrawn. Raises DecisionRefused, Batch.DoesNotExist."""
    found = Batch.objects.select_for_update(no_key=True).get(pk=batch)
    if found.released_at is not None or found.withdrawn_at is not None:
        raise refused(
            "not_waiting", "Deze reeks wacht niet meer op vrijgave.", "This batch no longer waits for its release."
        )
    return found


def digest_now(batch: Batch) -> str:
    """Give the hash of the list without what was taken out."""
    return list_digest(lines_of(batch))


def lines_of(batch: Batch) -> Iterator[Line]:
    """Give the list of a batch without what was taken out, in order."""
    rows = batch.items.filter(taken_out_at__isnull=True).order_by("number")
    return (Line(*one) for one in rows.values_list("case", "assessment", "kind", "cents"))


def party_of(batch: Batch) -> Party:
    """Give a batch as the subject of an act, and as the actor of its decisions."""
    return Party("batch", str(batch.pk))


def _waiting(round_: Round) -> QuerySet[Case]:
    """Give the cases of a round that were assessed and not decided on, and stand in no batch that waits."""
    taken = BatchItem.objects.filter(pending=True, batch__withdrawn_at__isnull=True).values("case")
    numbers = [str(one) for one in Application.objects.filter(round=round_).values_list("pk", flat=True)]
    return Case.objects.filter(subject_kind=KIND, subject_id__in=numbers, state="assessed").exclude(pk__in=taken)


def _places(round_: Round, cases: Collection[int]) -> dict[int, tuple[int, Outcome, int]]:
    """Give per case its position, outcome and cents, as they are now."""
    subjects = dict(Case.objects.filter(pk__in=list(cases)).values_list("subject_id", "pk"))
    keys = {
        key: subjects[str(number)]
        for number, key in Application.objects.filter(round=round_).values_list("pk", "key") if str(number) in subjects
    }  # fmt: skip
    tickets = {id_: keys[key] for id_, key in Ticket.objects.filter(id__range=ids_of(round_.pk), withdrawal__isnull=True)
               .values_list("id", "key") if key in keys}  # fmt: skip
    changed = last_changes(round_.pk)
    found: dict[int, tuple[int, Outcome, int]] = {}
    for id_, position, outcome, cents in Place.objects.filter(ticket__id__range=ids_of(round_.pk)).values_list(
        "ticket", "position", "outcome", "cents"
    ):
        if id_ in tickets:
            now = changed.get(id_)
            found[tickets[id_]] = (position, cast("Outcome", outcome), cents) if now is None else _now(position, now)
    return found


def _now(position: int, now: PlaceNow) -> tuple[int, Outcome, int]:
    """Give a place that changed; who is incomplete, or waits for a place since it was completed, waits."""
    outcome: Outcome = "waiting" if now.reason == INCOMPLETE else now.outcome
    return position if now.position is None else now.position, outcome, now.cents


def _line(one: Assessment, accepted: Collection[str], outcome: str, cents: int) -> Line | None:
    """Say what becomes of a case: refused outside the ceiling or where a condition fails, else granted; None for a person."""
    if outcome == "outside" or (one.outcome == "fails" and outcome == "inside"):
        return Line(one.case_id, one.pk, "refused", 0)
    whole = one.outcome == "meets" or (one.outcome == "open" and set(one.stated) <= set(accepted))
    if outcome != "inside" or not whole or one.amount_cents is None:
        return None
    given = granted_cents(scheme=one.amount_cents, asked=one.asked_cents, place=cents)
    return Line(one.case_id, one.pk, "granted" if given == one.asked_cents else "partly_granted", given)


__all__ = ["Line", "Preview", "preview", "propose_batch", "take_out", "withdraw_batch"]
