"""Giving places: in the order of the round, exact to the ceiling, and the same however often it is stopped."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import checked
from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Allocation, Place, PotPart, Round
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, Pot, PotRules, give
from doorleren.rounds.queries import order_of_treatment, pot_of
from tests.rounds.made import AT, a_round, announced, tickets

ASKED = [(number * 37 % 90 + 1, ("", "small", "partnership")[number % 3]) for number in range(60)]


def allot(round_: Round, most: int, seed: str = "seed") -> list[tuple[int, str, int]]:
    """Give everybody a place; give number, outcome and cents in the order of treatment."""
    order = None if round_.order == "arrival" else order_of_treatment(round_, seed)
    while allocate(round_.pk, at=AT, order=order, most=most):
        pass
    rows = Place.objects.filter(ticket__round=round_).order_by("position").select_related("ticket")
    return [(row.ticket.number, row.outcome, row.cents) for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("partly", [False, True])
def test_exact_in_every_order(order: str, goes_on: bool, partly: bool) -> None:
    """In every order of treatment the places are those of the round's own rule, in steps of seven as in one."""
    pot: dict[str, Any] = {"apart": {"small": Ceiling(300)}, "goes_on": goes_on, "partly": partly}
    rules = announced(order, 1000, None if order == "pro_rata" else 25, **pot)
    for most in (1000, 7):
        one = a_round(rules)
        tickets(one, ASKED)
        found = allot(one, most)
        pot_, right = Pot(rules.pot), []
        for number, _, _ in found:
            pot_, place = give(pot_, *ASKED[number - 1])
            right.append((number, place.outcome, place.cents))
        assert found == right
        total = pot_of(one).total()
        assert total.cents == sum(cents for *_, cents in found) <= 1000
        assert (
            total.number
            == Counter(outcome for _, outcome, _ in found)["inside"]
            <= (rules.pot.ceiling.number or len(ASKED))
        )


@pytest.mark.django_db
def test_arrival_is_the_order_of_the_numbers() -> None:
    """With the order of arrival the first numbers are inside, until the pot is empty."""
    one = a_round(announced(number=3))
    tickets(one, [(5, "")] * 5)
    assert allot(one, 2) == [(1, "inside", 5), (2, "inside", 5), (3, "inside", 5), (4, "outside", 0), (5, "outside", 0)]


@pytest.mark.django_db
def test_who_was_present_is_drawn() -> None:
    """Who submits within the first half minute is drawn, with another order for another seed; the others stand behind."""
    rules = Announced("random_present", PotRules(Ceiling()), present_seconds=30)
    one = a_round(rules)
    tickets(one, [(5, "")] * 50)
    first, second = ([id_ & 0xFFFFFFFF for id_ in order_of_treatment(one, seed)] for seed in ("one", "two"))
    assert first[30:] == second[30:] == list(range(31, 51))
    assert sorted(first[:30]) == sorted(second[:30]) == list(range(1, 31))
    assert first[:30] != second[:30]


@pytest.mark.django_db
def test_the_database_refuses_what_goes_above_the_ceiling() -> None:
    """Whatever the code does, a part of the pot cannot pass its ceiling in money or in number."""
    one = a_round(announced(cents=100, number=2))
    for told in ({"cents": 101}, {"number": 3}, {"cents": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PotPart.objects.filter(round=one).update(**told)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE rounds_{} SET {}", "DELETE FROM rounds_{}"])
@pytest.mark.parametrize(("table", "column"), [("ticket", "cents = 0"), ("place", "cents = 0"), ("batch", "size = 9")])
def test_tickets_and_places_stay(sql: str, table: str, column: str) -> None:
    """The database refuses to change or remove a ticket, a batch or a place."""
    one = a_round()
    tickets(one, [(5, "")])
    allot(one, 10)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_two_at_once(locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two allocations at once give everybody one place and the pot its exact sum; without the lock one of them fails."""
    one = a_round(announced(cents=500))
    tickets(one, [(7, "")] * 120)
    if not locked:
        monkeypatch.setattr(type(Allocation.objects.all()), "select_for_update", lambda found, *_, **__: found)
    together, failed = threading.Barrier(2), []

    def work() -> None:
        try:
            together.wait()
            while allocate(one.pk, at=AT, most=10):
                pass
        except IntegrityError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bool(failed) is not locked
    if locked:
        assert Place.objects.filter(ticket__round=one).count() == 120
        assert pot_of(one).total().cents == 497
        assert checked().broken is None


@pytest.mark.django_db
def test_numbers_that_were_left_out() -> None:
    """Where numbers are missing, more of them than are treated at once, everybody behind the gap still gets a place."""
    one = a_round(announced(number=9))
    rows = tickets(one, [(5, "")] * 3)
    rows[0].pk, rows[0].key, rows[0].person = rows[0].pk + 5000, "key-behind-the-gap", "f" * 64
    rows[0].save(force_insert=True)
    assert [number for number, *_ in allot(one, 2)] == [1, 2, 3, 5001]


def test_a_number_and_pro_rata_do_not_go_together() -> None:
    """Money that is divided pro rata has no ceiling in number: such a round cannot be announced."""
    with pytest.raises(ValueError, match=r"ceiling: .*pro rata"):
        announced("pro_rata", 1000, 25)
