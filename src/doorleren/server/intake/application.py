"""The lean intake over HTTP (RSGI): one address that takes a token and gives a receipt. Everything else is not found.

`POST /tickets` with the token as the body. 201 with the receipt, the same one each time the same token comes; otherwise
problem+json (RFC 9457) with what to do. Run by granian, one worker: one process is one queue.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg

from doorleren.rounds.tokens import BadToken, opened_token
from doorleren.server.intake.batches import Answer, Batches
from doorleren.server.intake.keys import Keys, read_keys
from doorleren.server.intake.steady import steady

LONGEST_TOKEN = 2048
REFUSALS = {
    "token": (
        403,
        "Dit bewijs hebben wij niet gegeven, of het is veranderd of verlopen. Maak uw aanvraag opnieuw klaar.",
    ),
    "closed": (409, "Het aanvraagtijdvak is nu niet open. Uw aanvraag is niet ingediend."),
    "other_content": (409, "Deze aanvraag is al ingediend, met een andere inhoud. De eerste telt."),
    "changed": (
        409,
        "Nadat u uw aanvraag klaarzette, is zij veranderd of ingetrokken. Zij is niet ingediend. Zet haar opnieuw klaar.",
    ),
    "second": (409, "U heeft in dit aanvraagtijdvak al een aanvraag ingediend. De eerste telt."),
    "again": (503, "Het lukt nu niet. Uw aanvraag is nog niet ingediend. Wij proberen het vanzelf opnieuw."),
    "not_found": (404, "Dit adres bestaat niet."),
    "too_long": (413, "Dit bewijs is te lang."),
}
"""Why a submission is refused, with its status and sentence."""

FROM_EVERYWHERE = [("cache-control", "no-store"), ("access-control-allow-origin", "*")]
"""A token says all there is to say: no cookie counts here, so a page of any site may send one."""
RECEIPT = [("content-type", "application/json"), *FROM_EVERYWHERE]
PROBLEM = [("content-type", "application/problem+json"), *FROM_EVERYWHERE]


class Application:
    """Takes tokens and gives receipts; the database and the keys come from the surroundings of the process."""

    def __init__(self, url: str, keys: Keys, now: Callable[[], datetime]) -> None:
        """Keep what is needed; the database is reached with the first ticket."""
        self._url = url
        self._keys = keys
        self._now = now
        self._batches: Batches | None = None
        self._task: asyncio.Task[None] | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start entering, in the loop of the server."""
        self._batches = Batches(self._connect, self._keys.signing, self._now)
        self._task = loop.create_task(self._batches.run())

    async def close(self) -> None:
        """Stop entering and let go of the database."""
        if self._task is not None and self._batches is not None:
            self._task.cancel()
            await self._batches.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.path != "/tickets" or scope.method != "POST":
            return self._refuse(protocol, "not_found")
        token = await protocol()
        if len(token) > LONGEST_TOKEN:
            return self._refuse(protocol, "too_long")
        try:
            frozen = opened_token(token, self._keys.tokens, self._now().timestamp())
        except BadToken:
            return self._refuse(protocol, "token")
        assert self._batches is not None
        answer: Answer = await self._batches.submit(frozen)
        if answer.receipt is None:
            return self._refuse(protocol, answer.refused)
        protocol.response_bytes(201, RECEIPT, answer.receipt)
        return None

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._url, prepare_threshold=1)

    def _refuse(self, protocol: Any, name: str) -> None:
        status, detail = REFUSALS[name]
        headers = PROBLEM
        if status == 503:
            headers = [*PROBLEM, ("retry-after", str(random.randint(1, 10)))]  # noqa: S311 - spread, no secret
        body = {"type": f"urn:doorleren:intake:{name}", "status": status, "detail": detail}
        protocol.response_bytes(status, headers, json.dumps(body, ensure_ascii=False).encode())


def create() -> Application:
    """Make the application of this process; granian calls it in its worker."""
    from doorleren.server import environment
    from doorleren.server.children import follow_parent
    from doorleren.server.clock import now

    follow_parent()
    surroundings = environment.read()
    if surroundings.database_url is None:
        raise RuntimeError("DATABASE_URL is not set: the intake needs the database of the site")
    return Application(surroundings.database_url, read_keys(surroundings.home), steady(now, time.monotonic))
