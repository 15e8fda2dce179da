"""A draw that anyone can check: the order follows from what was published before it and from a public beacon.

Before the draw three things are announced: the hash of the list of sealed tickets, a commitment to a secret of ours,
and the pulse of a beacon that does not exist yet. So we cannot choose the outcome (the beacon is not ours), the beacon
cannot (it does not know our secret), and no applicant can (a ticket is sealed before the seed is known). When or how
often somebody came in plays no part: a ticket's place depends on its seal and the seed alone.

Called by rounds and by `doorleren draw`. Pure; the form of the file is in docs/howto/check-a-draw.md.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from doorleren.core.beacon import Beacon, Pulse, randomness

FORM = "doorleren-draw/1"
SEAL = re.compile(r"[0-9a-f]{64}", re.ASCII)
"""A sealed ticket: the SHA-256 of what only the applicant and we can tell, in hexadecimal."""

SECRET_BYTES = 32


class BadDraw(ValueError):
    """A draw is not what it says; the message names the part, what was given and what should stand there."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is published before a draw, for which round of a scheme it is, and how many tickets are on the list."""

    drawn_for: str
    tickets: int
    list_hash: str
    commitment: str
    beacon: str
    beacon_round: int


def announce(drawn_for: str, sealed: Iterable[str], secret: bytes, beacon: Beacon, number: int) -> Announcement:
    """Make what is published before the draw. Raises BadDraw for a seal that is none, or that stands there twice."""
    listed = listed_tickets(sealed)
    return Announcement(drawn_for, len(listed), list_hash(listed), commitment_to(secret), beacon.id, number)


def listed_tickets(sealed: Iterable[str]) -> tuple[str, ...]:
    """Put sealed tickets in the order in which the list is published: that of the alphabet. Raises BadDraw."""
    listed = sorted(sealed)
    for place, one in enumerate(listed):
        if not SEAL.fullmatch(one):
            raise BadDraw(f"tickets: given is {one[:80]!r}, 64 hexadecimal digits in small letters are allowed")
        if place and listed[place - 1] == one:
            raise BadDraw(f"tickets: {one} stands there twice")
    return tuple(listed)


def list_hash(listed: Sequence[str]) -> str:
    """Give the hash of a list of sealed tickets: SHA-256 of the seals, each followed by a line feed."""
    whole = hashlib.sha256()
    for one in listed:
        whole.update(one.encode() + b"\n")
    return whole.hexdigest()


def commitment_to(secret: bytes) -> str:
    """Give what binds us to a secret without telling it."""
    return hashlib.sha256(b"doorleren draw commitment\n" + secret).hexdigest()


def seed_of(announced: Announcement, secret: bytes, random: bytes) -> str:
    """Give the seed: SHA-256 over the announcement as canonical JSON, our secret and the beacon's random bytes."""
    told = json.dumps(announced_as_dict(announced), sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(b"doorleren draw seed\n" + told + b"\n" + secret + random).hexdigest()


def drawn(listed: Iterable[str], seed: str) -> tuple[str, ...]:
    """Give sealed tickets in the order of the draw: by the SHA-256 of seed and seal.

    Example: with one ticket there is one order; another seed or another seal moves a ticket, another ticket does not
    change which of two comes first.
    """
    return tuple(sorted(listed, key=lambda one: drawn_key(seed, one)))


def drawn_key(seed: str, sealed: str) -> tuple[bytes, str]:
    """Give what a ticket is sorted by; the seal decides where two hashes are the same."""
    return hashlib.sha256(f"{seed}{sealed}".encode()).digest(), sealed


def make_draw(
    announced: Announcement, sealed: Iterable[str], secret: bytes, beacon: Beacon, pulse: Pulse
) -> dict[str, object]:
    """Draw, and write the whole file. Raises BadDraw where it is not what was announced, BadPulse for a false pulse."""
    listed = listed_tickets(sealed)
    seed = _seed(announced, listed, secret, beacon, pulse)
    return {
        "form": FORM,
        "announced": announced_as_dict(announced),
        "tickets": list(listed),
        "secret": secret.hex(),
        "pulse": pulse.written(),
        "seed": seed,
        "order": list(drawn(listed, seed)),
    }


def verify_draw(told: Mapping[str, object], beacons: Mapping[str, Beacon]) -> Announcement:
    """Recompute a draw from its file and give what was announced. Raises BadDraw or BadPulse for the first thing wrong."""
    if told.get("form") != FORM:
        raise BadDraw(f"form: given is {told.get('form')!r}, {FORM!r} is allowed")
    announced = read_announcement(told.get("announced"))
    beacon, pulse = beacons.get(announced.beacon), told.get("pulse")
    if beacon is None:
        raise BadDraw(f"announced.beacon: given is {announced.beacon!r}, allowed are: {', '.join(beacons)}")
    if not isinstance(pulse, Mapping):
        raise BadDraw("pulse: nothing is given; the number of the beacon is needed")
    listed, secret = listed_tickets(_texts(told, "tickets")), read_secret(str(told.get("secret", "")))
    seed = _seed(announced, listed, secret, beacon, Pulse.read(pulse))
    if told.get("seed") != seed:
        raise BadDraw(f"seed: given is {told.get('seed')!r}, it should be {seed}")
    _ask_order(_texts(told, "order"), drawn(listed, seed))
    return announced


def _ask_order(given: Sequence[str], right: Sequence[str]) -> None:
    if len(given) != len(right):
        raise BadDraw(f"order: {len(given)} tickets are given, it should be {len(right)}")
    for place, (one, other) in enumerate(zip(given, right, strict=True), 1):
        if one != other:
            raise BadDraw(f"order: at place {place} stands {one[:80]}, it should be {other}")


def read_announcement(given: object) -> Announcement:
    """Read what was announced. Raises BadDraw for a part that is missing or of another kind."""
    if not isinstance(given, Mapping):
        raise BadDraw("announced: nothing is given; what was published before the draw is needed")
    for name, kind in Announcement.__annotations__.items():
        if type(given.get(name)) is not kind:
            raise BadDraw(f"announced.{name}: given is {given.get(name)!r}, {kind.__name__} is allowed")
    return Announcement(**{name: given[name] for name in Announcement.__annotations__})


def announced_as_dict(announced: Announcement) -> dict[str, str | int]:
    """Write an announcement as the file has it."""
    return {name: getattr(announced, name) for name in Announcement.__annotations__}


def _seed(announced: Announcement, listed: Sequence[str], secret: bytes, beacon: Beacon, pulse: Pulse) -> str:
    """Hold everything that the seed rests on against the announcement, then give the seed."""
    parts = (
        ("tickets", len(listed), announced.tickets),
        ("list_hash", list_hash(listed), announced.list_hash),
        ("commitment", commitment_to(secret), announced.commitment),
        ("beacon", beacon.id, announced.beacon),
        ("beacon_round", pulse.number, announced.beacon_round),
    )
    for name, found, said in parts:
        if found != said:
            raise BadDraw(f"{name}: announced was {said}, found is {found}")
    return seed_of(announced, secret, randomness(beacon, pulse))


def _texts(told: Mapping[str, object], name: str) -> list[str]:
    value = told.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadDraw(f"{name}: a list of sealed tickets is allowed")
    return value


def read_secret(text: str) -> bytes:
    """Read a secret: 32 bytes or more in hexadecimal. Raises BadDraw."""
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) < SECRET_BYTES:
        raise BadDraw(f"secret: given is {text[:80]!r}, at least {2 * SECRET_BYTES} hexadecimal digits are allowed")
    return secret
