"""The keeper of rounds: at the right times, never by a clock that jumped, and with checkpoints that lie close together."""

import itertools
import json
import logging
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from doorleren.audit.acts import Party, record
from doorleren.audit.checkpoints import FILE, held_against_checkpoints
from doorleren.audit.models import Act
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.commands.withdraw_ticket import withdraw_ticket
from doorleren.rounds.models import Allocation, Batch, Gate, Place, Round, Sample
from doorleren.rounds.notices import jump_told
from doorleren.rounds.queries import place_now
from doorleren.server import rounds_keeper
from doorleren.server.clocks import Clocks
from doorleren.server.rounds_keeper import LOOK_SECONDS, RoundsKeeper
from tests.rounds.completing import cents, complete, following_round, lack
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_by_day import Asks, came
from tests.rounds.test_times import at_times, released

HOUR = timedelta(hours=1)
MOST_BETWEEN_SECONDS = 5.0


class Wall:
    """A clock on the wall that can be set, and one beside it that only counts."""

    def __init__(self) -> None:
        self.at, self.counted = AT, 0.0

    def now(self) -> datetime:
        return self.at

    def count(self) -> float:
        return self.counted

    def go_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.counted += seconds


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wall:
    """A clock for the keeper, and a home of its own."""
    made = Wall()
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    monkeypatch.setattr(rounds_keeper, "now", made.now)
    return made


@pytest.fixture
def keeper(wall: Wall) -> RoundsKeeper:
    """A keeper whose threads do not run."""
    return RoundsKeeper(Clocks(wall.now, wall.count))


def come_in(row: Round, number: int) -> None:
    """Enter a batch of one ticket without the intake."""
    if number == 1:
        tickets(row, [(1, "")] * 30)
    base = row.pk << 32
    Batch.objects.create(id=base + number, at=AT.isoformat(), size=1, root=b"r" * 32, signature=b"s" * 64)
    Gate.objects.filter(pk=row.pk).update(batches=number, tickets=number)


def checkpoints(home: Path) -> list[dict[str, Any]]:
    """Read the file of checkpoints."""
    return [json.loads(line) for line in (home / "checkpoints" / FILE).read_text().splitlines()]


@pytest.mark.django_db
def test_roots_and_checkpoints_within_five_seconds(keeper: RoundsKeeper, wall: Wall, tmp_path: Path) -> None:
    """While batches come in each second, no root waits five seconds for the record, and no two checkpoints lie further apart."""
    row, came = a_round(), {}
    for second in range(1, 21):
        wall.go_on(1)
        come_in(row, second)
        came[second] = wall.at
        if second % LOOK_SECONDS == 0:
            keeper.look()
    for act in Act.objects.filter(act="received"):
        for batch in range(act.details["from_batch"], act.details["to_batch"] + 1):
            assert act.at - came.pop(batch) <= timedelta(seconds=MOST_BETWEEN_SECONDS)
    assert came == {}
    moments = [datetime.fromisoformat(one["at"]) for one in checkpoints(tmp_path)]
    assert len(moments) == 10
    assert all(later - one <= timedelta(seconds=MOST_BETWEEN_SECONDS) for one, later in itertools.pairwise(moments))
    assert held_against_checkpoints(tmp_path / "checkpoints")[1] is None
    assert Allocation.objects.get(pk=row.pk).received == 20


@pytest.mark.django_db(transaction=True)
def test_the_real_threads_keep_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real clock, acts during some seconds get checkpoints at most five seconds apart, and tickets their places."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    row = a_round(announced(cents=7))
    with RoundsKeeper() as keeper:
        for number in range(1, 8):
            come_in(row, number)
            with transaction.atomic():
                record("tried", Party("round", str(row.pk)), by=US, at=AT)
            threading.Event().wait(1)
        last = Act.objects.order_by("-pk").values_list("pk", flat=True)[0]
        for _ in range(100):
            if checkpoints(tmp_path)[-1]["act"] >= last and Place.objects.count() >= 30:
                break
            threading.Event().wait(0.1)
    for thread in keeper._threads:
        thread.join(10)
        assert not thread.is_alive()
    moments = [datetime.fromisoformat(one["at"]) for one in checkpoints(tmp_path)]
    assert len(moments) >= 3
    assert all((later - one).total_seconds() <= MOST_BETWEEN_SECONDS for one, later in itertools.pairwise(moments))
    assert Act.objects.filter(act="received").exists()
    assert Place.objects.filter(outcome="inside").count() == 7


