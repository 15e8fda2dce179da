"""The SQL of the lean intake: entering a batch through the gate of its round, and finding what was entered before.

The columns are those of `rounds/models.py`; a test holds these texts against the models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection, IntegrityError

from doorleren.rounds.entering import ENTER, HOLD, NUMBER_BITS, SIGN
from doorleren.rounds.receipts import Entered, Signed
from doorleren.rounds.tokens import Frozen

AT_ONCE = """
WITH gate AS (
    UPDATE rounds_gate SET batches = batches + 1, tickets = tickets + %(size)s
    WHERE round_id = %(round)s AND opened_at IS NOT NULL AND closed_at IS NULL
        AND batches = %(batches)s AND tickets = %(tickets)s
        AND NOT EXISTS (
            SELECT FROM rounds_superseded WHERE round_id = %(round)s AND content = ANY (%(contents)s::text[])
        )
    RETURNING round_id
), signed AS (
    INSERT INTO rounds_batch (id, at, size, root, signature)
    SELECT %(batch)s, %(signed_at)s, %(size)s, %(root)s, %(signature)s FROM gate
)
INSERT INTO rounds_ticket (id, round_id, key, person, content, cents, kind, batch, arrived_at)
SELECT %(before)s + t.place, %(round)s, t.key, t.person, t.content, t.cents, t.kind, %(batch)s, %(at)s
FROM gate, unnest(%(keys)s::text[], %(persons)s::text[], %(contents)s::text[], %(cents)s::bigint[], %(kinds)s::text[])
    WITH ORDINALITY AS t (key, person, content, cents, kind, place)
"""
"""Enters and signs at once, where nobody else has entered anything since and none of these is known or superseded; else nothing."""

FIND = """
SELECT ticket.key, ticket.person, ticket.content, ticket.cents, ticket.kind, ticket.batch
FROM rounds_ticket AS ticket
WHERE ticket.round_id = %(round)s AND (ticket.key = ANY (%(keys)s) OR ticket.person = ANY (%(persons)s))
"""
FIND_SUPERSEDED = "SELECT content FROM rounds_superseded WHERE round_id = %(round)s AND content = ANY (%(contents)s)"
OF_BATCH = "SELECT id, key, content, cents, kind FROM rounds_ticket WHERE round_id = %s AND batch = %s ORDER BY id"
CONFIRM = "SELECT pg_logical_emit_message(true, 'doorleren', '')"
"""A commit that writes to no table, and yet waits for disk and standby as any other."""
SIGNED = "SELECT at, size, root, signature FROM rounds_batch WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that was entered before."""

    key: str
    person: str
    content: str
    cents: int
    kind: str
    batch: int


async def enter(
    connection: AsyncConnection[Any], some: Sequence[Frozen], at: datetime
) -> tuple[int, list[Entered]] | None:
    """Enter tickets of one round in one batch; give the batch and those that were new, by number. None: the gate is shut."""
    round_ = some[0].round
    async with connection.pipeline():
        await connection.execute(HOLD, {"round": round_})
        cursor = await connection.execute(ENTER, _told(some, at))
    row = await cursor.fetchone()
    if row is None:
        return None
    batch, before, ids = row
    number = before - (round_ << NUMBER_BITS)
    if ids is None:
        return batch, numbered(some, number)
    new = [(id_ - before + number, some[id_ - before - 1]) for id_ in ids]
    return batch, [Entered(round_, place, one.key, one.content, one.cents, one.kind) for place, one in new]


async def enter_at_once(
    connection: AsyncConnection[Any], some: Sequence[Frozen], signed: Signed, before: int, at: datetime
) -> bool:
    """Enter tickets that were numbered from `before` and signed beforehand, and commit; say whether that could be.

    It cannot when the gate is shut, when others have entered something since, or when one of them is known or superseded.
    """
    first = signed.round << NUMBER_BITS
    told = _told(some, at) | {
        "batches": signed.batch - first - 1, "tickets": before, "before": first + before, "batch": signed.batch,
        "signed_at": signed.at, "root": signed.root, "signature": signed.signature,
    }  # fmt: skip
    try:
        async with connection.pipeline():  # begin, hold, enter and commit in one go
            await connection.execute(HOLD, {"round": signed.round})
            cursor = await connection.execute(AT_ONCE, told)
            await connection.commit()
    except IntegrityError:
        await connection.rollback()
        return False
    return cursor.rowcount == len(some)


def numbered(some: Sequence[Frozen], before: int) -> list[Entered]:
    """Number tickets of one round, the first after `before`."""
    return [
        Entered(one.round, number, one.key, one.content, one.cents, one.kind)
        for number, one in enumerate(some, before + 1)
    ]


def _told(some: Sequence[Frozen], at: datetime) -> dict[str, Any]:
    return {
        "size": len(some), "round": some[0].round, "at": at, "keys": _listed([one.key for one in some]),
        "persons": _listed([one.person for one in some]), "contents": _listed([one.content for one in some]),
        "cents": _listed([str(one.cents) for one in some]), "kinds": _listed([one.kind for one in some]),
    }  # fmt: skip


def _listed(values: Sequence[str]) -> str:
    """Write an array of PostgreSQL: psycopg looks at each value apart, these hold no sign that needs it (see `Frozen`)."""
    return '{"' + '","'.join(values) + '"}'


async def keep_signed(connection: AsyncConnection[Any], signed: Signed) -> None:
    """Keep the root of a batch and our signature with its tickets."""
    await connection.execute(SIGN, (signed.batch, signed.at, signed.size, signed.root, signed.signature))


async def find_known(connection: AsyncConnection[Any], round_: int, some: Sequence[Frozen]) -> list[Known]:
    """Find tickets of a round that have one of these keys, or were entered by one of these persons."""
    told = {"round": round_, "keys": [one.key for one in some], "persons": [one.person for one in some]}
    return [Known(*row) for row in await (await connection.execute(FIND, told)).fetchall()]


async def find_superseded(connection: AsyncConnection[Any], round_: int, some: Sequence[Frozen]) -> set[str]:
    """Find which of these contents were changed or withdrawn since they stood ready."""
    told = {"round": round_, "contents": [one.content for one in some]}
    return {content for (content,) in await (await connection.execute(FIND_SUPERSEDED, told)).fetchall()}


async def find_batch(connection: AsyncConnection[Any], round_: int, batch: int) -> tuple[Signed, list[Entered]]:
    """Find a batch and its tickets by number, to write a receipt again."""
    rows = await (await connection.execute(OF_BATCH, (round_, batch))).fetchall()
    at, size, root, signature = (await (await connection.execute(SIGNED, (batch,))).fetchall())[0]
    entered = [Entered(round_, id_ - (round_ << NUMBER_BITS), *rest) for id_, *rest in rows]
    return Signed(round_, batch, at, size, bytes(root), bytes(signature)), entered
