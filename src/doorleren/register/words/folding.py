"""Text as the search sees it: small letters without accents, cut into words. Everything else in this package begins here."""

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+[+#]*")
OPTIONAL_LETTERS = re.compile(r"(?<=\w)\(\w{1,4}\)(?=\w)|(?<=\w)\(-?\w{1,4}\)")
"""Letters in brackets inside or behind a word: "huishoud(st)er", "kapper(s)"."""

EMPTY_WORDS = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "van",
        "voor",
        "in",
        "op",
        "met",
        "bij",
        "aan",
        "te",
        "ten",
        "ter",
        "tot",
        "uit",
        "door",
        "om",
        "der",
        "den",
        "des",
        "s",
        "the",
        "and",
    ]
)
"""Words that say nothing about an occupation or a course."""


def fold(text: str) -> str:
    """Give the text in small letters, without accents; letters in brackets inside a word are left out."""
    plain = unicodedata.normalize("NFKD", OPTIONAL_LETTERS.sub("", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Give the folded words of a text in order, the empty ones included ("c++" and "c#" are words)."""
    return WORD.findall(fold(text))


def telling_words(text: str) -> list[str]:
    """Give the folded words without the empty ones; all words where there are no others."""
    every = words(text)
    return [word for word in every if word not in EMPTY_WORDS] or every
