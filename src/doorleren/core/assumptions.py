"""What the assumptions of the files say in Dutch: the files of schemes and law give them in English, as their ids and comments are.

The Dutch stands beside them, by the English text: `[assumption]` of schemes/words.toml and of law/words.toml. A folder of one's own
has none, and its assumptions are shown as they were written. `[source]` gives other sources that say more than where they stand.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from doorleren.shipped import folder

BESIDE = ("schemes", "law")


@cache
def in_dutch() -> Mapping[str, str]:
    """Give the Dutch of each English text that has it."""
    return _told("assumption")


@cache
def sources_in_dutch() -> Mapping[str, str]:
    """Give the Dutch of each whole source that has it."""
    return _told("source")


def _told(what: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in BESIDE:
        path = folder(name) / "words.toml"
        found |= tomllib.loads(path.read_text("utf-8")).get(what, {}) if path.exists() else {}
    return found
