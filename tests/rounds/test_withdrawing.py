"""Withdrawing tickets: their places go to who comes next, in every order of treatment, whatever happens at the same time."""

import random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import Party, checked
from doorleren.audit.models import Act
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Allocation, PlaceChange, Round, Ticket, Withdrawal
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, Pot, give
from doorleren.rounds.pro_rata import divide
from doorleren.rounds.queries import announced_for, order_of_treatment, outcomes_now, place_now, pot_of
from doorleren.rounds.standing import standing_of
from tests.rounds.at_once import at_once
from tests.rounds.made import AT, a_round, announced, tickets

ASKED = [(number * 37 % 90 + 1, ("", "small", "partnership")[number % 3]) for number in range(60)]
WHO = Party("person", "1")


def withdraw(*some: Ticket) -> None:
    """Withdraw tickets."""
    for one in some:
        withdraw_ticket(one.pk, by=WHO, at=AT)


def places(round_: Round) -> list[tuple[str, int, str]]:
    """Give the places of a round as they are now, in the order of arrival."""
    found = [place_now(one) for one in Ticket.objects.filter(round=round_).order_by("id")]
    return [(one.outcome, one.cents, one.reason) if one else ("none", 0, "") for one in found]


def treat(round_: Round, most: int = 7) -> None:
    """Give everybody who has none a place."""
    order = None if round_.order == "arrival" else order_of_treatment(round_, "seed")
    if round_.order == "pro_rata":
        divide_pot(round_.pk, order=order or [], at=AT)
    else:
        while allocate(round_.pk, at=AT, order=order, most=most):
            pass


def right(round_: Round) -> list[tuple[str, int, str]]:
    """Compute the places from the tickets that were not withdrawn, as if the others had never come."""
    rules, gone = announced_for(round_).pot, set(Withdrawal.objects.values_list("pk", flat=True))
    order = [one for one in order_of_treatment(round_, "seed") if one not in gone]
    rows = {one.pk: one for one in Ticket.objects.filter(round=round_)}
    told = dict.fromkeys(gone, ("outside", 0, "withdrawn"))
    pot = Pot(rules)
    for id_ in order if round_.order != "pro_rata" else []:
        pot, place = give(pot, rows[id_].cents, rows[id_].kind)
        told[id_] = (place.outcome, place.cents, "")
    if round_.order == "pro_rata":
        for name, ceiling in (("small", 300), ("", 700)):
            own = {one: rows[one].cents for one in order if (rows[one].kind == "small") == (name == "small")}
            told |= {id_: ("inside", cents, "") for id_, cents in divide(ceiling, own, order=order).items()}
    return [told[id_] for id_ in sorted(rows)]


@pytest.mark.django_db
@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("partly", [False, True])
def test_as_if_they_had_never_come(order: str, partly: bool) -> None:
    """In every order, whether somebody withdraws before, between or after, the places are those without them; never above."""
    chance = random.Random(order)
    number = None if order == "pro_rata" else 50
    one = a_round(announced(order, 1000, number, apart={"small": Ceiling(300)}, partly=partly))
    rows = tickets(one, ASKED)
    chance.shuffle(rows)
    withdraw(*rows[:6])
    if order not in ("pro_rata", "arrival"):
        allocate(one.pk, at=AT, order=order_of_treatment(one, "seed"), most=20)
        withdraw(*rows[6:9])
        fill_freed(one.pk, at=AT)
    treat(one)
    for some in (rows[9:14], rows[14:15], rows[15:30]):
        withdraw(*some)
        assert fill_freed(one.pk, at=AT) == len(some)
    found = places(one)
    close = 1 if order == "pro_rata" else 0  # nobody loses a cent, also not by rounding
    for place, wanted in zip(found, right(one), strict=True):
        assert (place[0], place[2]) == (wanted[0], wanted[2])
        assert abs(place[1] - wanted[1]) <= close
    outcomes, cents = outcomes_now(one.pk)
    assert cents == sum(place[1] for place in found) == pot_of(one).total().cents <= 1000
    assert outcomes["inside"] == [place[0] for place in found].count("inside") == standing_of(one).inside
    assert not rounds_to_fill()
    assert checked().broken is None


@pytest.mark.django_db
def test_the_next_comes_in_and_it_is_on_record() -> None:
    """Money and number of who withdrew go to the next in the order; the record says how many and how much, and a second time nothing."""
    one = a_round(announced(cents=100, number=2))
    first, _, third, _ = tickets(one, [(60, ""), (40, ""), (60, ""), (40, "")])
    treat(one)
    withdraw(first)
    withdraw(first)
    assert rounds_to_fill() == [one.pk]
    assert [fill_freed(one.pk, at=AT), fill_freed(one.pk, at=AT)] == [1, 0]
    assert places(one) == [("outside", 0, "withdrawn"), ("inside", 40, ""), ("inside", 60, ""), ("outside", 0, "")]
    told = list(Act.objects.order_by("id").values_list("act", "subject_id", "details"))[-2:]
    assert told == [
        ("withdrawn", f"{one.pk}/1", {}),
        (
            "filled_freed",
            str(one.pk),
            {"taken_back": 1, "changed": 1, "came_in": 1, "freed_cents": 60, "cents": 100},
        ),
    ]
    withdraw(third)
    fill_freed(one.pk, at=AT)
    assert [place[1] for place in places(one)] == [0, 40, 0, 40]
    assert PlaceChange.objects.filter(ticket=third).count() == 2


