"""What was changed or withdrawn since it stood ready is refused, whoever is a little earlier; a submission is never changed."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.rounds.commands import supersede as command
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.supersede import supersede
from doorleren.rounds.models import Batch, Gate, Round, Superseded, Ticket
from doorleren.rounds.tokens import Frozen
from doorleren.server.intake import tables
from doorleren.server.intake.batches import Answer, Batches
from tests.rounds.at_once import waits_for_a_lock
from tests.rounds.made import AT, US, a_round, frozen
from tests.server.intake.conftest import Entering, receipt_of, refused

WITHOUT = "SELECT %(round)s::bigint"
"""In the place of holding the gate before looking what was superseded."""


@pytest.fixture
def opened(transactional_db: None) -> Round:
    """Open a round."""
    return a_round()


def changed(one: Frozen) -> bool:
    """Supersede what stands ready, as who edits it does; say whether that could be."""
    with transaction.atomic():
        return supersede(one.round, one.key, one.content, at=AT)


def in_thread(act: Callable[[], Any]) -> threading.Thread:
    """Do something on a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("at_once", [False, True], ids=["first batch", "numbered beforehand"])
def test_an_older_token_is_refused(entering: Entering, opened: Round, at_once: bool) -> None:
    """A content that was superseded is refused with a reason of its own, alone or among others; what replaced it comes in."""
    older, newer = frozen(opened.pk, 1), frozen(opened.pk, 1, content="f" * 64)
    others = [frozen(opened.pk, number) for number in range(2, 5)]
    assert changed(older)

    async def use(batches: Batches) -> list[Answer]:
        if at_once:
            await batches.submit(frozen(opened.pk, 9))
        first = [await batches.submit(older)]
        first += await asyncio.gather(*map(batches.submit, [*others, older]))
        return [*first, await batches.submit(newer)]

    answers = entering(use)
    assert refused(answers) == ["changed", "", "", "", "changed", ""]
    assert receipt_of(answers[-1]).content == newer.content
    assert not Ticket.objects.filter(content=older.content).exists()
    assert sum(Batch.objects.values_list("size", flat=True)) == Ticket.objects.count() == 4 + at_once


def test_another_round_is_another_thing(entering: Entering, opened: Round) -> None:
    """What was superseded in one round is not in another; where the gate is shut, that is what is said."""
    one, other = frozen(opened.pk, 1), frozen(a_round().pk, 1)
    assert changed(one)
    answers = entering(lambda batches: asyncio.gather(batches.submit(one), batches.submit(other)))
    assert refused(answers) == ["changed", ""]
    close_gate(opened.pk, by=US, at=AT)
    assert refused(entering(lambda batches: asyncio.gather(batches.submit(one)))) == ["closed"]


def test_what_came_in_is_not_superseded(entering: Entering, opened: Round) -> None:
    """Once there is a ticket nothing is superseded any more, and the receipt is repeated."""
    one = frozen(opened.pk, 1)
    (first,) = entering(lambda batches: asyncio.gather(batches.submit(one)))
    assert not changed(one)
    assert not Superseded.objects.exists()
    assert entering(lambda batches: asyncio.gather(batches.submit(one))) == [first]


@pytest.mark.parametrize("at_once", [False, True], ids=["first batch", "numbered beforehand"])
@pytest.mark.parametrize("held", [True, False], ids=["the gate first", "as it was when it began"])
def test_a_change_that_is_not_yet_committed(
    entering: Entering, opened: Round, monkeypatch: pytest.MonkeyPatch, held: bool, at_once: bool
) -> None:
    """Who submits while a change is being committed waits for it and is refused; without holding the gate first both happen."""
    one, began, seen = frozen(opened.pk, 1), threading.Event(), threading.Event()
    if not held:
        monkeypatch.setattr(tables, "HOLD", WITHOUT)

    def change() -> None:
        with transaction.atomic():
            assert supersede(one.round, one.key, one.content, at=AT)
            began.set()
            assert seen.wait(20)

    async def use(batches: Batches) -> Answer:
        if at_once:
            await batches.submit(frozen(opened.pk, 9))
        thread = in_thread(change)
        assert await asyncio.to_thread(began.wait, 20)
        waiting = batches.submit(one)
        await asyncio.to_thread(in_thread_and_wait, waits_for_a_lock)
        seen.set()
        answer = await waiting
        await asyncio.to_thread(thread.join)
        return answer

    assert refused([entering(use)]) == (["changed"] if held else [""])
    assert Superseded.objects.count() == 1
    assert Gate.objects.get().tickets >= Ticket.objects.count()


def in_thread_and_wait(act: Callable[[], None]) -> None:
    """Do something on a connection of its own and wait until it is done."""
    try:
        act()
    finally:
        connection.close()


@pytest.mark.parametrize("held", [True, False], ids=["the gate first", "without the gate"])
def test_a_change_while_it_is_submitted(
    entering: Entering, opened: Round, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    """Who changes while a submission is being committed waits for it and hears that it is in; without the gate both happen."""
    one, answers = frozen(opened.pk, 1), list[bool]()
    keep, threads = tables.keep_signed, list[threading.Thread]()
    if not held:
        monkeypatch.setattr(command.Gate, "objects", Nothing())

    async def stalled(line: psycopg.AsyncConnection[Any], signed: Any) -> None:
        await keep(line, signed)
        await line.execute("SELECT 1")  # the pipeline has sent all before it
        thread = in_thread(lambda: answers.append(changed(one)))
        if held:
            await asyncio.to_thread(in_thread_and_wait, waits_for_a_lock)
        else:
            await asyncio.to_thread(thread.join)
        threads.append(thread)

    monkeypatch.setattr(tables, "keep_signed", stalled)
    answer = entering(lambda batches: batches.submit(one))
    threads[0].join()
    assert receipt_of(answer).content == one.content
    assert answers == [not held]
    assert Superseded.objects.exists() is not held


class Nothing:
    """In the place of the rows of the gate: holds nothing."""

    def select_for_update(self, **_: Any) -> "Nothing":
        """Hold nothing."""
        return self

    def get(self, **_: Any) -> None:
        """Give nothing."""


def test_rows_are_only_added(opened: Round) -> None:
    """What was superseded stays so: the database takes neither a change nor a removal."""
    assert changed(frozen(opened.pk, 1))
    for sql in ("UPDATE rounds_superseded SET content = 'x'", "DELETE FROM rounds_superseded"):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
