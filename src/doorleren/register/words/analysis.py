"""What is known of each word of a text: the word folded, its stem, the stems of its parts.

Labels and descriptions of occupations and what is asked about them go through here alike.
"""

from dataclasses import dataclass

from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import telling_words
from doorleren.register.words.forms import stem


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text. `parts` are the stems of a compound's parts, empty where the word is none."""

    text: str
    stem: str
    parts: tuple[str, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """Give all stems by which the word can be found: its own, and those of its parts."""
        return (self.stem, *self.parts)


def analyse(text: str, splitter: Splitter) -> tuple[Token, ...]:
    """Give the telling words of a text in order (see folding.EMPTY_WORDS), compounds cut by what the splitter knows."""
    return tuple(_token(word, splitter) for word in telling_words(text))


def _token(word: str, splitter: Splitter) -> Token:
    own, parts = stem(word), splitter.parts(word)
    stems = tuple(dict.fromkeys(stem(part) for part in parts)) if len(parts) > 1 else ()
    return Token(word, own, tuple(one for one in stems if one != own))