@pytest.mark.django_db
def test_who_comes_later_sees_the_freed_money() -> None:
    """When nobody waits for what is freed, it is there for who comes in next."""
    one = a_round(announced(cents=100))
    (first,) = tickets(one, [(100, "")])
    treat(one)
    withdraw(first)
    fill_freed(one.pk, at=AT)
    assert pot_of(one).left("").cents == 100
    assert not pot_of(one).total().missed


@pytest.mark.django_db
def test_who_withdraws_first_is_outside_at_once() -> None:
    """Who withdrew before their turn stands outside with that reason, takes nothing, and closes nothing for who comes after."""
    one = a_round(announced(cents=50))
    first, *_ = tickets(one, [(60, ""), (50, "")])
    withdraw(first)
    treat(one)
    assert places(one) == [("outside", 0, "withdrawn"), ("inside", 50, "")]
    assert fill_freed(one.pk, at=AT) == 0


@pytest.mark.django_db
def test_what_a_decision_rests_on() -> None:
    """After a decision a ticket cannot be withdrawn, its place is passed over, and no decision rests on what was withdrawn."""
    one = a_round(announced(cents=100))
    first, second, third, _ = tickets(one, [(60, ""), (40, ""), (30, ""), (30, "")])
    with pytest.raises(RoundRefused, match="nog geen plaats"):
        fix_place(first.pk, at=AT)
    treat(one)
    assert (fix_place(second.pk, at=AT).outcome, fix_place(third.pk, at=AT).outcome) == ("inside", "outside")
    assert fix_place(second.pk, at=AT).cents == 40
    with pytest.raises(RoundRefused, match="al besloten"):
        withdraw(second)
    withdraw(first)
    with pytest.raises(RoundRefused, match="ingetrokken"):
        fix_place(first.pk, at=AT)
    fill_freed(one.pk, at=AT)
    assert [place[1] for place in places(one)] == [0, 40, 0, 30]


@pytest.mark.django_db
def test_pro_rata_with_a_fixed_share() -> None:
    """A share that a decision rests on stays; what was freed is divided over the others, to the cent."""
    one = a_round(announced("pro_rata", 100))
    first, second, *_ = tickets(one, [(100, "")] * 4)
    treat(one)
    fix_place(first.pk, at=AT)
    withdraw(second)
    fill_freed(one.pk, at=AT)
    assert sorted(place[1] for place in places(one)) == [0, 25, 37, 38]
    assert pot_of(one).total() == pot_of(one).spent[""]
    assert (pot_of(one).total().cents, pot_of(one).total().number) == (100, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE rounds_{} SET {}", "DELETE FROM rounds_{}"])
@pytest.mark.parametrize(
    ("table", "column"), [("withdrawal", "withdrawn_at = now()"), ("placechange", "cents = 0"), ("fixedplace", "fixed_at = now()")]
)  # fmt: skip
def test_all_of_it_stays(sql: str, table: str, column: str) -> None:
    """The database refuses to change or remove that something was withdrawn, what places became, and which are fixed."""
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_all_at_once(locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two allocations, two fillings and withdrawals at once leave exact places and pot; without the lock they do not."""
    one = a_round(announced(cents=500))
    rows = tickets(one, [(7, "")] * 150)
    if not locked:
        monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())
    chance = random.Random(1)

    def giving() -> None:
        while allocate(one.pk, at=AT, most=5):
            pass

    def filling() -> None:
        for _ in range(40):
            fill_freed(one.pk, at=AT)

    def withdrawing() -> None:
        withdraw(*chance.sample(rows, 40))

    failed = at_once(giving, giving, filling, filling, withdrawing)
    wrong = bool(failed)
    if not failed:
        fill_freed(one.pk, at=AT)
        wrong = (places(one), pot_of(one).total().cents) != (right(one), outcomes_now(one.pk)[1])
    assert wrong is not locked
    if locked:
        assert pot_of(one).total().cents == 497
        assert checked().broken is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(5))
def test_a_decision_and_a_withdrawal_at_once(number: int) -> None:
    """When somebody withdraws while a decision is taken, one of both is refused, whoever comes first."""
    one = a_round(announced(cents=10))
    (row,) = tickets(one, [(7, "")])
    treat(one)
    refused = []

    def trying(act: Any) -> Any:
        def run() -> None:
            try:
                act()
            except RoundRefused as error:
                refused.append(error)

        return run

    assert not at_once(trying(lambda: withdraw(row)), trying(lambda: fix_place(row.pk, at=AT)))
    assert len(refused) == 1
