"""How much says of an occupation that a word of the query is about it: the same word, a synonym, a word spelt alike.

The strongest evidence counts, not the sum. Strengths are shares of that of the word itself (1.0); they were set by
measuring (bench/occupations.py) and no single one matters much.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from doorleren.register.words.postings import PART, Postings
from doorleren.register.words.spelling import Spelling

Evidence = dict[int, float]
"""Place of an occupation → strength, 0 to 1."""

OF_A_PART = 0.9
OF_A_SYNONYM = 0.8
OF_A_DESCRIPTION, MORE_IN_A_DESCRIPTION = 0.3, 0.4
OF_LIKE_SPELLING = 0.8
OF_A_RELATED_WORD, MOST_OF_A_RELATED_WORD = 1.5, 0.6
LEAST_ALIKE_IN_A_DESCRIPTION = 0.5
STEMS_KEPT = 4096


class Evidences:
    """Gives the evidence of a stem for every occupation, and keeps what it gave last."""

    def __init__(self, postings: Postings, synonyms: Mapping[str, frozenset[str]]) -> None:
        """Take the postings, and our own synonyms by stem."""
        self.postings, self.synonyms = postings, synonyms
        only_described = (stem for stem in postings.in_descriptions if stem not in postings.in_labels)
        self.in_labels = Spelling(postings.in_labels)
        self.in_descriptions = Spelling(only_described)
        self.of = lru_cache(maxsize=STEMS_KEPT)(self._of)

    def _of(self, stem: str) -> Evidence:
        found: Evidence = defaultdict(float)
        self._labels(found, stem, 1.0)
        self._descriptions(found, stem, 1.0)
        for other in self.synonyms.get(stem, ()):
            self._labels(found, other, OF_A_SYNONYM)
            self._descriptions(found, other, OF_A_SYNONYM)
        for alike, other in self.in_labels.near(stem):
            self._labels(found, other, alike * OF_LIKE_SPELLING)
        for alike, other in self.in_descriptions.near(stem):
            if alike >= LEAST_ALIKE_IN_A_DESCRIPTION:
                self._descriptions(found, other, alike * OF_LIKE_SPELLING)
        for share, other in self.postings.related.get(stem, ()):
            self._labels(found, other, min(share * OF_A_RELATED_WORD, MOST_OF_A_RELATED_WORD))
        return dict(found)

    def _labels(self, found: Evidence, stem: str, strength: float) -> None:
        part = strength * OF_A_PART
        for place, how in zip(*self.postings.in_labels.get(stem, ((), ())), strict=True):
            new = part if how == PART else strength
            if new > found[place]:
                found[place] = new

    def _descriptions(self, found: Evidence, stem: str, strength: float) -> None:
        for place, times in zip(*self.postings.in_descriptions.get(stem, ((), ())), strict=True):
            new = strength * (OF_A_DESCRIPTION + MORE_IN_A_DESCRIPTION * times / (times + 1))
            if new > found[place]:
                found[place] = new
