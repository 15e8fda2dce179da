"""What a decision does not grant of a place goes to who comes next, in every order, whatever happens at the same time."""

from typing import Any

import pytest
from django.db import transaction

from doorleren.audit.acts import Party, checked
from doorleren.audit.models import Act
from doorleren.rounds.answers import PlacesMove, RoundRefused
from doorleren.rounds.commands import fill_freed as filling
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.fix_place import fix_place, fix_places, place_to_fix, places_to_fix
from doorleren.rounds.commands.take_late import free_for, take_late
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.freed import LOWERED, REFUSED, sets_free
from doorleren.rounds.giving_anew import decided_short
from doorleren.rounds.models import Allocation, FixedPlace, PlaceChange, Round, Ticket
from doorleren.rounds.pot import Ceiling, Place
from doorleren.rounds.queries import order_of_treatment, outcomes_now, place_now, pot_of
from tests.rounds.at_once import at_once
from tests.rounds.made import AT, a_round, announced, tickets

WHO = Party("person", "1")
ORDERS = ("arrival", "draw", "none", "random_present", "ranking")


def decide(ticket: Ticket, granted: int | None) -> None:
    """Decide on a ticket as a decision does: lock its place, then fix it with what that sets free; None is a refusal."""
    with transaction.atomic():
        place = place_to_fix(ticket.pk, refuses=granted is None)
        fix_places({ticket.pk: sets_free(Place(place.outcome, place.cents), granted)}, at=AT)


def placed(row: Round) -> list[Ticket]:
    """Give everybody a place; give the tickets in the order of treatment."""
    in_turn = row.order in ("arrival", "none")
    order = sorted(Ticket.objects.filter(round=row).values_list("pk", flat=True))
    if row.order == "ranking":
        order = order[::-1]
    elif not in_turn and row.order != "pro_rata":
        order = order_of_treatment(row, "seed")
    if row.order == "pro_rata":
        divide_pot(row.pk, order=order, at=AT)
    else:
        while allocate(row.pk, at=AT, order=None if in_turn else order, most=7):
            pass
    rows = Ticket.objects.in_bulk(order)
    return [rows[one] for one in order]


def now(*some: Ticket) -> list[tuple[str, int]]:
    """Give outcome and cents of places as they are now."""
    found = [place_now(one) for one in some]
    return [(one.outcome, one.cents) for one in found if one]


@pytest.mark.parametrize(
    ("place", "granted", "given"),
    [
        (Place("inside", 900), None, (REFUSED, 0)),
        (Place("inside", 0), None, (REFUSED, 0)),
        (Place("inside", 900), 700, (LOWERED, 700)),
        (Place("inside", 900), 0, (LOWERED, 0)),
        (Place("inside", 900), 900, ("", 0)),
        (Place("outside"), None, ("", 0)),
        (Place("waiting"), None, ("", 0)),
    ],
    ids=["refused", "a place without money", "less", "nothing", "whole", "outside", "waits"],
)
def test_what_a_decision_sets_free(place: Place, granted: int | None, given: tuple[str, int]) -> None:
    """A refusal sets the whole place free, a lower grant the difference, and who had no place nothing."""
    assert sets_free(place, granted) == given


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_the_next_in_the_order_comes_in(order: str) -> None:
    """What a refusal sets free goes to who comes next in the order, once, and never back to who was refused."""
    row = a_round(announced(order, 20))
    tickets(row, [(10, "")] * 5)
    first, second, third, fourth, fifth = placed(row)
    decide(first, None)
    assert rounds_to_fill() == [row.pk]
    assert [fill_freed(row.pk, at=AT), fill_freed(row.pk, at=AT)] == [1, 0]
    assert now(first, second, third, fourth) == [("outside", 0), ("inside", 10), ("inside", 10), ("outside", 0)]
    told = Act.objects.filter(act="filled_freed").get().details
    assert told == {
        "taken_back": 0, "changed": 1, "came_in": 1, "freed_cents": 10, "cents": 20, "refused": 1, "lowered": 0,
    }  # fmt: skip
    decide(fourth, None)
    decide(second, None)
    fill_freed(row.pk, at=AT)
    assert now(first, second, fourth, fifth) == [("outside", 0), ("outside", 0), ("outside", 0), ("inside", 10)]
    assert PlaceChange.objects.filter(ticket=second).get().reason == REFUSED
    assert (pot_of(row).total().cents, outcomes_now(row.pk)[1], rounds_to_fill()) == (20, 20, [])
    assert (order_of_treatment(row, "seed") == [one.pk for one in (first, second, third, fourth, fifth)]) is (
        order != "ranking"
    )
    assert checked().broken is None