@pytest.mark.django_db
def test_it_opens_and_closes_at_its_times(keeper: RoundsKeeper, wall: Wall) -> None:
    """A released round opens by itself at its time and closes by itself at its time, as the site."""
    row = at_times(released(a_round(opened=False)), AT + HOUR, AT + 2 * HOUR)
    seen = []
    for _ in range(3):
        keeper.look()
        gate = Gate.objects.get(pk=row.pk)
        seen.append((gate.opened_at, gate.closed_at, gate.ended))
        wall.go_on(3600)
    assert seen == [(None, None, ""), (AT + HOUR, None, ""), (AT + HOUR, AT + 2 * HOUR, "time")]
    assert list(Act.objects.filter(act__in=["opened", "closed"]).values_list("actor_kind", flat=True)) == [
        "site",
        "site",
    ]


@pytest.mark.django_db
def test_it_closes_when_the_pot_is_empty(keeper: RoundsKeeper) -> None:
    """Once the last euro has its place, the round shuts."""
    row = released(a_round(announced(cents=2)))
    tickets(row, [(1, "")] * 3)
    keeper.look()
    assert Gate.objects.get(pk=row.pk).closed_at is None
    Gate.objects.filter(pk=row.pk).update(tickets=3)
    assert keeper.give_places() is True
    keeper.look()
    gate = Gate.objects.get(pk=row.pk)
    assert (gate.closed_at, gate.ended) == (AT, "ceiling")
    assert keeper.give_places() is False


@pytest.mark.django_db
def test_where_the_day_counts_places_come_after_the_day(keeper: RoundsKeeper, wall: Wall) -> None:
    """Nobody gets a place on the day itself; after it those who fit do, a day that does not fit waits, and the round shuts."""
    row = released(a_round(replace(announced(cents=40), per_day=True)))
    tickets(row, [(1, "")] * 30)
    Gate.objects.filter(pk=row.pk).update(tickets=30)
    assert keeper.give_places() is False
    assert not Place.objects.exists()
    wall.go_on(86400)
    keeper.give_places()
    keeper.look()
    assert Place.objects.filter(outcome="inside").count() == 30
    assert Gate.objects.get(pk=row.pk).closed_at is None
    came(row, [Asks(who, 2, cents=1) for who in range(40, 51)])
    wall.go_on(86400)
    keeper.give_places()
    keeper.look()
    assert Place.objects.count() == 30
    gate = Gate.objects.get(pk=row.pk)
    assert (gate.closed_at, gate.ended) == (wall.at, "ceiling")
    Allocation.objects.filter(pk=row.pk).update(seed="seed")
    Gate.objects.filter(pk=row.pk).update(tickets=41)
    keeper.give_places()
    assert Place.objects.filter(outcome="inside").count() == 40
    assert Place.objects.count() == 41


