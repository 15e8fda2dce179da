"""The grounds of refusal: `law/refusals.toml`, read once."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from doorleren.decisions.refusing import refused
from doorleren.decisions.rules import Ground
from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

GIVEN = ("", "conditions", "ceiling", "repeat")


def read_grounds(path: Path) -> Mapping[str, Ground]:
    """Read the file. Raises SchemeFault, which names the place, what was given and what is allowed."""
    whole = part_of(path)
    found = [_ground(one) for one in whole.parts("ground")]
    whole.finish()
    return {one.id: one for one in found}


@lru_cache(maxsize=1)
def grounds() -> Mapping[str, Ground]:
    """Give all grounds by id, in the order of the file."""
    return read_grounds(folder("law") / "refusals.toml")


def ground_of(name: str) -> Ground:
    """Give a ground. Raises DecisionRefused, which names those that there are."""
    if name not in grounds():
        allowed = ", ".join(grounds())
        raise refused("ground", f"Deze grond bestaat niet: {name}. Kies uit: {allowed}.",
                      f"There is no such ground: {name}. Choose from: {allowed}.", "ground")  # fmt: skip
    return grounds()[name]


def _ground(part: Part) -> Ground:
    found = Ground(
        part.required("id", str), part.own_texts(), part.required("article", str), part.required("source", str),
        part.choice("given", GIVEN, ""), part.optional("intent", bool, False), part.optional("words", bool, False),
    )  # fmt: skip
    part.finish()
    return found
