"""One form for all forms of a Dutch word: she and he, one and many, doubled vowels and consonants.

The result need not be a word; what matters is that forms of one word meet and other words do not. The rules are those
of Dutch spelling, in our own words; lists are tried from the first to the last ending.
"""

from functools import lru_cache

VOWELS = "aeiouy"
LEAST_LETTERS = 4
LEAST_LETTERS_OF_A_PERSON = 6

HER_FORMS = (
    ("atrice", "ator"), ("itrice", "itor"), ("trice", "tor"), ("euse", "eur"), ("aresse", "aris"), ("loge", "loog"),
    ("nome", "noom"), ("grafe", "graaf"), ("sofe", "soof"), ("ica", "icus"), ("iste", "ist"), ("ente", "ent"),
    ("ante", "ant"), ("aute", "aut"), ("eute", "eut"), ("ate", "aat"), ("ale", "aal"), ("iere", "ier"),
    ("vrouw", "man"), ("aise", "ais"), ("ici", "icus"), ("aarster", "aar"), ("rster", "rder"),
)  # fmt: skip
"""Endings of names for women and the ending of the same name for anybody."""

NOT_HERS = ("meester", "minister", "register", "magister", "venster", "poster", "filter")
"""Words that end in -ster or -er without naming a woman."""


@lru_cache(maxsize=1 << 16)
def anybody(word: str) -> str:
    """Give the form that names anybody: "docente" → "docent", "verpleegster" → "verpleeger", "acteur" → "actor"."""
    if len(word) < LEAST_LETTERS_OF_A_PERSON or word.endswith(NOT_HERS):
        return word
    for hers, anyones in HER_FORMS:
        if word.endswith(hers):
            word = word.removesuffix(hers) + anyones
            break
    if word.endswith("ster"):
        return word.removesuffix("ster") + "er"
    return word.removesuffix("teur") + "tor" if word.endswith("teur") else word


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give one form for one and many, for her and him: "leraren", "leraar" → "lerar"; numbers stay as they are."""
    if len(word) < LEAST_LETTERS or word[0].isdigit():
        return anybody(word)
    one = _single(_without_e(anybody(_without_s(word))))
    one = _without_e(_without_s(one))
    return one[:-1] + {"v": "f", "z": "s"}.get(one[-1], one[-1])


def _without_s(word: str) -> str:
    """Take off the -s of many."""
    return word[:-1] if len(word) > LEAST_LETTERS and word.endswith("s") and word[-2] not in "sauioy" else word


def _without_e(word: str) -> str:
    """Take off the -en of many, or the -e of an adjective."""
    if word.endswith("heden"):
        return word.removesuffix("heden") + "heid"
    if len(word) <= LEAST_LETTERS:
        return word
    if word.endswith("en") and word[-3] not in VOWELS:
        return word[:-2]
    return word[:-1] if word.endswith("e") and word[-2] not in VOWELS else word


def _single(word: str) -> str:
    """Write every doubled letter once: spelling doubles vowels in closed syllables and consonants after short vowels."""
    return "".join(letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1])


def trigrams(word: str) -> frozenset[str]:
    """Give the runs of three letters of a word, its beginning and end marked with "_"."""
    marked = f"_{word}_"
    return frozenset(marked[start : start + 3] for start in range(len(marked) - 2))
