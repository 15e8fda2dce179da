"""A payment run that is broken off between any two statements: no double line, no lost line, nothing paid twice, no file that the bank does not get."""

import hashlib
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.cases.models import CaseAct
from doorleren.payments.balances import round_money
from doorleren.payments.bank_channel import FOLDER, Folder
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands import hand_over as handing
from doorleren.payments.commands import import_message as importing
from doorleren.payments.commands import propose_run as proposing
from doorleren.payments.commands import release_run as releasing
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.models import PaymentEvent, PaymentFile, PaymentHandover, PaymentLine, PaymentRun
from doorleren.people.national_number import new_keys
from tests.applications.made import a_round
from tests.decisions import made as decisions
from tests.payments.made import checked_at_commit, emptied
from tests.payments.paying import PAID, Scene, a_scene, status
from tests.people import made as people

CASES, CENTS = 2, 69995
QUIET = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")


class Killed(BaseException):
    """The process is gone."""


class Counted(Folder):
    """The folder for the bank, with a statement after each file: there too something can be broken off."""

    def hand(self, name: str, content: bytes) -> None:
        """Put the file there, and count."""
        super().hand(name, content)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Keys and a folder for the bank of this test only."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_BANK_CHANNEL = f"{__name__}.Counted"
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox" / FOLDER


def a_life(scene: Scene, code: str = "ACSC") -> None:
    """Propose, release, hand to the bank and read in what it says, each as far as it has not been done."""
    if not open_runs(scene) and any(scene.payable(case) for case in scene.cases):
        scene.propose()
    for run in open_runs(scene):
        if run.released_at is None:
            release_run(run.pk, by=scene.by("other", 1), at=PAID + timedelta(minutes=1))
        hand_on(run.pk, scene)
        lines = list(run.rows.filter(events__event="ordered").order_by("number"))
        at = PAID + timedelta(minutes=5)
        import_message(scene.body.pk, status(lines, code), by=people.signed_in(scene.staff["paymaster"], at=at), at=at)


def hand_on(run: int, scene: Scene) -> None:
    """Hand the file of a released run to the bank, unless that was done."""
    if PaymentHandover.objects.filter(file__run=run).exists():
        return
    by, at = scene.by("other", 2), PAID + timedelta(minutes=2)
    hand_over(run, file_of(run, by=by, at=at), by=by, at=at)


def not_there(outbox: Path) -> list[int]:
    """Give the runs of which we say that the bank has the file, where it has not, or another, or half of it."""
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in outbox.glob("*.xml")}
    said = PaymentFile.objects.filter(handover__isnull=False).select_related("run").order_by("pk")
    return [one.run_id for one in said if there.get(f"{one.run.message_id}.xml") != one.digest]


def open_runs(scene: Scene) -> list[PaymentRun]:
    """Give the runs that wait, or of which the bank has not told all."""
    ended = PaymentEvent.objects.filter(step=2).values("line")
    told = PaymentLine.objects.filter(events__event="left_out").values("pk")
    runs = PaymentLine.objects.exclude(pk__in=ended).exclude(pk__in=told).values("run")
    return list(PaymentRun.objects.filter(pk__in=runs, withdrawn_at=None).order_by("pk"))


