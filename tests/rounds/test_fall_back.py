"""A failed opening: only what was announced beforehand, by two people, within its time; and every ticket survives it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.people.national_number import new_keys
from doorleren.rounds.announced import Announced
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_draw import announce_draw
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.commands.propose_act import propose_act
from doorleren.rounds.commands.release_act import release_act
from doorleren.rounds.fell_back import fell_back
from doorleren.rounds.models import Gate, Place, Round, RoundProposal, Ticket
from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rounds.queries import order_of_treatment
from doorleren.rounds.standing import counted, counters
from doorleren.rounds.times import due_to_close, due_to_open
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Fallback
from tests.core.test_draw import OURS
from tests.rounds.completing import come
from tests.rounds.made import AT, US, a_round, tickets
from tests.rounds.test_times import at_times
from tests.rounds.test_two_people import decider, gate, together

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAILED = AT + HOUR
NEW = FAILED + timedelta(days=3)
KEEP, ALIKE = Fallback("keep_places", 30, 4, 48), Fallback("treat_alike", 30, 4, 48)
EXTEND = Fallback("extend", 30, 4)


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes that we ship."""
    return open_library()


def a_failing(
    fallback: Fallback | None = KEEP, order: str = "arrival", cents: int = 100, *, opened: bool = True
) -> Round:
    """Announce a round that says what happens if its opening fails; it opens at the moment AT, and ends two days after it."""
    row = a_round(Announced(order, PotRules(Ceiling(cents)), present_seconds=1800, fallback=fallback), opened=opened)
    return at_times(row, AT, AT + timedelta(days=2))


def moments(opens: datetime | None = NEW, until: datetime | None = NEW + HOUR) -> dict[str, str]:
    """Give the moments that two people choose."""
    return {name: one.isoformat() for name, one in (("opens", opens), ("until", until)) if one is not None}


def fallen_back(row: Round, library: Library, **details: str) -> Round:
    """Let two people say that it failed."""
    together("fall_back", row, library, FAILED, **(details or moments()))
    return Round.objects.get(pk=row.pk)


def refused(row: Round, at: datetime = FAILED, **details: Any) -> RoundRefused:
    """Give why it is refused."""
    with pytest.raises(RoundRefused) as found:
        propose_act("fall_back", round_=row.pk, details=details or moments(), reason="x", by=decider("B", at=at), at=at)
    assert not RoundProposal.objects.filter(round=row).exists()
    return found.value


def test_it_opens_anew_by_itself(library: Library) -> None:
    """It is shut at once, opens at its new moment and not before, closes at its new end, and both people stand in the record."""
    row = fallen_back(a_failing(), library)
    assert gate(row) == (False, False)
    assert (row.opens_at, row.closes_at) == (NEW, NEW + HOUR)
    assert row.announced["opens_at"] == AT.isoformat()
    assert due_to_open(NEW - MINUTE) == []
    assert due_to_open(NEW) == [row.pk]
    open_gate(row.pk, by=US, at=NEW)
    assert due_to_close(NEW + HOUR - MINUTE) == []
    assert due_to_close(NEW + HOUR) == [(row.pk, "time")]
    told = Act.objects.get(act="fell_back").details
    assert (told["then"], told["opened_at"], told["opens_at"]) == ("keep_places", AT.isoformat(), NEW.isoformat())
    found = fell_back(row)
    assert found is not None
    assert (found.decided_at, found.reason, found.opens_at) == (FAILED, "Nodig.", NEW)


def test_before_it_opened(library: Library) -> None:
    """Where it could not open on its day it is put off, though nobody had released the opening; the day before it is refused."""
    row = a_failing(opened=False)
    assert "dag van de opening" in refused(row, AT - timedelta(days=1)).texts["nl"]
    fallen_back(row, library)
    assert due_to_open(NEW) == [row.pk]
    assert "released" in Act.objects.filter(subject_kind="round_proposal").values_list("act", flat=True)