@pytest.mark.django_db
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without the guard"])
def test_a_clock_that_jumps_ends_no_day(
    keeper: RoundsKeeper, wall: Wall, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """A clock that is a day ahead divides no day before it is over; without the guard it does."""
    row = a_round(replace(announced(cents=40), per_day=True))
    tickets(row, [(1, "")] * 30)
    Gate.objects.filter(pk=row.pk).update(tickets=30)
    if not guarded:
        monkeypatch.setattr(Clocks, "trusted", lambda _self: True)
    wall.at += timedelta(days=1)
    keeper.give_places()
    assert Place.objects.exists() is not guarded
    wall.at -= timedelta(days=1)
    wall.go_on(86400)
    keeper.give_places()
    assert Place.objects.count() == 30


@pytest.mark.django_db
def test_a_day_of_completion_ends_by_no_jump(keeper: RoundsKeeper, wall: Wall) -> None:
    """Who completes after the draw gets a place when that day is over, and not by a clock that is a day ahead."""
    row = following_round(cents=10, per_day=True)
    first, second = tickets(row, [(10, "")] * 2)
    Gate.objects.filter(pk=row.pk).update(tickets=2)
    wall.go_on(86400)
    keeper.give_places()
    close_gate(row.pk, by=US, at=wall.at)
    Allocation.objects.filter(pk=row.pk).update(seed="seed")
    keeper.give_places()
    lack(first, second, at=wall.at)
    keeper.fill_freed_places()
    complete(first, at=wall.at)
    wall.at += timedelta(days=1)
    keeper.give_places()
    keeper.fill_freed_places()
    assert cents(first, second) == [0, 0]
    wall.at -= timedelta(days=1)
    wall.go_on(86400)
    keeper.give_places()
    keeper.fill_freed_places()
    assert cents(first, second) == [10, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(hours=-2), timedelta(days=1)], ids=["two hours back", "a day ahead"])
@pytest.mark.parametrize("guarded", [True, False], ids=["as it is", "without the guard"])
def test_a_clock_that_jumps_harms_no_deadline(
    keeper: RoundsKeeper, wall: Wall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any, jump: timedelta, guarded: bool
) -> None:  # fmt: skip
    """A jump neither opens nor closes a round too early or too late and is said; without the guard a day ahead does both."""
    caplog.set_level(logging.ERROR)
    planned = at_times(released(a_round(opened=False)), AT + HOUR, AT + 48 * HOUR)
    running = at_times(released(a_round(announced(cents=5))), AT - HOUR, AT + HOUR)
    if not guarded:
        monkeypatch.setattr(Clocks, "trusted", lambda _self: True)
    wall.at += jump
    keeper.look()
    keeper.look()
    early = (Gate.objects.get(pk=planned.pk).opened_at, Gate.objects.get(pk=running.pk).closed_at)
    assert (early == (None, None)) is (guarded or jump < timedelta(0))
    if not guarded:
        return
    told = jump_told(tmp_path)
    assert told is not None
    assert told.seconds == jump.total_seconds()
    assert caplog.text.count("has jumped") == 1
    wall.at -= jump
    wall.go_on(3600)
    keeper.look()
    assert jump_told(tmp_path) is None
    assert Gate.objects.get(pk=planned.pk).opened_at == Gate.objects.get(pk=running.pk).closed_at == AT + HOUR


@pytest.mark.django_db
def test_places_and_checkpoints_go_on_when_the_clock_jumps(keeper: RoundsKeeper, wall: Wall, tmp_path: Path) -> None:
    """The order is that of the numbers, whatever the clock says: places are given, roots recorded, checkpoints kept."""
    row = a_round(announced(cents=3))
    wall.at -= 2 * HOUR
    come_in(row, 1)
    keeper.give_places()
    keeper.look()
    inside = Place.objects.filter(outcome="inside").values_list("ticket_id", flat=True)
    assert sorted(one & 0xFFFFFFFF for one in inside) == [1, 2, 3]
    assert len(checkpoints(tmp_path)) == 1


def test_the_clocks_agree_within_a_minute() -> None:
    """A second's correction is no jump; just over a minute is, forward and back."""
    wall = Wall()
    clocks = Clocks(wall.now, wall.count)
    for seconds, trusted in ((1, True), (60, True), (61, False), (-60, True), (-61, False)):
        wall.go_on(100)
        wall.at += timedelta(seconds=seconds)
        assert clocks.trusted() is trusted
        wall.at -= timedelta(seconds=seconds)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["draw", "pro_rata"])
