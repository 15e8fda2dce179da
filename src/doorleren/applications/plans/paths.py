"""Development paths of a plan: what is wrong with them, what they add up to, and the hash they have. Pure.

Source of the components: the letters on learning through (catalogue C58); of the range: P05; of the two sectors: C57.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from doorleren.applications.plans import refusing
from doorleren.core.texts import Texts
from doorleren.rules.vocabulary import Vocabulary

COMPONENTS = ("training", "advice", "evc", "guidance", "support")
"""What a path can be made of, in the order in which it is shown."""
SECTOR = "person.sector"
"""The fact whose values are the sectors between which people go."""
MOST_PATHS = 50
LONGEST = 200
LONGEST_REASON = 1000
MOST_PEOPLE = 1_000_000
MOST_CENTS = 1_000_000_00


@dataclass(frozen=True, slots=True)
class Path:
    """A development path: from which work to which, by what, for how many people at least and at most.

    `cents` is the cost per person; `people` do the work from which it goes, `vacancies` are open in the work to which it
    leads: None while that is not known. The sectors are values of the fact `person.sector`, "" where none is told: the
    one that has too many people, and the one that looks for people.
    """

    name: str
    from_work: str
    to_work: str
    components: tuple[str, ...]
    fewest: int
    most: int
    cents: int | None = None
    people: int | None = None
    vacancies: int | None = None
    from_sector: str = ""
    to_sector: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What paths come to together: people, and cents of the paths that have a cost (`without` counts those that have none)."""

    fewest: int
    most: int
    least_cents: int
    most_cents: int
    without: int


def sectors_of(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the sectors that a path may name."""
    return vocabulary.facts[SECTOR].values


def sums_of(paths: Sequence[Path]) -> Sums:
    """Add up the lowest numbers, the highest numbers, and what they cost at least and at most."""
    priced = [(one, one.cents) for one in paths if one.cents is not None]
    return Sums(
        sum(one.fewest for one in paths), sum(one.most for one in paths),
        sum(one.fewest * cents for one, cents in priced), sum(one.most * cents for one, cents in priced),
        len(paths) - len(priced),
    )  # fmt: skip


def digest_of(paths: Sequence[Path]) -> str:
    """Give the hash of a plan: SHA-256 of its paths as canonical JSON, in hexadecimal. What is later than the cost counts where it is told."""
    told = [_told(one) | {"components": list(one.components)} for one in paths]
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _told(one: Path) -> dict[str, object]:
    later = {"people", "vacancies", "from_sector", "to_sector"}
    return {name: value for name, value in asdict(one).items() if name not in later or value not in (None, "")}


def faults_of(paths: Sequence[Path], sectors: Collection[str]) -> dict[str, Texts]:
    """Say what is wrong, by field: "name-0" is the name of the first path. Nothing where all is well. `sectors` are those that may be told."""
    if len(paths) > MOST_PATHS:
        return {"paths": refusing.TOO_MANY}
    found: dict[str, Texts] = {}
    names: set[str] = set()
    for place, one in enumerate(paths):
        found |= {f"{column}-{place}": texts for column, texts in _wrong(one, sectors).items()}
        if one.name in names:
            found[f"name-{place}"] = refusing.NAME_TWICE
        names.add(one.name)
    return found


def _wrong(one: Path, sectors: Collection[str]) -> dict[str, Texts]:
    fits = {
        "name": (0 < len(one.name.strip()) <= LONGEST, refusing.NAME),
        "from_work": (0 < len(one.from_work.strip()) <= LONGEST, refusing.FROM_WORK),
        "to_work": (0 < len(one.to_work.strip()) <= LONGEST, refusing.TO_WORK),
        "components": (bool(one.components) and set(one.components) <= set(COMPONENTS), refusing.COMPONENTS),
        "fewest": (0 <= one.fewest <= MOST_PEOPLE, refusing.PEOPLE),
        "most": (0 <= one.most <= MOST_PEOPLE, refusing.PEOPLE),
        "cents": (one.cents is None or 0 <= one.cents <= MOST_CENTS, refusing.CENTS),
        "people": (one.people is None or 0 <= one.people <= MOST_PEOPLE, refusing.PEOPLE_OR_NONE),
        "vacancies": (one.vacancies is None or 0 <= one.vacancies <= MOST_PEOPLE, refusing.PEOPLE_OR_NONE),
        "from_sector": (not one.from_sector or one.from_sector in sectors, refusing.SECTOR),
        "to_sector": (not one.to_sector or one.to_sector in sectors, refusing.SECTOR),
    }
    found = {name: texts for name, (right, texts) in fits.items() if not right}
    if one.most < one.fewest:
        found.setdefault("most", refusing.MOST_FIRST)
    return found
