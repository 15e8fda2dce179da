"""Draws that anyone can check: what was announced binds us, the beacon is real, and time of entry plays no part."""

import copy
import hashlib
import json
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from doorleren.core.beacon import BadPulse, Beacon, Pulse, bls_signatures, randomness, read_beacons
from doorleren.core.draw import BadDraw, announce, drawn, make_draw, verify_draw
from doorleren.shipped import folder

KEY = 20260310
REAL = Path(__file__).parents[3] / "shared" / "data" / "drand.json"
OURS = Beacon(
    "ours", "drand-chained", bls_signatures().SkToPk(KEY), datetime(2026, 1, 1, tzinfo=UTC), timedelta(seconds=30)
)
SECRET = bytes(range(32))


def pulse_of(number: int, previous: bytes = b"\x01" * 96) -> Pulse:
    """Make a pulse as a beacon with our key would."""
    return Pulse(
        number, bls_signatures().Sign(KEY, hashlib.sha256(previous + number.to_bytes(8, "big")).digest()), previous
    )


PULSE = pulse_of(7)


def seal(number: int) -> str:
    """Seal a ticket."""
    return hashlib.sha256(b"ticket %d" % number).hexdigest()


def a_draw(tickets: int = 20) -> dict[str, Any]:
    """Make a draw, as its file is read back."""
    sealed = [seal(number) for number in range(tickets)]
    announced = announce("scheme/round", sealed, SECRET, OURS, PULSE.number)
    return json.loads(json.dumps(make_draw(announced, sealed, SECRET, OURS, PULSE)))


DRAW = a_draw()


def test_a_draw_holds() -> None:
    """A draw that was made here verifies from its file alone, and orders each ticket once."""
    assert verify_draw(DRAW, {"ours": OURS}).tickets == 20
    assert sorted(DRAW["order"]) == DRAW["tickets"]
    assert DRAW["order"] != DRAW["tickets"]


def test_an_empty_list_can_be_drawn() -> None:
    """Nobody applied: the draw of no tickets holds too."""
    assert verify_draw(a_draw(0), {"ours": OURS}).tickets == 0


def changed(*place: Any, to: Any) -> dict[str, Any]:
    """Give the draw with another value at a place."""
    other = copy.deepcopy(DRAW)
    inner: Any = other
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = to
    return other


def swapped() -> list[str]:
    """Give the order with the first two exchanged."""
    first, second, *rest = DRAW["order"]
    return [second, first, *rest]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("list_hash", changed("tickets", 0, to="0" * 64)),
        ("tickets", changed("tickets", to=DRAW["tickets"][1:])),
        ("stands there twice", changed("tickets", 1, to=DRAW["tickets"][0])),
        ("64 hexadecimal digits", changed("tickets", 0, to="no seal")),
        ("commitment", changed("secret", to="11" * 32)),
        ("secret", changed("secret", to="11")),
        ("order: at place 1", changed("order", to=swapped())),
        ("order: 19 tickets", changed("order", to=DRAW["order"][1:])),
        ("seed", changed("seed", to="0" * 64)),
        ("beacon_round", changed("pulse", "round", to=8)),
        ("beacon_round", changed("announced", "beacon_round", to=8)),
        ("announced.beacon", changed("announced", "beacon", to="another")),
        ("announced.tickets", changed("announced", "tickets", to=True)),
        ("seed", changed("announced", "drawn_for", to="another/round")),
        ("signature", changed("pulse", "signature", to="zz")),
        ("form", changed("form", to="doorleren-draw/0")),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_change_is_named(name: str, other: dict[str, Any]) -> None:
    """Whatever is changed in the file of a draw, verifying refuses it and names the part."""
    with pytest.raises((BadDraw, BadPulse), match=name):
        verify_draw(other, {"ours": OURS})


@given(some.integers(0, len(bytes.fromhex(DRAW["pulse"]["signature"])) * 8 - 1))
@settings(max_examples=8, deadline=None)
def test_a_flipped_bit_of_the_pulse_is_refused(bit: int) -> None:
    """One flipped bit in the signature of the beacon makes the pulse false, whichever bit it is."""
    turned = int.from_bytes(PULSE.signature, "big") ^ (1 << bit)
    with pytest.raises(BadPulse):
        randomness(OURS, Pulse(PULSE.number, turned.to_bytes(96, "big"), PULSE.previous))


@pytest.mark.skipif(not REAL.exists(), reason="the recorded pulse of a real beacon is not on this machine")
def test_a_real_pulse_holds() -> None:
    """A recorded pulse of the public beacon verifies with the key in law/beacons.toml; another number of it does not."""
    told = json.loads(REAL.read_text("utf-8"))
    beacon, pulse = read_beacons(folder("law") / "beacons.toml")["drand-default"], Pulse.read(told)
    assert beacon.public_key.hex() == told["public_key"]
    assert randomness(beacon, pulse) == hashlib.sha256(pulse.signature).digest()
    with pytest.raises(BadPulse):
        randomness(beacon, Pulse(pulse.number + 1, pulse.signature, pulse.previous))


def test_the_pulse_of_a_moment() -> None:
    """The first pulse at or after a moment is the one to name; before the first there is only the first."""
    at = OURS.genesis
    assert [OURS.number_at(at + timedelta(seconds=late)) for late in (-99, 0, 1, 30, 31)] == [1, 1, 2, 2, 3]
    assert OURS.published_at(3) == at + timedelta(seconds=60)


@given(some.lists(some.integers(0, 500), unique=True, min_size=2), some.randoms())
def test_the_order_of_entry_has_no_influence(numbers: list[int], chance: Any) -> None:
    """However the tickets came in, and whoever else is among them, two tickets stand in the same order."""
    sealed = [seal(number) for number in numbers]
    shuffled = chance.sample(sealed, len(sealed))
    order = drawn(sealed, "seed")
    assert drawn(shuffled, "seed") == order
    assert drawn(order[::2], "seed") == order[::2]


def test_every_place_is_as_likely() -> None:
    """Over 3,000 seeds each of four tickets comes first as often as chance allows (chi-square, three degrees, 0.1 %)."""
    sealed = [seal(number) for number in range(4)]
    first = [drawn(sealed, str(seed))[0] for seed in range(3000)]
    counts = [first.count(one) for one in sealed]
    assert sum((count - 750) ** 2 / 750 for count in counts) < 16.27
    assert len({drawn(sealed, str(seed)) for seed in range(3000)}) == 24


def test_checking_leaves_the_depth_of_recursion() -> None:
    """Checking a signature leaves Python's limit of recursion as it was, so that nested input stays a plain error."""
    deepest = sys.getrecursionlimit()
    randomness(OURS, PULSE)
    assert "py_ecc" in sys.modules
    assert sys.getrecursionlimit() == deepest < 10_000


def test_another_seed_gives_another_order() -> None:
    """Seeds that follow each other give orders that have nothing to do with each other."""
    sealed = [seal(number) for number in range(50)]
    orders = [drawn(sealed, str(seed)) for seed in range(20)]
    assert all(one != other for one, other in pairwise(orders))
