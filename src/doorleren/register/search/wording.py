"""From what a visitor types to a query: per word every form it is looked for in, and how much each form weighs."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, log

from tantivy import Occur, Query, Schema, Searcher

from doorleren.register.search.analysis import beside, parts_of, stem_of, words_of
from doorleren.register.search.fields import PARTS, SYNONYMS, TEXT, TITLE
from doorleren.register.search.vocabulary import IN_A_COMPOUND, ONE_WRONG, Vocabulary
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.synonyms import own_synonyms

WEIGHTS = {TITLE: 4.0, SYNONYMS: 3.0, PARTS: 1.2, TEXT: 0.8}
LIKE_WEIGHTS = {TITLE: 3.0, SYNONYMS: 2.5, PARTS: 0.8}
SYNONYM_LIKE, NAME_LIKE, PARTS_LIKE = 0.6, 0.6, 0.5
PREFIX_LIKE, PREFIX_BESIDE_TYPO = 0.85, 0.6
MOST_WORDS = 12
BROAD_SHARE, BROAD_LEAST = 0.2, 3
"""A word that more than one in five activities have narrows nothing: it counts for the order only."""

RARE_SHARE = 0.01
"""Words of our own list are asked for as well where a word is rarer than this; common words find enough."""


@dataclass(frozen=True, slots=True)
class Like:
    """A known word that is asked for instead of the one typed: kind is "typo", "part", "prefix", "alike" or "synonym"."""

    word: str
    stem: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, its stem, the stems of its parts, what it may mean, and whether half the register has it."""

    typed: str
    stem: str
    known: bool
    broad: bool
    parts: tuple[str, ...] = ()
    likes: tuple[Like, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What was typed, read with the words that the index knows."""

    words: tuple[Word, ...]
    match: str
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Other names of the occupation that was typed, from our own list, each with its stems."""

    @property
    def asked(self) -> tuple[Word, ...]:
        """Give the words of which a result must have enough; all if every word is broad."""
        if self.match != "most":
            return self.words
        return tuple(word for word in self.words if not word.broad) or self.words

    @property
    def needed(self) -> int:
        """Give how many of the asked words a result must have."""
        count = len(self.asked)
        if self.match == "any":
            return min(1, count)
        return count if self.match == "all" or count <= 2 else ceil(count * 2 / 3)


class Reading:
    """Reads words against one version of the index."""

    def __init__(self, searcher: Searcher, schema: Schema, vocabulary: Vocabulary, splitter: Splitter) -> None:
        """Keep what the words are looked up in."""
        self.searcher, self.schema, self.vocabulary, self.splitter = searcher, schema, vocabulary, splitter

    def read(self, text: str, match: str, literal: Collection[str] = ()) -> Wording:
        """Read a text; its words after the twelfth are left out. The `literal` words mean nothing that is merely like them."""
        words = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
        typing = text[-1:].isalnum()
        read = (
            self._word(word, last=typing and place == len(words) - 1, literal=word in literal)
            for place, word in enumerate(words)
        )
        names = tuple((name, tuple(map(stem_of, words_of(name)))) for name in own_synonyms().official(text))
        return Wording(tuple(read), match, names)

    def _word(self, typed: str, *, last: bool, literal: bool) -> Word:
        stem = stem_of(typed)
        having = self._having(stem)
        named = typed in self.vocabulary.known or any(
            self.searcher.doc_freq(field, stem) for field in (TITLE, SYNONYMS)
        )
        parts = parts_of(typed, self.splitter)
        parts = tuple(part for part in parts if not self._broad(part)) or parts
        likes = () if named or literal else self._likes(typed, last=last)
        if having:
            likes = tuple(like for like in likes if like.kind != "alike")
        if having < RARE_SHARE * self.searcher.num_docs:
            likes = (*self._synonyms(stem), *likes)
        return Word(typed, stem, having > 0, self._broad(stem), parts, likes)

    def has(self, stem: str) -> bool:
        """Say whether any activity has the stem anywhere."""
        return self._having(stem) > 0

    def _having(self, stem: str) -> int:
        return max(self.searcher.doc_freq(field, stem) for field in WEIGHTS)

    def _broad(self, stem: str) -> bool:
        return self._having(stem) > max(BROAD_LEAST, BROAD_SHARE * self.searcher.num_docs)

    def _synonyms(self, stem: str) -> tuple[Like, ...]:
        words = ((word, stem_of(word)) for word in beside().get(stem, ()))
        return tuple(Like(word, other, "synonym", SYNONYM_LIKE) for word, other in words if self._named(other))

    def _named(self, stem: str) -> bool:
        return any(self.searcher.doc_freq(field, stem) for field in (TITLE, SYNONYMS))

    def _likes(self, typed: str, *, last: bool) -> tuple[Like, ...]:
        found = [
            Like(word, stem_of(word), _kind(typed, word, weight), weight)
            for word, weight in self.vocabulary.near(typed)
        ]
        if last and len(typed) >= 3:
            weight = PREFIX_BESIDE_TYPO if found and found[0].weight >= ONE_WRONG else PREFIX_LIKE
            begun = self.vocabulary.beginning(typed)
            found = [*found, *(Like(word, stem_of(word), "prefix", weight) for word in begun)]
        best: dict[str, Like] = {}
        for like in found:
            if like.stem not in best or best[like.stem].weight < like.weight:
                best[like.stem] = like
        return tuple(best.values())

    def query(self, wording: Wording) -> Query | None:
        """Give the query for the words; None when there are none, so that everything matches."""
        if not wording.words:
            return None
        groups = [self._group(word) for word in wording.asked]
        if len(groups) == wording.needed:
            asked = groups[0] if len(groups) == 1 else Query.boolean_query([(Occur.Must, group) for group in groups])
        else:
            asked = Query.boolean_query([(Occur.Should, group) for group in groups], wording.needed)
        named = [self._all(stems) for _, stems in wording.names]
        if named:
            asked = self._either([asked, *(Query.boost_query(name, NAME_LIKE) for name in named)])
        more = [self._group(word) for word in wording.words if word not in wording.asked]
        if not more:
            return asked
        return Query.boolean_query([(Occur.Must, asked), *((Occur.Should, group) for group in more)])

    def _group(self, word: Word) -> Query:
        forms = self._terms(word.stem, WEIGHTS)
        if word.parts:
            forms.append(Query.boost_query(self._all(word.parts), PARTS_LIKE))
        if word.likes:
            forms.append(self._meant(word.likes))
        return self._either(forms)

    def _all(self, stems: tuple[str, ...]) -> Query:
        """Look for what has every one of the stems in its title, the names of its occupation or their parts."""
        return Query.boolean_query([(Occur.Must, self._either(self._terms(stem, LIKE_WEIGHTS))) for stem in stems])

    def _meant(self, likes: tuple[Like, ...]) -> Query:
        """Look for the words that may be meant. Each weighs by how like it is, not by how rare: rare is no likelier."""
        rarest = [self._rarity(like.stem) for like in likes]
        found = []
        for like, rarity in zip(likes, rarest, strict=True):
            even = like.weight * rarest[0] / rarity
            found.append(
                self._either(self._terms(like.stem, {field: even * one for field, one in LIKE_WEIGHTS.items()}))
            )
        return found[0] if len(found) == 1 else Query.disjunction_max_query(found, 0.0)

    def _rarity(self, stem: str) -> float:
        """Give the inverse document frequency of a stem as BM25 weighs it."""
        having = max(self.searcher.doc_freq(field, stem) for field in LIKE_WEIGHTS)
        return log(1 + (self.searcher.num_docs - having + 0.5) / (having + 0.5))

    def _terms(self, stem: str, weights: dict[str, float]) -> list[Query]:
        return [
            Query.boost_query(Query.term_query(self.schema, field, stem, "freq"), weight)
            for field, weight in weights.items()
            if self.searcher.doc_freq(field, stem)
        ]

    def _either(self, forms: list[Query]) -> Query:
        if not forms:
            return Query.empty_query()
        return forms[0] if len(forms) == 1 else Query.boolean_query([(Occur.Should, form) for form in forms])


def _kind(typed: str, word: str, weight: float) -> str:
    """Say how a known word came from the one typed: it begins or ends so, is that word misspelt, or looks like it."""
    return "part" if weight == IN_A_COMPOUND and typed in word else "typo" if weight >= IN_A_COMPOUND else "alike"
