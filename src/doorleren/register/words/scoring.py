"""What the words and letters of a query weigh, and what each occupation scores by them; see occupation_index.py."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from doorleren.register.words.analysis import Token
from doorleren.register.words.evidence import Evidence, Evidences
from doorleren.register.words.postings import PART, WHOLE, Postings, label_trigrams

BY_WORDS, BY_TRIGRAMS, BY_DESCRIPTION, BY_GROUP = 0.43, 0.30, 0.12, 0.15
OF_PARTS = 0.95
"""What the parts of a compound are worth together, against the compound itself."""

DOUBT_ABOUT_A_GROUP = 2.0
"""Occupations added to a group, so that a group of two says little."""

RARE = 0.5
STEMS_KEPT = 4096

Scores = defaultdict[int, float]
"""Place of an occupation → score."""

Alike = dict[int, tuple[float, int]]
"""Place of an occupation → (likeness of the likest of its labels, 0 to 1; place of that label)."""


class Scoring:
    """Scores every occupation for a query. All rarities are logarithms of (all / with it): the rarer, the more it says."""

    def __init__(self, postings: Postings, synonyms: dict[str, frozenset[str]]) -> None:
        """Prepare what every question needs."""
        self.postings = postings
        self.evidences = Evidences(postings, synonyms)
        self.group_shares = lru_cache(maxsize=STEMS_KEPT)(self._group_shares)
        self._groups = Counter(postings.iscos)
        self._unknown = _rarity(len(postings.ids), 0)
        self._unknown_gram = _rarity(len(postings.labels), 0)
        self._grams = {gram: _rarity(len(postings.labels), len(at)) for gram, at in postings.in_trigrams.items()}
        self._lengths = self._label_lengths()

    def rarity(self, stem: str) -> float:
        """Say how much a stem tells: by the number of occupations that have it in a label or description."""
        labels, _ = self.postings.in_labels.get(stem, ((), ()))
        described, _ = self.postings.in_descriptions.get(stem, ((), ()))
        times = len(labels) if not described else len({*labels, *described})
        return _rarity(len(self.postings.ids), times) if times else self._unknown

    def words(self, scores: Scores, tokens: Sequence[Token]) -> None:
        """Add the evidence for each word, weighed by how much the word tells."""
        weighed = [self._word(token) for token in tokens]
        total = sum(weight for weight, _ in weighed) or 1.0
        for weight, evidence in weighed:
            share = BY_WORDS * weight / total
            for place, strength in evidence.items():
                scores[place] += share * strength

    def _word(self, token: Token) -> tuple[float, Evidence]:
        """Give what a word weighs and its evidence: of the word itself or of its parts together, whichever is stronger."""
        whole, weight = self.evidences.of(token.stem), self.rarity(token.stem)
        if not token.parts:
            return weight, whole
        rarities = [self.rarity(part) for part in token.parts]
        total = sum(rarities)
        together: Scores = defaultdict(float)
        for part, rarity in zip(token.parts, rarities, strict=True):
            share = OF_PARTS * rarity / total
            for place, strength in self.evidences.of(part).items():
                together[place] += share * strength
        for place, strength in whole.items():
            if strength > together[place]:
                together[place] = strength
        known = token.stem in self.postings.in_labels or token.stem in self.postings.in_descriptions
        return (min(weight, total) if known else total), together

    def descriptions_and_groups(self, scores: Scores, tokens: Sequence[Token]) -> None:
        """Add how much of the query descriptions say, and how common its words are in an occupation's ISCO group."""
        weights: dict[str, float] = {}
        for token in tokens:
            weights[token.stem] = WHOLE * self.rarity(token.stem)
            for part in token.parts:
                weights.setdefault(part, PART * self.rarity(part))
        total = sum(weights.values()) or 1.0
        groups: defaultdict[str, float] = defaultdict(float)
        for stem, weight in weights.items():
            share = BY_DESCRIPTION * weight / total
            for place, times in zip(*self.postings.in_descriptions.get(stem, ((), ())), strict=True):
                scores[place] += share * times / (times + 1)
            for isco, common in self.group_shares(stem):
                groups[isco] += BY_GROUP * weight / total * common
        for place in scores:
            isco = self.postings.iscos[place]
            if isco in groups:
                scores[place] += groups[isco]

    def _group_shares(self, stem: str) -> tuple[tuple[str, float], ...]:
        places, _ = self.postings.in_labels.get(stem, ((), ()))
        counts = Counter(self.postings.iscos[place] for place in places)
        return tuple((isco, times / (self._groups[isco] + DOUBT_ABOUT_A_GROUP)) for isco, times in counts.items())

    def alike(self, name: str) -> Alike:
        """Compare the name with every label by their trigrams (cosine, weighed by rarity)."""
        grams = label_trigrams(name)
        squares: defaultdict[int, float] = defaultdict(float)
        length = 0.0
        for gram in grams:
            square = self._grams.get(gram, self._unknown_gram) ** 2
            length += square
            for label in self.postings.in_trigrams.get(gram, ()):
                squares[label] += square
        best: Alike = {}
        owners, lengths, length = self.postings.owners, self._lengths, math.sqrt(length)
        for label, shared in squares.items():
            likeness, owner = shared / (lengths[label] * length), owners[label]
            if owner not in best or likeness > best[owner][0]:
                best[owner] = (likeness, label)
        return best

    def _label_lengths(self) -> list[float]:
        squares = [0.0] * len(self.postings.labels)
        for gram, labels in self.postings.in_trigrams.items():
            square = self._grams[gram] ** 2
            for label in labels:
                squares[label] += square
        return [math.sqrt(square) for square in squares]


def _rarity(every: int, those: int) -> float:
    return math.log(1 + every / (those + RARE))