def test_a_draw_waits_for_the_gate_and_the_seed(keeper: RoundsKeeper, order: str) -> None:
    """Drawn rounds get places once the gate is shut and the seed is there, and then each ticket one."""
    row = a_round(announced(order, cents=10))
    tickets(row, [(5, "")] * 8)
    Gate.objects.filter(pk=row.pk).update(tickets=8)
    keeper.give_places()
    close_gate(row.pk, by=US, at=AT)
    keeper.give_places()
    assert not Place.objects.exists()
    Allocation.objects.filter(pk=row.pk).update(seed="s" * 64)
    assert keeper.give_places() is False
    assert Place.objects.count() == 8


@pytest.mark.django_db
def test_without_an_order_each_gets_a_place_as_it_comes(keeper: RoundsKeeper, wall: Wall) -> None:
    """Where there is no order nobody waits for the end: each has a place at once, under the ceiling, which then closes the round."""
    row = a_round(announced("none", cents=10))
    Round.objects.filter(pk=row.pk).update(rehearsal=False)
    rows = tickets(row, [(5, "")] * 3)
    Gate.objects.filter(pk=row.pk).update(tickets=3)
    assert keeper.give_places() is True
    assert [now.outcome for one in rows if (now := place_now(one))] == ["inside", "inside", "outside"]
    keeper.look()
    assert Gate.objects.get(pk=row.pk).ended == "ceiling"


@pytest.mark.django_db
def test_with_nothing_new_it_asks_one_question(keeper: RoundsKeeper, django_assert_num_queries: Any) -> None:
    """An open round in which nobody came in costs one question a look, also when somebody came twice, or was completed once."""
    row = following_round()
    some = tickets(row, [(1, "")])
    Gate.objects.filter(pk=row.pk).update(tickets=2)
    keeper.give_places()
    lack(*some)
    complete(*some)
    keeper.fill_freed_places()
    keeper.give_places()
    with django_assert_num_queries(1):
        assert keeper.give_places() is True


@pytest.mark.django_db
def test_a_freed_place_goes_to_who_comes_next(keeper: RoundsKeeper) -> None:
    """Also in a round that closed long ago: the place of who withdraws is given to the next in the order."""
    row = a_round(announced(number=1))
    first, second = tickets(row, [(1, "")] * 2)
    Gate.objects.filter(pk=row.pk).update(tickets=2)
    keeper.give_places()
    close_gate(row.pk, by=US, at=AT)
    keeper.fill_freed_places()
    withdraw_ticket(first.pk, by=US, at=AT)
    keeper.fill_freed_places()
    assert [(now.outcome, now.reason) for one in (first, second) if (now := place_now(one))] == [
        ("outside", "withdrawn"), ("inside", ""),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_pace_is_noted_each_minute(keeper: RoundsKeeper, wall: Wall) -> None:
    """A minute has one sample; of before the last hour those on the hour stay, and go after two weeks."""
    row = a_round()
    Sample.objects.create(round=row, at=AT - timedelta(days=14), tickets=0)
    for _ in range(75):
        keeper.look()
        keeper.look()
        wall.go_on(60)
    first, *recent = Sample.objects.order_by("at").values_list("at", flat=True)
    assert first == AT
    assert 60 <= len(recent) <= 67
    assert recent[0] > wall.at - timedelta(minutes=70)


@pytest.mark.django_db
def test_what_fails_stops_nothing_else(
    keeper: RoundsKeeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """Batches that cannot be recorded are said, and the checkpoint is kept all the same."""
    caplog.set_level(logging.ERROR)

    def gone(*_given: Any, **_more: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(rounds_keeper, "record_roots", gone)
    come_in(a_round(), 1)
    keeper.look()
    assert "batches could not be recorded: OperationalError: gone" in caplog.text
    assert len(checkpoints(tmp_path)) == 1
