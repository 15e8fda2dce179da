"""Many cases at once: few questions for each, what is refused or spoilt fails no neighbour, and nothing is looked at again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from doorleren.applications.submitted import submitted_together
from doorleren.audit.acts import SITE, Party, checked
from doorleren.audit.models import Act
from doorleren.cases.commands.keep_hands import keep_hands
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions import jobs, on_record
from doorleren.decisions.commands import decide_many
from doorleren.decisions.commands import run_batch as running
from doorleren.decisions.commands.assess import assess_automatically
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.commands.propose_batch import digest_now, propose_batch
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.commands.run_batch import decide_next, progress_of, run_batch
from doorleren.decisions.jobs import assess_waiting, note_dispatches
from doorleren.decisions.models import ActLetter, Assessment, Batch, BatchItem, CostShare, Decision
from doorleren.decisions.openings import Opening
from doorleren.decisions.sealed import content_of
from doorleren.letters import queries as letters
from doorleren.letters.commands import make_letter
from doorleren.letters.jobs import send_waiting
from doorleren.letters.models import Dispatch, Letter
from doorleren.letters.pdf import NotSet
from doorleren.people.file_keys import DoesNotOpen, destroy_key
from doorleren.people.models import Person
from doorleren.rounds.models import FixedPlace, Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, applied, by, later

Staff = dict[str, Person]
FEW, MANY = 5, 15


@pytest.fixture(autouse=True)
def own_outbox(settings: Any, tmp_path: Path) -> None:
    """Letters go to a folder of this test."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"


def released(round_: Round, staff: Staff) -> Batch:
    """Propose and release all that is clear."""
    batch = propose_batch(round_.pk, ["honest"], by=by(staff["decider"]), at=AT)
    return release_batch(batch.pk, digest_now(batch), by=by(staff["second"]), at=AT)


def assessed(known: Library, round_: Round, number: int) -> list[Case]:
    """Let so many people apply, open their cases, and let the rules assess them."""
    for one in range(number):
        applied(known, round_, f"Person {one}")
    open_cases(at=AT)
    assess_waiting(known, now=lambda: AT)
    return list(Case.objects.order_by("pk"))


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(work: Callable[[], object]) -> int:
    """Count the questions to the database."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def all_the_way(known: Library, round_: Round, staff: Staff, number: int) -> dict[str, int]:
    """Bring so many cases from submitted to noted; give the questions per stage."""
    for one in range(number):
        applied(known, round_, f"Person {one}")
    told = {
        "open": asked(lambda: open_cases(at=AT)), "assess": asked(lambda: assess_waiting(known, now=lambda: AT)),
    }  # fmt: skip
    batch = released(round_, staff)
    told |= {
        "decide": asked(lambda: run_batch(batch.pk, now=later)), "send": asked(lambda: send_waiting(later)),
        "note": asked(lambda: note_dispatches(now=later)),
    }  # fmt: skip
    assert CaseAct.objects.filter(act="dispatched").count() == number
    return told


def test_more_cases_ask_no_more_questions(known: Library, round_: Round, staff: Staff) -> None:
    """Opening, assessing, deciding, sending and noting ask as often for fifteen cases as for five; one by one they ask more."""
    with undone():
        few = all_the_way(known, round_, staff, FEW)
    many = all_the_way(known, round_, staff, MANY)
    assert many == few
    one, two = (applied(known, round_, name) for name in ("Els", "Omar"))
    open_cases(at=AT)
    cases = [Case.objects.get(subject_id=str(one.pk)) for one in (one, two)]
    alone = asked(lambda: assess_automatically(cases[0].pk, library=known, at=AT))
    both = alone + asked(lambda: assess_automatically(cases[1].pk, library=known, at=AT))
    assert both > alone + 5


def test_what_has_a_case_is_not_looked_at_again(known: Library, round_: Round) -> None:
    """Who keeps how far it is looks at every ticket once, however often it asks; who forgets it looks at all of them each time."""
    opening, looked = Opening(), 0
    for turn in (1, 2, 3):
        for one in range(2):
            applied(known, round_, f"Person {turn}.{one}")
        assert open_cases(at=AT, opening=opening) == 2
        assert open_cases(at=AT, opening=opening) == 0
        forgets = Opening()
        assert open_cases(at=AT, opening=forgets) == 0
        looked += forgets.looked
    assert (opening.looked, looked) == (6, 2 + 4 + 6)


def test_what_went_wrong_is_tried_again(known: Library, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the database is gone halfway nothing counts as passed: the next time the same cases are opened."""
    applied(known, round_)
    opening, command = Opening(), "doorleren.decisions.commands.open_cases.open_many"
    with monkeypatch.context() as gone:
        gone.setattr(command, _raising(ConnectionError("gone")))
        with pytest.raises(ConnectionError):
            open_cases(at=AT, opening=opening)
    assert open_cases(at=AT, opening=opening) == 1


def _raising(error: Exception) -> Callable[..., Any]:
    def raising(*_: object, **__: object) -> Any:
        raise error

    return raising