@pytest.mark.django_db
def test_what_is_granted_less_goes_on() -> None:
    """Of who is granted less than the place held the difference goes on; the place stays, and counts as one."""
    row = a_round(announced(cents=30, number=3, partly=True))
    first, second, third = tickets(row, [(20, "")] * 3)
    placed(row)
    assert now(second, third) == [("inside", 10), ("outside", 0)]
    decide(first, 5)
    assert fill_freed(row.pk, at=AT) == 1
    assert now(first, second, third) == [("inside", 5), ("inside", 20), ("inside", 5)]
    assert PlaceChange.objects.get(ticket=first).reason == LOWERED
    assert (pot_of(row).total().cents, pot_of(row).total().number) == (30, 3)


@pytest.mark.django_db
def test_what_is_set_apart() -> None:
    """Where money is set apart for a kind of applicant, what one of them sets free goes to that kind first."""
    row = a_round(announced(cents=40, apart={"small": Ceiling(20)}))
    small, big, _, next_small = tickets(row, [(20, "small"), (20, ""), (20, ""), (15, "small")])
    placed(row)
    decide(small, 10)
    decide(big, None)
    fill_freed(row.pk, at=AT)
    assert now(small, big, next_small) == [("inside", 10), ("outside", 0), ("outside", 0)]
    assert (pot_of(row).spent["small"].cents, pot_of(row).spent[""].cents) == (10, 20)
    assert pot_of(row).total().cents == outcomes_now(row.pk)[1] == 30


@pytest.mark.django_db
def test_divided_in_proportion() -> None:
    """Where all divide, what is set free is divided over whoever is not decided on, to the cent."""
    row = a_round(announced("pro_rata", 100))
    tickets(row, [(100, "")] * 5)
    first, second, third, *rest = placed(row)
    decide(second, 15)
    decide(first, None)
    with pytest.raises(PlacesMove):
        decide(third, 20)
    fill_freed(row.pk, at=AT)
    assert now(first, second) == [("outside", 0), ("inside", 15)]
    assert sorted(cents for _, cents in now(third, *rest)) == [28, 28, 29]
    assert (pot_of(row).total().cents, pot_of(row).total().number) == (100, 4)
    decide(third, None)
    fill_freed(row.pk, at=AT)
    assert sum(cents for _, cents in now(*rest)) == 85


@pytest.mark.django_db
def test_nobody_is_decided_on_before_it_was_given() -> None:
    """Until what was set free is given anew, nobody is decided on to whom it may come; others are."""
    row = a_round(announced(cents=30, partly=True))
    first, second, third, fourth = tickets(row, [(10, ""), (10, ""), (20, ""), (10, "")])
    placed(row)
    decide(first, None)
    assert list(places_to_fix(row.pk, [second.pk, third.pk, fourth.pk])) == [second.pk]
    for one, granted in ((third, 10), (fourth, None)):
        with pytest.raises(PlacesMove, match="wordt nog bepaald"):
            decide(one, granted)
    assert list(places_to_fix(row.pk, [third.pk, fourth.pk], {third.pk, fourth.pk})) == [
        third.pk
    ]  # a refusal gains nothing
    decide(second, 10)
    fill_freed(row.pk, at=AT)
    assert now(third, fourth) == [("inside", 20), ("outside", 0)]
    decide(third, 20)
    with pytest.raises(RoundRefused, match="al besloten"):
        withdraw_ticket(first.pk, by=WHO, at=AT)


@pytest.mark.django_db
def test_who_gave_back_was_not_refused_for_want_of_money() -> None:
    """Money can be added to a round after refusals that set something free, and not after one for want of money."""
    row = a_round(announced(cents=30))
    first, second, third, fourth = tickets(row, [(10, ""), (10, ""), (10, ""), (10, "")])
    placed(row)
    decide(first, None)
    decide(second, 4)
    fill_freed(row.pk, at=AT)
    assert (now(fourth), decided_short(row, "")) == ([("inside", 10)], 0)
    other = a_round(announced(cents=10))
    *_, last = tickets(other, [(10, "")] * 2)
    placed(other)
    decide(last, None)
    assert decided_short(other, "") == 1
    assert third.pk


# --- an objection that is won


@pytest.mark.django_db
def test_a_late_win_takes_what_is_free_from_the_pot() -> None:
    """What an objection wins within the ceiling is taken from the pot, so that who comes later does not get it too."""
    row = a_round(announced(cents=30))
    first, second = tickets(row, [(10, ""), (20, "")])
    placed(row)
    decide(first, None)
    decide(second, 20)
    fill_freed(row.pk, at=AT)
    assert (free_for(first), free_for(second)) == (10, 10)
    assert not take_late(first, 11, at=AT)
    assert take_late(first, 10, at=AT)
    assert (now(first), free_for(first), pot_of(row).total().cents) == ([("inside", 10)], 0, 30)
    assert (fill_freed(row.pk, at=AT), decided_short(row, "")) == (0, 0)
    assert outcomes_now(row.pk)[1] == 30


