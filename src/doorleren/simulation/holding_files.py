"""What must be true of evidence (its key, its content, its steps) and of requests to correct (their order, term, hands, letters)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from django.db import connection

from doorleren.applications.content import content_hash
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.models import (
    CHANGES,
    ENDS,
    About,
    Answer,
    CorrectionAct,
    CorrectionRequest,
    CorrectionStep,
    Document,
    DocumentStep,
    Step,
)
from doorleren.applications.queries import submitted_answers
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.letters.models import Letter
from doorleren.people.acts import DEMANDS
from doorleren.people.models import RoleKind
from doorleren.people.queries import roles_in_force
from doorleren.simulation.correcting import PRICE
from doorleren.simulation.documents import SPOILT, content_of
from doorleren.simulation.holding import Violation
from doorleren.simulation.world import Season, World

Found = Iterator[Violation]
TOLD_IN_THE_RECORD = {
    Step.RECEIVED: "evidence_uploaded", Step.REFUSED: "evidence_refused", Step.CHECKED: "evidence_checked",
    Step.WITHDRAWN: "evidence_withdrawn",
}  # fmt: skip


def hold_documents(world: World, season: Season) -> Found:
    """Hold what must be true of the documents of a season's rounds."""
    rows = Document.objects.filter(application__round__in=season.ceilings).select_related("application", "key")
    for one in rows.prefetch_related("steps").order_by("pk"):
        yield from _document(one, sorted(one.steps.all(), key=lambda step: step.pk), world)


def _document(one: Document, steps: Sequence[DocumentStep], world: World) -> Found:
    where, names = f"document {one.pk}", [step.step for step in steps]
    gone, held = bool({Step.REFUSED, Step.WITHDRAWN} & set(names)), getattr(one, "key", None)
    received = next((step for step in steps if step.step == Step.RECEIVED), None)
    if gone == (held is not None):
        yield Violation("evidence", where, f"its steps are {names}, and its key is {'there' if held else 'gone'}")
    if any(names.count(step) > 1 for step in (Step.RECEIVED, Step.REFUSED, Step.WITHDRAWN)):
        yield Violation("evidence", where, f"its steps are {names}")
    if gone and names[-1] not in (Step.REFUSED, Step.WITHDRAWN):
        yield Violation("evidence", where, f"its steps are {names}: something came after its end")
    whole = one.size % SPOILT != 0
    scans = [step.scan for step in steps if step.step == Step.CHECKED]
    if (received is not None and not whole) or (Step.REFUSED in names and whole and "infected" not in scans):
        yield Violation("evidence", where, f"it is {'a PDF' if whole else 'no PDF'}, and its steps are {names}")
    told = Act.objects.filter(subject_kind="application", subject_id=str(one.application_id), details__document=one.pk)
    recorded = list(told.order_by("id").values_list("act", flat=True))
    wanted = [TOLD_IN_THE_RECORD[Step(step.step)] for step in steps if not _of_a_scan(step)]
    if recorded != wanted:
        yield Violation("kept whole", where, f"its steps are {names}, the record has {recorded}")
    yield from _content(one, received, world)


def _of_a_scan(step: DocumentStep) -> bool:
    """Say whether a refusal is told by the check before it."""
    return step.step == Step.REFUSED and step.reason == "infected"


def _content(one: Document, received: DocumentStep | None, world: World) -> Found:
    """What is kept is what was given, to the byte; once its key is gone so is the file, when that was committed."""
    held, store, where = getattr(one, "key", None), world.store, f"document {one.pk}"
    if held is None:
        if not connection.in_atomic_block and (store.folder / one.kept).exists():
            yield Violation("evidence", where, "its key is gone and its file is there")
        return
    try:
        raw = store.content(one.kept, bytes(held.wrapped), closed=received is not None)
    except DoesNotOpen as fault:
        yield Violation("evidence", where, str(fault))
        return
    if not content_of(one.size).startswith(raw) or (received and len(raw) != one.size):
        yield Violation("evidence", where, f"{len(raw)} of {one.size} bytes are kept, and not those that were given")
    if received and received.content != content_hash(raw, one.application.salt):
        yield Violation("evidence", where, "its hash is not that of its content")


# --- requests to correct