def _spoilt(what: Callable[..., Any], times: int) -> Callable[..., Any]:
    """Let a row be one that the database refuses, the first so many times."""
    calls = iter(range(100))

    def spoiling(*given: Any, **told: Any) -> Any:
        row = what(*given, **told)
        if next(calls) < times:
            row.asked_cents, row.amount_cents, row.kind = 1, 5, "partly_granted"
        return row

    return spoiling


# --- decisions


def told_of(case: Case) -> tuple[Any, ...]:
    """Give all that was kept of the decision on a case, but the numbers that the database gave."""
    one = Decision.objects.get(case=case)
    letter = Letter.objects.get(act__act=one.act)
    case = Case.objects.get(pk=case.pk)
    fields = [
        field.name for field in Decision._meta.concrete_fields if field.name not in ("id", "act", "content", "batch")
    ]
    acts = CaseAct.objects.filter(case=case).order_by("number")
    recorded = Act.objects.filter(subject_kind="case", subject_id=str(case.pk)).order_by("id")
    return (
        [getattr(one, name) for name in fields], content_of(one), letters.content_of(letter), letter.digest, letter.channel,
        list(acts.values_list("number", "act", "at", "happened_on", "by_kind", "ground")),
        [told - {"batch"} for told in (set(row.details) for row in acts)],
        list(recorded.values_list("act", "at", "actor_kind")), sorted(CostShare.objects.filter(decision=one).values_list("payer", "cents")),
        case.state, case.due_on, case.due_term, case.acts, case.granted_at, case.decided_at, case.last_act_at,
        FixedPlace.objects.filter(pk=one.ticket_id).exists(),
    )  # fmt: skip


def test_together_is_what_each_alone_would_be(tmp_path: Path, db: None) -> None:
    """Granted, partly granted and refused: rows, letters, acts, record and totals are the same together as one at a time."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    found, ways = assessed(known, round_, 3), []
    for decide in (
        lambda batch: run_batch(batch, now=later),
        lambda batch: [decide_next(batch, at=later()) for _ in found],
    ):
        with undone():
            decide(released(round_, staff).pk)
            assert [one.kind for one in Decision.objects.order_by("id")] == ["granted", "partly_granted", "refused"]
            ways.append([told_of(case) for case in found])
            assert checked().broken is None
    assert ways[0] == ways[1]


def test_who_may_not_is_left_and_the_others_go_on(known: Library, round_: Round, staff: Staff) -> None:
    """Of a batch the case in which the releaser pays, and the one whose file was destroyed, are left with a code; no other."""
    found = assessed(known, round_, 4)
    keep_hands([found[0].pk], "pay", [staff["second"].pk], cause="payment_run/1")
    batch = released(round_, staff)
    destroy_key(Party("case", str(found[2].pk)), by=SITE, at=AT)
    assert run_batch(batch.pk, now=later) == 4
    left = dict(BatchItem.objects.exclude(left="").values_list("case", "left"))
    assert left == {found[0].pk: "paid_it", found[2].pk: "Destroyed"}
    assert list(Decision.objects.order_by("id").values_list("case", flat=True)) == [found[1].pk, found[3].pk]
    assert FixedPlace.objects.count() == 2


def test_two_cases_of_one_person_in_one_batch_count_together(tmp_path: Path, db: None) -> None:
    """Where a scheme has a ceiling per recipient the second case of a person knows of the first, though both stand in one list."""
    known = made.library(
        tmp_path, made.HARD + '\n[stacking]\nde_minimis = { cap = 1200, years = 3 }\nsource = "order"\n'
    )
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    found = assessed(known, round_, 3)
    made.of_the_same(found[1], found[0])
    assert run_batch(released(round_, staff).pk, now=later) == 3
    assert list(BatchItem.objects.order_by("number").values_list("left", flat=True)) == ["", "other_outcome", ""]
    assert list(Decision.objects.order_by("id").values_list("case", "amount_cents")) == [
        (found[0].pk, 69995), (found[2].pk, 69995)
    ]  # fmt: skip


def test_a_letter_that_cannot_be_set_holds_up_no_other(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter that cannot be set leaves that case with a code, and the others are decided on."""
    set_as = make_letter.as_pdf
    monkeypatch.setattr(
        make_letter, "as_pdf", lambda one: _raising(NotSet("spoilt"))() if one.recipient == "Bo" else set_as(one)
    )
    for name in ("Els", "Bo", "Omar"):
        applied(known, round_, name)
    open_cases(at=AT)
    assess_waiting(known, now=lambda: AT)
    batch = released(round_, staff)
    assert run_batch(batch.pk, now=later) == 3
    assert list(BatchItem.objects.order_by("number").values_list("left", flat=True)) == ["", "NotSet", ""]
    assert Decision.objects.count() == Letter.objects.count() == FixedPlace.objects.count() == 2


