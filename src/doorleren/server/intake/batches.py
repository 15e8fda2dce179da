"""Group commit: whatever comes in while a commit is under way goes into the next one, with one signature over all.

One batch at a time, so the order of batches is the order of commits. A submission is answered only when its commit has
been answered; what goes wrong before that is "ask again with the same key", and the key makes that safe.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from doorleren.rounds.receipts import sign_batch, tree_of, write_receipts
from doorleren.rounds.tokens import Frozen
from doorleren.server.intake import tables

log = logging.getLogger(__name__)

MOST_AT_ONCE = 1000
NOT_DURABLE = "canceling wait for synchronous replication"
"""The warning with which a commit is answered that no standby has confirmed: it may be lost, so it is no receipt."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a submission gets: a receipt (JSON), or the name of why not (`REFUSALS` in application.py)."""

    receipt: bytes | None = None
    refused: str = ""


CLOSED, OTHER_CONTENT, CHANGED, SECOND, AGAIN = (
    Answer(refused=name) for name in ("closed", "other_content", "changed", "second", "again")
)

Connected = psycopg.AsyncConnection[Any]
Connect = Callable[[], Awaitable[Connected]]
Waiting = tuple[Frozen, "asyncio.Future[Answer]"]


class Batches:
    """What waits to be entered, and the one task that enters it. `connect` gives a connection that is not autocommit."""

    def __init__(self, connect: Connect, key: Ed25519PrivateKey, now: Callable[[], datetime]) -> None:
        """Start nothing yet."""
        self._connect = connect
        self._now = now
        self._key = key
        self._public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._waiting: list[Waiting] = []
        self._called = asyncio.Event()
        self._connection: Connected | None = None
        self._not_durable = False
        self._last: dict[int, tuple[int, int]] = {}
        """By round: the last batch and number, where we entered it and everybody in it was new."""

    def submit(self, frozen: Frozen) -> "asyncio.Future[Answer]":
        """Enter a ticket, together with whoever comes in now; the answer is there when it is durable, or refused."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((frozen, future))
        self._called.set()
        return future

    async def run(self) -> None:
        """Enter what waits, batch after batch, for ever."""
        while True:
            await self._called.wait()
            some, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._called.clear()
            for round_ in {frozen.round for frozen, _ in some}:
                await self._answer([one for one in some if one[0].round == round_])

    async def close(self) -> None:
        """Let go of the database."""
        await self._drop()

    async def _answer(self, some: list[Waiting]) -> None:
        """Enter the tickets of one round. A row that the database refuses does not fail its neighbours."""
        try:
            answers = await self._entered([frozen for frozen, _ in some])
        except (psycopg.DataError, psycopg.IntegrityError):
            await self._roll_back()
            if len(some) > 1:
                await self._answer(some[: len(some) // 2])
                await self._answer(some[len(some) // 2 :])
                return
            log.exception("a ticket that the database refuses")
            answers = [AGAIN]
        except (psycopg.Error, OSError) as error:
            log.error("tickets could not be entered: %s", " ".join(str(error).split()))
            await self._drop()
            answers = [AGAIN] * len(some)
        for (_, future), answer in zip(some, answers, strict=True):
            if not future.done():
                future.set_result(answer)

    async def _entered(self, some: Sequence[Frozen]) -> list[Answer]:
        """Enter tickets in one commit and give each its answer, in the order given. Raises psycopg.Error."""
        connection, at = await self._open(), self._now()
        answers = await self._entered_at_once(connection, some, at)
        if answers is not None:
            return answers
        found = await tables.enter(connection, some, at)
        if found is None or not found[1]:
            await connection.rollback()
            return await self._known(connection, some, CLOSED if found is None else AGAIN)
        signed, tree = sign_batch(found[1], found[0], at.isoformat(), self._key)
        self._not_durable = False
        async with connection.pipeline():  # both in one go
            await tables.keep_signed(connection, signed)
            await connection.commit()
        if self._not_durable:
            raise psycopg.OperationalError("the commit was not confirmed by a standby")
        receipts = [Answer(one) for one in write_receipts(found[1], tree, signed, self._public)]
        if len(receipts) == len(some):
            self._last[some[0].round] = (found[0], found[1][-1].number)
            return receipts
        new = {one.key: answer for one, answer in zip(found[1], receipts, strict=True)}
        known = await self._known(connection, some, AGAIN)
        return [new.get(one.key, answer) if answer.receipt else answer for one, answer in zip(some, known, strict=True)]

    async def _entered_at_once(
        self, connection: Connected, some: Sequence[Frozen], at: datetime
    ) -> list[Answer] | None:
        """Enter tickets as if the last batch was ours and none of them is known, as it mostly is: number and sign first.

        None where it was not so: nothing was entered then. One statement, so the database waits for us only once.
        """
        last = self._last.pop(some[0].round, None)
        if last is None:
            return None
        batch, before = last
        entered = tables.numbered(some, before)
        signed, tree = sign_batch(entered, batch + 1, at.isoformat(), self._key)
        self._not_durable = False
        if not await tables.enter_at_once(connection, some, signed, before, at):
            return None
        if self._not_durable:
            raise psycopg.OperationalError("the commit was not confirmed by a standby")
        self._last[signed.round] = (signed.batch, entered[-1].number)
        return [Answer(one) for one in write_receipts(entered, tree, signed, self._public)]

    async def _known(self, connection: Connected, some: Sequence[Frozen], otherwise: Answer) -> list[Answer]:
        """Answer submissions that were entered before: their receipt again, or why they are not the same."""
        found = await tables.find_known(connection, some[0].round, some)
        by_key, persons = {one.key: one for one in found}, {one.person for one in found}
        gone = set() if otherwise is CLOSED else await tables.find_superseded(connection, some[0].round, some)
        receipts = await self._receipts(connection, some[0].round, {one.batch for one in found})
        answers = []
        for one in some:
            known = by_key.get(one.key)
            if known is None:
                answers.append(CHANGED if one.content in gone else SECOND if one.person in persons else otherwise)
            elif (known.person, known.content, known.cents, known.kind) != (
                one.person,
                one.content,
                one.cents,
                one.kind,
            ):
                answers.append(OTHER_CONTENT)
            else:
                answers.append(receipts[one.key])
        await self._confirm(connection)
        return answers

    async def _confirm(self, connection: Connected) -> None:
        """Commit a message to nobody: once that is confirmed, so is all that was committed before it. Raises psycopg.Error.

        What we find may be of a commit that no standby confirmed, so a receipt for it would be too early.
        """
        self._not_durable = False
        await connection.execute(tables.CONFIRM)
        await connection.commit()
        if self._not_durable:
            raise psycopg.OperationalError("what was entered before is not confirmed by a standby")

    async def _receipts(self, connection: Connected, round_: int, batches: set[int]) -> dict[str, Answer]:
        """Write the receipts of whole batches again, by key."""
        written: dict[str, Answer] = {}
        for batch in batches:
            signed, entered = await tables.find_batch(connection, round_, batch)
            receipts = write_receipts(entered, tree_of(entered), signed, self._public)
            written |= {one.key: Answer(told) for one, told in zip(entered, receipts, strict=True)}
        return written

    async def _open(self) -> Connected:
        """Give the connection, a new one where there is none. Raises psycopg.Error."""
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
            self._connection.add_notice_handler(self._notice)
        return self._connection

    def _notice(self, notice: psycopg.errors.Diagnostic) -> None:
        if NOT_DURABLE in (notice.message_primary or ""):
            self._not_durable = True

    async def _roll_back(self) -> None:
        try:
            await (await self._open()).rollback()
        except psycopg.Error:
            await self._drop()

    async def _drop(self) -> None:
        """Let go of the connection, whatever state it is in; the next batch makes a new one."""
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await self._connection.close()
        self._connection = None
