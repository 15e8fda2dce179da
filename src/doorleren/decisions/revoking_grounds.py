"""The grounds on which a grant is withdrawn or changed: `law/revoking.toml`, read once. Awb 4:48 to 4:50."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from doorleren.core.texts import Texts
from doorleren.decisions.refusing import refused
from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

WHEN = ("before", "after")


@dataclass(frozen=True, slots=True)
class RevokingGround:
    """A ground. `settled`: whether it holds before or after the settlement; `revokes`: the whole grant can be withdrawn on it.

    `intent`: the recipient is told first and can give a view (Awb 4:12(2)). `names_day`: it only names the last day that a grant left open.
    """

    id: str
    texts: Texts
    article: str
    source: str
    settled: str
    revokes: bool
    intent: bool
    names_day: bool = False


def read_revoking(path: Path) -> Mapping[str, RevokingGround]:
    """Read the file. Raises SchemeFault, which names the place, what was given and what is allowed."""
    whole = part_of(path)
    found = [_ground(one) for one in whole.parts("ground")]
    whole.finish()
    return {one.id: one for one in found}


@lru_cache(maxsize=1)
def revoking_grounds() -> Mapping[str, RevokingGround]:
    """Give all grounds by id, in the order of the file."""
    return read_revoking(folder("law") / "revoking.toml")


def revoking_ground(name: str, *, settled: bool) -> RevokingGround:
    """Give a ground that can be used before or after the settlement. Raises DecisionRefused, which names those that can."""
    fits = {one.id: one for one in _of(settled=settled)}
    if name not in fits:
        allowed = ", ".join(fits)
        raise refused("ground", f"Deze grond kan nu niet: {name}. Kies uit: {allowed}.",
                      f"This ground cannot be used now: {name}. Choose from: {allowed}.", "ground")  # fmt: skip
    return fits[name]


def to_withdraw(*, settled: bool) -> list[RevokingGround]:
    """Give the grounds on which an intent to withdraw or lower can rest, before or after the settlement."""
    return [one for one in _of(settled=settled) if one.intent]


def to_amend(*, open_day: bool) -> list[RevokingGround]:
    """Give the grounds on which a grant can be changed; `open_day`: it left the last day of the activities open."""
    return [one for one in _of(settled=False) if open_day or not one.names_day]


def _of(*, settled: bool) -> list[RevokingGround]:
    return [one for one in revoking_grounds().values() if one.settled == WHEN[settled]]


def _ground(part: Part) -> RevokingGround:
    found = RevokingGround(
        part.required("id", str), part.own_texts(), part.required("article", str), part.required("source", str),
        part.choice("settled", WHEN), part.required("revokes", bool), part.required("intent", bool),
        part.optional("names_day", bool, False),
    )  # fmt: skip
    part.finish()
    return found
