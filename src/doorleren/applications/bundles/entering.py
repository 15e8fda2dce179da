"""Entering the tickets of registrations through the gate of their round, as the lean intake enters any other.

By the same statement, within the transaction that keeps the registrations:
the gate's row is changed last and held until the commit, so numbers follow the order of commits (docs/adr/0020).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import OperationalError, connection

from doorleren.rounds.entering import ENTER, ENTER_LATE, SIGN
from doorleren.rounds.models import NUMBER_BITS
from doorleren.rounds.receipts import Entered, sign_batch
from doorleren.rounds.tokens import Frozen

NOT_DURABLE = "canceling wait for synchronous replication"


class GateShut(Exception):
    """The round takes nothing now."""


class SomeKnown(Exception):
    """Somebody of these came in meanwhile in another way; nothing was entered."""


def enter_tickets(
    some: Sequence[Frozen], *, signing: Ed25519PrivateKey, at: datetime, late: bool = False
) -> list[int]:  # fmt: skip
    """Enter tickets of one round as one batch, signed; give their numbers. The last thing before the commit.

    Raises GateShut, or SomeKnown where not all are new: the caller rolls back then. `late`: through a gate that was shut.
    """
    round_ = some[0].round
    told: dict[str, Any] = {
        "size": len(some), "round": round_, "at": at, "keys": [one.key for one in some],
        "persons": [one.person for one in some], "contents": [one.content for one in some],
        "cents": [one.cents for one in some], "kinds": [one.kind for one in some],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ENTER_LATE if late else ENTER, told)
        row = cursor.fetchone()
        if row is None:
            raise GateShut
        batch, before, ids = row
        if ids is not None:
            raise SomeKnown
        first = before - (round_ << NUMBER_BITS)
        entered = [
            Entered(round_, first + place, one.key, one.content, one.cents, one.kind)
            for place, one in enumerate(some, start=1)
        ]
        signed, _tree = sign_batch(entered, batch, at.isoformat(), signing)
        cursor.execute(SIGN, (signed.batch, signed.at, signed.size, signed.root, signed.signature))
    return [one.number for one in entered]


@contextmanager
def durable() -> Iterator[None]:
    """Refuse to count a commit that no standby confirmed: the database answers it with only a warning.

    Goes around the transaction. Raises OperationalError; the same bundle can be handed in again then.
    """
    warned: list[bool] = []

    def heard(notice: Any) -> None:
        if NOT_DURABLE in (notice.message_primary or ""):
            warned.append(True)

    connection.ensure_connection()
    psycopg: Any = connection.connection
    psycopg.add_notice_handler(heard)
    try:
        yield
    finally:
        psycopg.remove_notice_handler(heard)
    if warned:
        raise OperationalError("the commit was not confirmed by a standby")
