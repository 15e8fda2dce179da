"""What the waiting room finds in the database: how rounds stand, the exact place of every ticket, one query a second."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import NUMBER_BITS, Gate, Round, Ticket
from doorleren.rules.library import open_library
from doorleren.rules.versions import Fallback
from doorleren.server.waiting import looking as module
from doorleren.server.waiting.looking import Looking
from doorleren.server.waiting.rooms import Rooms
from tests.rounds.made import AT, US, a_round, announced, frozen, tickets
from tests.rounds.test_two_people import together
from tests.server.waiting.made import looked

pytestmark = pytest.mark.django_db(transaction=True)


def told(rooms: Rooms, round_: Round, key: str = "") -> dict[str, Any]:
    """Give the answer of a room."""
    room = rooms.get(round_.pk)
    assert room is not None
    answer: dict[str, Any] = json.loads(room.answer(1.5, key))
    return answer


def after_looks(round_: Round, key: str = "", looks: int = 1) -> dict[str, Any]:
    """Look so often and give the answer."""

    async def use(rooms: Rooms, looking: Looking) -> dict[str, Any]:
        for _ in range(looks):
            await looking.look()
        return told(rooms, round_, key)

    answer: dict[str, Any] = looked(use)
    return answer


def key(number: int) -> str:
    """Give the key of a draft of the tests."""
    return frozen(1, number).key


def test_a_round_that_is_not_open_yet() -> None:
    """Before the opening: announced, when it opens and in how many seconds, and when to ask again."""
    row = a_round(opened=False)
    opens = datetime.now(UTC) + timedelta(hours=2)
    Round.objects.filter(pk=row.pk).update(opens_at=opens)
    found = after_looks(row)
    assert (found["state"], found["tickets"], found["again"], found["order"]) == ("announced", 0, 1.5, "arrival")
    assert datetime.fromisoformat(found["opens_at"]) == opens.replace(microsecond=0)
    assert 7190 <= found["opens_in"] <= 7200


def test_a_round_whose_opening_failed() -> None:
    """Between the failure and the new opening it is postponed, with its new moment; who has a ticket reads that it is in."""
    row = a_round(replace(announced(cents=100_000), fallback=Fallback("keep_places", 30, 4, 48)))
    tickets(row, [(1000, "")])
    opens = AT + timedelta(days=3)
    together("fall_back", row, open_library(), AT + timedelta(hours=1), opens=opens.isoformat(), until=None)
    found = after_looks(row, key(1))
    assert (found["state"], found["submitted"], found["again"]) == ("postponed", True, 1.5)
    assert datetime.fromisoformat(found["opens_at"]) == opens
    assert found["opens_in"] == max(0, round((opens - datetime.fromisoformat(found["at"])).total_seconds()))


def test_an_open_round_knows_the_place_of_every_ticket() -> None:
    """By arrival each key has exactly as many before it as came in earlier; a key without a ticket has none."""
    row = a_round()
    tickets(row, [(1000, "")] * 5)
    answers = [after_looks(row, key(number)) for number in (1, 5, 9)]
    assert [(one["submitted"], one["before"]) for one in answers] == [(True, 0), (True, 4), (False, None)]
    assert [one["tickets"] for one in answers] == [5, 5, 5]


def test_places_count_tickets_and_not_numbers() -> None:
    """Numbers that were given to who came twice leave gaps; the place counts tickets only."""
    row = a_round()
    tickets(row, [(1000, "")] * 4)
    Gate.objects.filter(pk=row.pk).update(tickets=9)
    first = row.pk << NUMBER_BITS
    made = list(Ticket.objects.filter(round=row).order_by("id"))
    Ticket.objects.bulk_create([_like(made[0], first + 9, 50)])
    found = after_looks(row, key(50))
    assert (found["before"], found["tickets"]) == (4, 5)


def test_places_go_on_from_look_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came in since the last look is added behind it, also when there is more than one look takes in."""
    monkeypatch.setattr(module, "MOST_TICKETS", 2)
    row = a_round()
    tickets(row, [(1000, "")] * 5)
    assert [after_looks(row, key(5), looks)["before"] for looks in (1, 2, 3, 4)] == [None, None, 4, 4]


