"""The waiting room over HTTP (RSGI): `GET /waiting/ROUND` tells how a round stands, `?key=KEY` also the place of one ticket.

The answer is JSON from memory, with how many seconds to wait before asking again (`again`, `retry-after`). Nobody is
counted for asking: who asks with five devices has one ticket, and that is what has a place.
"""

import asyncio
import json
import math
import random
import time
from typing import Any

import psycopg

from doorleren.rounds.tokens import KEY
from doorleren.server.waiting.looking import Looking
from doorleren.server.waiting.pacing import again
from doorleren.server.waiting.rooms import Rooms

PATH = "/waiting/"
LONGEST_NUMBER = 19
HEADERS = [("cache-control", "no-store"), ("access-control-allow-origin", "*")]
"""Every answer has a wait of its own, so none is kept. Nothing here is anybody's: a page of any site may ask."""
TOLD = [("content-type", "application/json"), *HEADERS]
PROBLEM = [("content-type", "application/problem+json"), *HEADERS]
REFUSALS = {
    "not_found": (404, "Dit aanvraagtijdvak heeft geen wachtkamer."),
    "key": (400, "key: dit is geen kenmerk van een aanvraag. Het heeft 16 tot 64 letters, cijfers, - of _."),
    "unknown": (503, "Wij weten nu niet hoe het aanvraagtijdvak ervoor staat. Vraag het straks opnieuw."),
}
"""Why there is no answer, with its status and sentence."""


class Application:
    """Answers from memory; one task keeps that up to date."""

    def __init__(self, rooms: Rooms, looking: Looking | None) -> None:
        """Keep what is known; without `looking` it stays as it is."""
        self._rooms, self._looking = rooms, looking
        self._task: asyncio.Task[None] | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start looking, in the loop of the server."""
        if self._looking is not None:
            self._task = loop.create_task(self._looking.run())

    async def close(self) -> None:
        """Stop looking and let go of the database."""
        if self._task is not None and self._looking is not None:
            self._task.cancel()
            await self._looking.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        number = scope.path.removeprefix(PATH)
        if scope.method != "GET" or len(number) > LONGEST_NUMBER or not (number.isascii() and number.isdigit()):
            return _refuse(protocol, "not_found")
        query = scope.query_string
        key = query[4:] if query.startswith("key=") else ""
        if query and not KEY.fullmatch(key):
            return _refuse(protocol, "key")
        if not self._rooms.known:
            return _refuse(protocol, "unknown")
        room = self._rooms.get(int(number))
        if room is None:
            return _refuse(protocol, "not_found")
        wait = again(random.random, room.opens_in)
        headers = [*TOLD, ("retry-after", str(math.ceil(wait)))] if room.asks_again else TOLD
        protocol.response_bytes(200, headers, room.answer(wait, key))
        return None


def _refuse(protocol: Any, name: str) -> None:
    status, detail = REFUSALS[name]
    headers = PROBLEM
    if status == 503:
        headers = [*PROBLEM, ("retry-after", str(math.ceil(again(random.random))))]
    body = {"type": f"urn:doorleren:waiting:{name}", "status": status, "detail": detail}
    protocol.response_bytes(status, headers, json.dumps(body, ensure_ascii=False).encode())


def create() -> Application:
    """Make the application of this process; granian calls it in its worker."""
    from doorleren.server import environment
    from doorleren.server.children import follow_parent
    from doorleren.server.clock import now

    follow_parent()
    url = environment.read().database_url
    if url is None:
        raise RuntimeError("DATABASE_URL is not set: the waiting room looks in the database of the site")

    async def connect() -> psycopg.AsyncConnection[Any]:
        reading = "-c default_transaction_read_only=on"
        return await psycopg.AsyncConnection.connect(url, autocommit=True, prepare_threshold=1, options=reading)

    rooms = Rooms()
    return Application(rooms, Looking(rooms, connect, now, time.monotonic))
