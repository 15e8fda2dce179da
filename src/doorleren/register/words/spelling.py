"""Words that are spelt alike, by their letter trigrams: for typos, and for families of words (geoloog, geologie).

The trigrams that two words share are counted for all words at once. Per trigram one large number has a bit for every
known word that has it; such numbers are added column by column, as one adds on paper, so that the count of a word stands
in its column: its lowest bit in the first sum, the next one in the second.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from operator import or_

from doorleren.register.words.forms import trigrams

LEAST_ALIKE = 0.45
MOST_WORDS = 12
WORDS_KEPT = 16_384

Bits = int
"""A bit for each known word, that of the first lowest."""


class Spelling:
    """Finds, among known words, those that are spelt like a given one. Likeness is Dice's, over trigrams: 0 to 1."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the known words."""
        self.known = list(known)
        self._sizes: list[int] = []
        columns: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(len(self.known) // 8 + 1))
        for place, word in enumerate(self.known):
            grams = trigrams(word)
            self._sizes.append(len(grams))
            for gram in grams:
                columns[gram][place >> 3] |= 1 << (place & 7)
        self._no_longer = _up_to(self._sizes)
        self._having: dict[str, Bits] = {gram: int.from_bytes(one, "little") for gram, one in columns.items()}
        self.near = lru_cache(maxsize=WORDS_KEPT)(self._near)

    def _near(self, word: str) -> tuple[tuple[float, str], ...]:
        """Give (likeness, known word), likest first, the word itself left out."""
        grams = trigrams(word)
        size, sizes, known = len(grams), self._sizes, self.known
        sums = _added([self._having[gram] for gram in grams if gram in self._having])
        enough = 0
        for times in range(1, min(size + 1, 1 << len(sums))):
            longest = ceil(2 * times / LEAST_ALIKE) - size  # that a word may be, by grams, which shares so many
            if longest >= times:
                enough |= _at_least(sums, times) & self._no_longer[min(longest, len(self._no_longer) - 1)]
        shared = ((place, _count(sums, place)) for place in _places(enough))
        alike = [
            (2 * times / (size + sizes[place]), known[place])
            for place, times in shared
            if 2 * times >= LEAST_ALIKE * (size + sizes[place])
        ]
        alike.sort(reverse=True)
        return tuple(one for one in alike if one[1] != word)[:MOST_WORDS]


def _up_to(sizes: Sequence[int]) -> list[Bits]:
    """Give by size the columns of the words that are no larger."""
    digits = [bytearray(b"0" * len(sizes)) for _ in range(max(sizes, default=0) + 1)]
    for place, size in enumerate(reversed(sizes)):
        digits[size][place] = ord("1")
    return list(accumulate((int(one or b"0", 2) for one in digits), or_))


def _added(every: Iterable[Bits]) -> list[Bits]:
    """Count per column how often its bit is set: the lowest bits of all counts, the next ones, and so on."""
    sums: list[Bits] = []
    for carried in every:
        for place, one in enumerate(sums):
            sums[place], carried = one ^ carried, one & carried
            if not carried:
                break
        else:
            sums.append(carried)
    return sums


def _at_least(sums: Sequence[Bits], least: int) -> Bits:
    """Give the columns whose count is `least` (1 or more) or higher."""
    more, same = 0, -1
    for place in reversed(range(len(sums))):
        if least >> place & 1:
            same &= sums[place]
        else:
            more |= same & sums[place]
            same &= ~sums[place]
    return more | same


def _places(bits: Bits) -> Iterator[int]:
    """Give the columns whose bit is set, in order."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def _count(sums: Sequence[Bits], place: int) -> int:
    times = 0
    for power, one in enumerate(sums):
        times |= (one >> place & 1) << power
    return times
