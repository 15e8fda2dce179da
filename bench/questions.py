"""What is asked of the search when it is measured: words of titles, and titles with a letter wrong."""

from collections.abc import Sequence
from random import Random

from doorleren.register.search.analysis import words_of
from doorleren.register.search.asking import Query
from doorleren.register.search.indexed import Indexed

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4


def three_words(
    rows: Sequence[Indexed], count: int, *, seed: int, match: str = "most", sort: str = "relevance"
) -> list[Query]:
    """Draw questions of three different words, each from the title of one activity."""
    random, found = Random(seed), dict[str, None]()
    while len(found) < count:
        words = sorted({word for word in words_of(random.choice(rows).entry.title) if len(word) >= SHORTEST})
        if len(words) >= 3:
            found[" ".join(random.sample(words, 3))] = None
    return [Query(text, match=match, sort=sort) for text in found]


def titles_with_a_typo(rows: Sequence[Indexed], count: int, *, seed: int) -> list[tuple[str, str]]:
    """Draw pairs of a title with one letter wrong in one of its words, and the title itself."""
    random = Random(seed)
    found = []
    while len(found) < count:
        title = random.choice(rows).entry.title
        words = title.split()
        places = [place for place, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
        if places:
            place = random.choice(places)
            found.append(
                (" ".join([*words[:place], mistyped(words[place].lower(), random), *words[place + 1 :]]), title)
            )
    return found


def words_with_a_typo(rows: Sequence[Indexed], count: int, *, seed: int) -> list[tuple[str, str]]:
    """Draw pairs of one word of a title with one letter wrong, and that word; broad words ("opleiding") are left out."""
    random, found = Random(seed), list[tuple[str, str]]()
    first = {row.entry.title.split()[0].lower() for row in rows[:5000] if row.entry.kind in ("course", "module")}
    while len(found) < count:
        words = [
            word for word in words_of(random.choice(rows).entry.title) if len(word) >= SHORTEST + 1 and word.isalpha()
        ]
        words = [word for word in words if word not in first]
        if words:
            word = random.choice(words)
            found.append((mistyped(word, random), word))
    return found


def mistyped(word: str, random: Random) -> str:
    """Give a word with one letter left out, added, replaced or swapped with the next."""
    while True:
        place = random.randrange(len(word))
        letter = random.choice(LETTERS)
        other = random.choice((
            word[:place] + word[place + 1 :], word[:place] + letter + word[place:], word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        ))  # fmt: skip
        if other != word:
            return other
