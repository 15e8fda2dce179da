"""When a round opens and closes by itself: it opens only where two people released that, and its end holds whoever opened it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from doorleren.rounds.announced import Announced
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Round, RoundProposal
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rounds.times import due_to_close, due_to_open
from tests.people import made as people
from tests.rounds.made import AT, a_round, announced, tickets

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def released(row: Round, *, at: datetime = AT) -> Round:
    """Let two people have released its opening."""
    first, second = people.person(name="Joost"), people.person(name="Mirjam")
    RoundProposal.objects.create(
        body=row.body,
        round=row,
        act="open",
        reason="r",
        proposed_by=first,
        proposed_at=at,
        released_by=second,
        released_at=at,
    )
    return row


def at_times(row: Round, opens: datetime, closes: datetime | None) -> Round:
    """Give a round other times."""
    Round.objects.filter(pk=row.pk).update(opens_at=opens, closes_at=closes)
    return row


def test_it_opens_at_its_time_and_not_before() -> None:
    """A released opening is due from its moment on, not a second earlier, and no longer once the round is over."""
    row = at_times(released(a_round(opened=False)), AT, AT + HOUR)
    assert due_to_open(AT - timedelta(seconds=1)) == []
    assert due_to_open(AT) == [row.pk]
    assert due_to_open(AT + HOUR) == []


def test_without_two_people_nothing_opens_by_itself() -> None:
    """A round whose opening nobody released does not open at its time; released it does."""
    shut = at_times(a_round(opened=False), AT, None)
    assert due_to_open(AT + HOUR) == []
    released(shut)
    assert due_to_open(AT + HOUR) == [shut.pk]


def test_its_end_holds_whoever_opened_it() -> None:
    """What the site or an operator opened closes at its announced moment, not a second earlier; without one it stays open."""
    row, endless = at_times(a_round(), AT - HOUR, AT + HOUR), a_round()
    assert due_to_close(AT + HOUR - timedelta(seconds=1)) == []
    assert due_to_close(AT + HOUR) == [(row.pk, "time")]
    assert endless.closes_at is None


@pytest.mark.parametrize("order", ["arrival", "none"])
def test_a_rehearsal_that_nobody_released_stays_open_at_the_ceiling(order: str) -> None:
    """At the ceiling a rehearsal of our own stays open; the same round for real closes, whoever opened it."""
    row = a_round(announced(order, cents=5))
    tickets(row, [(5, "")])
    allocate(row.pk, at=AT)
    assert due_to_close(AT) == []
    Round.objects.filter(pk=row.pk).update(rehearsal=False)
    assert due_to_close(AT) == [(row.pk, "ceiling")]


def test_a_proposal_that_waits_opens_nothing() -> None:
    """What was proposed and not released counts for nothing."""
    row = at_times(a_round(opened=False), AT, None)
    RoundProposal.objects.create(
        body=row.body, round=row, act="open", reason="r", proposed_by=people.person(), proposed_at=AT
    )
    assert due_to_open(AT + HOUR) == []


@pytest.mark.parametrize(
    ("rules", "asked", "due"),
    [
        ({"cents": 100}, [(100, "")], True),
        ({"cents": 100}, [(99, "")], False),
        ({"cents": 100}, [(60, ""), (60, "")], True),
        ({"cents": 100, "goes_on": True}, [(60, ""), (60, "")], False),
        ({"cents": 100, "goes_on": True}, [(60, ""), (60, ""), (40, "")], True),
        ({"cents": 100, "partly": True}, [(60, ""), (60, "")], True),
        ({"number": 2}, [(60, ""), (60, "")], True),
        ({"cents": 100, "waiting_list": True}, [(100, ""), (1, "")], False),
        ({"cents": 100, "apart": {"small": Ceiling(30)}}, [(70, ""), (1, "")], False),
        ({"cents": 100, "apart": {"small": Ceiling(30)}}, [(70, ""), (30, "small")], True),
        ({}, [(10**9, "")], False),
    ],
    ids=str,
)  # fmt: skip
def test_it_closes_at_the_ceiling(rules: dict[str, Any], asked: list[tuple[int, str]], due: bool) -> None:
    """By arrival a round closes once nobody who comes later could get anything, by its own rules, and not before."""
    row = released(a_round(announced(**rules)))
    tickets(row, asked)
    allocate(row.pk, at=AT)
    assert (due_to_close(AT) == [(row.pk, "ceiling")]) is due


@pytest.mark.parametrize(
    ("seconds", "asked", "due"), [(31, 100, True), (31, 99, False), (29, 100, False)], ids=["over", "room", "present"]
)
def test_who_was_present_may_all_come_in(seconds: int, asked: int, due: bool) -> None:
    """Drawn among who is present, it closes at the ceiling only after everybody who was present could come in."""
    row = released(a_round(Announced("random_present", PotRules(Ceiling(100)), present_seconds=30)))
    tickets(row, [(asked, "")])
    assert bool(due_to_close(AT + timedelta(seconds=seconds))) is due


@pytest.mark.parametrize("order", ["draw", "pro_rata", "ranking"])
def test_a_draw_does_not_close_at_the_ceiling(order: str) -> None:
    """Where who comes last may still be first, only the time closes."""
    row = at_times(released(a_round(announced(order, cents=10))), AT, AT + HOUR)
    tickets(row, [(100, ""), (100, "")])
    assert due_to_close(AT) == []
    assert due_to_close(AT + HOUR) == [(row.pk, "time")]
