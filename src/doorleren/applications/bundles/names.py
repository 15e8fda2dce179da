"""How alike two names are, however they were written down. Pure."""

import re
from difflib import SequenceMatcher

from doorleren.register.words.folding import fold

_WORD = re.compile(r"[a-z]+")
_PARTICLES = frozenset({"de", "den", "der", "van", "von", "vd", "het", "ten", "ter", "te", "el", "al", "la", "le"})


def telling(name: str) -> str:
    """Give what tells a name: its words in the order of the alphabet, without accents, particles and initials.

    Example: "Özlem van den Berg" and "Berg, Ozlem v.d." both give "berg ozlem".
    """
    found = [word for word in _WORD.findall(fold(name)) if word not in _PARTICLES]
    return " ".join(sorted(word for word in found if len(word) > 1) or sorted(found))


def likeness(first: str, second: str) -> float:
    """Say how alike two names are, from 0 to 1."""
    one, other = telling(first), telling(second)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0
