"""What the scores of a committee come to: exact sums, thresholds, ties; and what must hold of any ranking (seeded)."""

import itertools
from fractions import Fraction
from random import Random

import pytest

from doorleren.decisions.committee.places import decimals
from doorleren.decisions.committee.ranking import (
    NeedsDraw,
    Points,
    Ranked,
    Scored,
    most_of,
    ranked,
    running_total,
    total_of,
)
from doorleren.rules.versions import Citation, Criterion

CITED = Citation("Staatscourant 2026, 1", "binding")
QUALITY = Criterion("quality", {"nl": "kwaliteit"}, Fraction(2), 0, 10, Fraction(5), CITED)
REACH = Criterion("reach", {"nl": "bereik"}, Fraction(1), 0, 10, None, CITED)
BOTH = (QUALITY, REACH)
SEED = "5e" * 32


def scored(number: int, *points: tuple[int, int]) -> Scored:
    """An application with the points of each scorer for quality and reach."""
    return Scored(number, f"{number:064x}", tuple({"quality": one, "reach": other} for one, other in points))


def order(found: tuple[Ranked, ...]) -> list[int]:
    """Give the ids that have a rank, the first first."""
    return [one.id for one in found if one.rank is not None]


def test_the_score_is_the_weighed_sum_of_means() -> None:
    """Weights 2 and 1, points 4 and 3 by one and 5 and 3 by another come to 12, and the running total of one to 11."""
    given: tuple[Points, ...] = ({"quality": 4, "reach": 3}, {"quality": 5, "reach": 3})
    assert total_of(BOTH, given).score == 12
    assert total_of(BOTH, given).below == ("quality",)
    assert running_total(BOTH, given[0]) == (Fraction(11), 2)
    assert running_total(BOTH, {"reach": 3}) == (Fraction(3), 1)
    assert most_of(BOTH) == 30
    with pytest.raises(ValueError, match="nobody has scored"):
        total_of(BOTH, ())


def test_a_mean_between_two_points_counts_exactly() -> None:
    """Three scorers of whom one gives a point more put an application before one with the lower sum, and no rounding ties them."""
    found = ranked((QUALITY,), [Scored(1, "a" * 64, tuple({"quality": one} for one in (7, 7, 7))),
                                Scored(2, "b" * 64, tuple({"quality": one} for one in (7, 7, 8)))],
                   ties="draw", seed="")  # fmt: skip
    assert [(one.id, one.total.score) for one in found] == [(2, Fraction(44, 3)), (1, Fraction(14))]


def test_ties_are_settled_as_announced() -> None:
    """By the criteria the first of them decides; by the draw the seed; and without a seed what is the same is refused."""
    same = [scored(1, (6, 8)), scored(2, (7, 6)), scored(3, (5, 5))]
    assert order(ranked(BOTH, same, ties="criteria", seed="")) == [2, 1, 3]
    with pytest.raises(NeedsDraw, match="2 applications score the same"):
        ranked(BOTH, same, ties="draw", seed="")
    found = {seed: order(ranked(BOTH, same, ties="draw", seed=f"{seed:064x}"))[:2] for seed in range(20)}
    assert {tuple(one) for one in found.values()} == {(1, 2), (2, 1)}
    assert [one.drawn for one in ranked(BOTH, same, ties="draw", seed=SEED)] == [True, True, False]
    with pytest.raises(NeedsDraw):
        ranked(BOTH, [scored(1, (6, 8)), scored(2, (6, 8))], ties="criteria", seed="")


def test_below_a_threshold_nothing_needs_a_draw() -> None:
    """Two that are not good enough get no rank, and that they are the same asks for no draw."""
    found = ranked(BOTH, [scored(1, (4, 9)), scored(2, (4, 9)), scored(3, (5, 0))], ties="draw", seed="")
    assert [(one.id, one.rank, one.drawn) for one in found] == [(3, 1, False), (1, None, False), (2, None, False)]


