"""Words as the register spells them: for a query that finds nothing, and told beside results that are there by likeness."""

from collections.abc import Collection, Iterator, Sequence

from doorleren.register.search.asking import ALIKE, SPELLING, Hit, Query, Understood
from doorleren.register.search.vocabulary import TWO_WRONG
from doorleren.register.search.wording import Reading, Word, Wording

MOST_SPELLINGS = 2
MOST_TOLD = 3

Mended = tuple[str, tuple[Understood, ...]]
"""A text with its words spelt as the register knows them, and which words those are."""


def spelt(reading: Reading, query: Query) -> Iterator[Mended]:
    """Give the text of a query with every word that nothing has in its nearest spelling, the likeliest first.

    Only misspelt words are mended, by one letter or, if they are long, two: a word that merely looks like another is left.
    """
    words = reading.read(query.text, query.match, query.literal).words
    near = [_spellings(reading, word, query.literal) for word in words]
    for place in range(min(MOST_SPELLINGS, max(map(len, near), default=0))):
        chosen = [others[min(place, len(others) - 1)] if others else "" for others in near]
        told = tuple(
            Understood(word.typed, SPELLING, other) for word, other in zip(words, chosen, strict=True) if other
        )
        text = " ".join(other or word.typed for word, other in zip(words, chosen, strict=True))
        yield f"{text} ", told


def _spellings(reading: Reading, word: Word, literal: Collection[str]) -> list[str]:
    if word.known or word.typed in literal:
        return []
    return [other for other, like in reading.vocabulary.near(word.typed) if like >= TWO_WRONG]


def guessed(wording: Wording, hits: Sequence[Hit]) -> tuple[Understood, ...]:
    """Say which words nothing has, though results are shown for them: those of `hits` that are like it in spelling.

    They are SPELLING where the word was misspelt, ALIKE where what is found only resembles it.
    """
    unknown = [word for word in wording.words if not word.known and word.likes]
    if not unknown:
        return ()
    why = {reason for hit in hits for reason in hit.because}
    return tuple(told for word in unknown for told in _guess(word, why))


def _guess(word: Word, why: Collection[tuple[str, str]]) -> Iterator[Understood]:
    for kind, facet in (("typo", SPELLING), ("alike", ALIKE)):
        likes = [like for like in word.likes if (kind, f"{word.typed} > {like.word}") in why]
        if likes:
            best = sorted(likes, key=lambda like: -like.weight)[:MOST_TOLD]
            yield Understood(word.typed, facet, ", ".join(like.word for like in best))
            return
