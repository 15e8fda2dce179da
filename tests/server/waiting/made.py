"""Looking within a test: rooms that are kept from the database of the test, with a count of what was asked of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import psycopg

from doorleren.server.waiting.looking import Looking
from doorleren.server.waiting.rooms import Rooms
from tests.server.intake.conftest import connect


def now() -> datetime:
    """Give this moment in UTC."""
    return datetime.now(UTC)


class Counting:
    """A connection that counts what it is asked."""

    def __init__(self, real: psycopg.AsyncConnection[Any], questions: list[str]) -> None:
        """Pass everything on."""
        self._real, self._questions = real, questions

    async def execute(self, question: str, told: Any) -> Any:
        """Count, and ask."""
        self._questions.append(question)
        return await self._real.execute(question, told)

    async def close(self) -> None:
        """Let go of it."""
        await self._real.close()


def looked(use: Callable[[Rooms, Looking], Awaitable[Any]], questions: list[str] | None = None) -> Any:
    """Run a coroutine with rooms and what looks for them; `questions` gets what was asked of the database."""

    async def counting() -> Any:
        real = await connect()
        await real.set_autocommit(True)
        return Counting(real, [] if questions is None else questions)

    async def together() -> Any:
        rooms = Rooms()
        looking = Looking(rooms, counting, now, time.monotonic)
        try:
            return await asyncio.wait_for(use(rooms, looking), 60)
        finally:
            await looking.close()

    return asyncio.run(together())
