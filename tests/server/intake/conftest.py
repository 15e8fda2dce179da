"""An intake within the test: its batches on the database of the test, in a loop of its own."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from doorleren.rounds.receipts import Entered, verify_receipt
from doorleren.server.intake.batches import Answer, Batches

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def now() -> datetime:
    """Give this moment in UTC."""
    return datetime.now(UTC)


async def connect() -> psycopg.AsyncConnection[Any]:
    """Connect to the database of this test."""
    told = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return await psycopg.AsyncConnection.connect(
        **{name: told[name] for name in names if told.get(name)}, application_name="doorleren-intake"
    )


Entering = Callable[[Callable[[Batches], Awaitable[Any]]], Any]


@pytest.fixture
def entering(transactional_db: None) -> Entering:
    """Give a function that runs a coroutine with batches that are being entered."""

    def run(use: Callable[[Batches], Awaitable[Any]]) -> Any:
        async def together() -> Any:
            batches = Batches(connect, KEY, now)
            task = asyncio.create_task(batches.run())
            try:
                return await asyncio.wait_for(use(batches), 60)
            finally:
                task.cancel()
                await batches.close()

        return asyncio.run(together())

    return run


def refused(answers: list[Answer]) -> list[str]:
    """Give why each was refused, empty for a receipt."""
    return [one.refused for one in answers]


def receipt_of(answer: Answer) -> Entered:
    """Give the ticket of the receipt that somebody got, after checking it."""
    return verify_receipt(json.loads(answer.receipt or b"{}"))
