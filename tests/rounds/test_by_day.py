"""A round where the day counts: a day that fits is divided when it is over, one that does not waits for the draw (Kaderregeling 2.3)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorleren.core.days import AMSTERDAM
from doorleren.core.draw import verify_draw
from doorleren.people.national_number import new_keys
from doorleren.rounds.acting import why_not
from doorleren.rounds.announced import Announced
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.came_in import announced_treatment, came_in
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_draw import announce_draw
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.hold_draw import hold_draw
from doorleren.rounds.commands.move_money import move_money
from doorleren.rounds.commands.note_receipt import note_receipt
from doorleren.rounds.commands.open_gate import Ended, close_gate, reopen_gate
from doorleren.rounds.commands.place_day import place_day
from doorleren.rounds.commands.treat_all import treat_all
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import NUMBER_BITS, Allocation, DayOfReceipt, Gate, Place, PotPart, Round, Ticket
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.queries import day_counted, order_of_treatment
from doorleren.rounds.times import at_the_ceiling
from doorleren.rounds.what_if import places
from tests.core.test_draw import OURS, pulse_of
from tests.rounds.made import AT, US, a_round, announced, frozen
from tests.rounds.test_two_people import decider

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 1)


@dataclass(frozen=True)
class Asks:
    """Somebody who asks cents on a day (1 is that of the opening), so many minutes in it; `paper`: the day of receipt."""

    who: int
    day: int
    cents: int = 1000
    minute: int = 700
    paper: int | None = None
    kind: str = ""


def by_day(cents: int = 5000, paper_days: int = 0, **pot: Any) -> Announced:
    """Give rules by which the day counts."""
    return replace(announced("arrival", cents, **pot), per_day=True, paper_days=paper_days)


def noon(day: int, minute: int = 720) -> datetime:
    """Give a moment on a day: noon, or so many minutes after midnight."""
    return datetime(2026, 3, day, minute // 60, minute % 60, tzinfo=AMSTERDAM)


def came(row: Round, asked: Sequence[Asks]) -> list[Ticket]:
    """Enter tickets in the order in which they came, without the intake."""
    rows = []
    for number, one in enumerate(sorted(asked, key=lambda each: (each.day, each.minute, each.who)), 1):
        told = frozen(row.pk, one.who, cents=one.cents, kind=one.kind)
        if one.paper is not None:
            note_receipt(row, told.content, date(2026, 3, one.paper), at=AT)
        rows.append(
            Ticket(
                id=(row.pk << NUMBER_BITS) + Ticket.objects.filter(round=row).count() + number, round=row, key=told.key,
                person=told.person, content=told.content, cents=one.cents, kind=one.kind, batch=(row.pk << NUMBER_BITS) + 1,
                arrived_at=noon(one.day, one.minute),
            )
        )  # fmt: skip
    return Ticket.objects.bulk_create(rows)


def divide(row: Round, day: int) -> int:
    """Divide what is over at noon of a day; give how many got a place."""
    given = 0
    while some := place_day(row.pk, at=noon(day)):
        given += some
    return given


def drawn(row: Round, seed: str = "seed") -> None:
    """Close the round and treat everybody who waits by this seed."""
    if Gate.objects.get(pk=row.pk).closed_at is None:
        close_gate(row.pk, by=US, at=noon(9))
    divide(row, 10)
    treat_all(row, seed, now=lambda: noon(10))


def outcomes(row: Round) -> dict[str, tuple[str, int]]:
    """Give outcome and cents by the key of the ticket."""
    told = Place.objects.filter(ticket__round=row).values_list("ticket__key", "outcome", "cents")
    return {key: (outcome, cents) for key, outcome, cents in told}


def inside(row: Round) -> set[int]:
    """Give who is inside, by the number of their draft."""
    return {int(key[-8:]) for key, (outcome, _) in outcomes(row).items() if outcome == "inside"}


def test_a_day_that_fits_needs_no_draw() -> None:
    """While its day lasts nobody has a place; when it is over everybody has one, with the day that counted."""
    row = a_round(by_day())
    came(row, [Asks(1, 1), Asks(2, 1), Asks(3, 2)])
    assert divide(row, 1) == 0
    assert divide(row, 2) == 2
    assert divide(row, 3) == 1
    told = Place.objects.order_by("position").values_list("position", "outcome", "day")
    assert [one[2] for one in told] == [FIRST, FIRST, FIRST + timedelta(days=1)]
    assert {one[1] for one in told} == {"inside"}
    assert PotPart.objects.get(round=row).cents == 3000
    allocation = Allocation.objects.get(pk=row.pk)
    assert (allocation.position, allocation.divided, allocation.draw_from) == (3, date(2026, 3, 2), None)


def test_a_day_on_which_more_is_asked_waits_for_the_draw() -> None:
    """The days before it have their places, it and those after it have none, and the round is at its ceiling."""
    row = a_round(by_day(3000))
    came(row, [Asks(1, 1), *(Asks(who, 2) for who in range(2, 8)), Asks(9, 3)])
    assert not at_the_ceiling(Round.objects.get(pk=row.pk), noon(2))
    assert divide(row, 5) == 1
    assert Allocation.objects.get(pk=row.pk).draw_from == date(2026, 3, 2)
    assert at_the_ceiling(Round.objects.get(pk=row.pk), noon(5))
    drawn(row)
    assert inside(row) - {1} <= set(range(2, 8))
    assert len(inside(row)) == 3
    assert PotPart.objects.get(round=row).cents == 3000
    assert Place.objects.get(ticket__key__endswith="09").position == 8


@pytest.mark.parametrize("pot", [{"goes_on": True}, {"waiting_list": True}, {"apart": {"small": Ceiling(500)}}])
def test_where_who_comes_later_may_still_get_something_it_stays_open(pot: dict[str, Any]) -> None:
    """A day that does not fit closes no round in which smaller ones go on, people wait, or a part is set apart."""
    row = a_round(by_day(3000, **pot))
    came(row, [Asks(who, 1) for who in range(1, 6)])
    assert divide(row, 2) == 0
    assert Allocation.objects.get(pk=row.pk).draw_from == FIRST
    assert not at_the_ceiling(Round.objects.get(pk=row.pk), noon(2))


ASKED = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([400, 1000, 1500]), st.integers(0, 1439), st.integers(0, 1439)),
    min_size=1,
    max_size=9,
)
POTS = st.sampled_from(
    [{}, {"partly": True}, {"goes_on": True}, {"partly": True, "goes_on": True}, {"waiting_list": True}]
)


def treated(row: Round, asked: Sequence[Asks], seed: str) -> tuple[dict[str, tuple[str, int]], int]:
    """Give all outcomes and the cents that are reserved, of a round to its end; then nothing has happened."""
    with transaction.atomic():
        came(row, asked)
        divide(row, 6)
        drawn(row, seed)
        found = outcomes(row), PotPart.objects.get(round=row).cents
        transaction.set_rollback(True)
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=ASKED, pot=POTS, seed=st.sampled_from(["a", "b", "c"]))
def test_when_on_the_day_one_came_has_no_influence(
    asked: list[tuple[int, int, int, int]], pot: dict[str, Any], seed: str
) -> None:
    """The same people on the same days get the same to the cent, at whatever minute of the day and in whatever order they came."""
    with transaction.atomic():
        row = a_round(by_day(4000, **pot))
        early = [Asks(who, day, cents, minute) for who, (day, cents, minute, _) in enumerate(asked)]
        late = [Asks(who, day, cents, minute) for who, (day, cents, _, minute) in enumerate(asked)]
        first, spent = treated(row, early, seed)
        assert treated(row, late, seed) == (first, spent)
        assert len(first) == len(asked)
        assert spent == sum(cents for _, cents in first.values()) <= 4000
        if pot.get("partly"):
            assert spent == min(4000, sum(cents for _, cents, *_ in asked))
        transaction.set_rollback(True)


def test_where_the_moment_counts_the_minute_does_decide() -> None:
    """The control: in a round by arrival of the moment, the same people at other minutes get other places."""
    asked = [Asks(1, 1, minute=600), Asks(2, 1, minute=700)]
    found = []
    for told in (asked, [Asks(1, 1, minute=800), asked[1]]):
        row = a_round(announced("arrival", 1000))
        came(row, told)
        allocate(row.pk, at=noon(2))
        found.append(inside(row))
    assert found == [{1}, {2}]


def test_another_seed_is_another_order_but_never_over_a_day() -> None:
    """The draw decides among those of one day only: whoever came a day earlier is inside with every seed."""
    row = a_round(by_day(3000))
    asked = [Asks(1, 1), Asks(2, 2), Asks(3, 2), Asks(4, 2), Asks(5, 3)]
    found = [treated(row, asked, str(seed))[0] for seed in range(40)]
    who = [{int(key[-2:]) for key, (outcome, _) in one.items() if outcome == "inside"} for one in found]
    assert all(1 in one and 5 not in one and len(one) == 3 for one in who)
    assert len({frozenset(one) for one in who}) == 3


def test_paper_counts_on_the_day_it_was_received() -> None:
    """A paper that was entered two days later is treated with those of its day of receipt, and before those of a day later."""
    row = a_round(by_day(3000, paper_days=2))
    came(row, [Asks(1, 1), Asks(2, 1), *(Asks(who, 2) for who in range(3, 7)), Asks(9, 3, paper=1)])
    assert divide(row, 3) == 0
    drawn(row)
    assert {1, 2, 9} == inside(row)
    assert day_counted(Ticket.objects.get(key__endswith="09")) == FIRST


def test_paper_that_is_entered_too_late_counts_when_it_is_entered() -> None:
    """A day of receipt that has been divided is not joined: the paper counts on the day on which it was entered."""
    row = a_round(by_day(2000, paper_days=1))
    came(row, [Asks(1, 1), Asks(2, 3), Asks(9, 3, paper=1), Asks(8, 2, paper=1)])
    assert divide(row, 3) == 2
    assert day_counted(Ticket.objects.get(key__endswith="08")) == FIRST
    assert day_counted(Ticket.objects.get(key__endswith="09")) == date(2026, 3, 3)
    drawn(row)
    assert inside(row) == {1, 8}


def test_after_a_reopening_no_day_that_was_divided_is_joined() -> None:
    """Who comes on a day that was divided already counts on the next: the places that were given stand."""
    row = a_round(by_day(5000, paper_days=3))
    came(row, [Asks(1, 1)])
    close_gate(row.pk, by=US, at=noon(1))
    assert divide(row, 5) == 1
    reopen_gate(row.pk, by=US, at=noon(5))
    came(row, [Asks(2, 5, paper=1)])
    assert day_counted(Ticket.objects.get(key__endswith="02")) == date(2026, 3, 5)


@pytest.mark.parametrize("ended", ["time", "ceiling"])
def test_closing_takes_no_time_from_paper(ended: Ended) -> None:
    """A round that is shut, by its end or at the ceiling, divides its last days only once the time for their paper is over."""
    row = a_round(by_day(2000, paper_days=2))
    came(row, [Asks(1, 1), Asks(2, 1)])
    close_gate(row.pk, by=US, at=noon(1), ended=ended)
    assert divide(row, 3) == 0
    came(row, [Asks(9, 3, paper=1)])
    assert day_counted(Ticket.objects.get(key__endswith="09")) == FIRST
    assert divide(row, 4) == 0
    assert Allocation.objects.get(pk=row.pk).draw_from == FIRST


def test_a_reopening_that_would_end_at_once_is_refused() -> None:
    """Once more was asked on a day than there is, the round is reopened only after money came in; that lets days be divided again."""
    row = a_round(by_day(1000))
    other = a_round(announced("arrival", 5000))
    came(row, [Asks(1, 1), Asks(2, 1)])
    assert divide(row, 2) == 0
    close_gate(row.pk, by=US, at=noon(2))
    assert why_not("reopen", row, {"until": noon(9).isoformat()}, at=noon(2)) is not None
    move_money(other.pk, "", row.pk, "", 1000, by=US, at=noon(2))
    assert why_not("reopen", row, {"until": noon(9).isoformat()}, at=noon(2)) is None
    assert divide(row, 3) == 2


def test_a_freed_place_lets_a_day_fit_after_all() -> None:
    """Somebody who had a place withdraws: the day that waited is looked at anew, and fits."""
    row = a_round(by_day(2000))
    first, *_ = came(row, [Asks(1, 1), Asks(2, 2), Asks(3, 2)])
    assert divide(row, 3) == 1
    assert Allocation.objects.get(pk=row.pk).draw_from is not None
    withdraw_ticket(first.pk, by=US, at=noon(3))
    assert fill_freed(row.pk, at=noon(3)) == 1
    assert Allocation.objects.get(pk=row.pk).draw_from is None
    assert divide(row, 3) == 2
    assert PotPart.objects.get(round=row).cents == 2000


def test_who_withdrew_asks_nothing() -> None:
    """A ticket that was withdrawn before its day was divided takes nothing, so the others of the day fit."""
    row = a_round(by_day(1000))
    first, *_ = came(row, [Asks(1, 1), Asks(2, 1)])
    withdraw_ticket(first.pk, by=US, at=noon(1))
    assert divide(row, 2) == 2
    assert inside(row) == {2}


def test_an_interrupted_treatment_goes_on_the_same() -> None:
    """Whatever stops the treatment between two steps, the places are those of one go, with their days."""
    asked = [Asks(who, 1 + who // 3, who * 100) for who in range(1, 9)]
    row = a_round(by_day(1500))
    whole = treated(row, asked, "seed")
    came(row, asked)
    close_gate(row.pk, by=US, at=noon(9))
    divide(row, 10)
    while True:
        order = order_of_treatment(row, "seed")
        days = {one.pk: day_counted(one) or FIRST for one in row.tickets.all()}
        if not allocate(row.pk, at=noon(10), order=order, days=days, most=1):
            break
    assert (outcomes(row), PotPart.objects.get(round=row).cents) == whole
    assert not Place.objects.filter(day=None).exists()


def test_places_are_not_given_by_arrival_of_the_moment() -> None:
    """Asking for the order of the moment in such a round is an error, and gives nobody a place."""
    row = a_round(by_day())
    came(row, [Asks(1, 1)])
    with pytest.raises(ValueError, match="order: given is none"):
        allocate(row.pk, at=noon(5))
    assert not Place.objects.exists()


def test_the_draw_is_announced_held_and_can_be_checked(settings: Any) -> None:
    """No draw while everybody fits; when it is needed its file verifies and the places of the day follow the order in it."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    row, joost = a_round(by_day(3000)), decider("Joost")
    came(row, [Asks(1, 1), *(Asks(who, 2) for who in range(2, 8))])
    close_gate(row.pk, by=US, at=noon(2))
    divide(row, 2)
    with pytest.raises(RoundRefused, match="Loten is niet nodig"):
        announce_draw(row.pk, beacon=OURS, by=joost, at=AT)
    divide(row, 3)
    draw = announce_draw(row.pk, beacon=OURS, by=joost, at=AT)
    assert divide(row, 9) == 0
    pulse = pulse_of(draw.announced["beacon_round"]).written()
    told = json.loads(hold_draw(row.pk, pulse, beacons={"ours": OURS}, by=joost, at=AT).file)
    assert verify_draw(told, {"ours": OURS}).tickets == 7
    treat_all(row, told["seed"], now=lambda: noon(10))
    came_out = order_of_treatment(row, told["seed"])
    assert list(Place.objects.order_by("position").values_list("ticket", flat=True)) == came_out
    seals = {one.sealed: one.number for one in came_in(row)}
    drawn_among = [seals[one] for one in told["order"] if seals[one] != came_out[0]]
    assert drawn_among == came_out[1:]


