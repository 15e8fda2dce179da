"""Deciding on many cases: proposed by one, released by another, worked off once however many work at it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.audit.models import Act
from doorleren.cases.access import may
from doorleren.cases.commands import perform_many
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.commands import propose_batch as proposing
from doorleren.decisions.commands import release_batch as releasing
from doorleren.decisions.commands import run_batch as running
from doorleren.decisions.commands.assess import assess
from doorleren.decisions.commands.propose_batch import digest_now, preview, propose_batch, take_out, withdraw_batch
from doorleren.decisions.commands.release_batch import release_batch, resume_batch, stop_batch
from doorleren.decisions.commands.run_batch import progress_of, run_batch
from doorleren.decisions.models import Batch, BatchItem, Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, YES, a_case, automatic, by

Staff = dict[str, Person]
HONEST = ["honest"]


def cases(known: Library, round_: Round, number: int) -> list[Case]:
    """Let so many people apply, and the rules assess them."""
    found = [a_case(known, round_, f"Person {one}") for one in range(number)]
    for case in found:
        automatic(case, known)
    return found


def released(round_: Round, staff: Staff) -> Batch:
    """Propose and release all that is clear."""
    batch = propose_batch(round_.pk, HONEST, by=by(staff["decider"]), at=AT)
    return release_batch(batch.pk, digest_now(batch), by=by(staff["second"]), at=AT)


def now() -> Any:
    """Give the moment of the tests."""
    return made.later()


def test_what_it_will_do_is_shown_before(known: Library, round_: Round, staff: Staff) -> None:
    """Without the statements nothing can be decided; the preview says how many need which; with them it has counts and sums."""
    found = cases(known, round_, 3)
    shown = preview(round_)
    assert (shown.lines, shown.left, shown.stated) == ((), 3, {"honest": 3})
    shown = preview(round_, HONEST)
    assert (shown.number("granted"), shown.cents, shown.left) == (3, 3 * 69995, 0)
    assert [one.case for one in shown.lines] == [case.pk for case in found]
    with pytest.raises(DecisionRefused, match="niets dat zonder mens"):
        propose_batch(round_.pk, by=by(staff["decider"]), at=AT)


def test_two_officials_and_then_one_decision_each(known: Library, round_: Round, staff: Staff) -> None:
    """The list is proposed by one and released by another; each case gets its decision, by both of them, and neither pays."""
    found = cases(known, round_, 3)
    batch = propose_batch(round_.pk, HONEST, by=by(staff["decider"]), at=AT)
    with pytest.raises(NotAllowed):
        release_batch(batch.pk, digest_now(batch), by=by(staff["decider"]), at=AT)
    with pytest.raises(NotAllowed):
        release_batch(batch.pk, digest_now(batch), by=by(staff["assessor"]), at=AT)
    seen = digest_now(batch)
    assert take_out(batch.pk, [found[0].pk], by=by(staff["second"]), at=AT) == 1
    with pytest.raises(DecisionRefused, match="veranderd"):
        release_batch(batch.pk, seen, by=by(staff["second"]), at=AT)
    batch = release_batch(batch.pk, digest_now(batch), by=by(staff["second"]), at=AT)
    assert batch.list_digest == seen != batch.released_digest
    assert run_batch(batch.pk, now=now) == 2
    assert progress_of(batch.pk) == running.Progress(2, 0, 1, 0)
    batch.refresh_from_db()
    assert batch.finished_at == now()
    assert not Decision.objects.filter(case=found[0]).exists()
    one = Decision.objects.get(case=found[1])
    assert (one.kind, one.batch, one.amount_cents) == ("granted", batch, 69995)
    assert one.act.details["proposed_by"] == staff["decider"].pk
    from doorleren.people.models import RoleKind
    from tests.people import made as people

    for name in ("decider", "second"):
        people.role(staff[name], RoleKind.PAYMASTER, body=round_.body)
        answer = may(by(staff[name], now()), "paid", Case.objects.get(pk=found[1].pk), at=now())
        assert answer == Refused("decided_it")
    told = Act.objects.filter(subject_kind="batch").order_by("id").values_list("act", flat=True)
    assert list(told) == ["proposed", "taken_out", "released"]


def test_stopped_and_resumed(known: Library, round_: Round, staff: Staff) -> None:
    """A stopped batch keeps what was decided and waits with the rest; resumed it goes on where it was."""
    cases(known, round_, 3)
    batch = released(round_, staff)
    assert run_batch(batch.pk, now=now, most=1) == 1
    stop_batch(batch.pk, by=by(staff["decider"]), at=AT)
    with pytest.raises(DecisionRefused):
        stop_batch(batch.pk, by=by(staff["decider"]), at=AT)
    assert run_batch(batch.pk, now=now) == 0
    assert progress_of(batch.pk) == running.Progress(1, 0, 0, 2)
    resume_batch(batch.pk, by=by(staff["second"]), at=AT)
    assert run_batch(batch.pk, now=now) == 2
    with pytest.raises(DecisionRefused):
        resume_batch(batch.pk, by=by(staff["second"]), at=AT)


def test_what_became_another_case_is_left(known: Library, round_: Round, staff: Staff) -> None:
    """A case that a person assessed meanwhile is left with a code; the others are decided on all the same."""
    found = cases(known, round_, 3)
    batch = released(round_, staff)
    assess(found[1].pk, [YES], library=known, by=by(staff["assessor"]), at=AT)
    assert run_batch(batch.pk, now=now) == 3
    assert progress_of(batch.pk) == running.Progress(2, 1, 0, 0)
    item = BatchItem.objects.get(batch=batch, case=found[1])
    assert item.left == "assessed_anew"


def test_outside_the_ceiling(tmp_path: Path, db: None) -> None:
    """In a round that ran out the batch grants, grants a part, and refuses who came after with the ceiling as its ground."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    found = cases(known, round_, 3)
    shown = preview(round_, HONEST)
    assert [(one.kind, one.cents) for one in shown.lines] == [
        ("granted", 69995),
        ("partly_granted", 30005),
        ("refused", 0),
    ]
    run_batch(released(round_, staff).pk, now=now)
    kinds = Decision.objects.order_by("case").values_list("case", "kind", "ground")
    assert list(kinds) == [
        (found[0].pk, "granted", ""),
        (found[1].pk, "partly_granted", ""),
        (found[2].pk, "refused", "ceiling"),
    ]


