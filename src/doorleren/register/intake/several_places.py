"""Several places in one cell: "Utrecht; Zwolle" is two. A comma or a word parts them only where each part is a Dutch place."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from doorleren.register.intake.texts import clean, is_untold
from doorleren.register.reference.place_names import PROVINCES, dutch_places, key_of

ONLINE = frozenset({"online", "op afstand", "digitaal", "e-learning", "internet", "thuis", "virtual", "remote"})
"""What some write where a place is asked for: no place, but a way of delivery."""

MOST = 50
"""Places of one row; a cell with more is kept as it stands."""

SHORTEST_OTHER_NAME = 7
"""Letters of a name that is not the place's own, such as "Den Haag"; a shorter one may be any word."""

LONGEST_CELL = 2_000

_SURE = re.compile(r"\s*[;|\n]\s*")
_PERHAPS = re.compile(r"\s*,\s*|\s+(?:en|and|et|und|of|or|&|\+|/)\s+|/")


@lru_cache(maxsize=8192)
def read_places(text: str, most: int) -> str | tuple[str, ...] | None:
    """Read a cell as one place, or as several, each once, without what says "online"; raises Misread.

    One text of at most `most` characters where nothing parts it for certain: "Haarlem, Noord-Holland" is one place.
    """
    parts = dict.fromkeys(_parts(clean(text, LONGEST_CELL)))
    found = tuple(one for one in parts if one.lower() not in ONLINE)
    if 1 < len(found) <= MOST and max(map(len, found)) <= most:
        return found
    whole = clean(found[0] if len(found) == 1 else text, most)
    return None if is_untold(whole) else whole


def _parts(text: str) -> Iterator[str]:
    for piece in filter(None, _SURE.split(text)):
        parts = [part.strip() for part in _PERHAPS.split(piece)]
        several = len(parts) > 1 and all(map(_is_place, parts)) and not _says_province(parts)
        yield from parts if several else (piece.strip(),)


def _is_place(name: str) -> bool:
    return name.lower() in ONLINE or key_of(name) in _places()


def _says_province(parts: list[str]) -> bool:
    """Whether the second of two says in which province the first lies: "Goes, Zeeland"; Zeeland is a village too."""
    return len(parts) == 2 and parts[1] in _places().get(key_of(parts[0]), ())


@cache
def _places() -> dict[str, frozenset[str]]:
    """Give the names of Dutch places with their provinces; some seconds, the first time that a cell may hold several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in dutch_places():
        found[one.key].update(name for name in PROVINCES.values() if one.own and one.label.endswith(f"({name})"))
    return {
        key: frozenset(provinces) for key, provinces in found.items() if provinces or len(key) >= SHORTEST_OTHER_NAME
    }
