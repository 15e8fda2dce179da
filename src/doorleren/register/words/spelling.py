"""Words that are spelt alike, by their letter trigrams: for typos, and for families of words (geoloog, geologie)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from doorleren.register.words.forms import trigrams

LEAST_ALIKE = 0.45
MOST_WORDS = 12
WORDS_KEPT = 4096


class Spelling:
    """Finds, among known words, those that are spelt like a given one. Likeness is Dice's, over trigrams: 0 to 1."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the known words."""
        self.known = list(known)
        self._sizes: list[int] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.known):
            grams = trigrams(word)
            self._sizes.append(len(grams))
            for gram in grams:
                self._places[gram].append(place)
        self.near = lru_cache(maxsize=WORDS_KEPT)(self._near)

    def _near(self, word: str) -> tuple[tuple[float, str], ...]:
        """Give (likeness, known word), likest first, the word itself left out."""
        grams, shared = trigrams(word), Counter[int]()
        for gram in grams:
            shared.update(self._places.get(gram, ()))
        size, sizes, known = len(grams), self._sizes, self.known
        alike = [
            (2 * times / (size + sizes[place]), known[place])
            for place, times in shared.items()
            if 2 * times >= LEAST_ALIKE * (size + sizes[place])
        ]
        alike.sort(reverse=True)
        return tuple(one for one in alike if one[1] != word)[:MOST_WORDS]