def test_who_had_a_place_keeps_it(library: Library) -> None:
    """By arrival: who was in keeps number and place, who comes after the new opening stands behind, and the ceiling holds."""
    row = a_failing(cents=25)
    tickets(row, [(10, "")])
    allocate(row.pk, at=AT)
    before = list(Ticket.objects.order_by("pk").values())
    fallen_back(row, library)
    assert list(Ticket.objects.order_by("pk").values()) == before
    open_gate(row.pk, by=US, at=NEW)
    for number in range(2):
        come(row, 100 + number, at=NEW + MINUTE)
    allocate(row.pk, at=NEW + MINUTE)
    places = Place.objects.order_by("position").values_list("ticket__arrived_at", "outcome")
    assert [(when > NEW, outcome) for when, outcome in places] == [
        (False, "inside"), (True, "inside"), (True, "outside"),
    ]  # fmt: skip


def test_all_who_are_in_time_are_drawn_together(library: Library) -> None:
    """Who was in before the failure and who is present at the new opening are in one draw; who comes later stands behind them."""
    row = a_failing(ALIKE, "random_present")
    early = [one.pk for one in tickets(row, [(10, "")] * 4)]
    fallen_back(row, library)
    open_gate(row.pk, by=US, at=NEW)
    present = [come(row, 100 + number, at=NEW + MINUTE).pk for number in range(4)]
    late = come(row, 109, at=NEW + HOUR).pk
    orders = [order_of_treatment(Round.objects.get(pk=row.pk), f"seed {one}") for one in range(30)]
    assert all(set(one[:8]) == {*early, *present} and one[8] == late for one in orders)
    assert 0 < sum(one[0] in early for one in orders) < 30


def test_without_the_rule_nobody_late_is_present(library: Library) -> None:
    """The control of the draw above: reopened in the ordinary way, who comes in the new hour stands behind all who were in."""
    row = a_failing(ALIKE, "random_present")
    early = {one.pk for one in tickets(row, [(10, "")] * 4)}
    close_gate(row.pk, by=US, at=FAILED)
    together("reopen", row, library, FAILED, until=(NEW + HOUR).isoformat())
    for number in range(4):
        come(row, 100 + number, at=NEW + MINUTE)
    orders = [order_of_treatment(Round.objects.get(pk=row.pk), f"seed {one}") for one in range(30)]
    assert all(set(one[:4]) == early for one in orders)


def test_it_stays_open_for_longer(library: Library) -> None:
    """Extended, nothing shuts: it closes later, by at least as long as nobody could submit."""
    row, ends = a_failing(EXTEND, "draw"), AT + timedelta(days=2)
    assert refused(row, until=(ends + HOUR - MINUTE).isoformat()).field == "until"
    fallen_back(row, library, until=(ends + HOUR).isoformat())
    assert gate(row) == (True, False)
    assert due_to_close(ends) == []
    assert due_to_close(ends + HOUR) == [(row.pk, "time")]
    found = fell_back(row)
    assert found is not None
    assert (found.opens_at, found.closes_at) == (None, ends + HOUR)


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_what_was_not_announced_cannot_be(order: str) -> None:
    """Whatever the order: without a rule that was announced beforehand it is refused, with that reason."""
    assert "niet vooraf bekendgemaakt" in refused(a_failing(None, order)).texts["nl"]


def test_only_where_it_was_silent_for_so_long() -> None:
    """Where somebody came in every ten minutes no opening failed; with half an hour without anybody it can have."""
    row, other = a_failing(), a_failing()
    for number in range(6):
        come(row, 100 + number, at=AT + 10 * MINUTE * (number + 1))
        come(other, 100 + number, at=AT + MINUTE * (number + 1))
    assert "10 minuten" in refused(row).texts["nl"]
    by = decider("B", at=FAILED)
    assert propose_act("fall_back", round_=other.pk, details=moments(), reason="x", by=by, at=FAILED).waits


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (moments(opens=FAILED + 48 * HOUR - MINUTE), "opens"),
        (moments(opens=None), "opens"),
        ({"opens": "morgen", "until": NEW.isoformat()}, "opens"),
        ({"opens": "2099-01-01T10:00:00", "until": NEW.isoformat()}, "opens"),
        ({"opens": 7, "until": NEW.isoformat()}, "opens"),
        (moments(until=None), "until"),
        (moments(until=AT + timedelta(days=2) - MINUTE), "until"),
        (moments(until=NEW), "until"),
    ],
    ids=str,
)
def test_moments_outside_what_was_announced(details: dict[str, Any], field: str) -> None:
    """Too short a notice, less time than was announced, or what is no moment: refused, naming the field."""
    assert refused(a_failing(), **details).field == field


