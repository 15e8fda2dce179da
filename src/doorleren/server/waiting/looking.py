"""Looking how rounds stand: one query a second, whatever the number of people who ask. What it finds stays in memory.

The columns are those of `rounds/models.py`; a test runs it against the models.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg

from doorleren.server.waiting.rooms import Rooms, Standing

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
DOUBT_SECONDS = 10.0
"""After so many seconds without a look that worked, the answer is that nobody knows."""

KEPT = timedelta(days=1)
"""A round has its room until so long after it closed."""

MOST_TICKETS = 50_000
"""New tickets of a round that one look takes in; more come with the next."""

LOOK = """
SELECT round.id, version.scheme, round.code,
    CASE WHEN (round.announced ->> 'per_day')::boolean THEN 'arrival_day' WHEN round.order = 'none' THEN 'arrival' ELSE round.order END, round.rehearsal, round.opens_at, round.closes_at,
    (round.announced ->> 'present_seconds')::integer, gate.opened_at, gate.closed_at,
    EXISTS (SELECT FROM rounds_roundproposal WHERE round_id = round.id AND act = 'fall_back' AND released_at IS NOT NULL), coalesce(came.keys, '{}'), coalesce(came.last, seen.last, round.id << 32)
FROM rounds_round AS round
JOIN rounds_gate AS gate ON gate.round_id = round.id
JOIN schemes_publishedversion AS version ON version.id = round.version_id
LEFT JOIN unnest(%(rounds)s::bigint[], %(lasts)s::bigint[]) AS seen (round, last) ON seen.round = round.id
CROSS JOIN LATERAL (
    SELECT array_agg(ticket.key ORDER BY ticket.id) AS keys, max(ticket.id) AS last FROM (
        SELECT id, key FROM rounds_ticket
        WHERE id > coalesce(seen.last, round.id << 32) AND id < (round.id + 1) << 32
        ORDER BY id LIMIT %(most)s
    ) AS ticket
) AS came
WHERE gate.closed_at IS NULL OR gate.closed_at > %(since)s
ORDER BY round.id
"""
"""How each round stands, with the keys of the tickets that were not seen yet, in the order of arrival."""

Connection = psycopg.AsyncConnection[Any]
Connect = Callable[[], Awaitable[Connection]]


class Looking:
    """Keeps rooms up to date. `connect` gives a connection; `elapsed` are seconds that nobody sets."""

    def __init__(
        self, rooms: Rooms, connect: Connect, now: Callable[[], datetime], elapsed: Callable[[], float]
    ) -> None:
        """Look at nothing yet."""
        self._rooms, self._connect, self._now, self._elapsed = rooms, connect, now, elapsed
        self._connection: Connection | None = None
        self._worked = elapsed()
        self._said = False

    async def run(self) -> None:
        """Look again and again, for ever."""
        while True:
            began = self._elapsed()
            await self.try_to_look()
            await asyncio.sleep(max(0.0, LOOK_SECONDS - (self._elapsed() - began)))

    async def try_to_look(self) -> None:
        """Look once; when that fails, say so once, and after a while tell everybody that nobody knows."""
        try:
            await asyncio.wait_for(self.look(), DOUBT_SECONDS)
            self._worked, self._said = self._elapsed(), False
        except (psycopg.Error, OSError, TimeoutError) as error:
            await self.close()
            if not self._said:
                log.error("the waiting room cannot look how rounds stand: %s", " ".join(str(error).split()))
            self._said = True
            if self._elapsed() - self._worked >= DOUBT_SECONDS:
                self._rooms.doubt()

    async def look(self) -> None:
        """Look how all rounds stand now: one query. Raises psycopg.Error or OSError."""
        if self._connection is None:
            self._connection = await self._connect()
        at, seen = self._now(), self._rooms.seen()
        told = {"rounds": list(seen), "lasts": list(seen.values()), "since": at - KEPT, "most": MOST_TICKETS}
        rows = await (await self._connection.execute(LOOK, told)).fetchall()
        self._rooms.take([Standing(*row) for row in rows], at)

    async def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await self._connection.close()
        self._connection = None
