"""What the keeper of rounds does by itself is asked again while nobody can change the answer: two people who were just before it win.

Each race has its control: with the answer of a moment ago, as it was read for all rounds, the same race is lost.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands import open_gate as gates
from doorleren.rounds.commands import release_act as releasing
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.open_gate import close_gate, close_when_due, open_gate, open_when_due
from doorleren.rounds.commands.propose_act import propose_act
from doorleren.rounds.models import Allocation, Gate, Place, PotPart, Round
from doorleren.rounds.times import due_to_close, due_to_open
from doorleren.rules.library import Library, open_library
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_fall_back import FAILED, HOUR, MINUTE, NEW, a_failing, moments
from tests.rounds.test_times import released
from tests.rounds.test_two_people import decider, together

Act = Callable[[int], Any]
WAIT_SECONDS = 30.0

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes that we ship."""
    return open_library()


def a_full_one() -> Round:
    """Give a round that is due to close: its pot is empty."""
    row, other = released(a_round(announced(cents=10))), a_round(announced(cents=1000))
    tickets(row, [(10, "")])
    allocate(row.pk, at=AT)
    assert due_to_close(AT) == [(row.pk, "ceiling")]
    assert other.pk > row.pk
    return row


def as_it_was_read(round_: int, *, at: datetime) -> None:
    """Close as the keeper would with the answer of a moment ago."""
    close_gate(round_, by=US, at=at, ended="ceiling")


def as_it_is(round_: int, *, at: datetime) -> None:
    """Close as the keeper does."""
    close_when_due(round_, by=US, at=at)


@pytest.mark.parametrize(("act", "shut"), [(as_it_is, False), (as_it_was_read, True)], ids=["asked again", "control"])
def test_money_that_came_in_between_keeps_it_open(library: Library, act: Callable[..., None], shut: bool) -> None:
    """Between the look and the closing two people moved money into the round: it stays open."""
    row = a_full_one()
    giving = Round.objects.exclude(pk=row.pk).get()
    together("move_money", giving, library, part="", to_round=row.pk, to_part="", cents=500)
    act(row.pk, at=AT)
    assert (Gate.objects.get(pk=row.pk).closed_at is not None) is shut


@pytest.mark.parametrize("again", [True, False], ids=["asked again", "control"])
def test_put_off_in_between_it_stays_shut(library: Library, again: bool) -> None:
    """Between the look and the opening two people put the opening off: it does not open."""
    row = released(a_failing(opened=False))
    assert due_to_open(FAILED) == [row.pk]
    together("fall_back", row, library, FAILED, **moments())
    if again:
        assert not open_when_due(row.pk, by=US, at=FAILED)
    else:
        open_gate(row.pk, by=US, at=FAILED)
    assert (Gate.objects.get(pk=row.pk).opened_at is None) is again
    assert due_to_open(NEW) == ([row.pk] if again else [])


@pytest.mark.parametrize("again", [True, False], ids=["asked again", "control"])
def test_reopened_in_between_it_stays_open(again: bool, library: Library) -> None:
    """Another keeper closed it in time, and two people reopened it until later: what the first keeper read does not close it."""
    row = a_round(announced(cents=10))
    Round.objects.filter(pk=row.pk).update(closes_at=AT + HOUR)
    at = AT + HOUR
    assert due_to_close(at) == [(row.pk, "time")]
    close_gate(row.pk, by=US, at=at, ended="time")
    together("reopen", row, library, at, until=(at + HOUR).isoformat())
    (as_it_is if again else as_it_was_read)(row.pk, at=at + MINUTE)
    assert (Gate.objects.get(pk=row.pk).closed_at is None) is again


@pytest.fixture
def raising() -> Iterator[tuple[Act, threading.Event]]:
    """Give an act that raises a ceiling in a transaction of its own, and stays in it until the event is set."""
    held, over, threads = threading.Event(), threading.Event(), list[threading.Thread]()

    def act(round_: int) -> None:
        def run() -> None:
            try:
                with transaction.atomic():
                    Allocation.objects.select_for_update().get(pk=round_)
                    PotPart.objects.filter(round=round_).update(ceiling_cents=1000)
                    held.set()
                    over.wait(WAIT_SECONDS)
            finally:
                connection.close()

        threads.append(threading.Thread(target=run))
        threads[0].start()
        assert held.wait(WAIT_SECONDS)

    yield act, over
    over.set()
    for one in threads:
        one.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False], ids=["waits", "control"])
def test_it_waits_for_money_on_its_way(
    held: bool, raising: tuple[Act, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody is adding money the closing waits for it, and then sees it; without the lock it closes before."""
    (act, over), row = raising, a_full_one()
    if not held:
        monkeypatch.setattr(gates, "_hold", lambda _: None)
    act(row.pk)
    closing = threading.Thread(target=closed_by_itself, args=(row.pk,))
    closing.start()
    closing.join(1.0 if held else WAIT_SECONDS)
    over.set()
    closing.join(WAIT_SECONDS)
    assert (Gate.objects.get(pk=row.pk).closed_at is None) is held


def closed_by_itself(round_: int) -> None:
    """Close what is due, in a thread."""
    try:
        close_when_due(round_, by=US, at=AT + timedelta(minutes=1))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False], ids=["waits", "control"])
def test_a_release_waits_for_places_on_their_way(held: bool, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """While places are being given a reopening waits, and is refused when they emptied the pot; without the lock it goes through."""
    row = released(a_round(announced(cents=10)))
    tickets(row, [(10, "")])
    close_gate(row.pk, by=US, at=AT)
    if not held:
        monkeypatch.setattr(releasing, "ASK_OF_PLACES", ())
    made = propose_act("reopen", round_=row.pk, reason="Nodig.", by=decider("Joost"), at=AT)
    giving, given = threading.Event(), threading.Event()

    def give() -> None:
        try:
            with transaction.atomic():
                allocate(row.pk, at=AT)
                giving.set()
                given.wait(1.0)
        finally:
            connection.close()

    thread = threading.Thread(target=give)
    thread.start()
    assert giving.wait(WAIT_SECONDS)
    try:
        releasing.release_act(made.pk, library=library, by=decider("Mirjam"), at=AT)
        refused = False
    except RoundRefused as fault:
        refused = "pot is leeg" in fault.texts["nl"]
    finally:
        given.set()
        thread.join()
    assert refused is held
    assert Place.objects.get().outcome == "inside"
    assert (Gate.objects.get(pk=row.pk).closed_at is None) is not held
