"""Entering tickets: a receipt means a durable row, each key has one effect, and one bad row spoils no other."""

import asyncio
import random
import re
import threading
from typing import Any

import psycopg
import pytest
from django.db import connection

from doorleren.audit.acts import Party
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.entering import ENTER, SIGN
from doorleren.rounds.models import Batch, Gate, Place, Round, Ticket
from doorleren.rounds.tokens import Frozen
from doorleren.server.intake import tables
from doorleren.server.intake.batches import NOT_DURABLE, Batches
from tests.rounds.made import AT, a_round, frozen
from tests.server.intake.conftest import KEY, Entering, connect, now, receipt_of, refused

US = Party("site", "")


@pytest.fixture
def opened(transactional_db: None) -> Round:
    """Open a round."""
    return a_round()


@pytest.mark.parametrize("sql", [ENTER, SIGN, tables.AT_ONCE], ids=["enter", "sign", "at once"])
def test_the_sql_fits_the_models(sql: str) -> None:
    """The lean SQL writes exactly the columns of the models, in their tables."""
    models = {model._meta.db_table: model for model in (Ticket, Batch)}
    found = re.findall(r"INSERT INTO (\w+) \(([\w, ]+)\)", sql)
    assert found
    for table, columns in found:
        assert columns.split(", ") == [field.column for field in models[table]._meta.concrete_fields]


def test_a_ticket_is_entered(entering: Entering, opened: Round) -> None:
    """A submission gives a receipt that verifies, and there is one row with what was frozen."""
    one = frozen(opened.pk, 1, cents=70000, kind="small")
    (answer,) = entering(lambda batches: asyncio.gather(batches.submit(one)))
    assert receipt_of(answer).key == one.key
    row = Ticket.objects.get()
    assert (row.number, row.key, row.person, row.content, row.cents, row.kind) == (
        1, one.key, one.person, one.content, 70000, "small",
    )  # fmt: skip
    assert Batch.objects.get().size == 1


def test_many_share_a_commit(entering: Entering, opened: Round) -> None:
    """What comes in at once goes into few commits, numbered without a gap, each with a receipt of its own."""
    some = [frozen(opened.pk, number) for number in range(300)]
    answers = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    assert sorted(receipt_of(one).number for one in answers) == list(range(1, 301))
    assert Batch.objects.count() < 10
    assert sum(Batch.objects.values_list("size", flat=True)) == Ticket.objects.count() == 300


def test_a_lost_answer_is_repeated_word_for_word(entering: Entering, opened: Round) -> None:
    """The same token again, at once, later or after the round closed, gives the same receipt and no second row."""
    some = [frozen(opened.pk, number) for number in range(5)]

    async def use(batches: Batches) -> Any:
        return await asyncio.gather(*map(batches.submit, [*some, *some])), await asyncio.gather(
            *map(batches.submit, some)
        )

    together, later = entering(use)
    close_gate(opened.pk, by=US, at=AT)
    closed = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    first = [one.receipt for one in together[:5]]
    assert [one.receipt for one in together[5:]] == first
    assert [one.receipt for one in later] == first
    assert [one.receipt for one in closed] == first
    assert Ticket.objects.count() == 5


@pytest.mark.parametrize("part", [{"content": "0" * 64}, {"cents": 5}, {"kind": "small"}, {"person": "0" * 64}])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_same_key_with_another_content(
    entering: Entering, opened: Round, part: dict[str, Any], at_once: bool
) -> None:
    """A key that was used for something else is refused; what was entered first stands, with its own receipt."""
    one, other = frozen(opened.pk, 1), frozen(opened.pk, 1, **part)

    async def use(batches: Batches) -> Any:
        if at_once:
            return await asyncio.gather(batches.submit(one), batches.submit(other))
        return [await batches.submit(one), await batches.submit(other)]

    answers = entering(use)
    assert refused(answers) == ["", "other_content"]
    assert receipt_of(answers[0]).content == one.content
    assert Ticket.objects.get().content == one.content


def test_one_person_one_ticket(entering: Entering, opened: Round) -> None:
    """A second application of the same person in a round is refused, in another round it is not."""
    other = a_round()
    some = [frozen(opened.pk, 1), frozen(opened.pk, 1, key="another-key-00001"), frozen(other.pk, 1)]
    answers = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    assert refused(answers) == ["", "second", ""]


