"""The index of occupations: which occupations a Dutch name or search word names, best first.

Four things are weighed: evidence per word (evidence.py), letter trigrams of whole labels, what descriptions say, and
which ISCO groups use the words (scoring.py). The weights were learned from labels that the index had not seen; see
bench/occupations.py, which also says what each means adds.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from doorleren.register.reference.entries import Occupation
from doorleren.register.words.analysis import analyse
from doorleren.register.words.building import postings_of
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import fold
from doorleren.register.words.likeness import Alike, Likeness
from doorleren.register.words.postings import Postings
from doorleren.register.words.scoring import BY_TRIGRAMS, Groups, Scores, Scoring
from doorleren.register.words.synonyms import own_synonyms

EXACT_NAME, PREFERRED_NAME = 1.0, 0.1
"""Added for the very name, more if it is the preferred one, so that nothing else comes before it."""


SOMEWHAT_ALIKE = 0.1
"""Most labels are less alike than this, so that few need to be looked at; any share gives the same answers."""

ROUNDING = 1e-9
"""Sums in another order differ by less."""

Ranked = tuple[float, int, int | None]
"""A score, negative so that the best comes first; the place of the occupation; the place of its likest label."""


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is answered: what words and descriptions say by occupation, groups, letters, and the very names."""

    scores: Scores
    groups: Groups
    alike: Alike
    exact: Mapping[int, int]


class OccupationIndex:
    """Finds occupations by name. Made once (`build`), opened often (`open`), safe to ask from several threads."""

    def __init__(self, postings: Postings) -> None:
        """Prepare what every question needs."""
        self.postings = postings
        self.splitter = Splitter(postings.counts)
        self._likeness = Likeness(postings)
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
        tokens = analyse(name, self.splitter)
        scores = self._scoring.words(tokens)
        groups = self._scoring.descriptions_and_groups(scores, tokens)
        exact = {self.postings.owners[label]: label for label in reversed(self._named.get(fold(name), ()))}
        asked = _Asked(scores, groups, self._likeness.to(name), exact)
        return [
            self._match(place, -negative, exact.get(place, label), place in exact)
            for negative, place, label in self._best(asked, limit)
        ]

    def _best(self, asked: "_Asked", limit: int) -> list[Ranked]:
        """Give the best, of which letters and groups are looked at only where they can still change something.

        What is somewhat alike is looked at first, and shows what must be reached at least; of the rest only those that
        may still reach it with less likeness than that: by their words, or, where little is reached, by letters alone.
        """
        scores, groups, iscos = asked.scores, asked.groups, self.postings.iscos
        most_of_a_group = max(groups.values(), default=0.0)
        among = asked.alike.owners(SOMEWHAT_ALIKE).union(asked.exact)
        if len(among) < limit:
            among.update(heapq.nlargest(limit, scores, key=scores.__getitem__))
        ranked = list(self._ranked(asked, among))
        needed = _least(ranked, limit) - ROUNDING
        by_words = needed - BY_TRIGRAMS * SOMEWHAT_ALIKE
        near = [place for place, score in scores.items() if score >= by_words - most_of_a_group]
        others = {place for place in near if scores[place] + groups.get(iscos[place], 0.0) >= by_words}
        if by_words <= most_of_a_group:
            others |= asked.alike.owners((needed - most_of_a_group) / BY_TRIGRAMS)
        ranked += self._ranked(asked, others - among)
        return sorted(ranked)[:limit]

    def _ranked(self, asked: "_Asked", places: Iterable[int]) -> Iterator[Ranked]:
        """Give what occupations score by everything, negative, and which label of each is the likest."""
        scores, groups, exact, best, iscos = (
            asked.scores,
            asked.groups,
            asked.exact,
            asked.alike.best,
            self.postings.iscos,
        )
        for place in places:
            likeness, label = best(place)
            score = scores.get(place, 0.0) + BY_TRIGRAMS * likeness + groups.get(iscos[place], 0.0)
            if place in exact:
                score += EXACT_NAME + PREFERRED_NAME * (exact[place] == self._preferred[place])
            yield -score, place, label

    def _match(self, place: int, score: float, label: int | None, exact: bool) -> Match:
        names = self.postings.labels
        because = names[label] if label is not None else ""
        return Match(self.postings.ids[place], names[self._preferred[place]], score, because, exact)


def _least(ranked: Sequence[Ranked], limit: int) -> float:
    """Give the score that is certainly reached by so many; 0 where there are fewer."""
    return -sorted(ranked)[limit - 1][0] if 0 < limit <= len(ranked) else 0.0
