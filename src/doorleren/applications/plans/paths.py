"""Development paths of a plan: what is wrong with them, what they add up to, and the hash they have. Pure.

Source of the components: the letters on learning through (catalogue C58); of the range: P05.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from doorleren.applications.plans import refusing
from doorleren.core.texts import Texts

COMPONENTS = ("training", "advice", "evc", "guidance", "support")
"""What a path can be made of, in the order in which it is shown."""
MOST_PATHS = 50
LONGEST = 200
LONGEST_REASON = 1000
MOST_PEOPLE = 1_000_000
MOST_CENTS = 1_000_000_00


@dataclass(frozen=True, slots=True)
class Path:
    """A development path: from which work to which, by what, for how many people at least and at most.

    `cents` is the cost per person; None while that is not known.
    """

    name: str
    from_work: str
    to_work: str
    components: tuple[str, ...]
    fewest: int
    most: int
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What paths come to together: people, and cents of the paths that have a cost (`without` counts those that have none)."""

    fewest: int
    most: int
    least_cents: int
    most_cents: int
    without: int


def sums_of(paths: Sequence[Path]) -> Sums:
    """Add up the lowest numbers, the highest numbers, and what they cost at least and at most."""
    priced = [(one, one.cents) for one in paths if one.cents is not None]
    return Sums(
        sum(one.fewest for one in paths), sum(one.most for one in paths),
        sum(one.fewest * cents for one, cents in priced), sum(one.most * cents for one, cents in priced),
        len(paths) - len(priced),
    )  # fmt: skip


def digest_of(paths: Sequence[Path]) -> str:
    """Give the hash of a plan: SHA-256 of its paths as canonical JSON, in hexadecimal."""
    told = [asdict(one) | {"components": list(one.components)} for one in paths]
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def faults_of(paths: Sequence[Path]) -> dict[str, Texts]:
    """Say what is wrong, by field: "name-0" is the name of the first path. Nothing where all is well."""
    if len(paths) > MOST_PATHS:
        return {"paths": refusing.TOO_MANY}
    found: dict[str, Texts] = {}
    names: set[str] = set()
    for place, one in enumerate(paths):
        found |= {f"{column}-{place}": texts for column, texts in _wrong(one).items()}
        if one.name in names:
            found[f"name-{place}"] = refusing.NAME_TWICE
        names.add(one.name)
    return found


def _wrong(one: Path) -> dict[str, Texts]:
    fits = {
        "name": (0 < len(one.name.strip()) <= LONGEST, refusing.NAME),
        "from_work": (0 < len(one.from_work.strip()) <= LONGEST, refusing.FROM_WORK),
        "to_work": (0 < len(one.to_work.strip()) <= LONGEST, refusing.TO_WORK),
        "components": (bool(one.components) and set(one.components) <= set(COMPONENTS), refusing.COMPONENTS),
        "fewest": (0 <= one.fewest <= MOST_PEOPLE, refusing.PEOPLE),
        "most": (0 <= one.most <= MOST_PEOPLE, refusing.PEOPLE),
        "cents": (one.cents is None or 0 <= one.cents <= MOST_CENTS, refusing.CENTS),
    }
    found = {name: texts for name, (right, texts) in fits.items() if not right}
    if one.most < one.fewest:
        found.setdefault("most", refusing.MOST_FIRST)
    return found
