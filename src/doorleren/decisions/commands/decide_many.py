"""Deciding on the next cases of a batch together: read at once, each decided on by itself, written in a few statements.

The same rules and rows as one at a time (decide.py, keep_decision.py). A case that is refused here, or that cannot be
decided on together with others, is left out, and is for `run_batch.decide_next`; the others do not notice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part_together
from doorleren.cases.commands.perform_many import ActsTogether
from doorleren.cases.locking import locked_cases
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import party_of
from doorleren.core.refusals import ActRefused
from doorleren.decisions.attachments import attachments_together
from doorleren.decisions.commands.decide import Found, granted, not_granted, of_batch
from doorleren.decisions.commands.keep_decision import (
    SETTLED,
    Made,
    decision_row,
    details_of,
    parts_of,
    party_of_batch,
    shares_of,
)
from doorleren.decisions.commands.write_letter import LANGUAGE, fill_letter, keep_act_letters
from doorleren.decisions.grounds import ground_of
from doorleren.decisions.letter_values import NameOf, names_of
from doorleren.decisions.matters import Matter, matters_of
from doorleren.decisions.models import AdvancePart, Assessment, BatchItem, CostShare, Decision
from doorleren.decisions.on_record import rests_on_record
from doorleren.decisions.other_money import concerned
from doorleren.decisions.pots import RunningPot, Snapshot, fix, freed_by
from doorleren.decisions.refusing import DecisionRefused, refused
from doorleren.decisions.rules import own_ground
from doorleren.decisions.sealed import content_of
from doorleren.letters.commands.make_letter import SetLetter, set_letter
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.file_keys import Destroyed, keys_of
from doorleren.rounds.commands.fix_place import could_gain, places_to_fix
from doorleren.rounds.queries import PlaceNow

REFUSALS = (ActRefused, NotAllowed, LookupError, ValueError)
"""What leaves a case for a person: a rule, a right, and a letter or term that cannot be made for it."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """A case that was decided on, and not written yet."""

    item: BatchItem
    matter: Matter
    made: Made
    act: CaseAct
    letter: SetLetter
    key: bytes


def decide_together(batch: int, most: int, *, at: datetime) -> tuple[int, int]:
    """Decide on the next cases of a batch; give how many were decided on, and how many go on their own after it.

    The latter also where a case before them set money free that may come to them. All in one transaction: raises what the
    database refuses, or one of REFUSALS, and nothing was done then.
    """
    with transaction.atomic():
        items = next_items(batch, most)
        if not items or not items[0].batch.runs:
            return 0, 1
        if items[0].batch.settles:  # each on its own
            return 0, len(items)
        made = _Chunk(items, at).decided()
    return len(made), len(items) - len(made)


def next_items(batch: int, most: int) -> list[BatchItem]:
    """Lock the first items that wait and that nobody else has locked."""
    rows = BatchItem.objects.select_related("batch__round").filter(batch=batch, pending=True).order_by("number")
    return list(rows.select_for_update(skip_locked=True, of=("self",))[:most])


class _Chunk:
    """Items of one batch, locked, with what was read of their cases."""

    def __init__(self, items: Sequence[BatchItem], at: datetime) -> None:
        """Lock the cases and their places, and read what deciding asks."""
        self._items, self._at, batch = items, at, items[0].batch
        self._hands = {batch.proposed_by_id, batch.released_by_id}
        held = locked_cases([one.case_id for one in items])
        self._matters = {
            number: one for number, one in matters_of(list(held.values())).items() if _alike(one, items[0])
        }
        matters = self._matters.values()
        last = Assessment.objects.filter(case__in=list(held)).order_by("case", "-number").distinct("case")
        self._assessments = {one.case_id: one for one in last}
        self._keys = keys_of([party_of(one) for one in held.values()], at=at)
        self._took_part = took_part_together([one.application.pk for one in matters])
        refused = {one.case_id for one in items if one.kind == "refused"} & self._matters.keys()
        gone = {self._matters[case].ticket.pk for case in refused}
        tickets = [one.ticket.pk for one in matters]
        self._places: Mapping[int, tuple[PlaceNow, int]] = places_to_fix(batch.round_id, tickets, gone)
        self._frees = False
        self._could_gain = could_gain({one: place for one, (place, _) in self._places.items()}, gone)
        self._pot = RunningPot(batch.round)
        self._names: NameOf = names_of(_parties(matters))
        self._attached = attachments_together(matters, LANGUAGE)
        self._acts = ActsTogether(held)

    def decided(self) -> list[_Decided]:
        """Decide on those of the cases that can be, and write that."""
        made: list[_Decided] = []
        for item in self._items:
            if item.case_id not in self._matters or self._may_gain(item):
                continue
            try:
                made.append(self._one(item, self._matters[item.case_id]))
            except REFUSALS:
                self._acts.leave(item.case_id)
        self._acts.write()
        rows = [decision_row(one.matter, one.made, one.act, by=one.item, key=one.key) for one in made]
        Decision.objects.bulk_create(rows)
        CostShare.objects.bulk_create(
            share for row, one in zip(rows, made, strict=True) for share in shares_of(row, one.made)
        )
        AdvancePart.objects.bulk_create(
            part for row, one in zip(rows, made, strict=True) for part in parts_of(row, one.made.advance)
        )
        keep_act_letters([(one.act, one.letter) for one in made], at=self._at)
        fix({one.matter.ticket.pk: one.made.on_place for one in made}, at=self._at)
        BatchItem.objects.filter(pk__in=[one.item.pk for one in made]).update(decided_at=self._at, pending=False)
        return made

    def _may_gain(self, item: BatchItem) -> bool:
        """Say whether a case before it here set money free that may come to this one: then its place is given first."""
        return self._frees and self._matters[item.case_id].ticket.pk in self._could_gain

    def _one(self, item: BatchItem, matter: Matter) -> _Decided:
        """Decide as the list says. Raises one of REFUSALS."""
        if self._hands & self._took_part[matter.application.pk]:
            raise NotAllowed(Refused("entered_it"))
        assessment, key = self._assessments[item.case_id], self._keys[party_of(matter.case)]
        if isinstance(key, Destroyed):
            raise key
        content = content_of(assessment, key)
        if rests_on_record(content):
            raise alone()
        found = of_batch(matter, assessment, content, item)
        made = as_listed(item, found, self._pot.around(*self._places[matter.ticket.pk]), at=self._at, name=self._names)
        letter = set_letter(
            fill_letter(
                made.kind, made.values, matter, at=self._at, name=self._names, attachments=self._attached[item.case_id]
            )
        )
        by, details = party_of_batch(item), details_of(made, item)
        act = self._acts.put(item.case_id, made.kind, by=by, at=self._at, details=details, ground=made.article)
        if made.settles:
            self._acts.put(item.case_id, SETTLED, by=by, at=self._at, details=details)
        self._pot.decided(made.kind, made.cents)
        self._frees |= bool(freed_by(*made.on_place)[0])
        return _Decided(item, matter, made, act, letter, key)


def as_listed(item: BatchItem, found: Found, place: Snapshot, *, at: datetime, name: NameOf) -> Made:
    """Say what a decision comes to. Raises DecisionRefused where that is something else than what was released."""
    made = _not_granted(found, place) if item.kind == "refused" else granted(found, place, at=at, name=name)
    if (made.kind, made.cents) != (item.kind, item.cents):
        raise other_outcome()
    return made


def alone() -> DecisionRefused:
    """Give the refusal of a decision together with others, where what is granted to the same party at once could count."""
    return refused("alone", "Hierop wordt apart beslist, want wat eerder is toegekend, telt mee.",
                   "This is decided on by itself, for earlier grants count.")  # fmt: skip


def other_outcome() -> DecisionRefused:
    """Give the refusal of a decision that would be another than the list says."""
    return refused("other_outcome", "De uitkomst zou een andere zijn dan die is vrijgegeven.",
                   "The outcome would be another than what was released.")  # fmt: skip


def _not_granted(found: Found, place: Snapshot) -> Made:
    """Refuse outside the ceiling, else because a condition fails: the ceiling holds whatever else was found."""
    try:
        return not_granted(found, place, ground_of(own_ground(outside=True)))
    except DecisionRefused as why:
        if why.code != "ground" or found.assessment is None or found.assessment.outcome != "fails":
            raise
    return not_granted(found, place, ground_of(own_ground(outside=False)))


def _alike(matter: Matter, item: BatchItem) -> bool:
    """Say whether a case can be decided on together with others: a first decision in this round, on which no other counts."""
    return matter.case.decided_at is None and matter.round.pk == item.batch.round_id and not concerned(matter)


def _parties(matters: Iterable[Matter]) -> list[tuple[str, int | None]]:
    found: list[tuple[str, int | None]] = []
    for one in (matter.application for matter in matters):
        found += [(one.applicant_kind, one.applicant_number), (one.payee_kind, one.payee_number)]
    return found