def test_no_draw_leaves_out_paper_that_still_has_time(settings: Any) -> None:
    """Once a draw is announced nobody joins it, so it waits for the paper of the last day, also when an earlier day does not fit."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    row, joost = a_round(by_day(1000, paper_days=2, goes_on=True)), decider("Joost")
    came(row, [Asks(1, 1), Asks(2, 1)])
    close_gate(row.pk, by=US, at=noon(2))
    assert (divide(row, 4), Allocation.objects.get(pk=row.pk).draw_from) == (0, FIRST)
    with pytest.raises(RoundRefused, match="papier van de laatste dag"):
        announce_draw(row.pk, beacon=OURS, by=replace(joost, proven_at=noon(4)), at=noon(4))
    assert (
        announce_draw(row.pk, beacon=OURS, by=replace(joost, proven_at=noon(5)), at=noon(5)).announced["tickets"] == 2
    )


def test_the_simulation_treats_them_as_the_round_did() -> None:
    """Treated as announced with the seed of the draw, everybody gets in the simulation what they really got."""
    row = a_round(by_day(2500, paper_days=1, partly=True))
    came(row, [Asks(1, 1), Asks(2, 2), Asks(3, 2, paper=1), Asks(4, 2), Asks(5, 3)])
    drawn(row)
    rules = announced_treatment(row)
    assert rules is not None
    found = places(came_in(row), rules, ["seed"])[0]
    assert [(one.outcome, one.cents) for one in found] == list(
        Place.objects.order_by("ticket").values_list("outcome", "cents")
    )


def test_a_day_of_receipt_stands() -> None:
    """It is noted once; the database refuses to change it or to take it away."""
    row = a_round(by_day(paper_days=2))
    note_receipt(row, "a" * 64, FIRST, at=AT)
    note_receipt(row, "a" * 64, date(2026, 3, 2), at=AT)
    kept = DayOfReceipt.objects.get()
    assert kept.day == FIRST
    for act in (lambda: DayOfReceipt.objects.update(day=date(2026, 3, 5)), lambda: DayOfReceipt.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
