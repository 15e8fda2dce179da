"""Falling back on what was announced for a failed opening: the round opens anew on a later moment, or stays open for longer.

To open anew the gate is as one that was never opened: nothing comes in, drafts go on, nothing is drawn or divided, and it opens by
itself at its new moment. Every ticket stays as it is. Where places are given as people come, who has one keeps it and who
comes goes after; where the order is drawn among who is present, all who were in count as present at the new opening.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Detail, Party, record
from doorleren.rounds.models import Gate, Round
from doorleren.rounds.queries import announced_for


def fall_back(round_: int, details: Mapping[str, Any], *, by: Party, at: datetime) -> None:
    """Do what was announced, with the moments that two people chose (rounds/fallback.py has asked whether it may)."""
    with transaction.atomic():
        gate = Gate.objects.select_for_update().get(pk=round_)
        row = Round.objects.select_for_update().get(pk=round_)
        rule = announced_for(row).fallback
        assert rule is not None
        opened, tickets, until = gate.opened_at, gate.tickets, details.get("until")
        row.closes_at = datetime.fromisoformat(until) if until else None
        if rule.then != "extend":
            row.opens_at = datetime.fromisoformat(details["opens"])
            gate.opened_at, gate.closed_at, gate.ended = None, None, ""
            gate.save(update_fields=["opened_at", "closed_at", "ended"])
        row.save(update_fields=["opens_at", "closes_at"])
        told: dict[str, Detail] = {
            "then": rule.then, "opened_at": opened.isoformat() if opened else None, "tickets": tickets,
            "opens_at": row.opens_at.isoformat(), "closes_at": row.closes_at.isoformat() if row.closes_at else None,
        }  # fmt: skip
        record("fell_back", Party("round", str(round_)), by=by, at=at, details=told)