@pytest.mark.django_db
def test_a_late_win_where_places_are_counted() -> None:
    """Where the number is full nothing is free for who has no place, however much money is left; with a place free it counts."""
    row = a_round(announced(cents=100, number=1))
    first, second = tickets(row, [(10, "")] * 2)
    placed(row)
    decide(second, None)
    assert (free_for(second), take_late(second, 0, at=AT)) == (0, False)
    decide(first, None)
    fill_freed(row.pk, at=AT)
    assert (free_for(second), take_late(second, 10, at=AT)) == (100, True)
    assert (pot_of(row).total().number, free_for(first)) == (1, 0)
    assert (free_for(second), take_late(second, 5, at=AT), now(second)) == (90, True, [("inside", 15)])


@pytest.mark.django_db
def test_a_late_win_of_a_share() -> None:
    """Where all divide in proportion a late win takes of its own part alone."""
    row = a_round(announced("pro_rata", 100, apart={"small": Ceiling(40)}))
    small, big = tickets(row, [(30, "small"), (90, "")])
    placed(row)
    decide(big, 40)
    decide(small, None)
    fill_freed(row.pk, at=AT)
    assert (free_for(small), free_for(big)) == (40, 20)
    assert take_late(big, 20, at=AT)
    assert (free_for(big), pot_of(row).spent[""].cents) == (0, 60)


# --- whatever happens


@pytest.mark.django_db
def test_killed_before_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle of giving places nothing has changed; the next who looks does it, once."""
    row = a_round(announced(cents=10))
    first, second = tickets(row, [(10, "")] * 2)
    placed(row)
    decide(first, None)
    with monkeypatch.context() as killed:
        killed.setattr(filling, "keep_pot", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            fill_freed(row.pk, at=AT)
    assert (now(first, second), rounds_to_fill()) == ([("inside", 10), ("outside", 0)], [row.pk])
    assert [fill_freed(row.pk, at=AT), fill_freed(row.pk, at=AT)] == [1, 0]
    assert now(first, second) == [("outside", 0), ("inside", 10)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_all_at_once(locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals, lower grants, fillings and new tickets at once leave an exact pot; without the lock they do not."""
    row = a_round(announced(cents=500))
    some = tickets(row, [(7, "")] * 150)
    while allocate(row.pk, at=AT, most=40) and Allocation.objects.get(pk=row.pk).position < 120:
        pass
    if not locked:
        monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())

    def refusing() -> None:
        for one in some[:30]:
            decide(one, None)

    def lowering() -> None:
        for one in some[30:60]:
            decide(one, 3)

    def filling_() -> None:
        for _ in range(30):
            fill_freed(row.pk, at=AT)

    def giving() -> None:
        for _ in range(30):
            allocate(row.pk, at=AT, most=1)

    failed = at_once(refusing, lowering, filling_, filling_, giving)
    wrong = bool(failed)
    if not failed:
        while allocate(row.pk, at=AT) or fill_freed(row.pk, at=AT):
            pass
        undecided = Ticket.objects.filter(round=row, fixed_place=None)
        inside = [one for one in undecided if now(one) == [("inside", 7)]]
        wrong = (pot_of(row).total().cents, outcomes_now(row.pk)[1], len(inside)) != (496, 496, 58)
    assert wrong is not locked
    if locked:
        assert (rounds_to_fill(), checked().broken) == ([], None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_two_refusals_and_one_who_waits(locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are refused at once while one waits: they come in once, and the other place stays free; without the lock it goes wrong."""
    wrong = False
    if not locked:
        monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())
    for _ in range(1 if locked else 20):
        row = a_round(announced(cents=20))
        first, second, third = tickets(row, [(10, "")] * 3)
        placed(row)

        def deciding(one: Ticket, round_: int = row.pk) -> Any:
            def run() -> None:
                decide(one, None)
                fill_freed(round_, at=AT)

            return run

        failed = at_once(deciding(first), deciding(second))
        told = (now(first, second, third), pot_of(row).total().cents, outcomes_now(row.pk)[1], rounds_to_fill())
        right = ([("outside", 0), ("outside", 0), ("inside", 10)], 10, 10, [])
        wrong = wrong or bool(failed) or told != right or FixedPlace.objects.filter(ticket__round=row).count() != 2
    assert wrong is not locked


@pytest.mark.django_db
def test_a_place_that_nothing_was_granted_on_stays_as_it_is() -> None:
    """Who was fixed whole before (not good enough, say) is not fixed again, and gives nothing back."""
    row = a_round(announced(cents=10))
    _, second = tickets(row, [(10, "")] * 2)
    placed(row)
    fix_place(second.pk, at=AT)
    decide(second, None)
    assert (rounds_to_fill(), FixedPlace.objects.get(pk=second.pk).gives_back) == ([], "")