def test_what_cannot_be_read_together_is_decided_on_alone(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one case cannot be read the others of its chunk do not wait for ever."""
    assessed(known, round_, 2)
    batch = released(round_, staff)
    monkeypatch.setattr(decide_many, "matters_of", _raising(LookupError("gone")))
    assert run_batch(batch.pk, now=later) == 2
    assert Decision.objects.count() == 2


def test_what_the_database_refuses_spoils_no_neighbour(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that the database refuses undoes what was done together; each case is then decided on by itself."""
    found = assessed(known, round_, 3)
    batch = released(round_, staff)
    monkeypatch.setattr(decide_many, "decision_row", _spoilt(decide_many.decision_row, 1))
    assert run_batch(batch.pk, now=later) == 3
    assert progress_of(batch.pk) == running.Progress(3, 0, 0, 0)
    assert Decision.objects.count() == ActLetter.objects.count() == len(found)
    assert list(Decision.objects.order_by("id").values_list("granted_before_number", flat=True)) == [0, 1, 2]


def test_killed_halfway_nothing_is_there_and_nothing_is_lost(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is killed before the end of its transaction leaves no decision, act, letter or place; the next one does all."""
    assessed(known, round_, 3)
    batch = released(round_, staff)
    before = Act.objects.count()
    for step in ("decision_row", "keep_act_letters", "fix"):
        with monkeypatch.context() as killed:
            killed.setattr(decide_many, step, _raising(KeyboardInterrupt()))  # type: ignore[arg-type]
            with pytest.raises(KeyboardInterrupt):
                run_batch(batch.pk, now=later)
        rows = [model.objects.count() for model in (Decision, Letter, FixedPlace)]
        assert (rows, Act.objects.count(), progress_of(batch.pk).pending) == ([0, 0, 0], before, 3)
    assert run_batch(batch.pk, now=later) == 3
    assert (Decision.objects.count(), checked().broken) == (3, None)


# --- assessing, sending, noting


def test_one_that_cannot_be_assessed_holds_up_no_other(
    known: Library, round_: Round, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a file was destroyed nothing is assessed, and the log says so; what a database error spoilt is done one by one."""
    for name in ("Els", "Omar", "Nadia"):
        applied(known, round_, name)
    open_cases(at=AT)
    first = Case.objects.order_by("pk")[0]
    destroy_key(Party("case", str(first.pk)), by=SITE, at=AT)
    with undone():
        assert assess_waiting(known, now=later) == 2
        assert f"case {first.pk} could not be assessed: Destroyed" in caplog.text
        assert not Assessment.objects.filter(case=first).exists()
    monkeypatch.setattr(jobs, "assess_together", _raising(IntegrityError("spoilt")))
    assert assess_waiting(known, now=later) == 2


def test_answers_that_cannot_be_read_hold_up_no_other(
    known: Library, round_: Round, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An application whose answers cannot be read is said in the log, and the others are assessed."""
    bad = applied(known, round_, "Els")
    applied(known, round_, "Omar")
    open_cases(at=AT)

    def reading(tickets: Any, library: Library) -> Any:
        if any(one.pk == bad.pk for one, _ in tickets):
            raise LookupError("no such fact")
        return submitted_together(tickets, library)

    monkeypatch.setattr(on_record, "submitted_together", reading)
    assert assess_waiting(known, now=later) == 1
    assert "could not be assessed: LookupError: no such fact" in caplog.text


def test_the_rules_never_go_over_an_official(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that an official was assessing when the rules came along keeps the assessment of the official alone."""
    case = made.a_case(known, round_)

    def meanwhile(some: list[int], **_: object) -> tuple[int, list[int]]:
        made.assessed(case, known, staff["assessor"])
        return 0, some

    monkeypatch.setattr(jobs, "assess_together", meanwhile)
    assert assess_waiting(known, now=later) == 0
    assert not Assessment.objects.get(case=case).automatic


def test_letters_go_out_together_and_one_that_does_not_open_alone_stays(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A letter that does not open is in the log and waits; the others go out, and each is noted on its case once."""
    assessed(known, round_, 3)
    run_batch(released(round_, staff).pk, now=later)
    bad = Letter.objects.order_by("id")[1]
    own, command = letters.pdf_of, "doorleren.letters.commands.send_letter.pdf_of"

    def opening(letter: Letter, key: bytes | None = None) -> bytes:
        if letter.pk == bad.pk:
            raise DoesNotOpen("changed")
        return own(letter, key)

    with monkeypatch.context() as changed:
        changed.setattr(command, opening)
        assert send_waiting(later) == (2, 1)
    assert f"letter {bad.pk} could not be sent: DoesNotOpen" in caplog.text
    assert not Dispatch.objects.filter(letter=bad).exists()
    monkeypatch.setattr(jobs, "_note_together", _raising(IntegrityError("spoilt")))
    assert note_dispatches(now=later) == 2
    monkeypatch.undo()
    assert send_waiting(later) == (1, 0)
    assert (note_dispatches(now=later), note_dispatches(now=later)) == (1, 0)
    assert CaseAct.objects.filter(act="dispatched").count() == 3
