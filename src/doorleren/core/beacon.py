"""Public randomness: which pulse of a beacon is the one at a moment, and whether a pulse is real. Verified offline.

Called by draws. A beacon is data (`law/beacons.toml`); how a kind of beacon is checked is a function in KINDS, so that
another one is a line in the file, or a function where it signs in another way. Nothing here asks the network.
"""

import hashlib
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any


class BadPulse(ValueError):
    """What was given is no pulse of this beacon; the message names the field and what is wrong."""


@dataclass(frozen=True, slots=True)
class Beacon:
    """A source of public randomness: how its pulses are signed, with which key, since when and how often."""

    id: str
    kind: str
    public_key: bytes
    genesis: datetime
    period: timedelta

    def number_at(self, moment: datetime) -> int:
        """Give the first pulse that is published at or after a moment. Example: at the genesis itself it is 1."""
        return max(1, 1 - (self.genesis - moment) // self.period)

    def published_at(self, number: int) -> datetime:
        """Give the moment at which a pulse is published."""
        return self.genesis + (number - 1) * self.period


@dataclass(frozen=True, slots=True)
class Pulse:
    """One number of a beacon with its signature; `previous` is the signature before it, where the kind chains them."""

    number: int
    signature: bytes
    previous: bytes = b""

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "Pulse":
        """Read a pulse as drand publishes it: round, signature, previous_signature. Raises BadPulse."""
        number = given.get("round")
        if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1 << 63:
            raise BadPulse(f"round: given is {number!r}, a whole number from 1 is allowed")
        return cls(number, _bytes(given, "signature"), _bytes(given, "previous_signature"))

    def written(self) -> dict[str, object]:
        """Write it as `read` takes it."""
        return {
            "round": self.number,
            "signature": self.signature.hex(),
            "previous_signature": self.previous.hex(),
        }


def randomness(beacon: Beacon, pulse: Pulse) -> bytes:
    """Give the 32 random bytes of a pulse. Raises BadPulse when it was not signed by the beacon."""
    if not KINDS[beacon.kind](beacon, pulse):
        raise BadPulse(f"signature: it is not that of round {pulse.number} of the beacon {beacon.id}")
    return hashlib.sha256(pulse.signature).digest()


def read_beacons(path: Path) -> Mapping[str, Beacon]:
    """Read the beacons of a file such as `law/beacons.toml`, by id."""
    with path.open("rb") as file:
        rows = tomllib.load(file)["beacon"]
    return {
        row["id"]: Beacon(
            row["id"], row["kind"], bytes.fromhex(row["public_key"]), row["genesis"],
            timedelta(seconds=row["period_seconds"]),
        )
        for row in rows
    }  # fmt: skip


def _drand_chained(beacon: Beacon, pulse: Pulse) -> bool:
    """Check a pulse of a chained drand network: BLS over sha256 of the signature before it and the round, big-endian."""
    message = hashlib.sha256(pulse.previous + pulse.number.to_bytes(8, "big")).digest()
    return bool(bls_signatures().Verify(beacon.public_key, message, pulse.signature))


@cache
def bls_signatures() -> Any:
    """Give the suite BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_: `Verify`, and for tests `Sign` and `SkToPk`.

    Loaded when it is first needed: it takes 0.4 s. While loading, the library lets Python recurse a hundred times
    deeper, with which nested JSON from outside would crash the process: that is put back.
    """
    deepest = sys.getrecursionlimit()
    try:
        from py_ecc.bls.ciphersuites import G2Basic
    finally:
        sys.setrecursionlimit(deepest)
    return G2Basic


KINDS: Mapping[str, Callable[[Beacon, Pulse], bool]] = {"drand-chained": _drand_chained}
"""How the pulses of a kind of beacon are checked."""


def _bytes(given: Mapping[str, object], name: str) -> bytes:
    value = given.get(name)
    try:
        if isinstance(value, str):
            return bytes.fromhex(value)
    except ValueError:
        pass
    raise BadPulse(f"{name}: given is {str(value)[:40]!r}, hexadecimal text is allowed")
