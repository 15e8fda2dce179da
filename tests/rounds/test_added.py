"""What is added to a ceiling goes to who was outside or waits, in the order of the round; nobody is overtaken, nothing goes above."""

from datetime import timedelta
from typing import Any

import pytest

from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.divide_pot import divide_pot
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.propose_act import propose_act
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Gate, PotPart, Round, RoundProposal, Ticket
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, Pot, give
from doorleren.rounds.pro_rata import divide
from doorleren.rounds.queries import announced_for, order_of_treatment, place_now, pot_of
from doorleren.rules.library import Library, open_library
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_two_people import decider, gate, together

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
ASKED = [(number * 37 % 90 + 1, "small" if number % 3 == 1 else "") for number in range(40)]


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes that we ship."""
    return open_library()


def treat(row: Round) -> list[int]:
    """Give everybody a place in the order of the round; give that order."""
    order = order_of_treatment(row, "seed")
    if row.order == "pro_rata":
        divide_pot(row.pk, order=order, at=AT)
    while allocate(row.pk, at=AT, order=order, most=7):
        pass
    return order


def given(row: Round) -> list[tuple[str, int]]:
    """Give the places of a round as they are now, in the order of arrival."""
    found = [place_now(one) for one in Ticket.objects.filter(round=row).order_by("id")]
    return [(one.outcome, one.cents) for one in found if one]


def add(row: Round, library: Library, cents: int, part: str = "") -> None:
    """Let two people move money to a round, from one that has plenty."""
    rich = a_round(announced(cents=cents))
    together("move_money", rich, library, part="", to_round=row.pk, to_part=part, cents=cents)


@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("rules", [{}, {"partly": True}, {"waiting_list": True}], ids=["stops", "partly", "waits"])
def test_as_if_it_had_been_there_from_the_start(order: str, rules: dict[str, Any], library: Library) -> None:
    """In every order of treatment the places after money came in are those that the higher ceiling would have given at once."""
    row = a_round(announced(order, 500, apart={"small": Ceiling(150)}, **rules))
    rows = {one.pk: one for one in tickets(row, ASKED)}
    told = treat(row)
    before = given(row)
    add(row, library, 333)
    expected, pot = {}, Pot(pot_of(row).rules)
    assert pot.rules.ceiling.cents == 833
    if order == "pro_rata":
        for name, ceiling in (("small", 150), ("", 683)):
            own = {one: rows[one].cents for one in told if (rows[one].kind == "small") == (name == "small")}
            expected |= {id_: ("inside", cents) for id_, cents in divide(ceiling, own, order=told).items()}
    else:
        for id_ in told:
            pot, place = give(pot, rows[id_].cents, rows[id_].kind)
            expected[id_] = (place.outcome, place.cents)
    assert given(row) == [expected[id_] for id_ in sorted(rows)]
    assert all(now[1] >= was[1] for was, now in zip(before, given(row), strict=True))
    assert sum(PotPart.objects.filter(round=row).values_list("cents", flat=True)) == sum(c for _, c in given(row))
    if order != "pro_rata":
        assert sum(c for _, c in given(row)) > sum(c for _, c in before)


def test_what_is_left_opens_the_round_again(library: Library) -> None:
    """Who fell outside goes first; only what is left after them lets the round open again, and who is new comes behind them."""
    row = a_round(announced(cents=100))
    tickets(row, [(100, ""), (60, "")])
    treat(row)
    close_gate(row.pk, by=US, at=AT, ended="ceiling")
    until = {"until": LATER.isoformat()}
    with pytest.raises(RoundRefused, match="gaat dan voor"):
        propose_act("reopen", round_=row.pk, details=until, reason="x", by=decider("Bo"), at=AT)
    add(row, library, 60)
    assert given(row) == [("inside", 100), ("inside", 60)]
    with pytest.raises(RoundRefused, match="pot is leeg"):
        propose_act("reopen", round_=row.pk, details=until, reason="x", by=decider("Bo"), at=AT)
    add(row, library, 40)
    together("reopen", row, library, **until)
    assert gate(row) == (True, False)
    acts = list(Act.objects.filter(subject_kind="round", act__in=["moved_money", "filled_added"]).order_by("pk"))
    assert [one.act for one in acts] == ["moved_money", "filled_added"] * 2
    assert [one.details["came_in"] for one in acts if one.act == "filled_added"] == [1, 0]
    assert checked().broken is None


@pytest.mark.parametrize("order", ["arrival", "none", "draw"])
def test_a_number_is_raised_by_two(order: str, library: Library) -> None:
    """A ceiling in number goes up by what two people agreed, for who fell outside, in the order; not above it."""
    row = a_round(announced(order, number=2))
    tickets(row, [(5, "")] * 6)
    told = treat(row)
    close_gate(row.pk, by=US, at=AT)
    together("raise_number", row, library, part="", number=3)
    now = dict(zip(sorted(told), given(row), strict=True))
    assert [now[one][0] for one in told] == ["inside"] * 5 + ["outside"]
    part = PotPart.objects.get(round=row)
    assert (part.number, part.ceiling_number) == (5, 5)
    assert Act.objects.get(act="raised_number").details == {"part": "", "number": 3, "ceiling": 5}


@pytest.mark.parametrize(
    ("part", "number", "field"),
    [("", 0, "number"), ("", -1, "number"), ("", 1 << 32, "number"), ("x", 1, "part")],
    ids=["none", "below", "most", "part"],
)
def test_a_number_that_cannot_be(part: str, number: int, field: str) -> None:
    """Nothing, less than nothing, more than a round can have, and a part that does not exist are refused at their field."""
    row = a_round(announced(number=2))
    with pytest.raises(RoundRefused) as refused:
        propose_act(
            "raise_number", round_=row.pk, details={"part": part, "number": number}, reason="x", by=decider("B"), at=AT
        )
    assert refused.value.field == field
    assert not RoundProposal.objects.exists()


def test_a_round_without_a_number_raises_none() -> None:
    """Where there is no ceiling in number there is none to raise."""
    row = a_round(announced(cents=2))
    with pytest.raises(RoundRefused, match="geen plafond in aantal"):
        propose_act(
            "raise_number", round_=row.pk, details={"part": "", "number": 1}, reason="x", by=decider("B"), at=AT
        )


@pytest.mark.parametrize(
    ("order", "asked", "fixed", "refused"),
    [
        ("arrival", [100, 60], [1], True),  # refused for want of money: who is new would go before
        ("arrival", [100, 60], [0], False),  # granted whole: loses nothing
        ("none", [100, 60], [1], True),
        ("draw", [100, 60, 60], [2], False),  # the last of all: nobody comes after
        ("draw", [100, 60, 60], [1], True),
        ("pro_rata", [100, 60, 60], [2], True),  # decided with a part, while others would get more
    ],
    ids=str,
)
def test_a_decision_is_not_overtaken(
    order: str, asked: list[int], fixed: list[int], refused: bool, library: Library
) -> None:
    """Once somebody was decided on without all that they asked, money that would go to who comes after them is refused."""
    row = a_round(announced(order, 100))
    tickets(row, [(cents, "") for cents in asked])
    told = sorted(treat(row)) if order in ("arrival", "none") else treat(row)
    for index in fixed:
        fix_place(told[index], at=AT)
    if refused:
        with pytest.raises(RoundRefused, match="nieuw tijdvak") as why:
            add(row, library, 200)
        assert why.value.field == "to_part"
    else:
        add(row, library, 200)


@pytest.mark.parametrize(
    ("goes_on", "asked", "fixed", "refused"),
    [
        (True, [(100, "small"), (100, "small"), (100, ""), (60, ""), (60, "")], 3, True),
        (False, [(100, "small"), (150, ""), (100, ""), (50, "")], 2, True),
        (True, [(100, "small"), (200, ""), (60, "")], 2, False),
    ],
    ids=["took-from-the-rest", "stopped", "own-kind-only"],
)
def test_a_part_that_frees_the_rest_overtakes_nobody_there(
    goes_on: bool, asked: list[tuple[int, str]], fixed: int, refused: bool, library: Library
) -> None:
    """Money for one kind that also opens the rest for others is refused where one of them was decided on; else it goes through."""
    row = a_round(announced(cents=300, apart={"small": Ceiling(100)}, goes_on=goes_on))
    ids = [one.pk for one in tickets(row, asked)]
    treat(row)
    before = given(row)
    assert before[fixed] == ("outside", 0)
    fix_place(ids[fixed], at=AT)
    if refused:
        with pytest.raises(RoundRefused, match="nieuw tijdvak"):
            add(row, library, 100, part="small")
    else:
        add(row, library, 100, part="small")
    assert given(row) == before


def test_who_withdrew_is_overtaken_by_nobody_and_overtakes_nobody(library: Library) -> None:
    """A withdrawn application after one that was decided on asks nothing any more, so money can be added."""
    row = a_round(announced("draw", 60))
    tickets(row, [(60, "")] * 3)
    told = treat(row)
    fix_place(told[1], at=AT)
    with pytest.raises(RoundRefused, match="nieuw tijdvak"):
        add(row, library, 60)
    withdraw_ticket(told[2], by=US, at=AT)
    add(row, library, 60)
    assert PotPart.objects.get(round=row).ceiling_cents == 120


def test_a_waiting_list_moves_up(library: Library) -> None:
    """Who waits comes in when somebody withdraws and when money comes in, in their order, and new ones wait behind them."""
    row = a_round(announced(cents=100, waiting_list=True))
    first, *_ = tickets(row, [(100, ""), (60, ""), (40, ""), (70, "")])
    treat(row)
    assert [one for one, _ in given(row)] == ["inside", "waiting", "waiting", "waiting"]
    withdraw_ticket(first.pk, by=US, at=AT)
    fill_freed(row.pk, at=AT)
    assert [one for one, _ in given(row)] == ["outside", "inside", "inside", "waiting"]
    add(row, library, 70)
    assert given(row)[1:] == [("inside", 60), ("inside", 40), ("inside", 70)]
    assert Gate.objects.get(pk=row.pk).closed_at is None
    assert announced_for(row).pot.waiting_list
