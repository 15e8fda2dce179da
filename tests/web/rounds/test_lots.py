"""What a receipt says of a ticket: whether its number is its place, and which lot of a draw is its own."""

from dataclasses import replace

import pytest

from doorleren.rounds.models import RoundDraw
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.queries import sealed_tickets
from doorleren.web.applicant.words import DRAWN, by_number, lot_of
from tests.rounds.made import AT, a_round, announced, tickets

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_a_number_is_a_place_by_arrival_only(order: str) -> None:
    """Only by arrival of the moment does the number say who came before; not in another order, nor where the day counts."""
    rules = announced(order, 100)
    (one,) = tickets(a_round(rules), [(1, "")])
    assert by_number(one) == (order == "arrival")
    if order == "arrival":
        (other,) = tickets(a_round(replace(rules, per_day=True)), [(1, "")])
        assert not by_number(other)


@pytest.mark.parametrize("order", ["pro_rata", "ranking", "draw"])
def test_whoever_is_on_a_list_finds_the_lot(order: str) -> None:
    """The receipt tells the lot in every round that draws: also where the draw only settles who is alike, once it is announced."""
    row = a_round(announced(order, 100))
    (one,) = tickets(row, [(1, "")])
    assert bool(lot_of(one)) == (order in DRAWN)
    RoundDraw.objects.create(round=row, announced={}, sealed_secret="x", announced_at=AT)
    assert [lot_of(one)] == list(sealed_tickets(row.pk))
