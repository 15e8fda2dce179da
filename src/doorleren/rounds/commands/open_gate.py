"""Opening, closing and reopening the gate of a round. The gate is a row, not a clock: a clock that jumps opens and closes nothing.

For what has asked before whether it may: the release of a proposal (release_act) and rehearsals, in which nobody gets money. The
keeper of rounds asks here, once more, while nobody can change the answer: between its look at all rounds and the act on one, two
people may have moved money into it, put off its end or opened it anew.
"""

from datetime import datetime
from typing import Literal

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.answers import refused
from doorleren.rounds.models import Allocation, Gate
from doorleren.rounds.times import Why, due_to_close, due_to_open

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


def open_when_due(round_: int, *, by: Party, at: datetime) -> bool:
    """Open a round that is due to open; say whether it still was when nobody could change that any more."""
    with transaction.atomic():
        _hold(round_)
        if round_ not in due_to_open(at, round_):
            return False
        open_gate(round_, by=by, at=at)
    return True


def close_when_due(round_: int, *, by: Party, at: datetime) -> Why | None:
    """Close a round that is due to close and say why; None where it no longer is when nobody can change that any more."""
    with transaction.atomic():
        _hold(round_)
        why = dict(due_to_close(at, round_)).get(round_)
        if why is not None:
            close_gate(round_, by=by, at=at, ended=why)
    return why


def _hold(round_: int) -> None:
    """Let nobody open, close, fill or move money into a round until the commit: its gate first, as in every act on a round."""
    Gate.objects.select_for_update().get(pk=round_)
    Allocation.objects.select_for_update().get(pk=round_)


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
