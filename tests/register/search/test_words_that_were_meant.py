"""Words that were meant by what was typed, and how far places lie apart."""

from random import Random

import polars as pl
import pytest

from doorleren.register.reference.distance import Point, kilometres
from doorleren.register.search.nearness import band_of, distances
from doorleren.register.search.vocabulary import Vocabulary, distance

KNOWN = {
    "lasser": 9,
    "las": 4,
    "lasapparaat": 2,
    "programmeur": 5,
    "verpleegkundige": 7,
    "hovenier": 3,
    "productiemedewerker": 8,
}


def plain_distance(one: str, other: str) -> int:
    """Count by the definition, without a limit (letters left out, added, replaced or two neighbours swapped)."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        plain_distance(one[1:], other) + 1,
        plain_distance(one, other[1:]) + 1,
        plain_distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, plain_distance(one[2:], other[2:]) + 1)
    return best


def test_distance_follows_its_definition() -> None:
    """The limited count equals the definition up to its limit, and is one more beyond."""
    random = Random(3)
    for _ in range(300):
        one, other = ("".join(random.choice("abc") for _ in range(random.randrange(6))) for _ in range(2))
        for most in (0, 1, 2):
            assert distance(one, other, most) == min(plain_distance(one, other), most + 1)


def test_every_single_typo_is_found() -> None:
    """Each way to leave out, add, replace or swap a letter of a word leads back to it, short word or long."""
    vocabulary = Vocabulary(KNOWN)
    for word in ("lasser", "hovenier", "programmeur", "verpleegkundige", "productiemedewerker"):
        for place in range(len(word)):
            before, after = word[:place], word[place:]
            for typed in (
                before + after[1:],
                f"{before}x{after}",
                f"{before}x{after[1:]}",
                before + after[1:2] + after[:1] + after[2:],
            ):
                if typed not in KNOWN:
                    assert vocabulary.near(typed)[0][0] == word, typed


def test_alike_and_beginning() -> None:
    """What shares rare trigrams is alike, what shares none is not; a beginning gives the commonest first."""
    vocabulary = Vocabulary(KNOWN)
    assert [word for word, _ in vocabulary.near("verpleegkundigheid")] == ["verpleegkundige"]
    assert vocabulary.near("xqzwv") == ()
    assert vocabulary.near("x") == ()
    assert vocabulary.beginning("las") == ["lasser", "las", "lasapparaat"]
    assert vocabulary.beginning("zz") == []


def test_columns_of_distances_equal_one_by_one() -> None:
    """Distances in columns equal the scalar formula, at home and across the world."""
    here = Point(52.0907, 5.1214)
    for there in (here, Point(52.3676, 4.9041), Point(-33.9, 18.4), Point(-52.0907, -174.8786)):
        told = distances(pl.Series([there.latitude]), pl.Series([there.longitude]), here)[0]
        assert told == pytest.approx(kilometres(here, there), abs=1e-6)


def test_bands_include_their_end() -> None:
    """A band goes up to its number of kilometres, that number included."""
    assert [band_of(km) for km in (0, 5, 5.01, 100, 100.1)] == ["5", "5", "10", "100", "farther"]
