"""Every constraint of the tables of rounds refuses what it says, in the database and in a sentence; none is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from doorleren.rounds.models import Allocation, Batch, Gate, Place, PotPart, Round, Ticket
from tests.rounds.made import AT, a_round, tickets

pytestmark = pytest.mark.django_db


def wrong(name: str, round_: Round) -> models.Model:
    """Give a row that breaks one constraint and no other."""
    other = Round(
        version=round_.version, body=round_.body, code="other", order="draw", opens_at=AT, announced={},
        announced_hash="0" * 64, announced_at=AT,
    )  # fmt: skip
    ticket = Ticket(
        id=1,
        round=round_,
        key="a-key-of-somebody",
        person="1" * 64,
        content="2" * 64,
        cents=0,
        kind="",
        batch=1,
        arrived_at=AT,
    )
    (first,) = tickets(round_, [(5, "")])
    place = Place(ticket=first, position=1, outcome="inside", cents=5, allocated_at=AT)
    rows: dict[str, tuple[models.Model, dict[str, Any]]] = {
        "rounds_round_once": (other, {"code": round_.code}),
        "rounds_round_order_known": (other, {"order": "speed"}),
        "rounds_round_times_in_order": (other, {"closes_at": AT - timedelta(seconds=1)}),
        "rounds_round_hashed": (other, {"announced_hash": "Z" * 64}),
        "rounds_gate_opened_before_closed": (Gate.objects.get(pk=round_.pk), {"opened_at": None, "closed_at": AT}),
        "rounds_gate_counts": (Gate.objects.get(pk=round_.pk), {"tickets": -1}),
        "rounds_batch_not_empty": (Batch(id=1, at="", size=0, root=b"", signature=b""), {}),
        "rounds_ticket_once": (ticket, {"key": first.key}),
        "rounds_ticket_one_a_person": (ticket, {"person": first.person}),
        "rounds_ticket_cents": (ticket, {"cents": -1}),
        "rounds_ticket_hashed": (ticket, {"person": "999990019"}),
        "rounds_part_once": (PotPart(round=round_, part=""), {}),
        "rounds_part_not_below_zero": (PotPart(round=round_, part="x"), {"number": -1}),
        "rounds_part_within_money": (PotPart(round=round_, part="x"), {"ceiling_cents": 9, "cents": 10}),
        "rounds_part_within_number": (PotPart(round=round_, part="x"), {"ceiling_number": 0, "number": 1}),
        "rounds_place_outcome": (place, {"outcome": "outside"}),
        "rounds_place_position": (place, {"position": 0}),
        "rounds_allocation_counts": (Allocation.objects.get(pk=round_.pk), {"position": -1}),
    }
    row, columns = rows[name]
    for column, value in columns.items():
        setattr(row, column, value)
    return row


def constraints() -> dict[str, Any]:
    """Give every constraint of the app by its name."""
    return {one.name: one for model in apps.get_app_config("rounds").get_models() for one in model._meta.constraints}


@pytest.mark.parametrize("name", sorted(constraints()))
def test_a_constraint_refuses(name: str) -> None:
    """What the constraint forbids is refused with its sentence, and by the database where nobody asked."""
    row = wrong(name, a_round())
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert constraints()[name].violation_error_message in str(refused.value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=row._state.adding)
