"""The index of occupations: which occupations a Dutch name or search word names, best first.

Four things are weighed: evidence per word (evidence.py), letter trigrams of whole labels, what descriptions say, and
which ISCO groups use the words (scoring.py). The weights were learned from labels that the index had not seen; see
bench/occupations.py, which also says what each means adds.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from doorleren.register.reference.entries import Occupation
from doorleren.register.words.analysis import analyse
from doorleren.register.words.building import postings_of
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import fold
from doorleren.register.words.postings import Postings
from doorleren.register.words.scoring import BY_TRIGRAMS, Scores, Scoring
from doorleren.register.words.synonyms import own_synonyms

EXACT_NAME, PREFERRED_NAME = 1.0, 0.1
"""Added for the very name, more if it is the preferred one, so that nothing else comes before it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An occupation that a name may mean: its ESCO id, preferred label, score (higher is better), and why.

    `because` is the one of its names that is spelt most like what was asked; empty where only words and descriptions
    speak for it. `exact` says that it is that very name.
    """

    id: str
    label: str
    score: float
    because: str
    exact: bool


class OccupationIndex:
    """Finds occupations by name. Made once (`build`), opened often (`open`), safe to ask from several threads."""

    def __init__(self, postings: Postings) -> None:
        """Prepare what every question needs."""
        self.postings = postings
        self.splitter = Splitter(postings.counts)
        self._scoring = Scoring(postings, own_synonyms().by_stem())
        self._preferred: dict[int, int] = {}
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for label, (text, owner) in enumerate(zip(postings.labels, postings.owners, strict=True)):
            self._preferred.setdefault(owner, label)
            self._named[fold(text)].append(label)

    @classmethod
    def build(cls, occupations: Iterable[Occupation], folder: Path) -> "OccupationIndex":
        """Make the index and write it in a folder, in one step: who reads meanwhile reads the old one."""
        postings = postings_of(tuple(occupations), own_synonyms())
        postings.write(folder)
        return cls(postings)

    @classmethod
    def open(cls, folder: Path) -> "OccupationIndex":
        """Open what `build` wrote. Raises UnusableIndex."""
        return cls(Postings.read(folder))

    def find(self, name: str, limit: int = 10) -> list[Match]:
        """Give the occupations that a name may mean, best first; empty where no word or run of letters is known."""
        scores: Scores = defaultdict(float)
        tokens = analyse(name, self.splitter)
        self._scoring.words(scores, tokens)
        alike = self._scoring.alike(name)
        for owner, (likeness, _) in alike.items():
            scores[owner] += BY_TRIGRAMS * likeness
        self._scoring.descriptions_and_groups(scores, tokens)
        exact = {self.postings.owners[label]: label for label in reversed(self._named.get(fold(name), ()))}
        for owner, label in exact.items():
            scores[owner] += EXACT_NAME + PREFERRED_NAME * (label == self._preferred[owner])
        best = heapq.nsmallest(limit, ((-score, place) for place, score in scores.items()))
        return [
            self._match(place, -negative, exact.get(place, alike.get(place, (0.0, None))[1]), place in exact)
            for negative, place in best
        ]

    def _match(self, place: int, score: float, label: int | None, exact: bool) -> Match:
        names = self.postings.labels
        because = names[label] if label is not None else ""
        return Match(self.postings.ids[place], names[self._preferred[place]], score, because, exact)