@contextmanager
def in_role(role: str) -> Iterator[None]:
    """Work with the rights of a role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@contextmanager
def ended_after(number: int, end: Callable[[], None]) -> Iterator[list[int]]:
    """End after so many statements; statements of transactions themselves do not count. Gives how many there were."""
    count = [0]

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not str(sql).startswith(QUIET):
            count[0] += 1
            if count[0] == number:
                end()
        return found

    with connection.execute_wrapper(counting):
        yield count


def raise_killed() -> None:
    """End by an exception that nothing catches."""
    raise Killed


def broken_off(scene: Scene, number: int) -> tuple[bool, list[str]]:
    """Break a life off after so many statements; say whether it was, and what the check then finds."""
    try:
        with ended_after(number, raise_killed):
            a_life(scene)
    except Killed:
        connection.needs_rollback = False  # where no command of ours undoes its work, nothing is undone
        return True, [one.invariant for one in check_ledger().breaks]
    return False, []


class Undone(Exception):
    """Takes everything back, so that the next one starts from the same."""


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Scene:
    """Two granted cases, to be paid."""
    known = decisions.library(tmp_path)
    return a_scene(known, a_round(known, opened=True), CASES)


@pytest.mark.timeout(600)
def test_broken_off_after_every_statement(scene: Scene, as_application: None, outbox: Path) -> None:
    """With the rights of the application: broken off after the first, second ... last statement and begun again: each case is paid once, the bank has the file, and everything holds."""
    number, going = 0, True
    while going:
        number += 1
        try:
            with transaction.atomic():
                going, breaks = broken_off(scene, number)
                assert (breaks, not_there(outbox)) == ([], []), number
                if going:
                    a_life(scene)
                checked_at_commit()
                ensure_paid_once(scene, number)
                assert not_there(outbox) == [], number
                raise Undone
        except Undone:
            continue
    assert number > 40


def ensure_paid_once(scene: Scene, number: int) -> None:
    """Hold what must be true of the whole: one line a case, paid once, one act."""
    assert list(PaymentLine.objects.order_by("case").values_list("case", flat=True)) == [
        one.pk for one in scene.cases
    ], number
    assert PaymentEvent.objects.count() == 2 * CASES, number
    assert PaymentHandover.objects.count() == 1, number
    assert round_money(scene.round.pk).paid == CASES * CENTS, number
    assert CaseAct.objects.filter(act="advance_paid").count() == CASES, number
    assert check_ledger().breaks == (), number


class _NoTransaction:
    """In the place of `transaction`, where nothing is undone when a command breaks off."""

    def atomic(self) -> Any:
        return nullcontext()


@pytest.mark.timeout(600)
def test_without_transactions_it_is_found(
    scene: Scene, as_application: None, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: where commands are not whole, the check finds lost lines and payments that are not posted, and a file that the bank never got."""
    for module in (proposing, releasing, handing, importing):
        monkeypatch.setattr(module, "transaction", _NoTransaction())
    found: set[str] = set()
    number, going = 0, True
    while going:
        number += 1
        try:
            with transaction.atomic():
                going, breaks = broken_off(scene, number)
                found |= {*breaks, *(["not_there"] if not_there(outbox) else [])}
                raise Undone
        except Undone:
            continue
    assert {
        "run_whole",
        "run_decided_whole",
        "run_file",
        "payment_ordered_is_posted",
        "payment_confirmed_is_posted",
        "not_there",
    } <= found


def killed_in_a_child(scene: Scene, number: int, role: str) -> bool:
    """Let a process of its own, with the rights of a role, live a life and kill itself with signal 9 after so many statements; say whether it did."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            with in_role(role), ended_after(number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                a_life(scene, "RJCT")
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kills", [10, pytest.param(1000, marks=pytest.mark.long)])
def test_killed_over_and_over(
    transactional_db: None, application_role: str, tmp_path: Path, outbox: Path, kills: int
) -> None:
    """With the rights of the application: killed with signal 9 at drawn moments, and gone on with by another process: no line is lost or there twice, and no file that is said to be with the bank."""
    draw, known = random.Random(20260322), decisions.library(tmp_path)
    # each time the bank rejects the payments in the end, so that the same money is owed again
    try:
        scene = a_scene(known, a_round(known, opened=True), CASES)
        with in_role(application_role), ended_after(0, raise_killed) as statements:
            a_life(scene, "RJCT")
        done = 0
        for turn in range(kills * 3):
            done += killed_in_a_child(scene, draw.randint(1, statements[0]), application_role)
            if open_runs(scene):
                with in_role(application_role):
                    a_life(scene, "RJCT")
            assert [scene.payable(case) for case in scene.cases] == [CENTS] * CASES, turn
            ordered = PaymentEvent.objects.filter(event="ordered").count()
            assert ordered == PaymentEvent.objects.filter(event="failed").count(), turn
            assert not_there(outbox) == [], turn
            if turn % 50 == 0 or done == kills:
                assert check_ledger().breaks == (), turn
            if done == kills:
                break
        assert done == kills
        assert round_money(scene.round.pk).paid == 0
    finally:
        emptied()
