"""Many people at once, in every order of treatment, with two allocators that get in each other's way: the ceiling is exact."""

import asyncio
import os
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from doorleren.audit.acts import Party
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Allocation, Place, Round, Ticket
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, Pot, give
from doorleren.rounds.pro_rata import divide
from doorleren.rounds.queries import order_of_treatment, pot_of
from doorleren.server.intake.batches import Batches
from tests.rounds.made import AT, a_round, announced, frozen
from tests.server.intake.conftest import KEY, connect, now

CLIENTS = int(os.environ.get("FAULT_CLIENTS", "20"))
SEEDS = int(os.environ.get("FAULT_SEEDS", "10"))
EACH, CEILING, APART = 3, 60 * 500, 5_000
US = Party("site", "")

pytestmark = [
    pytest.mark.long, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120 + CLIENTS * SEEDS // 2),
]  # fmt: skip


def a_rush(order: str, seed: int) -> Round:
    """Open a round whose rules are drawn, let everybody submit while two allocators work, close it, give all a place."""
    chance = random.Random(seed)
    rules = announced(
        order, CEILING, CLIENTS * EACH * 3 // 4, apart={"small": Ceiling(APART)},
        partly=chance.random() < 0.5, goes_on=chance.random() < 0.5,
    )  # fmt: skip
    opened, over = a_round(rules), threading.Event()
    failed: list[DatabaseError] = []
    give_places = giving(opened, over, failed)
    allocators = [threading.Thread(target=give_places) for _ in range(2)]
    for one in allocators:
        one.start()
    try:
        asyncio.run(everybody(opened.pk, chance))
        close_gate(opened.pk, by=US, at=AT)
    finally:
        over.set()
        for one in allocators:
            one.join()
    if failed:
        raise failed[0]
    return opened


def giving(opened: Round, over: threading.Event, failed: list[DatabaseError]) -> Callable[[], None]:
    """Give what an allocator does: places while people come, or in the order of the draw once the gate is shut."""

    def by_arrival() -> None:
        while not over.wait(0.001):
            allocate(opened.pk, at=AT, most=3)
        while allocate(opened.pk, at=AT, most=7):
            pass

    def by_draw() -> None:
        over.wait()
        order = order_of_treatment(Round.objects.get(pk=opened.pk), "seed")
        if opened.order == "pro_rata":
            divide_pot(opened.pk, order=order, at=AT)
        while opened.order != "pro_rata" and allocate(opened.pk, at=AT, order=order, most=7):
            pass

    def run() -> None:
        try:
            by_arrival() if opened.order == "arrival" else by_draw()
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    return run


async def everybody(round_: int, chance: random.Random) -> None:
    """Let everybody submit at once, each over an intake of their own of four."""
    four = [Batches(connect, KEY, now) for _ in range(4)]
    tasks = [asyncio.create_task(one.run()) for one in four]

    async def client(number: int) -> None:
        for each in range(EACH):
            cents, kind = chance.randrange(1, 1000), chance.choice(["", "", "small"])
            answer = await four[number % 4].submit(frozen(round_, number * EACH + each, cents=cents, kind=kind))
            assert answer.receipt, answer
            await asyncio.sleep(chance.choice([0, 0.001, 0.003]))

    await asyncio.gather(*map(client, range(CLIENTS)))
    for task, one in zip(tasks, four, strict=True):
        task.cancel()
        await one.close()


def right(opened: Round) -> list[tuple[int, str, int]]:
    """Compute every place again from the tickets and the rule that was announced."""
    rows = {row.pk: row for row in Ticket.objects.filter(round=opened)}
    rules = pot_of(opened).rules
    order = sorted(rows) if opened.order == "arrival" else order_of_treatment(opened, "seed")
    if opened.order == "pro_rata":
        small = {id_: row.cents for id_, row in rows.items() if row.kind == "small"}
        rest = {id_: row.cents for id_, row in rows.items() if row.kind != "small"}
        shares = divide(APART, small, order=order) | divide(CEILING - APART, rest, order=order)
        return [(id_, "inside" if shares[id_] else "outside", shares[id_]) for id_ in order]
    pot, places = Pot(rules), []
    for id_ in order:
        pot, place = give(pot, rows[id_].cents, rows[id_].kind)
        places.append((id_, place.outcome, place.cents))
    return places


def places_of(opened: Round) -> list[Any]:
    """Give the places in the order of treatment."""
    rows = Place.objects.filter(ticket__round=opened).order_by("position")
    return list(rows.values_list("ticket_id", "outcome", "cents"))


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_the_ceiling_is_exact(order: str) -> None:
    """In each of the drawn rushes everybody has one place, the one that the rule gives, and the pot says the same sum."""
    for seed in range(SEEDS):
        opened = a_rush(order, seed)
        opened = Round.objects.get(pk=opened.pk)
        found = places_of(opened)
        assert len(found) == CLIENTS * EACH
        assert found == right(opened), f"seed {seed}"
        assert sum(cents for *_, cents in found) == pot_of(opened).total().cents <= CEILING


def test_without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check sees what the lock is for: without it two allocators give the same places, and the database refuses."""
    monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())
    with pytest.raises(DatabaseError):
        rushes(50)


def rushes(number: int) -> None:
    """Hold so many rushes, one after another."""
    for seed in range(number):
        a_rush("draw", seed)
