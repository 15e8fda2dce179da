"""Every constraint of the tables of rounds refuses what it says, in the database and in a sentence; none is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from doorleren.core.days import day_of
from doorleren.rounds.models import (
    Allocation,
    Batch,
    Completeness,
    DayOfReceipt,
    FixedPlace,
    Gate,
    Package,
    PackageComponent,
    Place,
    PlaceChange,
    PotPart,
    Round,
    RoundDraw,
    RoundProposal,
    Sample,
    Superseded,
    Ticket,
)
from tests.people import made as people
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
        "rounds_gate_ended": (Gate.objects.get(pk=round_.pk), {"ended": "time"}),
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
        "rounds_place_reason": (place, {"reason": "withdrawn"}),
        **wrong_changes(first),
        "rounds_allocation_counts": (Allocation.objects.get(pk=round_.pk), {"position": -1}),
        **wrong_with_two_people(round_),
        **wrong_packages(),
    }
    row, columns = rows[name]
    for column, value in columns.items():
        setattr(row, column, value)
    return row


def wrong_changes(ticket: Ticket) -> dict[str, tuple[models.Model, dict[str, Any]]]:
    """Give the same for places that became others, and what was found of completeness."""
    PlaceChange.objects.create(ticket=ticket, turn=1, outcome="outside", cents=0, changed_at=AT)
    Completeness.objects.create(ticket=ticket, turn=1, complete=False, noted_at=AT)
    change = PlaceChange(ticket=ticket, turn=2, outcome="inside", cents=5, changed_at=AT)
    fixed = FixedPlace(ticket=ticket, fixed_at=AT)
    return {
        "rounds_change_once": (change, {"turn": 1}),
        "rounds_change_turn": (change, {"turn": 0}),
        "rounds_change_outcome": (change, {"outcome": "outside"}),
        "rounds_change_reason": (change, {"reason": "withdrawn"}),
        "rounds_change_follows": (change, {"position": 3}),
        "rounds_fixed_gives_back": (fixed, {"gives_back": "refused", "keeps_cents": 1}),
        "rounds_completeness_once": (Completeness(ticket=ticket, turn=1, complete=False, noted_at=AT), {}),
        "rounds_completeness_in_turn": (Completeness(ticket=ticket, turn=2, complete=False, noted_at=AT), {}),
        "rounds_completeness_since": (Completeness(ticket=ticket, turn=2, complete=True, noted_at=AT), {}),
    }


def wrong_packages() -> dict[str, tuple[models.Model, dict[str, Any]]]:
    """Give the same for packages and their components."""
    told = {"cents": 0, "told": {}, "told_hash": "a" * 64, "announced_at": AT}
    package = Package.objects.create(code="kept", **told)
    PackageComponent.objects.create(package=package, code="kept", ceiling_cents=0)
    return {
        "rounds_package_once": (Package(code="kept", **told), {}),
        "rounds_package_told": (Package(code="other", **told), {"told_hash": "Z" * 64}),
        "rounds_package_component_once": (PackageComponent(package=package, code="kept", ceiling_cents=0), {}),
        "rounds_package_component_within": (
            PackageComponent(package=package, code="other", ceiling_cents=5),
            {"announced_cents": 6},
        ),
    }


def wrong_with_two_people(round_: Round) -> dict[str, tuple[models.Model, dict[str, Any]]]:
    """Give the same for proposals, draws and samples: a row and the columns that break the constraint."""
    joost, mirjam = (people.person(name=name) for name in ("Joost", "Mirjam"))
    told = {"body": round_.body, "round": round_, "reason": "r", "proposed_by": joost, "proposed_at": AT}
    proposal = RoundProposal(act="close", **told)
    RoundProposal.objects.create(act="open", **told)
    sample = Sample.objects.create(round=round_, at=AT, tickets=1)
    known = DayOfReceipt.objects.create(round=round_, content="c", day=day_of(AT), noted_at=AT)
    Superseded.objects.create(round=round_, content="c", superseded_at=AT)
    draw = RoundDraw(round=round_, announced={}, sealed_secret="s", announced_at=AT)
    return {
        "rounds_proposal_act_known": (proposal, {"act": "rob"}),
        "rounds_proposal_reason": (proposal, {"reason": ""}),
        "rounds_proposal_of_a_round": (proposal, {"round": None}),
        "rounds_proposal_two_people": (proposal, {"released_by": joost, "released_at": AT}),
        "rounds_proposal_released_by_somebody": (proposal, {"released_by": mirjam}),
        "rounds_proposal_one_end": (proposal, {"released_by": mirjam, "released_at": AT, "withdrawn_at": AT}),
        "rounds_proposal_one_waits": (proposal, {"act": "open"}),
        "rounds_draw_has_a_file": (draw, {"held_at": AT}),
        "rounds_receipt_day_once": (DayOfReceipt(round=round_, content="c", day=known.day, noted_at=AT), {}),
        "rounds_superseded_once": (Superseded(round=round_, content="c", superseded_at=AT), {}),
        "rounds_sample_once": (Sample(round=round_, at=sample.at, tickets=1), {}),
        "rounds_sample_tickets": (Sample(round=round_, at=AT + timedelta(1), tickets=-1), {}),
    }


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