def test_a_case_waits_in_one_batch(known: Library, round_: Round, staff: Staff) -> None:
    """What stands in a batch that waits is in no other; once that one is withdrawn it can be proposed again."""
    cases(known, round_, 2)
    first = propose_batch(round_.pk, HONEST, by=by(staff["decider"]), at=AT)
    with pytest.raises(DecisionRefused):
        propose_batch(round_.pk, HONEST, by=by(staff["second"]), at=AT)
    withdraw_batch(first.pk, by=by(staff["decider"]), at=AT)
    with pytest.raises(DecisionRefused):
        release_batch(first.pk, first.list_digest, by=by(staff["second"]), at=AT)
    assert propose_batch(round_.pk, HONEST, by=by(staff["second"]), at=AT).items.count() == 2


# --- two workers at once


def together(number: int, work: Callable[[], object]) -> list[BaseException]:
    """Run the same work in so many threads from one moment on; give what went wrong in them."""
    wrong: list[BaseException] = []
    ready = threading.Barrier(number)

    def one() -> None:
        try:
            ready.wait(10)
            work()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_decision_a_case(tmp_path: Path) -> None:
    """Two workers on one batch share it: each case has one decision and one letter, and the running total has no gap."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    found = cases(known, round_, 8)
    batch = released(round_, staff)
    assert together(2, lambda: run_batch(batch.pk, now=now)) == []
    assert progress_of(batch.pk) == running.Progress(8, 0, 0, 0)
    assert CaseAct.objects.filter(act="granted").count() == Decision.objects.count() == len(found)
    before = Decision.objects.order_by("id").values_list("granted_before_number", flat=True)
    assert list(before) == list(range(8))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_take_the_same_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: two workers that do not lock the item take the same one, and one of them fails at the case."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    cases(known, round_, 1)
    batch = released(round_, staff)
    both = threading.Barrier(2)

    def unlocked(number: int) -> BatchItem | None:
        item = BatchItem.objects.select_related("batch").filter(batch=number, pending=True).first()
        both.wait(10)
        return item

    monkeypatch.setattr(running, "next_item", unlocked)
    wrong = together(2, lambda: running.decide_next(batch.pk, at=now()))
    assert len(wrong) == 1
    assert "eindigt één keer" in str(wrong[0])
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_holds_the_record_waits_for_nobody_who_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a proposal, a release, a stop or a chunk comes to the record, rows that name its round, batch or case can be written."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    found = cases(known, round_, 1)
    rows, wrong, asked = {"rounds_round": round_.pk}, list[BaseException](), list[str]()

    def naming() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, number in rows.items():
                cursor.execute(f'SELECT FROM "{table}" WHERE id = %s FOR KEY SHARE NOWAIT', [number])

    def watched(what: Callable[..., Any]) -> Callable[..., Any]:
        def recording(*given: Any, **told: Any) -> Any:
            asked.append(what.__name__)
            wrong.extend(together(1, naming))
            return what(*given, **told)

        return recording

    for module in (proposing, releasing):
        monkeypatch.setattr(module, "record", watched(module.record))
    monkeypatch.setattr(perform_many, "record_all", watched(perform_many.record_all))
    batch = released(round_, staff)
    rows["decisions_batch"] = batch.pk
    stop_batch(batch.pk, by=by(staff["second"]), at=AT)
    resume_batch(batch.pk, by=by(staff["second"]), at=AT)
    rows["cases_case"] = found[0].pk
    assert run_batch(batch.pk, now=now) == 1
    assert (asked, wrong) == ([*["record"] * 4, "record_all"], [])


def test_what_was_proposed_never_changes(known: Library, round_: Round, staff: Staff) -> None:
    """The database refuses to change a list, to release it twice, or to end an item twice."""
    from django.db import IntegrityError

    cases(known, round_, 1)
    batch = released(round_, staff)
    run_batch(batch.pk, now=now)
    changes: list[Callable[[], object]] = [
        lambda: Batch.objects.filter(pk=batch.pk).update(list_digest="0" * 64),
        lambda: Batch.objects.filter(pk=batch.pk).delete(),
        lambda: BatchItem.objects.update(kind="refused"),
        lambda: BatchItem.objects.update(left="x", decided_at=None, left_at=AT),
        lambda: Decision.objects.update(amount_cents=1),
        lambda: Decision.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
