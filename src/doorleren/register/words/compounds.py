"""Compounds cut into the words they are made of: "automonteur" → "auto", "monteur".

The words that may be parts come from the reference data (how often each occurs) and from our own synonyms, so that
nothing needs to be downloaded. The best cut is the one whose parts are commonest; a part costs something in itself, so
few long parts win from many short ones.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from doorleren.register.words.folding import EMPTY_WORDS
from doorleren.register.words.forms import stem

LEAST_LETTERS, LEAST_PART, LEAST_UNKNOWN, LEAST_TAIL = 7, 3, 4, 5
LINKS = ("", "s", "en", "e", "n")
"""What stands between parts: "bedrijf-s-leider", "boek-en-winkel"."""

ENDINGS = frozenset(
    [
        "ste",
        "ing",
        "sch",
        "eer",
        "ers",
        "ist",
        "isch",
        "tje",
        "ling",
        "lijk",
        "heid",
        "baar",
        "zaam",
        "eren",
        "elen",
        "loos",
        "achtig",
        "ver",
        "ont",
        "her",
    ]
)
"""Endings and beginnings of words that are no parts of their own."""

LEAST_TIMES = {3: 4, 4: 2}
"""How often a short word must occur to count as a part; longer ones once."""

PRICE_OF_A_PART, PRICE_OF_A_LINK, MOST_PER_PART = 3.0, 0.3, 15.0
TIMES_OF_A_TAIL = 5
TIMES_OF_OUR_OWN = 2


class Splitter:
    """Cuts compounds with the words it was given. `counts`: stem → how often it occurs in the reference data."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take the stems and how often they occur."""
        self.counts = dict(counts)
        self.total = sum(self.counts.values()) or 1
        self._cut: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, texts_in_words: Iterable[Iterable[str]], own: Iterable[str] = ()) -> "Splitter":
        """Count the folded words of texts (each text a run of words), and add words of our own."""
        counts: Counter[str] = Counter()
        for text in texts_in_words:
            counts.update(stem(word) for word in text if may_be_part(word))
        counts.update({stem(word): TIMES_OF_OUR_OWN for word in own if may_be_part(word)})
        return cls(counts)

    def parts(self, word: str) -> tuple[str, ...]:
        """Give the parts of a folded word, as they are written in it; the word alone when it is no compound."""
        found = self._cut.get(word)
        if found is None:
            found = self._cut[word] = self._parts(word)
        return found

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) < LEAST_LETTERS or not word.isalpha():
            return (word,)
        cuts = self._cuts(word)
        if 0 in cuts:
            price, parts = cuts[0]
            return parts if price / len(parts) < MOST_PER_PART else (word,)
        tails = [
            (price, word[:start], parts) for start, (price, parts) in cuts.items() if self._tail(word, start, parts)
        ]
        if not tails:
            return (word,)
        _, unknown, parts = min(tails)
        return (unknown, *parts)

    def _tail(self, word: str, start: int, parts: tuple[str, ...]) -> bool:
        """Say whether a common last part justifies an unknown first one: "pigmenteer" + "machine"."""
        long_enough = start >= LEAST_UNKNOWN and len(word) - start >= LEAST_TAIL
        return long_enough and len(parts) in (1, 2) and self.counts.get(stem(parts[-1]), 0) >= TIMES_OF_A_TAIL

    def _cuts(self, word: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Give, for each place from which the rest of the word is known, the cheapest cut of that rest."""
        whole, end = stem(word), len(word)
        best: dict[int, tuple[float, tuple[str, ...]]] = {end: (0.0, ())}
        for start in range(end - LEAST_PART, -1, -1):
            for stop in range(start + LEAST_PART, end + 1):
                if stop not in best:
                    continue
                for link in LINKS if stop < end else ("",):
                    piece = word[start:stop]
                    if not piece.endswith(link):
                        continue
                    part = piece.removesuffix(link) if link else piece
                    price = self._price(part, whole)
                    if price is None:
                        continue
                    price += best[stop][0] + (PRICE_OF_A_LINK if link else 0.0)
                    if start not in best or price < best[start][0]:
                        best[start] = (price, (part, *best[stop][1]))
        del best[end]
        return best

    def _price(self, part: str, whole: str) -> float | None:
        """Give what a part costs, less the more often it occurs; None when it is no word, or the whole word itself."""
        if len(part) < LEAST_PART or part[0] == part[1]:
            return None
        known = stem(part)
        times = self.counts.get(known, 0)
        if known == whole or times < LEAST_TIMES.get(len(known), 1) or len(known) < LEAST_PART:
            return None
        return PRICE_OF_A_PART + math.log(self.total / times)


def may_be_part(word: str) -> bool:
    """Say whether a folded word can be a part of a compound."""
    return len(word) >= LEAST_PART and word.isalpha() and word not in ENDINGS and word not in EMPTY_WORDS
