"""How alike a name and the labels of occupations are, by their letter trigrams: cosine, weighed by rarity."""

import math
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from doorleren.register.words.postings import Postings, label_trigrams

RARE = 0.5

Label = tuple[float, int | None]
"""How alike a label is, 0 to 1, and its place; (0, None) where no label shares anything."""


class Likeness:
    """Compares names with all labels; prepared once."""

    def __init__(self, postings: Postings) -> None:
        """Work out how rare each trigram is, and how long each label by those."""
        self.labels_of: defaultdict[int, list[int]] = defaultdict(list)
        for label, owner in enumerate(postings.owners):
            self.labels_of[owner].append(label)
        self.owners, self.lengths = postings.owners, _lengths(postings)
        self._places = postings.in_trigrams
        self._squares = {gram: rarity(len(self.owners), len(at)) ** 2 for gram, at in self._places.items()}
        self._unknown = rarity(len(self.owners), 0) ** 2
        self._nothing = [0.0] * len(self.owners)

    def to(self, name: str) -> "Alike":
        """Compare a name with every label. The trigrams are added in the order of their letters, the same each time."""
        shared, found, length = self._nothing.copy(), [], 0.0
        for gram in sorted(label_trigrams(name)):
            square = self._squares.get(gram, self._unknown)
            length += square
            if gram in self._places:
                found.append(self._places[gram])
                for label in found[-1]:
                    shared[label] += square
        return Alike(self, shared, set[int]().union(*found), math.sqrt(length))


@dataclass(frozen=True, slots=True)
class Alike:
    """What labels share with one name: the sum of the squares of their trigrams, by label.

    `some` are the labels that share any; `length` is that of the name.
    """

    every: Likeness
    shared: Sequence[float]
    some: AbstractSet[int]
    length: float

    def best(self, owner: int) -> Label:
        """Give the likest of the labels of an occupation, the first of equals."""
        best, which, shared, lengths, length = 0.0, None, self.shared, self.every.lengths, self.length
        for label in self.every.labels_of[owner]:
            if shared[label]:
                likeness = shared[label] / (lengths[label] * length)
                if likeness > best:
                    best, which = likeness, label
        return best, which

    def owners(self, least: float) -> set[int]:
        """Give the occupations with a label that is alike, at least so much."""
        owners, lengths, shared, needed = self.every.owners, self.every.lengths, self.shared, least * self.length
        return {owners[label] for label in self.some if shared[label] >= needed * lengths[label]}


def rarity(every: int, those: int) -> float:
    """Say how much it tells that something is among `those` of all."""
    return math.log(1 + every / (those + RARE))


def _lengths(postings: Postings) -> Sequence[float]:
    squares = [0.0] * len(postings.labels)
    for labels in postings.in_trigrams.values():
        square = rarity(len(postings.labels), len(labels)) ** 2
        for label in labels:
            squares[label] += square
    return [math.sqrt(square) for square in squares]
