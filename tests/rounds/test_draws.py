"""The draw of a round: announced when nobody can know it, held with the real pulse, and checked by anyone from its file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.audit.models import Act
from doorleren.core.beacon import Beacon, read_beacons
from doorleren.core.draw import verify_draw
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.announce_draw import AHEAD, announce_draw
from doorleren.rounds.commands.hold_draw import hold_draw
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Allocation, Round, RoundDraw
from doorleren.rounds.queries import order_of_treatment, sealed_tickets
from doorleren.shipped import folder
from tests.core.test_draw import OURS, pulse_of
from tests.rounds.made import AT, US, a_round, announced, tickets
from tests.rounds.test_two_people import decider

pytestmark = pytest.mark.django_db
BEACONS = {"ours": OURS}
REAL = Path(__file__).parents[3] / "shared" / "data" / "drand.json"


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()


def a_shut_round(many: int = 12) -> Round:
    """Give a round that draws, with tickets, and shut."""
    row = a_round(announced("draw", cents=5000))
    tickets(row, [(1000, "")] * many)
    close_gate(row.pk, by=US, at=AT)
    return row


def announce(row: Round, beacon: Beacon = OURS, **more: Any) -> RoundDraw:
    """Announce its draw."""
    return announce_draw(row.pk, beacon=beacon, by=decider("Joost"), at=AT, **more)


def test_a_ranked_round_draws_only_for_the_same_scores() -> None:
    """Where a committee ranks, the command itself refuses a draw unless who calls says that fixed scores are the same."""
    row = a_round(announced("ranking", cents=5000))
    tickets(row, [(1000, "")] * 3)
    close_gate(row.pk, by=US, at=AT)
    with pytest.raises(RoundRefused, match="scores van de commissie"):
        announce(row)
    assert not RoundDraw.objects.exists()
    assert announce(row, same_scores=True).announced["beacon"]


@pytest.mark.parametrize("order", ["arrival", "none"])
def test_who_gets_a_place_in_turn_is_never_drawn(order: str) -> None:
    """Where places are given as people come a draw is refused: it would decide nothing, and shut out late paper and reopening."""
    row = a_round(announced(order, cents=5000))
    tickets(row, [(1000, "")] * 3)
    close_gate(row.pk, by=US, at=AT)
    with pytest.raises(RoundRefused, match="niet geloot"):
        announce(row)
    assert not RoundDraw.objects.exists()


def test_from_announcement_to_order() -> None:
    """The pulse lies in the future, the file verifies, and the places follow the order in the file."""
    row = a_shut_round()
    draw = announce(row)
    number = draw.announced["beacon_round"]
    assert OURS.published_at(number) >= AT + AHEAD > OURS.published_at(number - 1)
    held = hold_draw(row.pk, pulse_of(number).written(), beacons=BEACONS, by=decider("Joost"), at=AT)
    told = json.loads(held.file)
    assert verify_draw(told, BEACONS).tickets == 12
    seed = Allocation.objects.get(pk=row.pk).seed
    assert told["seed"] == seed
    order = order_of_treatment(row, seed)
    seals = dict(zip(row.tickets.order_by("id").values_list("id", flat=True), sealed_in_order(row), strict=True))
    assert [seals[one] for one in order] == told["order"]
    assert list(Act.objects.filter(act__endswith="_draw").values_list("act", flat=True)) == [
        "announced_draw",
        "held_draw",
    ]


def sealed_in_order(row: Round) -> list[str]:
    """Seal its tickets, by number."""
    return list(sealed_tickets(row.pk))


def test_the_secret_is_not_to_be_read_before() -> None:
    """Between announcing and holding the secret stands nowhere in the clear: not in the row, and not in the record."""
    row = a_shut_round()
    draw = announce(row)
    held = hold_draw(
        row.pk, pulse_of(draw.announced["beacon_round"]).written(), beacons=BEACONS, by=decider("J"), at=AT
    )
    secret = json.loads(held.file)["secret"]
    assert secret not in draw.sealed_secret + json.dumps(draw.announced)
    assert secret not in str(list(Act.objects.values_list("details", flat=True)))


def test_another_pulse_is_refused() -> None:
    """The pulse of another round, a flipped bit and no pulse at all leave the draw as it was."""
    row = a_shut_round()
    number = announce(row).announced["beacon_round"]
    good = pulse_of(number).written()
    signature = str(good["signature"])
    flipped = {**good, "signature": f"{int(signature[0], 16) ^ 1:x}{signature[1:]}"}
    for pulse in (pulse_of(number + 1).written(), flipped, {}, {**good, "round": number + 1}):
        with pytest.raises(RoundRefused) as refused:
            hold_draw(row.pk, pulse, beacons=BEACONS, by=decider("Joost"), at=AT)
        assert refused.value.field == "pulse"
    assert Allocation.objects.get(pk=row.pk).seed == ""
    assert RoundDraw.objects.get(pk=row.pk).held_at is None


def test_a_recorded_real_pulse_holds() -> None:
    """With the first pulse that drand ever published, a draw that was announced before it holds; with one bit changed it does not."""
    if not REAL.exists():
        pytest.skip("the recorded pulse is not here")
    beacons = read_beacons(folder("law") / "beacons.toml")
    beacon, pulse = beacons["drand-default"], json.loads(REAL.read_text())
    row = a_shut_round(3)
    before = datetime(2020, 7, 1, tzinfo=UTC)
    announce_draw(row.pk, beacon=beacon, by=decider("Joost", at=before), at=before, ahead=timedelta(0))
    wrong = {**pulse, "previous_signature": "0" + pulse["previous_signature"][1:]}
    with pytest.raises(RoundRefused):
        hold_draw(row.pk, wrong, beacons=beacons, by=decider("Joost"), at=AT)
    held = hold_draw(row.pk, pulse, beacons=beacons, by=decider("Joost"), at=AT)
    assert verify_draw(json.loads(held.file), beacons).beacon_round == 1


def test_not_while_somebody_can_still_come_in() -> None:
    """An open round, one without tickets, and one that was announced already are refused."""
    empty = a_round(announced("draw"))
    with pytest.raises(RoundRefused, match="als het tijdvak dicht is"):
        announce(empty)
    close_gate(empty.pk, by=US, at=AT)
    with pytest.raises(RoundRefused, match="niemand"):
        announce(empty)
    row = a_shut_round(2)
    announce(row)
    with pytest.raises(RoundRefused, match="al aangekondigd"):
        announce(row)


@pytest.mark.parametrize("kind", [RoleKind.ASSESSOR, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR])
def test_another_role_may_not(kind: RoleKind) -> None:
    """Only who decides announces and holds a draw."""
    row = a_shut_round(2)
    with pytest.raises(NotAllowed):
        announce_draw(row.pk, beacon=OURS, by=decider("Otto", kind=kind), at=AT)
    number = announce(row).announced["beacon_round"]
    with pytest.raises(NotAllowed):
        hold_draw(row.pk, pulse_of(number).written(), beacons=BEACONS, by=decider("Otto", kind=kind), at=AT)


@pytest.mark.parametrize(
    "change", [{"announced": {}}, {"sealed_secret": "x"}, None], ids=["announced", "secret", "gone"]
)
def test_what_was_announced_stays(change: dict[str, Any] | None) -> None:
    """The database refuses another announcement or secret, and that the draw goes."""
    row = a_shut_round(2)
    announce(row)
    found = RoundDraw.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        _ = found.delete() if change is None else found.update(**change)


def test_a_draw_is_held_once() -> None:
    """After it was held neither the command nor the database lets it be held again."""
    row = a_shut_round(2)
    pulse = pulse_of(announce(row).announced["beacon_round"]).written()
    hold_draw(row.pk, pulse, beacons=BEACONS, by=decider("Joost"), at=AT)
    with pytest.raises(RoundRefused, match="al gehouden"):
        hold_draw(row.pk, pulse, beacons=BEACONS, by=decider("Joost"), at=AT)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        RoundDraw.objects.filter(pk=row.pk).update(file="x")
