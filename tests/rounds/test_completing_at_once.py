"""Places follow completeness whatever happens when: lives drawn at random, a process that is killed, everything at once."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from doorleren.audit.acts import checked
from doorleren.rounds import giving_anew
from doorleren.rounds.commands import fill_freed as filling
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fill_freed import fill_freed, rounds_to_fill
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import (
    Allocation,
    Place,
    PlaceChange,
    Round,
    Ticket,
)
from doorleren.rounds.queries import outcomes_now, place_now, pot_of
from tests.rounds.at_once import at_once
from tests.rounds.completing import ORDERS, WHO, cents, come, complete, following_round, lack, treat
from tests.rounds.made import AT, tickets


@pytest.mark.django_db
def test_killed_between_the_act_and_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle of giving places nothing has changed; the next who looks does it, once."""
    row = following_round(cents=10)
    first, second = tickets(row, [(10, "")] * 2)
    treat(row)
    lack(first)
    with monkeypatch.context() as killed:
        killed.setattr(filling, "keep_pot", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            fill_freed(row.pk, at=AT)
    assert (cents(first, second), rounds_to_fill()) == ([10, 0], [row.pk])
    complete(first)
    assert [fill_freed(row.pk, at=AT), fill_freed(row.pk, at=AT)] == [1, 0]
    assert cents(first, second) == [0, 10]
    assert PlaceChange.objects.filter(ticket=first).count() == 1


Lived = list[str]


def lives(order: str, seed: int) -> Lived:
    """Live a round in which who applies is found incomplete, completes and withdraws at random; give what is wrong in it."""
    chance = random.Random(f"{order} {seed}")
    row = following_round(order, 10 * chance.randint(1, 6), number=chance.choice([None, 4]))
    some = tickets(row, [(10, "")] * chance.randint(3, 8))
    treat(row)
    first = {one.pk: one.place.position for one in some}
    since: dict[int, tuple[int, int]] = {}
    lacking, gone, wrong = set[int](), set[int](), list[str]()
    for step in range(1, 25):
        at, one = AT + timedelta(minutes=step), chance.choice(some)
        if order == "arrival" and chance.random() < 0.2:
            some.append(come(row, len(some) + 1, at=at))
        elif one.pk in lacking:
            complete(one, at=at)
            since[one.pk] = (max(first.values()) if order == "draw" else len(some), step)
            lacking.discard(one.pk)
        elif one.pk in first and one.pk not in gone and chance.random() < 0.8:
            lack(one, at=at)
            lacking.add(one.pk)
        elif one.pk in first and one.pk not in gone and one.pk not in lacking:
            withdraw_ticket(one.pk, by=WHO, at=at)
            gone.add(one.pk)
        if chance.random() < 0.6:
            continue
        while (order == "arrival" and allocate(row.pk, at=at, most=2)) or fill_freed(row.pk, at=at):
            pass
        first |= dict(Place.objects.filter(ticket__round=row).values_list("ticket", "position"))
        wrong += found_wrong(
            row, some, {one: since.get(one, (at_first, 0)) for one, at_first in first.items()}, lacking
        )
    return wrong


def found_wrong(row: Round, some: list[Ticket], keys: dict[int, tuple[int, int]], lacking: set[int]) -> Lived:
    """Hold a round against the rule: the pot is exact, nobody incomplete has money, nobody stands outside before who is inside."""
    now, wrong = {one.pk: place_now(one) for one in some}, []
    reserved, pot = sum(one.cents for one in now.values() if one), pot_of(row).total()
    if (reserved, outcomes_now(row.pk)[1]) != (pot.cents, pot.cents):
        wrong.append(f"reserved {reserved}, pot {pot.cents}")
    inside = {id_ for id_, one in now.items() if one and one.outcome == "inside"}
    if inside & lacking or len(inside) != pot.number:
        wrong.append("incomplete, and inside")
    outside = {id_ for id_, one in now.items() if one and one.outcome == "outside" and not one.reason}
    if outside and inside and min(keys[one] for one in outside) < max(keys[one] for one in inside):
        wrong.append("overtaken by who was complete later")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_nobody_is_overtaken(order: str) -> None:
    """Whoever completes when, the pot is exact and nobody is overtaken by somebody who was complete later."""
    for seed in range(25):
        assert (seed, lives(order, seed)) == (seed, [])


@pytest.mark.django_db
def test_the_rule_sees_who_keeps_the_first_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule above is broken where who was completed comes before everybody: then people are overtaken."""
    monkeypatch.setattr(
        giving_anew, "keys_of",
        lambda row, told: {one.ticket: (0, one.day, one.noted_at, one.ticket) for one in told},
    )  # fmt: skip
    assert any("overtaken by who was complete later" in lives("draw", seed) for seed in range(25))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "without the lock"])
def test_all_at_once(locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Giving places, filling and completing at once leave an exact pot and one place each; without the lock they do not."""
    row = following_round(cents=500)
    some = tickets(row, [(7, "")] * 150)
    while len(Place.objects.filter(ticket__round=row)) < 60:
        allocate(row.pk, at=AT, most=20)
    if not locked:
        monkeypatch.setattr(Allocation.objects, "select_for_update", lambda: Allocation.objects.all())
    chance = random.Random(1)
    changing = chance.sample(some[:60], 40)

    def giving() -> None:
        for _ in range(60):
            allocate(row.pk, at=AT, most=5)

    def filled() -> None:
        for _ in range(40):
            fill_freed(row.pk, at=AT)

    def completing() -> None:
        for one in changing:
            lack(one)
            complete(one)

    failed = at_once(giving, giving, filled, filled, completing)
    wrong = bool(failed)
    if not failed:
        while allocate(row.pk, at=AT) or fill_freed(row.pk, at=AT):
            pass
        _, reserved = outcomes_now(row.pk)
        wrong = (reserved, Place.objects.filter(ticket__round=row).count()) != (pot_of(row).total().cents, 150)
    assert wrong is not locked
    if locked:
        assert (pot_of(row).total().cents, rounds_to_fill(), checked().broken) == (497, [], None)
