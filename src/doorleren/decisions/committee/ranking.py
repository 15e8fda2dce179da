"""What the scores of a committee come to, and in which order that puts the applications. Pure.

The score of an application is the sum over the criteria of weight times the mean of the points that its scorers gave,
exactly. Example: weights 2 and 1, points 4 and 3 by one and 5 and 3 by another: 2 x 9/2 + 1 x 3 = 12.
An application whose mean is below the threshold of a criterion is not ranked: it gets nothing, however much is left.
The same score is settled as announced with the round: by the draw, or by the criteria in the order of the scheme's file
(the weighed points of the first, then of the second ...) and after them the draw. Ground: Awb 4:26; Kaderregeling 2.3.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from doorleren.core.draw import drawn_key
from doorleren.rules.versions import TIES, Criterion

Points = Mapping[str, int]
"""What one scorer gave: points by the id of each criterion."""


class NeedsDraw(ValueError):
    """Two applications score the same, and there is no seed yet that settles it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An application with the points that each of its scorers gave; `sealed` is its seal on the list of the draw."""

    id: int
    sealed: str
    points: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What points come to: the mean per criterion, the weighed sum, and the criteria whose threshold was not reached."""

    means: Mapping[str, Fraction]
    score: Fraction
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application in the ranking: `rank` from 1, None below a threshold; `drawn`: the draw settled where it stands."""

    id: int
    rank: int | None
    total: Total
    drawn: bool = False


def total_of(criteria: Sequence[Criterion], points: Sequence[Points]) -> Total:
    """Give what the points of one or more scorers come to. Raises ValueError where nobody scored, KeyError for a criterion left out."""
    if not points:
        raise ValueError("points: nobody has scored this application")
    means = {one.id: Fraction(sum(given[one.id] for given in points), len(points)) for one in criteria}
    below = tuple(one.id for one in criteria if one.threshold is not None and means[one.id] < one.threshold)
    return Total(means, sum((one.weight * means[one.id] for one in criteria), Fraction(0)), below)


def most_of(criteria: Iterable[Criterion]) -> Fraction:
    """Give the highest score that there can be."""
    return sum((one.weight * one.most for one in criteria), Fraction(0))


def ranked(criteria: Sequence[Criterion], scored: Iterable[Scored], *, ties: str, seed: str) -> tuple[Ranked, ...]:
    """Put applications in order: those that are good enough, the best first; then, without a rank, the others by id.

    `seed` may be empty while nothing is the same. Raises NeedsDraw, ValueError for another way of settling.
    """
    if ties not in TIES:
        raise ValueError(f"ties: given is {ties!r}, allowed are: {', '.join(TIES)}")
    given = tuple(scored)
    found = {one.id: one for one in given}
    if len(found) != len(given):
        raise ValueError("scored: an application stands there twice")
    totals = {id_: total_of(criteria, one.points) for id_, one in found.items()}
    keys = {id_: _key(criteria, one, ties) for id_, one in totals.items() if not one.below}
    times = Counter(keys.values())
    same = {id_ for id_, key in keys.items() if times[key] > 1}
    if same and not seed:
        raise NeedsDraw(f"{len(same)} applications score the same, and there has been no draw")
    order = sorted(keys, key=lambda id_: (keys[id_], drawn_key(seed, found[id_].sealed)))
    good = [Ranked(id_, rank, totals[id_], id_ in same) for rank, id_ in enumerate(order, 1)]
    return (*good, *(Ranked(id_, None, totals[id_]) for id_ in sorted(set(totals) - set(keys))))


def _key(criteria: Sequence[Criterion], total: Total, ties: str) -> tuple[Fraction, ...]:
    """Give what comes before the draw; what comes first is lowest."""
    weighed = [-one.weight * total.means[one.id] for one in criteria] if ties == "criteria" else []
    return (-total.score, *weighed)


def running_total(criteria: Iterable[Criterion], points: Points) -> tuple[Fraction, int]:
    """Give the weighed sum of the points that one scorer has filled in so far, and for how many criteria that is."""
    filled = [one for one in criteria if one.id in points]
    return sum((one.weight * points[one.id] for one in filled), Fraction(0)), len(filled)