def test_not_any_more(settings: Any) -> None:
    """Hours after the opening, once the pot is empty, after it closed by itself or once a draw was announced it is refused."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    late, empty, over, drawn = a_failing(), a_failing(cents=10), a_failing(), a_failing(ALIKE, "draw")
    assert "tot 4 uur" in refused(late, AT + 5 * HOUR).texts["nl"]
    tickets(empty, [(10, "")])
    allocate(empty.pk, at=AT)
    assert "pot is leeg" in refused(empty).texts["nl"]
    close_gate(over.pk, by=US, at=FAILED, ended="time")
    assert "al gesloten" in refused(over).texts["nl"]
    come(drawn, 1, at=AT)
    close_gate(drawn.pk, by=US, at=FAILED)
    announce_draw(drawn.pk, beacon=OURS, by=decider("D", at=FAILED), at=FAILED)
    assert "loting" in refused(drawn).texts["nl"]


def test_the_notice_counts_from_the_release(library: Library) -> None:
    """Released so late that the notice has become too short, it is refused, and nothing has happened."""
    row = a_failing()
    details = moments(opens=FAILED + 49 * HOUR)
    made = propose_act("fall_back", round_=row.pk, details=details, reason="x", by=decider("B", at=FAILED), at=FAILED)
    later = FAILED + 2 * HOUR
    with pytest.raises(RoundRefused, match="48 uur"):
        release_act(made.pk, library=library, by=decider("C", at=later), at=later)
    assert gate(row) == (True, False)


def test_shut_by_hand_first(library: Library) -> None:
    """Two people shut it to stop worse, and then fall back: it opens anew as if it had stood open; that time is not silence."""
    row = a_failing()
    close_gate(row.pk, by=US, at=AT + 35 * MINUTE)
    fallen_back(row, library)
    assert gate(row) == (False, False)
    short = a_failing()
    come(short, 1, at=AT + 10 * MINUTE)
    close_gate(short.pk, by=US, at=AT + 20 * MINUTE)
    assert "stil" in refused(short).texts["nl"]


def test_twice(library: Library) -> None:
    """The new opening can fail as well; its own moments count then."""
    row = fallen_back(a_failing(), library)
    open_gate(row.pk, by=US, at=NEW)
    again, at = NEW + timedelta(days=4), NEW + HOUR
    together("fall_back", row, library, at, **moments(again, again + HOUR))
    assert due_to_open(again) == [row.pk]
    found = fell_back(row)
    assert found is not None
    assert found.opens_at == again


def test_while_it_waits_nothing_is_given_away(library: Library) -> None:
    """Between failure and new opening it counts as announced: nothing is drawn, it is not closed, and its page knows why."""
    row = fallen_back(a_failing(ALIKE, "draw"), library)
    tickets(row, [(10, "")])
    with pytest.raises(RoundRefused, match="dicht"):
        announce_draw(row.pk, beacon=OURS, by=decider("D", at=FAILED), at=FAILED)
    told = counters(counted(Round.objects.filter(pk=row.pk), FAILED).get(), FAILED)
    assert (told.state, told.gone, told.closes_at) == ("announced", False, NEW + HOUR)
    assert told.fell_back == fell_back(row)
    assert Gate.objects.get(pk=row.pk).tickets == 0


def test_who_was_in_before_does_not_count_to_the_new_pace(library: Library) -> None:
    """After the new opening the pace is that of who comes then."""
    row = fallen_back(a_failing(), library)
    open_gate(row.pk, by=US, at=NEW)
    at = NEW + 10 * MINUTE
    row = counted(Round.objects.filter(pk=row.pk), at).get()
    row.allocation.received = 500
    assert counters(row, at).an_hour is None
