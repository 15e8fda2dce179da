"""What the words and letters of a query weigh, and what each occupation scores by them; see occupation_index.py."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from doorleren.register.words.analysis import Token
from doorleren.register.words.evidence import Evidence, Evidences
from doorleren.register.words.likeness import rarity
from doorleren.register.words.postings import PART, WHOLE, Postings

BY_WORDS, BY_TRIGRAMS, BY_DESCRIPTION, BY_GROUP = 0.43, 0.30, 0.12, 0.15
OF_PARTS = 0.95
"""What the parts of a compound are worth together, against the compound itself."""

DOUBT_ABOUT_A_GROUP = 2.0
"""Occupations added to a group, so that a group of two says little."""

STEMS_KEPT, WORDS_KEPT = 4096, 2048

Scores = defaultdict[int, float]
"""Place of an occupation → score."""

Groups = Mapping[str, float]
"""ISCO group → what each of its occupations scores for that."""


class Scoring:
    """Scores occupations for a query. All rarities are logarithms of (all / with it): the rarer, the more it says."""

    def __init__(self, postings: Postings, synonyms: dict[str, frozenset[str]]) -> None:
        """Prepare what every question needs."""
        self.postings = postings
        self.evidences = Evidences(postings, synonyms)
        self.rarity = lru_cache(maxsize=STEMS_KEPT)(self._rarity)
        self._word = lru_cache(maxsize=WORDS_KEPT)(self._word_of)
        self.group_shares = lru_cache(maxsize=STEMS_KEPT)(self._group_shares)
        self._groups = Counter(postings.iscos)
        self._most_times = max((max(times) for _, times in postings.in_descriptions.values()), default=0)

    def _rarity(self, stem: str) -> float:
        """Say how much a stem tells: by the number of occupations that have it in a label or description."""
        labels, _ = self.postings.in_labels.get(stem, ((), ()))
        described, _ = self.postings.in_descriptions.get(stem, ((), ()))
        return rarity(len(self.postings.ids), len(labels) if not described else len({*labels, *described}))

    def words(self, tokens: Sequence[Token]) -> Scores:
        """Give the evidence for each word, weighed by how much the word tells."""
        weighed = [self._word(token) for token in tokens]
        total = sum(weight for weight, _ in weighed) or 1.0
        scores: Scores = defaultdict(float)
        for weight, evidence in weighed:
            _add(scores, evidence, BY_WORDS * weight / total)
        return scores

    def _word_of(self, token: Token) -> tuple[float, Evidence]:
        """Give what a word weighs and its evidence: of the word itself or of its parts together, whichever is stronger."""
        whole, weight = self.evidences.of(token.stem), self.rarity(token.stem)
        if not token.parts:
            return weight, whole
        rarities = [self.rarity(part) for part in token.parts]
        total = sum(rarities)
        together: Scores = defaultdict(float)
        for part, rarity_of_it in zip(token.parts, rarities, strict=True):
            _add(together, self.evidences.of(part), OF_PARTS * rarity_of_it / total)
        for place, strength in whole.items():
            if strength > together[place]:
                together[place] = strength
        known = token.stem in self.postings.in_labels or token.stem in self.postings.in_descriptions
        return (min(weight, total) if known else total), together

    def descriptions_and_groups(self, scores: Scores, tokens: Sequence[Token]) -> Groups:
        """Add how much of the query descriptions say; give how common its words are in each ISCO group."""
        weights: dict[str, float] = {}
        for token in tokens:
            weights[token.stem] = WHOLE * self.rarity(token.stem)
            for part in token.parts:
                weights.setdefault(part, PART * self.rarity(part))
        total = sum(weights.values()) or 1.0
        groups: defaultdict[str, float] = defaultdict(float)
        for stem, weight in weights.items():
            share = BY_DESCRIPTION * weight / total
            worth = [share * times / (times + 1) for times in range(self._most_times + 1)]
            for place, times in zip(*self.postings.in_descriptions.get(stem, ((), ())), strict=True):
                scores[place] += worth[times]
            for isco, common in self.group_shares(stem):
                groups[isco] += BY_GROUP * weight / total * common
        return groups

    def _group_shares(self, stem: str) -> tuple[tuple[str, float], ...]:
        places, _ = self.postings.in_labels.get(stem, ((), ()))
        counts = Counter(self.postings.iscos[place] for place in places)
        return tuple((isco, times / (self._groups[isco] + DOUBT_ABOUT_A_GROUP)) for isco, times in counts.items())


def _add(scores: Scores, evidence: Evidence, share: float) -> None:
    """Add a share of some evidence."""
    if scores:
        for place, strength in evidence.items():
            scores[place] += share * strength
    else:
        scores.update({place: share * strength for place, strength in evidence.items()})
