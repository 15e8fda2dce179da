"""Answers that are dropped, doubled, delayed or swapped on their way: each application still has one effect."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from doorleren.rounds.models import Round, Ticket
from doorleren.rounds.tokens import Frozen, sealed_token
from doorleren.server.intake.keys import read_keys
from doorleren.server.intake.process import free_port, intake
from doorleren.server.rush.crowd import Line, submit
from tests.faults.proxy import FAULTS, BadProxy
from tests.rounds.made import a_round, frozen
from tests.server.intake.conftest import Answer, receipt_of

REQUESTS = int(os.environ.get("FAULT_REQUESTS", "10000"))
LINES = 24

pytestmark = [pytest.mark.long, pytest.mark.timeout(120 + REQUESTS // 5)]


@pytest.fixture
def opened(transactional_db: None) -> Round:
    """Open a round."""
    return a_round()


@pytest.fixture
def running(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Run the intake, as a process of its own, on the database of the test; give its port."""
    told = connection.get_connection_params()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{told['user']}@/{told['dbname']}?host={told['host']}")
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    port = free_port()
    with intake(port):
        yield port


Sealed = Callable[[Frozen], Iterator[bytes]]


def same(key: bytes) -> Sealed:
    """Ask again with the same token, always."""

    def sealed(one: Frozen) -> Iterator[bytes]:
        while True:
            yield sealed_token(one, key).encode()

    return sealed


def new_each_time(key: bytes) -> Sealed:
    """Ask again with a key (and so a person) of its own for each try, as a site without the rule would."""

    def sealed(one: Frozen) -> Iterator[bytes]:
        for number in range(1000):
            other = f"{number:04x}"
            yield sealed_token(replace(one, key=one.key + other, person=one.person[:-4] + other), key).encode()

    return sealed


async def submit_all(some: list[Frozen], sealed: Sealed, proxy: BadProxy) -> list[bytes]:
    """Let everybody submit through the proxy over a few lines, until each has its own receipt; give the receipts."""
    server = await proxy.serve()
    port, waiting, receipts = server.sockets[0].getsockname()[1], iter(some), []

    async def one_line(number: int) -> None:
        line, chance = Line(port), random.Random(number)
        for one in waiting:
            for token in sealed(one):
                try:
                    status, body = await asyncio.wait_for(line.post(token), 10)
                except (OSError, EOFError, ValueError, TimeoutError):
                    await asyncio.sleep(chance.uniform(0, 0.01))
                    continue
                assert status == 201, body
                receipts.append(body)
                break
        line.close()

    async with server:
        await asyncio.gather(*(one_line(number) for number in range(LINES)))
    return receipts


def effects(opened: Round, port: int, home: Path, how: Callable[[bytes], Sealed]) -> tuple[Any, list[bytes]]:
    """Submit everything through a bad proxy; give what the proxy did and the receipts."""
    some = [frozen(opened.pk, number) for number in range(REQUESTS)]
    proxy = BadProxy(port, seed=1)
    receipts = asyncio.run(submit_all(some, how(read_keys(home).tokens), proxy))
    return proxy.met, receipts


def test_one_effect_each(opened: Round, running: int, tmp_path: Path) -> None:
    """Through a proxy that treats answers badly everybody gets their own receipt, and each application is in once."""
    met, receipts = effects(opened, running, tmp_path, same)
    assert min(met[fault] for fault in FAULTS) > REQUESTS // 20
    rows = {row.key: row.number for row in Ticket.objects.all()}
    told = {(one := receipt_of(Answer(body))).key: one.number for body in receipts}
    assert told == rows
    assert len(receipts) == len(rows) == REQUESTS


def test_with_a_key_for_each_try(opened: Round, running: int, tmp_path: Path) -> None:
    """The count sees doubles: with another key for each try, applications come in more than once."""
    effects(opened, running, tmp_path, new_each_time)
    assert Ticket.objects.values("content").distinct().count() == REQUESTS < Ticket.objects.count()


def test_the_crowd_takes_no_receipt_of_somebody_else(opened: Round, running: int, tmp_path: Path) -> None:
    """The crowd of a rush asks again when it gets somebody else's receipt, and writes down its own."""
    key = read_keys(tmp_path).tokens

    async def use() -> list[bytes]:
        proxy = BadProxy(running, seed=2)
        server = await proxy.serve()
        lines = [Line(server.sockets[0].getsockname()[1]) for _ in range(8)]
        tokens = [sealed_token(frozen(opened.pk, number), key).encode() for number in range(8)]
        async with server:
            told = await asyncio.gather(
                *(submit(line, token, random.Random(1)) for line, token in zip(lines, tokens, strict=True))
            )
        for line in lines:
            line.close()
        return [body for _, _, body in told]

    receipts = asyncio.run(use())
    assert [receipt_of(Answer(body)).key for body in receipts] == [frozen(opened.pk, number).key for number in range(8)]
