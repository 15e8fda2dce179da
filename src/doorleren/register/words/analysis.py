"""What is known of each word of a text: the word folded, its stem, the stems of its parts, its letter trigrams.

The occupations and the index of training activities take their words from here, so that a word means the same in both.
"""

from dataclasses import dataclass
from functools import cache

from doorleren.register.words.compounds import Splitter, may_be_part
from doorleren.register.words.folding import telling_words
from doorleren.register.words.forms import stem, trigrams
from doorleren.register.words.synonyms import own_synonyms


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text. `parts` are the stems of a compound's parts, empty where the word is none."""

    text: str
    stem: str
    parts: tuple[str, ...]
    trigrams: frozenset[str]

    @property
    def stems(self) -> tuple[str, ...]:
        """Give all stems by which the word can be found: its own, and those of its parts."""
        return (self.stem, *self.parts)


def analyse(text: str, splitter: Splitter | None = None) -> tuple[Token, ...]:
    """Give the telling words of a text in order (see folding.EMPTY_WORDS).

    The splitter of an `OccupationIndex` knows the words of the reference data; without one, compounds are cut by the
    words of our own synonyms alone.
    """
    cutter = splitter or own_splitter()
    return tuple(_token(word, cutter) for word in telling_words(text))


def _token(word: str, splitter: Splitter) -> Token:
    own, parts = stem(word), splitter.parts(word)
    stems = tuple(dict.fromkeys(stem(part) for part in parts)) if len(parts) > 1 else ()
    return Token(word, own, tuple(one for one in stems if one != own), trigrams(word))


@cache
def own_splitter() -> Splitter:
    """Give the splitter that knows only the words of our own synonyms; works without any import."""
    known = own_synonyms().own_words()
    return Splitter.of([word] for word in known if may_be_part(word))
