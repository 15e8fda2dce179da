"""The SQL of the lean intake: entering a batch through the gate of its round, and finding what was entered before.

The columns are those of `rounds/models.py`; a test holds these texts against the models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from doorleren.rounds.receipts import Entered, Signed
from doorleren.rounds.tokens import Frozen

NUMBER_BITS = 32

ENTER = """
WITH gate AS (
    UPDATE rounds_gate SET batches = batches + 1, tickets = tickets + %(size)s
    WHERE round_id = %(round)s AND opened_at IS NOT NULL AND closed_at IS NULL
    RETURNING (round_id << 32) + batches AS batch, (round_id << 32) + tickets - %(size)s AS before
), entered AS (
    INSERT INTO rounds_ticket (id, round_id, key, person, content, cents, kind, batch, arrived_at)
    SELECT gate.before + t.place, %(round)s, t.key, t.person, t.content, t.cents, t.kind, gate.batch, %(at)s
    FROM gate, unnest(%(keys)s::text[], %(persons)s::text[], %(contents)s::text[], %(cents)s::bigint[], %(kinds)s::text[])
        WITH ORDINALITY AS t (key, person, content, cents, kind, place)
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT gate.batch, gate.before, entered.id FROM gate LEFT JOIN entered ON true ORDER BY entered.id
"""
"""One row per ticket entered; one row without a ticket where all were known already; none where the gate is closed."""

SIGN = "INSERT INTO rounds_batch (id, at, size, root, signature) VALUES (%s, %s, %s, %s, %s)"

FIND = """
SELECT ticket.key, ticket.person, ticket.content, ticket.cents, ticket.kind, ticket.batch
FROM rounds_ticket AS ticket
WHERE ticket.round_id = %(round)s AND (ticket.key = ANY (%(keys)s) OR ticket.person = ANY (%(persons)s))
"""
OF_BATCH = "SELECT id, key, content, cents, kind FROM rounds_ticket WHERE round_id = %s AND batch = %s ORDER BY id"
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
    told = {
        "size": len(some), "round": round_, "at": at, "keys": [one.key for one in some],
        "persons": [one.person for one in some], "contents": [one.content for one in some],
        "cents": [one.cents for one in some], "kinds": [one.kind for one in some],
    }  # fmt: skip
    rows = await (await connection.execute(ENTER, told)).fetchall()
    if not rows:
        return None
    batch, before, _ = rows[0]
    new = [(id_ - (round_ << NUMBER_BITS), some[id_ - before - 1]) for *_, id_ in rows if id_ is not None]
    return batch, [Entered(round_, number, one.key, one.content, one.cents, one.kind) for number, one in new]


async def keep_signed(connection: AsyncConnection[Any], signed: Signed) -> None:
    """Keep the root of a batch and our signature with its tickets."""
    await connection.execute(SIGN, (signed.batch, signed.at, signed.size, signed.root, signed.signature))


async def find_known(connection: AsyncConnection[Any], round_: int, some: Sequence[Frozen]) -> list[Known]:
    """Find tickets of a round that have one of these keys, or were entered by one of these persons."""
    told = {"round": round_, "keys": [one.key for one in some], "persons": [one.person for one in some]}
    return [Known(*row) for row in await (await connection.execute(FIND, told)).fetchall()]


async def find_batch(connection: AsyncConnection[Any], round_: int, batch: int) -> tuple[Signed, list[Entered]]:
    """Find a batch and its tickets by number, to write a receipt again."""
    rows = await (await connection.execute(OF_BATCH, (round_, batch))).fetchall()
    at, size, root, signature = (await (await connection.execute(SIGNED, (batch,))).fetchall())[0]
    entered = [Entered(round_, id_ - (round_ << NUMBER_BITS), *rest) for id_, *rest in rows]
    return Signed(round_, batch, at, size, bytes(root), bytes(signature)), entered