def test_what_cannot_be_ranked_is_refused() -> None:
    """Another way of settling, and an application that stands there twice."""
    with pytest.raises(ValueError, match="ties: given is 'age'"):
        ranked(BOTH, [], ties="age", seed="")
    with pytest.raises(ValueError, match="stands there twice"):
        ranked(BOTH, [scored(1, (5, 5)), scored(1, (6, 6))], ties="draw", seed="")


@pytest.mark.parametrize("start", range(8))
def test_what_holds_of_every_ranking(start: int) -> None:
    """In 50 seeded rounds each: all there once, best first, ties as announced, input order of no matter, more points never worse."""
    chance = Random(start)
    for _ in range(50):
        criteria = tuple(
            Criterion(name, {"nl": name}, Fraction(chance.randint(1, 8), chance.randint(1, 3)), 0, 5,
                      chance.choice([None, Fraction(chance.randint(1, 5))]), CITED)
            for name in ("a", "b", "c")[: chance.randint(1, 3)]
        )  # fmt: skip
        people, ties = chance.randint(1, 4), chance.choice(["draw", "criteria"])
        given = [
            Scored(id_, f"{chance.getrandbits(256):064x}",
                   tuple({one.id: chance.randint(0, 5) for one in criteria} for _ in range(people)))
            for id_ in range(chance.randint(1, 12))
        ]  # fmt: skip
        found = ranked(criteria, given, ties=ties, seed=SEED)
        _holds(criteria, given, found, ties)
        shuffled = given[:]
        chance.shuffle(shuffled)
        assert ranked(criteria, shuffled, ties=ties, seed=SEED) == found
        _more_is_never_worse(chance, criteria, given, found, ties)


def _holds(criteria: tuple[Criterion, ...], given: list[Scored], found: tuple[Ranked, ...], ties: str) -> None:
    assert sorted(one.id for one in found) == sorted(one.id for one in given)
    good = [one for one in found if one.rank is not None]
    assert [one.rank for one in good] == list(range(1, len(good) + 1))
    for one in found:
        sums = {each.id: sum(points[each.id] for points in _of(given, one.id).points) for each in criteria}
        people = len(_of(given, one.id).points)
        assert one.total.score == sum(each.weight * sums[each.id] for each in criteria) / people
        low = any(each.threshold is not None and sums[each.id] < each.threshold * people for each in criteria)
        assert (one.rank is None) == low
    for first, second in itertools.pairwise(good):
        assert first.total.score >= second.total.score
        if first.total.score == second.total.score and ties == "criteria":
            weighed = [[one.total.means[each.id] for each in criteria] for one in (first, second)]
            assert weighed[0] >= weighed[1]
        if not (first.drawn and second.drawn):
            assert first.total.score > second.total.score or ties == "criteria"


def _more_is_never_worse(
    chance: Random, criteria: tuple[Criterion, ...], given: list[Scored], found: tuple[Ranked, ...], ties: str
) -> None:
    """Give one application a point more: its rank is the same or better, or it gets one."""
    one, each = chance.choice(given), chance.choice(criteria)
    first, *rest = one.points
    if first[each.id] == each.most:
        return
    better = Scored(one.id, one.sealed, ({**first, each.id: first[each.id] + 1}, *rest))
    after = ranked(criteria, [better if other is one else other for other in given], ties=ties, seed=SEED)
    before, now = (next(row.rank for row in rows if row.id == one.id) for rows in (found, after))
    assert before is None or (now is not None and now <= before)


def _of(given: list[Scored], id_: int) -> Scored:
    return next(one for one in given if one.id == id_)


@pytest.mark.parametrize(("score", "written"), [("27/2", "13,5"), ("10", "10"), ("2469/200", "12,35"), ("0", "0")])
def test_a_score_in_words(score: str, written: str) -> None:
    """A letter writes a score as pages do: at most two decimals, a comma, and halves go up."""
    assert decimals(Fraction(score)) == written
