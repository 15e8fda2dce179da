"""Places follow completeness: in every order of treatment, with decisions on them, and with what is left out."""

from datetime import timedelta
from functools import partial
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.came_in import came_in
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.fix_place import fix_place, give_back, places_to_fix
from doorleren.rounds.commands.note_completeness import note_completed, note_incomplete
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.place_day import place_day
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.completing import following
from doorleren.rounds.models import NUMBER_BITS, Allocation, Completeness, Place
from doorleren.rounds.queries import place_now, pot_of
from doorleren.rounds.what_if import Treatment, in_order, places
from tests.rounds.completing import ORDERS, SEED, WHO, cents, come, complete, following_round, lack, treat
from tests.rounds.made import AT, US, a_round, announced, tickets

# --- one at a time


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_it_comes_after_who_was_complete_before(order: str) -> None:
    """Who is found incomplete loses the place to the next in the order; once completed they come at the end, if anything is left."""
    row = following_round(order, 20)
    some = tickets(row, [(10, "")] * 4)
    treat(row)
    first, second, third, fourth = sorted(some, key=lambda one: one.place.position)
    assert cents(first, second, third, fourth) == [10, 10, 0, 0]
    lack(first)
    assert fill_freed(row.pk, at=AT) == 1
    assert cents(first, second, third, fourth) == [0, 10, 10, 0]
    complete(first)
    assert fill_freed(row.pk, at=AT) == 1
    assert cents(first, second, third, fourth) == [0, 10, 10, 0]
    withdraw_ticket(second.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert cents(first, second, third, fourth) == [0, 0, 10, 10]
    withdraw_ticket(third.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert cents(first, second, third, fourth) == [10, 0, 0, 10]
    assert pot_of(row).total().cents == 20
    assert rounds_to_fill() == []


@pytest.mark.django_db
def test_where_places_stay() -> None:
    """Where it was not announced, or the order asks nothing of the moment, nothing is noted and no place changes."""
    for rules in (announced(cents=10), announced("pro_rata", 10), announced("draw", 10)):
        row = a_round(rules)
        (one,) = tickets(row, [(10, "")])
        divide_pot(row.pk, order=[one.pk], at=AT) if row.order == "pro_rata" else treat(row)
        assert note_incomplete(one.pk, by=WHO, at=AT) is None
        assert fill_freed(row.pk, at=AT) == 0
        assert cents(one) == [10]


@pytest.mark.django_db
def test_whoever_comes_after_the_completion_waits_for_it() -> None:
    """While a round is open, who was completed comes before whoever comes later, also when the allocator was slow."""
    row = following_round(cents=20)
    first, second = tickets(row, [(10, "")] * 2)
    treat(row)
    lack(first)
    fill_freed(row.pk, at=AT)
    third = come(row, 3)
    complete(first)
    fourth = come(row, 4)
    treat(row)
    assert cents(first, second, third, fourth) == [0, 10, 10, -1]  # the fourth waits for the first
    assert fill_freed(row.pk, at=AT) == 1
    treat(row)
    assert cents(first, second, third, fourth) == [0, 10, 10, 0]
    assert place_now(first) != place_now(fourth)
    withdraw_ticket(second.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert cents(first, third, fourth) == [10, 10, 0]


@pytest.mark.django_db
def test_what_came_by_post_counts_on_its_day() -> None:
    """What came in days before it was noted comes after who came on that day, before who came since and stands outside."""
    row = following_round(cents=10)
    first, second = tickets(row, [(10, "")] * 2)
    treat(row)
    lack(first)
    fill_freed(row.pk, at=AT)
    third = come(row, 3, at=AT + timedelta(days=2))
    treat(row)
    complete(first, at=AT + timedelta(days=4), on=day_of(AT + timedelta(days=1)))
    fill_freed(row.pk, at=AT + timedelta(days=4))
    withdraw_ticket(second.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert cents(first, second, third) == [10, 0, 0]


@pytest.mark.django_db
def test_what_was_noted_before_there_was_a_mark() -> None:
    """The migration marks the rounds in which a place is yet to follow, and no others."""
    rows = [following_round(cents=20) for _ in range(3)]
    for row in rows:
        some = tickets(row, [(10, "")] * 2)
        treat(row)
        lack(*some)
    fill_freed(rows[0].pk, at=AT)
    withdraw_ticket(rows[1].pk << NUMBER_BITS | 1, by=WHO, at=AT)
    withdraw_ticket(rows[1].pk << NUMBER_BITS | 2, by=WHO, at=AT)
    Allocation.objects.update(unfollowed=False)
    with connection.cursor() as cursor:
        cursor.execute(import_module("doorleren.rounds.migrations.0013_unfollowed").FILL)
    assert list(Allocation.objects.filter(unfollowed=True)) == [rows[2].allocation]


@pytest.mark.django_db
def test_a_draw_that_was_stopped_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the day counts, a draw that is stopped half-way goes on and gives everybody one place, also who was completed."""
    row = following_round(cents=35, per_day=True)
    first = come(row, 1, at=AT)
    place_day(row.pk, at=AT + timedelta(days=1))
    lack(first, at=AT + timedelta(days=1))
    fill_freed(row.pk, at=AT + timedelta(days=1))
    day = AT + timedelta(days=2)
    others = [come(row, number, at=day) for number in range(2, 12)]
    complete(first, at=day)
    after = AT + timedelta(days=3)
    assert place_day(row.pk, at=after) == 0
    close_gate(row.pk, by=US, at=after)
    Allocation.objects.filter(pk=row.pk).update(seed=SEED)
    monkeypatch.setattr("doorleren.rounds.commands.treat_all.allocate", partial(allocate, most=3))
    assert not treat_all(row, SEED, now=lambda: after, stopped=lambda: True)
    treat_all(row, SEED, now=lambda: after)
    fill_freed(row.pk, at=after)
    assert sum(cents(first, *others)) == 30 == pot_of(row).total().cents
    assert Place.objects.filter(ticket__round=row).count() == 11
    assert Allocation.objects.get(pk=row.pk).position == 11
    assert rounds_to_fill() == []


@pytest.mark.django_db
def test_incomplete_again_before_it_has_a_place() -> None:
    """Who is found incomplete again before the place followed the completion holds up nobody who comes later."""
    row = following_round(cents=20)
    first, second = tickets(row, [(10, "")] * 2)
    treat(row)
    lack(first)
    fill_freed(row.pk, at=AT)
    complete(first)
    lack(first)
    third = come(row, 3)
    assert fill_freed(row.pk, at=AT) == 1
    treat(row)
    assert (cents(first, second, third), rounds_to_fill()) == ([0, 10, 10], [])


# --- decisions, and what is left out


@pytest.mark.django_db
def test_a_fixed_place_stays() -> None:
    """A place that a decision rests on is not taken away, and no decision rests on one that is about to change."""
    row = following_round(cents=20)
    first, second, third = tickets(row, [(10, "")] * 3)
    treat(row)
    fix_place(first.pk, at=AT)
    lack(first)
    assert (following(row.pk), cents(first)) == ({}, [10])
    lack(second)
    for one in (second, third):
        with pytest.raises(RoundRefused, match="nog bepaald"):
            fix_place(one.pk, at=AT)
    assert list(places_to_fix(row.pk, [first.pk, second.pk, third.pk])) == [first.pk]
    fill_freed(row.pk, at=AT)
    assert fix_place(third.pk, at=AT).cents == 10
    complete(second)
    with pytest.raises(RoundRefused, match="nog bepaald"):
        fix_place(second.pk, at=AT)
    fill_freed(row.pk, at=AT)
    assert (fix_place(second.pk, at=AT).outcome, cents(first, third)) == ("outside", [10, 10])


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["arrival", "draw", "pro_rata"])
def test_left_out_gives_back(order: str) -> None:
    """What is left out of treatment gives back its place in every order, for good; the place that it had is told."""
    row = a_round(announced(order, 20))
    some = tickets(row, [(10, "")] * 4)
    divide_pot(row.pk, order=[one.pk for one in some], at=AT) if order == "pro_rata" else treat(row)
    first, *rest = sorted(some, key=lambda one: one.place.position)
    had = give_back(first.pk, by=WHO, at=AT)
    assert (had.outcome, had.cents) == ("inside", 5 if order == "pro_rata" else 10)
    assert fill_freed(row.pk, at=AT) == 1
    assert (cents(first), sum(cents(*rest))) == ([0], 20)
    assert note_completed(first.pk, on=day_of(AT), by=WHO, at=AT) is None
    with pytest.raises(RoundRefused):
        withdraw_ticket(first.pk, by=WHO, at=AT)
    assert (pot_of(row).total().cents, fill_freed(row.pk, at=AT)) == (20, 0)


@pytest.mark.django_db
def test_left_out_after_it_lost_its_place() -> None:
    """Who had lost the place by being incomplete is told the one of before, by which an objection is judged."""
    row = following_round(cents=20)
    first, *_ = tickets(row, [(10, "")] * 3)
    treat(row)
    lack(first)
    fill_freed(row.pk, at=AT)
    assert give_back(first.pk, by=WHO, at=AT).cents == 10
    assert fill_freed(row.pk, at=AT) == 0


@pytest.mark.django_db
def test_withdrawn_while_incomplete() -> None:
    """Who withdraws while incomplete, or before the place followed, gives it back once."""
    row = following_round(cents=20)
    first, second, third, fourth = tickets(row, [(10, "")] * 4)
    treat(row)
    lack(first, second)
    withdraw_ticket(first.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    withdraw_ticket(second.pk, by=WHO, at=AT)
    fill_freed(row.pk, at=AT)
    assert note_completed(second.pk, on=day_of(AT), by=WHO, at=AT) is None
    assert (cents(first, second, third, fourth), rounds_to_fill()) == ([0, 0, 10, 10], [])


# --- what is kept


@pytest.mark.django_db
def test_it_is_recorded_and_noted_once() -> None:
    """What was found stands in the record of acts; finding it again notes nothing, and the database keeps every row."""
    row = following_round(cents=20)
    (one,) = tickets(row, [(10, "")])
    treat(row)
    complete(one)
    lack(one, one)
    complete(one)
    complete(one)
    assert [found.complete for found in Completeness.objects.order_by("turn")] == [False, True]
    acts = Act.objects.filter(subject_kind="ticket").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["found_incomplete", "found_complete"]
    for sql in ("UPDATE rounds_completeness SET turn = 9", "DELETE FROM rounds_completeness"):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.django_db
def test_another_order_tried() -> None:
    """A policy maker who tries another order sees who was completed at the end of a draw, and not who is incomplete."""
    row = following_round(cents=20)
    some = tickets(row, [(10, "")] * 4)
    treat(row)
    lack(some[0], some[1])
    fill_freed(row.pk, at=AT)
    complete(some[0])
    fill_freed(row.pk, at=AT)
    told = came_in(row)
    assert [one.late for one in told] == [True, False, False]
    tried = places(told, Treatment("draw", pot_of(row).rules), ["one", "two", "three"])
    assert [[one.cents for one in each] for each in tried] == [[0, 10, 10]] * 3
    assert [one.cents for one in in_order(told, pot_of(row).rules, [1, 2, 0])] == [0, 10, 10]
