"""What the assumptions of the files say in Dutch: the files of schemes and law give them in English, as their ids and comments are.

The Dutch stands beside them, by the English text: `[assumption]` of schemes/words.toml and of law/words.toml. A folder of one's own
has none, and its assumptions are shown as they were written.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from doorleren.shipped import folder

BESIDE = ("schemes", "law")


@cache
def in_dutch() -> Mapping[str, str]:
    """Give the Dutch of each English text that has it."""
    found: dict[str, str] = {}
    for name in BESIDE:
        path = folder(name) / "words.toml"
        found |= tomllib.loads(path.read_text("utf-8")).get("assumption", {}) if path.exists() else {}
    return found