def hold_corrections(requests: Collection[int], world: World, new: Collection[int] = ()) -> Found:
    """Hold what must be true of some requests; of the steps (by key) that are `new` also that who took them had the role.

    Of a step of before that cannot be seen any more: a role that ends is gone from the whole of its last day.
    """
    for one in CorrectionRequest.objects.filter(pk__in=requests).select_related("application__round").order_by("pk"):
        steps = list(one.steps.order_by("number"))
        for found in (_order(one, steps), _hands(one, steps, new), _kept(one, steps), _unchanged(one, steps, world)):
            yield from found


def _order(one: CorrectionRequest, steps: Sequence[CorrectionStep]) -> Found:
    """Asked first, ended once, after that only others are told and only of a change; in time, and the term is one month, or three."""
    where, names = f"correction {one.pk}", [step.step for step in steps]
    ends = [place for place, name in enumerate(names) if name in ENDS]
    after = names[ends[0] + 1 :] if ends else []
    told_of_a_change = not after or names[ends[0]] in CHANGES
    if (
        [step.number for step in steps] != list(range(1, len(steps) + 1)) or names[0] != CorrectionAct.ASKED
        or len(ends) > 1 or any(name != CorrectionAct.TOLD for name in after) or not told_of_a_change
        or [step.at for step in steps] != sorted(step.at for step in steps)
    ):  # fmt: skip
        yield Violation("order of acts", where, f"its steps are {names}")
    asked = day_of(one.asked_at)
    yield from _term(where, asked, one.due_on, 1)
    for step in steps:
        if step.step == CorrectionAct.EXTENDED and step.until is not None:
            yield from _term(where, asked, step.until, 3)
            if day_of(step.at) > one.due_on:
                yield Violation("terms", where, f"extended on {day_of(step.at)}, after {one.due_on}")


def _term(where: str, asked: date, last: date, months: int) -> Found:
    """So many months, to the next working day: never shorter, and at most eight days longer."""
    least = asked + timedelta(days=28 * months)
    if not least <= last <= asked + timedelta(days=31 * months + 8) or last.weekday() > 4:
        yield Violation("terms", where, f"asked on {asked}, to be answered by {last}")


def _hands(one: CorrectionRequest, steps: Sequence[CorrectionStep], new: Collection[int]) -> Found:
    """Who asks asks and takes back; who answers is an official of the body, in their role, and somebody else."""
    for step in steps:
        own = step.step in (CorrectionAct.ASKED, CorrectionAct.TAKEN_BACK)
        decides = step.step in (CorrectionAct.REFUSED, CorrectionAct.IN_PART)
        asked = (RoleKind.DECIDER,) if decides else DEMANDS["treat_correction"].roles
        held = roles_in_force(int(step.by_id), day_of(step.at)).filter(body=one.body_id, kind__in=list(asked))
        if (int(step.by_id) == one.person_id) != own or (not own and step.pk in new and not held.exists()):
            yield Violation("roles", f"correction {one.pk}, step {step.number}", f"{step.step} by person {step.by_id}")


def _kept(one: CorrectionRequest, steps: Sequence[CorrectionStep]) -> Found:
    """Each step is in the record, each answer has its letter, and a correction of an answer is one new answer."""
    where, names = f"correction {one.pk}", [step.step for step in steps]
    quiet = (CorrectionAct.ASKED, CorrectionAct.TAKEN_BACK, CorrectionAct.TOLD)
    corrected = one.about == About.APPLICATION and bool({CorrectionAct.CORRECTED, CorrectionAct.IN_PART} & set(names))
    wanted = (
        ("acts in the record", len(steps), Act.objects.filter(subject_kind="correction", subject_id=str(one.pk))),
        ("letters", sum(name not in quiet for name in names), Letter.objects.filter(about_kind="correction", about_id=str(one.pk))),
        ("answers", int(corrected), Answer.objects.filter(correction=one.pk)),
    )  # fmt: skip
    for name, number, there in wanted:
        if there.count() != number:
            yield Violation("kept whole", where, f"its steps {names} ask {number} {name}, {there.count()} are there")


def _unchanged(one: CorrectionRequest, steps: Sequence[CorrectionStep], world: World) -> Found:
    """What was submitted is what was submitted, whatever is corrected afterwards."""
    if one.application is None or steps[-1].step not in CHANGES:
        return
    first = Answer.objects.filter(application=one.application, fact=PRICE).order_by("pk").first()
    judged = [row.value for row in submitted_answers(one.application, world.library) if row.fact == PRICE]
    if first is None or judged != [first.cents]:
        yield Violation("judged as submitted", f"correction {one.pk}", f"the price is {judged}, submitted was {first and first.cents}")  # fmt: skip