def test_a_shut_gate(entering: Entering, opened: Round) -> None:
    """Before the opening and after the closing nothing is entered; another round at the same moment is not touched."""
    shut, closed = a_round(opened=False), a_round()
    close_gate(closed.pk, by=US, at=AT)
    some = [frozen(shut.pk, 1), frozen(closed.pk, 2), frozen(opened.pk, 3), frozen(10**9, 4)]
    answers = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    assert refused(answers) == ["closed", "closed", "", "closed"]
    assert [row.round_id for row in Ticket.objects.all()] == [opened.pk]
    assert list(Gate.objects.filter(pk__in=[shut.pk, closed.pk]).values_list("tickets", flat=True)) == [0, 0]


def poisoned(round_: int, number: int) -> Frozen:
    """Freeze a draft that the database refuses, past the checks of a token."""
    one = frozen(round_, number)
    object.__setattr__(one, "kind", "\x00")
    return one


def test_one_bad_row_spoils_no_other(entering: Entering, opened: Round) -> None:
    """A row that the database refuses is refused alone; all that came in with it are entered."""
    some = [poisoned(opened.pk, number) if number == 13 else frozen(opened.pk, number) for number in range(40)]
    answers = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    assert [number for number, one in enumerate(answers) if one.receipt is None] == [13]
    assert Ticket.objects.count() == 39


def test_a_broken_connection(entering: Entering, opened: Round) -> None:
    """When the database goes away in the middle, nobody gets a receipt for it, and asking again with the same key works."""
    one = frozen(opened.pk, 1)

    async def use(batches: Batches) -> Any:
        await batches.submit(frozen(opened.pk, 2))
        killer = await connect()
        await killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s "
            "AND application_name = 'doorleren-intake'",
            [killer.info.backend_pid],
        )
        await killer.close()
        return [await batches.submit(one), await batches.submit(one)]

    answers = entering(use)
    assert refused(answers) == ["again", ""]
    assert Ticket.objects.filter(key=one.key).count() == 1


@pytest.mark.parametrize("listening", [True, False], ids=["listening", "not listening"])
def test_a_commit_that_no_standby_confirmed(
    entering: Entering, opened: Round, monkeypatch: pytest.MonkeyPatch, listening: bool
) -> None:
    """A commit with the warning that no standby has it gives no receipt; without listening for it there would be one."""
    keep = tables.keep_signed

    async def warned(line: psycopg.AsyncConnection[Any], signed: Any) -> None:
        await keep(line, signed)
        await line.execute(f"DO $$ BEGIN RAISE WARNING '{NOT_DURABLE} due to user request'; END $$")

    monkeypatch.setattr(tables, "keep_signed", warned)
    if not listening:
        monkeypatch.setattr(Batches, "_notice", lambda *_: None)
    (answer,) = entering(lambda batches: asyncio.gather(batches.submit(frozen(opened.pk, 1))))
    assert refused([answer]) == (["again"] if listening else [""])


BY_SEQUENCE = ENTER.replace(
    "UPDATE rounds_gate SET batches = batches + 1, tickets = tickets + %(size)s\n    WHERE round_id = %(round)s",
    "SELECT nextval('rush_batch') AS b, nextval('rush_ticket') AS t, round_id\n"
    "    FROM rounds_gate WHERE round_id = %(round)s",
).replace(
    "RETURNING (round_id << 32) + batches AS batch, (round_id << 32) + tickets - %(size)s AS before",
    "), gate AS (SELECT (round_id << 32) + b AS batch, (round_id << 32) + t - 1 AS before FROM counted",
).replace("WITH gate AS", "WITH counted AS", 1)  # fmt: skip


@pytest.mark.parametrize("held", [True, False], ids=["the gate is held", "numbers from a sequence"])
def test_nobody_is_overtaken(opened: Round, monkeypatch: pytest.MonkeyPatch, held: bool) -> None:
    """With 64 writers that stall everybody acknowledged gets a place, in the order of the numbers; not with a sequence."""
    keep = tables.keep_signed
    chance = random.Random(7)

    async def stalled(line: psycopg.AsyncConnection[Any], signed: Any) -> None:
        await keep(line, signed)
        await asyncio.sleep(chance.choice([0, 0, 0.002, 0.03 if held else 0.3]))

    monkeypatch.setattr(tables, "keep_signed", stalled)
    if not held:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE rush_batch; CREATE SEQUENCE rush_ticket")
        monkeypatch.setattr(tables, "ENTER", BY_SEQUENCE)
        monkeypatch.setattr(tables, "HOLD", "SELECT %(round)s::bigint")
    over = threading.Event()
    allocator = threading.Thread(target=_keep_allocating, args=(opened.pk, over))
    allocator.start()
    try:
        acknowledged = asyncio.run(_sixty_four(opened.pk))
    finally:
        over.set()
        allocator.join()
    placed = dict(Place.objects.values_list("ticket__key", "position"))
    skipped = acknowledged.keys() - placed.keys()
    if not held:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE rush_batch; DROP SEQUENCE rush_ticket")
        assert skipped
        return
    assert not skipped
    assert sorted(placed, key=lambda key: placed[key]) == sorted(acknowledged, key=lambda key: acknowledged[key])