def test_rounds_do_not_mix() -> None:
    """The tickets of another round count in their own room only."""
    first, second = a_round(), a_round()
    tickets(first, [(1000, "")] * 3)
    assert after_looks(second, key(2))["tickets"] == 0
    assert after_looks(first, key(2))["before"] == 1


def test_where_the_day_counts_there_is_no_place_either() -> None:
    """By arrival of the day nobody is told to be before it, and nobody is asked to look every few seconds before the opening."""
    row = a_round(replace(announced(), per_day=True))
    tickets(row, [(1000, "")] * 2)
    found = after_looks(row, key(2))
    assert (found["order"], found["submitted"], found["before"]) == ("arrival_day", True, None)


def test_without_an_order_a_place_is_told() -> None:
    """Where each is judged as it comes, a ticket has its place at once, so the room says who was before it."""
    row = a_round(announced("none"))
    tickets(row, [(1000, "")] * 2)
    found = after_looks(row, key(2))
    assert (found["order"], found["submitted"], found["before"]) == ("arrival", True, 1)


@pytest.mark.parametrize("order", ["draw", "random_present", "pro_rata"])
def test_where_speed_does_not_matter_there_is_no_place(order: str) -> None:
    """In another order than that of arrival a ticket is in, and nobody is told to be before it."""
    row = a_round(announced(order))
    tickets(row, [(1000, "")] * 2)
    found = after_looks(row, key(2))
    assert (found["order"], found["submitted"], found["before"]) == (order, True, None)
    assert found["present_seconds"] == (1800 if order == "random_present" else None)


def test_a_closed_round_asks_nobody_back() -> None:
    """After the closing `again` is null; a day later the room is gone."""
    row = a_round()
    close_gate(row.pk, by=US, at=datetime.now(UTC))
    found = after_looks(row)
    assert (found["state"], found["again"]) == ("closed", None)
    Gate.objects.filter(pk=row.pk).update(closed_at=datetime.now(UTC) - timedelta(days=1, minutes=1))

    async def gone(rooms: Rooms, looking: Looking) -> bool:
        await looking.look()
        return rooms.get(row.pk) is None

    assert looked(gone)


@pytest.mark.parametrize("asked", [1, 20_000])
def test_questions_of_the_database_do_not_grow_with_those_of_people(
    asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether one asks or 20,000 ask, the database is asked once per look, and never more than a look a second."""
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.2)
    row = a_round()
    tickets(row, [(1000, "")] * 3)
    questions: list[str] = []

    async def use(rooms: Rooms, looking: Looking) -> float:
        task, loop = asyncio.create_task(looking.run()), asyncio.get_running_loop()
        began = loop.time()
        while not rooms.known:
            await asyncio.sleep(0.01)
        for number in range(asked):
            assert told(rooms, row, key(2))["before"] == 1
            if not number % 1000:
                await asyncio.sleep(0)
        await asyncio.sleep(max(0.0, began + 0.9 - loop.time()))
        task.cancel()
        return loop.time() - began

    seconds = looked(use, questions)
    assert 1 <= len(questions) <= seconds / 0.2 + 1


def test_when_the_database_is_gone_nobody_knows(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A short trouble changes nothing; after ten seconds the state is unknown, said once; when it is back all is known again."""
    row = a_round()

    async def use(rooms: Rooms, looking: Looking) -> list[str]:
        states = []
        await looking.try_to_look()
        states.append(told(rooms, row)["state"])

        async def fails() -> None:
            raise OSError("no route")

        with monkeypatch.context() as patch:
            patch.setattr(looking, "look", fails)
            await looking.try_to_look()
            states.append(told(rooms, row)["state"])
            patch.setattr(looking, "_elapsed", lambda: looking._worked + module.DOUBT_SECONDS)
            await looking.try_to_look()
            states.append(told(rooms, row)["state"])
        await looking.try_to_look()
        return [*states, told(rooms, row)["state"]]

    assert looked(use) == ["open", "open", "unknown", "open"]
    assert caplog.text.count("no route") == 1


def _like(one: Ticket, id_: int, number: int) -> Ticket:
    other = frozen(one.round_id, number)
    return Ticket(
        id=id_, round_id=one.round_id, key=other.key, person=other.person, content=other.content, cents=other.cents,
        kind="", batch=one.batch, arrived_at=one.arrived_at,
    )  # fmt: skip
