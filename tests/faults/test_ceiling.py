"""Many people at once, some of whom withdraw, in every order of treatment, with two allocators that get in each other's
way: the ceiling is exact.

The people are tasks in this process, each of which waits for its receipt before it submits again, over four intakes with a
connection each (the code of the lean process, without HTTP: that is killed and cut in test_kills.py and proxy.py); two
allocators and who withdraw are threads, with connections of their own.
"""

import asyncio
import os
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection

from doorleren.audit.acts import Party
from doorleren.rounds.announced import sealed
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Allocation, Place, Round, Ticket, Withdrawal
from doorleren.rounds.ordering import ORDERS, Filed, ordered
from doorleren.rounds.pot import Ceiling, Pot, give
from doorleren.rounds.pro_rata import divide
from doorleren.rounds.queries import (
    announced_for,
    days_counted,
    in_turn,
    last_changes,
    order_of_treatment,
    outcomes_now,
    pot_of,
)
from doorleren.server.intake.batches import Batches
from tests.rounds.made import AT, a_round, announced, frozen
from tests.server.intake.conftest import KEY, connect, now

CLIENTS = int(os.environ.get("FAULT_CLIENTS", "200"))
SEEDS = int(os.environ.get("FAULT_SEEDS", "100"))
EACH = 3
CEILING = 500 * CLIENTS * EACH // 2
APART = CEILING // 6
LOTS = 4
"""Into so many tests the rushes of an order go, so that all processors have work."""
BY_DAY = "arrival by the day"
TURNS = (*sorted(ORDERS), BY_DAY)
LEAVERS = 12
"""How many withdraw, one after another; in every other rush nobody does."""
US = Party("site", "")

pytestmark = [
    pytest.mark.long, pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600 + CLIENTS * EACH * SEEDS // LOTS // 20),  # the first one makes the tables too
]  # fmt: skip


def a_rush(order: str, seed: int) -> Round:
    """Open a round whose rules are drawn, let everybody submit while two allocators work, close it, give all a place."""
    chance = random.Random(seed)
    number = None if order == "pro_rata" else CLIENTS * EACH * 3 // 4
    rules = announced(
        order.split()[0], CEILING, number, apart={"small": Ceiling(APART)},
        partly=chance.random() < 0.5, goes_on=chance.random() < 0.5,
    )  # fmt: skip
    opened, over = a_round(replace(rules, per_day=order == BY_DAY)), threading.Event()
    failed: list[DatabaseError] = []
    give_places = giving(opened, over, failed)
    allocators = [threading.Thread(target=give_places) for _ in range(2)]
    if seed % 2:
        allocators.append(threading.Thread(target=leaving(opened, over, chance.random(), failed)))
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
    fill_freed(opened.pk, at=AT)
    return opened


def leaving(opened: Round, over: threading.Event, seed: float, failed: list[DatabaseError]) -> Callable[[], None]:
    """Give what some people do: withdraw, at any moment, before or after they have a place."""
    chance = random.Random(seed)

    def run() -> None:
        left = LEAVERS
        try:
            while left:
                over.wait(chance.uniform(0, 0.02))
                came = list(Ticket.objects.filter(round=opened, withdrawal=None).values_list("pk", flat=True))
                for one in chance.sample(came, min(1, len(came))):
                    withdraw_ticket(one, by=US, at=AT)
                    left -= 1
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    return run


def giving(opened: Round, over: threading.Event, failed: list[DatabaseError]) -> Callable[[], None]:
    """Give what an allocator does: places while people come, or in the order of the draw once the gate is shut."""

    def by_arrival() -> None:
        while not over.wait(0.001):
            allocate(opened.pk, at=AT, most=3)
            fill_freed(opened.pk, at=AT)
        while allocate(opened.pk, at=AT, most=7):
            pass

    def by_draw() -> None:
        over.wait()
        order = treated(opened)
        days = days_counted(opened) if announced_for(opened).per_day else None
        if opened.order == "pro_rata":
            divide_pot(opened.pk, order=order, at=AT)
        while opened.order != "pro_rata" and allocate(opened.pk, at=AT, order=order, days=days, most=7):
            fill_freed(opened.pk, at=AT)

    def run() -> None:
        try:
            by_arrival() if in_turn(opened) else by_draw()
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


Told = dict[int, tuple[str, int]]