async def _sixty_four(round_: int) -> dict[str, int]:
    """Let 64 intakes enter five tickets each, at once; give the numbers on their receipts by key."""
    all_batches = [Batches(connect, KEY, now) for _ in range(64)]
    tasks = [asyncio.create_task(one.run()) for one in all_batches]

    async def client(batches: Batches, number: int) -> list[Any]:
        return [await batches.submit(frozen(round_, number * 10 + each)) for each in range(5)]

    answers = await asyncio.gather(*(client(one, number) for number, one in enumerate(all_batches)))
    for task, one in zip(tasks, all_batches, strict=True):
        task.cancel()
        await one.close()
    receipts = [receipt_of(answer) for some in answers for answer in some]
    return {one.key: one.number for one in receipts}


def _keep_allocating(round_: int, over: threading.Event) -> None:
    try:
        while not over.wait(0.001):
            allocate(round_, at=AT, most=3)
        while allocate(round_, at=AT):
            pass
    finally:
        connection.close()


async def one_after_another(batches: Batches, some: list[Frozen]) -> Any:
    """Submit each when the one before has its answer, so that each is a batch."""
    return [await batches.submit(one) for one in some]


def test_batches_that_are_numbered_beforehand(
    entering: Entering, opened: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its second batch on an intake enters in one statement; numbers go on, receipts verify and can be asked again."""
    slow, enter = [], tables.enter

    async def counted(*told: Any) -> Any:
        slow.append(told)
        return await enter(*told)

    monkeypatch.setattr(tables, "enter", counted)
    some = [frozen(opened.pk, number) for number in range(6)]
    answers = entering(lambda batches: one_after_another(batches, some))
    assert len(slow) == 1
    assert [receipt_of(one).number for one in answers] == [1, 2, 3, 4, 5, 6]
    assert (Gate.objects.get().tickets, Gate.objects.get().batches, Batch.objects.count()) == (6, 6, 6)
    again = entering(lambda batches: asyncio.gather(*map(batches.submit, some)))
    assert again == answers


@pytest.mark.parametrize("between", ["somebody else", "closed", "known", "the same person", "not confirmed"])
def test_what_was_numbered_beforehand_may_not_fit(
    entering: Entering, opened: Round, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    """When another intake came between, the gate shut or somebody is known, nothing of the guess stays and the answer is right."""
    first, second, third = (frozen(opened.pk, number) for number in range(3))
    asked = {"known": first, "the same person": frozen(opened.pk, 0, key="another-key-00001")}.get(between, second)

    async def use(batches: Batches) -> Any:
        one = await batches.submit(first)
        if between == "somebody else":
            other = Batches(connect, KEY, now)
            task = asyncio.create_task(other.run())
            await other.submit(third)
            task.cancel()
            await other.close()
        if between == "closed":
            await asyncio.to_thread(_shut, opened.pk)
        if between == "not confirmed":
            monkeypatch.setattr(tables, "AT_ONCE", tables.AT_ONCE + WARNED)
            assert batches._connection is not None
            await batches._connection.execute(WARNING)
            await batches._connection.commit()
        return one, await batches.submit(asked)

    one, answer = entering(use)
    right = {"closed": "closed", "the same person": "second", "not confirmed": "again"}.get(between, "")
    assert refused([answer]) == [right]
    if between == "known":
        assert answer == one
    if between == "somebody else":
        assert receipt_of(answer).number == 3
    if between != "not confirmed":
        assert Gate.objects.get().tickets == Ticket.objects.count() == Batch.objects.count()


WARNING = (
    "CREATE FUNCTION pg_temp.warned() RETURNS int LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE WARNING '{NOT_DURABLE} due to user request'; RETURN 1; END $$"
)
WARNED = "\nRETURNING pg_temp.warned()"


def _shut(round_: int) -> None:
    try:
        close_gate(round_, by=US, at=AT)
    finally:
        connection.close()
