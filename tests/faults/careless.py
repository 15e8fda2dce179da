"""An intake for the control of a full disk: it gives a receipt whatever the database says. Run as the real one (server/intake).

The first receipt for what was not entered is noted in the file that `UNTRUE` names in the environment.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import psycopg

from doorleren.rounds.receipts import sign_batch, write_receipts
from doorleren.rounds.tokens import Frozen
from doorleren.server.intake import application, tables
from doorleren.server.intake.batches import Answer, Batches

UNTRUE = "FAULT_UNTRUE"


class Careless(Batches):
    """As the real one, but an error of the database or its disk is no reason to refuse."""

    async def _entered(self, some: Sequence[Frozen]) -> list[Answer]:
        try:
            return await super()._entered(some)
        except (psycopg.DataError, psycopg.IntegrityError):
            raise
        except (psycopg.Error, OSError):
            await self._drop()
            Path(os.environ[UNTRUE]).touch()
            entered = tables.numbered(some, 0)
            signed, tree = sign_batch(entered, 1, self._now().isoformat(), self._key)
            return [Answer(one) for one in write_receipts(entered, tree, signed, self._public)]


def create() -> application.Application:
    """Make one that granian can run."""
    application.Batches = Careless  # type: ignore[misc]
    return application.create()
