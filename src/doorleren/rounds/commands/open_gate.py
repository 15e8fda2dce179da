"""Opening, closing and reopening the gate of a round. The gate is a row, not a clock: a clock that jumps opens and closes nothing.

For what has asked before whether it may: the release of a proposal (release_act), the keeper of rounds at the announced moments,
and rehearsals, in which nobody gets money.
"""

from datetime import datetime
from typing import Literal

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Gate

Ended = Literal["time", "ceiling", "act"]
"""See rounds.models.round.ENDINGS."""


def open_gate(round_: int, *, by: Party, at: datetime) -> None:
    """Let submissions through. Raises RoundRefused when it is open, and once it was closed: reopen it then."""
    with transaction.atomic():
        gate = Gate.objects.select_for_update().get(pk=round_)
        if gate.opened_at is not None:
            raise refused("Dit aanvraagtijdvak is al geopend.", "This round has been opened already.")
        gate.opened_at = at
        gate.save(update_fields=["opened_at"])
        record("opened", Party("round", str(round_)), by=by, at=at, details={})


def reopen_gate(round_: int, *, by: Party, at: datetime) -> None:
    """Let submissions through again; the order of arrival goes on where it stopped. Raises RoundRefused."""
    with transaction.atomic():
        gate = Gate.objects.select_for_update().get(pk=round_)
        if gate.closed_at is None:
            raise refused("Dit aanvraagtijdvak is niet gesloten.", "This round is not closed.")
        gate.closed_at, gate.ended = None, ""
        gate.save(update_fields=["closed_at", "ended"])
        record("reopened", Party("round", str(round_)), by=by, at=at, details={})


def close_gate(round_: int, *, by: Party, at: datetime, ended: Ended = "act") -> None:
    """Let nothing through any more: what was not acknowledged before this commit is not in. Raises RoundRefused.

    `ended` is kept and told to everybody: an act of somebody, unless the round ends by itself.
    """
    with transaction.atomic():
        gate = Gate.objects.select_for_update().get(pk=round_)
        if gate.opened_at is None or gate.closed_at is not None:
            raise refused("Dit aanvraagtijdvak is niet open.", "This round is not open.")
        gate.closed_at, gate.ended = at, ended
        gate.save(update_fields=["closed_at", "ended"])
        details: dict[str, Detail] = {"tickets": gate.tickets, "ended": ended}
        record("closed", Party("round", str(round_)), by=by, at=at, details=details)
