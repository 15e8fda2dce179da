"""A clock that is set two hours back or a day ahead in the middle of an opening harms no order and no deadline."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Place, Ticket
from doorleren.server.intake.batches import Batches
from doorleren.server.intake.steady import steady
from tests.rounds.made import AT, a_round, announced, frozen
from tests.server.intake.conftest import KEY, connect, receipt_of

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

JUMPS = [timedelta(hours=-2), timedelta(days=1)]
BEFORE, AFTER = 40, 40


@dataclass
class Machine:
    """A machine whose clock is set by `jump` once so many seconds have passed; a second passes with each look."""

    jump: timedelta
    when: int
    looks: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        """Look at its clock."""
        at = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(seconds=len(self.looks))
        self.looks.append(at + self.jump if len(self.looks) >= self.when else at)
        return self.looks[-1]

    def elapsed(self) -> float:
        """Give how long it runs."""
        return len(self.looks)


async def one_by_one(round_: int, now: Any) -> list[int]:
    """Submit one after another; give the numbers on the receipts."""

    async def line() -> psycopg.AsyncConnection[Any]:
        return await connect()

    batches = Batches(line, KEY, now)
    task = asyncio.create_task(batches.run())
    answers = [await batches.submit(frozen(round_, number)) for number in range(BEFORE + AFTER)]
    task.cancel()
    await batches.close()
    return [receipt_of(one).number for one in answers]


@pytest.mark.parametrize("jump", JUMPS, ids=["two hours back", "a day ahead"])
def test_the_order_is_that_of_the_numbers(jump: timedelta) -> None:
    """Whatever the clock does, who comes later has a higher number and a later place, also without a clock that is steady."""
    opened = a_round(announced(number=BEFORE))
    numbers = asyncio.run(one_by_one(opened.pk, Machine(jump, BEFORE).now))
    assert numbers == list(range(1, BEFORE + AFTER + 1))
    while allocate(opened.pk, at=AT):
        pass
    inside = Place.objects.filter(outcome="inside").order_by("position").values_list("ticket__key", flat=True)
    assert list(inside) == [frozen(opened.pk, number).key for number in range(BEFORE)]


def test_the_order_of_the_moments_would_be_another() -> None:
    """The check sees a wrong order: by the moments of such a clock, who came last would be first."""
    opened = a_round()
    asyncio.run(one_by_one(opened.pk, Machine(timedelta(hours=-2), BEFORE).now))
    by_moment = list(Ticket.objects.order_by("arrived_at").values_list("id", flat=True))
    assert by_moment != sorted(by_moment)


@pytest.mark.parametrize("jump", JUMPS, ids=["two hours back", "a day ahead"])
def test_moments_go_on_evenly(jump: timedelta) -> None:
    """With the clock of the intake the moments on tickets follow their numbers, and none is hours off."""
    opened, machine = a_round(), Machine(jump, BEFORE)
    asyncio.run(one_by_one(opened.pk, steady(machine.now, machine.elapsed)))
    moments = list(Ticket.objects.order_by("id").values_list("arrived_at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] - moments[0] < timedelta(minutes=10)