def right(opened: Round, rows: dict[int, Ticket]) -> Told:
    """Compute every place again from the tickets that were not withdrawn and the rule that was announced."""
    order = [one for one in treated(opened) if one in rows]
    if opened.order == "pro_rata":
        small = {id_: row.cents for id_, row in rows.items() if row.kind == "small"}
        rest = {id_: row.cents for id_, row in rows.items() if row.kind != "small"}
        shares = divide(APART, small, order=order) | divide(CEILING - APART, rest, order=order)
        return {id_: ("inside" if shares[id_] else "outside", shares[id_]) for id_ in order}
    pot, places = Pot(pot_of(opened).rules), {}
    for id_ in order:
        pot, place = give(pot, rows[id_].cents, rows[id_].kind)
        places[id_] = (place.outcome, place.cents)
    return places


def treated(opened: Round) -> list[int]:
    """Give the tickets in the order of treatment: as they came, by the seed, in a ranking by scores and then by the seed."""
    if in_turn(opened):
        return sorted(Ticket.objects.filter(round=opened).values_list("pk", flat=True))
    if opened.order == "ranking":
        rows = Ticket.objects.filter(round=opened).values_list("pk", "key", "content")
        filed = {sealed(opened.pk, key, content): id_ for id_, key, content in rows}
        scored = (Filed(seal, score=Fraction(id_ % 11)) for seal, id_ in filed.items())
        return [filed[one.sealed] for one in ordered(scored, "ranking", "seed")]
    return order_of_treatment(Round.objects.get(pk=opened.pk), "seed")


def places_of(opened: Round) -> Told:
    """Give the places as they are now, of those who did not withdraw; who did is outside with nothing."""
    rows = Place.objects.filter(ticket__round=opened).order_by("position")
    assert list(rows.values_list("pk", flat=True)) == treated(opened)
    changes, found = last_changes(opened.pk), {}
    gone = set(Withdrawal.objects.filter(ticket__round=opened).values_list("pk", flat=True))
    for id_, outcome, cents, reason in rows.values_list("pk", "outcome", "cents", "reason"):
        now = changes.get(id_)
        told = (now.outcome, now.cents, now.reason) if now else (outcome, cents, reason)
        if id_ in gone:
            assert told == ("outside", 0, "withdrawn")
        else:
            found[id_] = told[:2]
    return found


def exact(opened: Round) -> None:
    """Check every place of a round that is over, and its pot."""
    rows = {one.pk: one for one in Ticket.objects.filter(round=opened, withdrawal=None)}
    found, wanted, pot = places_of(opened), right(opened, rows), pot_of(opened)
    outcomes, cents = outcomes_now(opened.pk)
    assert cents == sum(one for _, one in found.values()) == pot.total().cents <= CEILING
    if opened.order == "pro_rata":  # rounding takes no cent from who had it
        assert cents == sum(one for _, one in wanted.values())
        assert all(abs(found[id_][1] - one) <= 1 for id_, (_, one) in wanted.items())
    elif announced_for(opened).pot.goes_on and len(rows) < CLIENTS * EACH:  # who is inside stays, see rounds/freed.py
        assert outcomes["inside"] == pot.total().number
        for id_, (outcome, _) in found.items():
            assert outcome == "inside" or give(pot, rows[id_].cents, rows[id_].kind)[1].outcome == outcome
    else:
        assert found == wanted


@pytest.mark.parametrize("lot", range(LOTS))
@pytest.mark.parametrize("order", TURNS)
def test_the_ceiling_is_exact(order: str, lot: int) -> None:
    """In each of the drawn rushes everybody has one place, the one that the rule gives, and the pot says the same sum."""
    for seed in range(lot, SEEDS, LOTS):
        opened = a_rush(order, seed)
        opened = Round.objects.get(pk=opened.pk)
        assert Place.objects.filter(ticket__round=opened).count() == CLIENTS * EACH
        try:
            exact(opened)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


@pytest.mark.parametrize("order", TURNS)
def test_without_the_lock(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check sees what the lock is for: without it two allocators give the same places, and the database refuses."""
    monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())
    with pytest.raises(DatabaseError):
        rushes(order, 50)


def rushes(order: str, number: int) -> None:
    """Hold so many rushes, one after another."""
    for seed in range(number):
        a_rush(order, seed)
