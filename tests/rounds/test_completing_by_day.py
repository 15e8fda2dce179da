"""Where the day of completion counts: it is divided with the others of that day, also after a draw was held."""

from datetime import timedelta

import pytest
from django.db import transaction

from doorleren.core.days import day_of
from doorleren.core.draw import drawn_key
from doorleren.rounds.announced import sealed
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.place_day import place_day
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Allocation, Place, Round, Ticket
from doorleren.rounds.queries import day_counted, order_of_treatment, pot_of
from tests.rounds.completing import SEED, WHO, cents, come, complete, following_round, lack, treat
from tests.rounds.made import AT, US, tickets


@pytest.mark.django_db
def test_the_end_of_a_draw_is_in_order_of_completion() -> None:
    """At the end of a draw who completed on an earlier day goes first, also where that was noted later."""
    row = following_round("draw", 10)
    some = tickets(row, [(10, "")] * 4)
    treat(row)
    lack(*some)
    fill_freed(row.pk, at=AT)
    late, later, inside = some[:3]
    complete(inside)
    fill_freed(row.pk, at=AT)
    complete(later, at=AT + timedelta(days=3))
    fill_freed(row.pk, at=AT)
    complete(late, at=AT + timedelta(days=4), on=day_of(AT + timedelta(days=2)))
    fill_freed(row.pk, at=AT)
    assert cents(inside, late, later) == [10, 0, 0]
    withdraw_ticket(inside.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert cents(inside, late, later) == [0, 10, 0]
    assert order_of_treatment(row, SEED) == [
        one.ticket_id for one in Place.objects.filter(ticket__round=row).order_by("position")
    ]  # the draw itself stays what it was


@pytest.mark.django_db
def test_a_day_of_completion_is_divided_with_the_others_of_it() -> None:
    """Where the day counts who was completed is treated with the others of that day, and a draw settles it where it must."""
    row = following_round(cents=20, per_day=True)
    days = [AT + timedelta(days=one) for one in range(4)]
    first, second = (come(row, number, at=days[0]) for number in (1, 2))
    assert place_day(row.pk, at=days[1]) == 2
    lack(first, at=days[1])
    fill_freed(row.pk, at=days[1])
    assert day_counted(first) is None
    third = come(row, 3, at=days[2])
    complete(first, at=days[2])
    assert fill_freed(row.pk, at=days[2]) == 0
    assert day_counted(first) == day_of(days[2])
    assert place_day(row.pk, at=days[3]) == 0
    assert Allocation.objects.get(pk=row.pk).draw_from == day_of(days[2])
    close_gate(row.pk, by=US, at=days[3])
    came_first = []
    for seed in ("one", "two", "three", "four", "five"):
        with transaction.atomic():
            Allocation.objects.filter(pk=row.pk).update(seed=seed)
            treat_all(row, seed, now=lambda: days[3])
            came_first.append(cents(first, second, third))
            assert fill_freed(row.pk, at=days[3]) == 0
            assert pot_of(row).total().cents == 20
            transaction.set_rollback(True)
    assert {tuple(one) for one in came_first} == {(10, 10, 0), (0, 10, 10)}


@pytest.mark.django_db
def test_a_day_that_everybody_fits() -> None:
    """Where all of a day fit, whoever was completed on it gets the place without a draw; a day that was divided is not joined."""
    row = following_round(cents=30, per_day=True)
    days = [AT + timedelta(days=one) for one in range(6)]
    first, second = (come(row, number, at=days[0]) for number in (1, 2))
    place_day(row.pk, at=days[1])
    lack(first, at=days[1])
    fill_freed(row.pk, at=days[1])
    third = come(row, 3, at=days[2])
    complete(first, at=days[2])
    assert place_day(row.pk, at=days[3]) == 2
    assert (cents(first, second, third), rounds_to_fill()) == ([10, 10, 10], [])
    assert Allocation.objects.get(pk=row.pk).position == 3
    lack(second, at=days[4])
    complete(second, at=days[5], on=day_of(days[4]))
    fill_freed(row.pk, at=days[5])
    assert place_day(row.pk, at=days[5] + timedelta(days=1)) == 1
    assert cents(first, second, third) == [10, 10, 10]
    assert pot_of(row).total().cents == 30


def drawn_first(row: Round, *some: Ticket) -> list[Ticket]:
    """Give tickets in the order of the draw that was held."""
    seed = Allocation.objects.get(pk=row.pk).seed
    return sorted(some, key=lambda one: drawn_key(seed, sealed(row.pk, one.key, one.content)))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_completed_on_one_day_after_the_draw(seed: str) -> None:
    """Who completes on the same day waits until it is over, and then the draw says who comes first; an earlier day goes first."""
    row = following_round(cents=20, per_day=True)
    some = [come(row, number) for number in range(1, 5)]
    days = [AT + timedelta(days=one) for one in range(8)]
    assert place_day(row.pk, at=days[1]) == 0
    close_gate(row.pk, by=US, at=days[1])
    Allocation.objects.filter(pk=row.pk).update(seed=seed)
    treat_all(row, seed, now=lambda: days[1])
    first, second, third, fourth = drawn_first(row, *some)
    assert cents(first, second, third, fourth) == [10, 10, 0, 0]
    lack(*some, at=days[2])
    fill_freed(row.pk, at=days[2])
    complete(fourth, at=days[3])
    for one in (third, second, first):
        complete(one, at=days[4])
    assert fill_freed(row.pk, at=days[4]) == 1  # the fourth, whose day is over
    assert cents(first, second, third, fourth) == [0, 0, 0, 10]
    assert treat_all(row, seed, now=lambda: days[4])  # the keeper asks again: nothing is given before the day is over
    assert fill_freed(row.pk, at=days[5]) == 3
    assert cents(first, second, third, fourth) == [10, 0, 0, 10]
    assert rounds_to_fill() == []
    withdraw_ticket(fourth.pk, by=WHO, at=days[6])
    fill_freed(row.pk, at=days[6])
    assert cents(first, second, third) == [10, 10, 0]
    assert pot_of(row).total().cents == 20


@pytest.mark.django_db
@pytest.mark.parametrize("seed", ["one", "two", "three", "four", "five"])
def test_completed_on_a_day_that_was_drawn(seed: str) -> None:
    """What came by post on a day that was drawn stands among those of that day, where the draw puts it; nobody loses a place."""
    row = following_round(cents=20, per_day=True)
    days = [AT + timedelta(days=one) for one in range(8)]
    early = come(row, 1)
    place_day(row.pk, at=days[1])
    lack(early, at=days[1])
    fill_freed(row.pk, at=days[1])
    of_day = [come(row, number, at=days[1]) for number in range(2, 5)]
    assert place_day(row.pk, at=days[2]) == 0
    close_gate(row.pk, by=US, at=days[2])
    Allocation.objects.filter(pk=row.pk).update(seed=seed)
    treat_all(row, seed, now=lambda: days[2])
    *inside, outside = drawn_first(row, *of_day)
    complete(early, at=days[5], on=day_of(days[1]))
    assert fill_freed(row.pk, at=days[5]) == 1
    assert cents(*inside, outside, early) == [10, 10, 0, 0]
    withdraw_ticket(inside[0].pk, by=WHO, at=days[5])
    fill_freed(row.pk, at=days[5])
    comes_in, stays_out = drawn_first(row, early, outside)
    assert cents(inside[1], comes_in, stays_out) == [10, 10, 0]
