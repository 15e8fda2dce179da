"""The words of titles and occupations, and which of them somebody may have meant who typed another.

One letter wrong is found by leaving letters out on both sides (short words) or by shared trigrams (long words). Then
come longer words that begin or end so, spelt right or nearly so: whoever types "heftruk" finds "heftruckchauffeur", also
where nobody taught the index how that is cut. Words that look alike by trigrams come last.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from heapq import nlargest
from math import log

from doorleren.register.words.forms import trigrams

SHORTEST, SHORT = 3, 12
TWO_WRONG_FROM = 8
ONE_WRONG, TWO_WRONG, IN_A_COMPOUND = 0.9, 0.7, 0.65
LEAST_ALIKE = 0.5
MOST = 6
SHARING = 40
"""Words that share the most trigrams, and are looked at."""

BEGINNING = 3
"""Letters with which a word that is merely alike begins: of "stratenmaker" and "fietsenmaker" only the end is the same."""

LONGER = 3
"""Letters that a compound has more, at least, than the part that is looked for."""

WRONG_IN_A_PART = ((10, 2), (6, 1), (4, 0))
"""Letters that may be wrong in a part of a compound, by how many it has at least."""


class Vocabulary:
    """The known words with how many activities have them."""

    def __init__(self, known: Mapping[str, int]) -> None:
        """Lay out the words; costs some ten microseconds per word."""
        self.known = known
        self._sorted = sorted(known)
        self._without: dict[str, list[str]] = defaultdict(list)
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._sorted):
            for gram in trigrams(word):
                self._having[gram].append(place)
            if SHORTEST <= len(word) <= SHORT:
                for shorter in without_one(word):
                    self._without[shorter].append(word)
        self.near = lru_cache(maxsize=20_000)(self._near)

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Give the words that may have been meant, the likeliest first, each with how like it is (0 to 1)."""
        if len(word) < SHORTEST:
            return ()
        found = dict.fromkeys(self._one_wrong(word), ONE_WRONG)
        sharing = self._sharing(word) if len(found) < MOST else []
        alike = self._alike(word, sharing)
        allowed = 2 if len(word) >= TWO_WRONG_FROM else 1
        for other, like in alike.items():
            if other != word and other not in found:
                wrong = distance(word, other, allowed)
                if wrong <= allowed:
                    found[other] = ONE_WRONG if wrong == 1 else TWO_WRONG
                elif other[:BEGINNING] == word[:BEGINNING]:
                    found[other] = 0.6 * like
        if not any(like >= TWO_WRONG for like in found.values()):
            found |= dict.fromkeys(self._compounds(word, sharing), IN_A_COMPOUND)
        sure = (ONE_WRONG, TWO_WRONG, IN_A_COMPOUND)
        least = next((limit for limit in sure if any(like >= limit for like in found.values())), 0.0)
        found = {other: like for other, like in found.items() if like >= least}
        return tuple(nlargest(MOST, found.items(), key=lambda pair: (pair[1], self.known[pair[0]], pair[0])))

    def beginning(self, start: str, most: int = 10) -> list[str]:
        """Give the words that begin so, those of most activities first."""
        first = bisect_left(self._sorted, start)
        last = bisect_left(self._sorted, start + "\U0010ffff")
        return nlargest(most, self._sorted[first:last], key=lambda word: (self.known[word], word))

    def _one_wrong(self, word: str) -> set[str]:
        candidates = set(self._without.get(word, ()))
        for shorter in without_one(word):
            candidates.update(self._without.get(shorter, ()))
            if shorter in self.known:
                candidates.add(shorter)
        candidates.discard(word)
        return {other for other in candidates if distance(word, other, 1) <= 1}

    def _sharing(self, word: str) -> list[tuple[str, float]]:
        """Give the words that share the rarest trigrams, with the weight of what they share."""
        shared: defaultdict[int, float] = defaultdict(float)
        for gram in trigrams(word):
            weight = self._rarity(gram)
            for place in self._having.get(gram, ()):
                shared[place] += weight
        most = nlargest(SHARING, shared.items(), key=lambda pair: (pair[1], -pair[0]))
        return [(self._sorted[place], weight) for place, weight in most]

    def _compounds(self, word: str, sharing: list[tuple[str, float]]) -> list[str]:
        """Give the longer words that begin or end with the word, with no more letters wrong than its length allows."""
        most = next((wrong for letters, wrong in WRONG_IN_A_PART if len(word) >= letters), None)
        if most is None:
            return []
        lengths = range(len(word) - most, len(word) + most + 1)
        return [
            other
            for other, _ in sharing
            if len(other) >= len(word) + LONGER
            and any(distance(word, part, most) <= most for size in lengths for part in (other[:size], other[-size:]))
        ]

    def _alike(self, word: str, sharing: list[tuple[str, float]]) -> dict[str, float]:
        """Give words that share rare trigrams: twice the weight of what is shared, over the weight of both."""
        own = sum(map(self._rarity, trigrams(word)))
        found = {}
        for other, weight in sharing:
            like = 2 * weight / (own + sum(map(self._rarity, trigrams(other))))
            if like >= LEAST_ALIKE:
                found[other] = like
        return found

    def _rarity(self, gram: str) -> float:
        return log((len(self._sorted) + 1) / (1 + len(self._having.get(gram, ()))))


def without_one(word: str) -> set[str]:
    """Give the word with each one of its letters left out."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to add, leave out, replace or swap with a neighbour; more than `most` is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for there, letter_there in enumerate(other, 1):
            cost = min(before[there] + 1, row[there - 1] + 1, before[there - 1] + (letter != letter_there))
            if place > 1 and there > 1 and letter == other[there - 2] and one[place - 2] == letter_there:
                cost = min(cost, earlier[there - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
