"""What came in, as the simulation takes it: the same places as the real allocation gave, and nothing of who withdrew."""

import pytest

from doorleren.rounds.came_in import announced_treatment, came_in
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.models import Place, Withdrawal
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.queries import order_of_treatment
from doorleren.rounds.what_if import places
from tests.rounds.made import AT, a_round, announced, tickets

pytestmark = pytest.mark.django_db
ASKED = [(300, "small"), (500, ""), (200, "small"), (400, ""), (300, ""), (100, "small"), (50, "")]
POTS = {
    "stops": {}, "partly": {"partly": True}, "goes on": {"goes_on": True}, "waits": {"waiting_list": True},
    "apart": {"apart": {"small": Ceiling(400)}, "goes_on": True},
}  # fmt: skip


@pytest.mark.parametrize("order", ["arrival", "draw", "random_present"])
@pytest.mark.parametrize("name", list(POTS))
def test_as_announced_it_is_what_the_allocation_gave(name: str, order: str) -> None:
    """Treated as announced with the seed of the draw, every application gets the place that it really got."""
    row = a_round(announced(order, 1000, **POTS[name]))
    tickets(row, ASKED)
    rules = announced_treatment(row)
    assert rules is not None
    found = places(came_in(row), rules, ["seed"])[0]
    allocate(row.pk, at=AT, order=order_of_treatment(row, "seed"))
    given = Place.objects.order_by("ticket").values_list("outcome", "cents")
    assert [(one.outcome, one.cents) for one in found] == list(given)


def test_pro_rata_as_announced_it_is_what_was_divided() -> None:
    """Divided as announced with the seed of the draw, every application gets the cents that it really got."""
    row = a_round(announced("pro_rata", 1000, apart={"small": Ceiling(300)}))
    tickets(row, ASKED)
    rules = announced_treatment(row)
    assert rules is not None
    found = places(came_in(row), rules, ["seed"])[0]
    divide_pot(row.pk, order=order_of_treatment(row, "seed"), at=AT)
    assert [one.cents for one in found] == list(Place.objects.order_by("ticket").values_list("cents", flat=True))


def test_what_was_given_out_already_does_not_count() -> None:
    """After the places were given the simulation starts with the whole pot again."""
    row = a_round(announced("arrival", 1000))
    tickets(row, ASKED)
    before = announced_treatment(row)
    allocate(row.pk, at=AT)
    assert announced_treatment(row) == before


def test_who_withdrew_is_not_treated() -> None:
    """A ticket that was withdrawn is not among what came in."""
    row = a_round(announced("arrival", 1000))
    first = tickets(row, ASKED)[0]
    Withdrawal.objects.create(ticket=first, withdrawn_at=AT)
    assert [one.number for one in came_in(row)] == [first.pk + more for more in range(1, len(ASKED))]


def test_the_kind_of_applicant_comes_from_outside() -> None:
    """A label goes by the key of the ticket; without one it is the part of the pot."""
    row = a_round(announced("arrival", 1000))
    first = tickets(row, [(300, "small"), (200, "small")])[0]
    assert [one.label for one in came_in(row, {first.key: "a firm"})] == ["a firm", "small"]


@pytest.mark.parametrize("order", ["ranking", "none"])
def test_an_order_that_asks_scores_cannot_be_tried(order: str) -> None:
    """A round whose order is by scores, or that has none, gives no rules to try."""
    assert announced_treatment(a_round(announced(order, 1000))) is None
