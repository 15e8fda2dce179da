"""The values of a fact that are worth trying around a profile: each place where something in a tree turns, and its neighbours.

A threshold is found by asking, not by reading: the two sides of every comparison (and of every least or greatest)
are computed while one fact moves and all others stay, and where their order turns is found by halving. So a limit
on a share of a price, on an age or on a term before a training starts is found like any other.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

from doorleren.rules import tree
from doorleren.rules.person import closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled
from doorleren.rules.tree import facts_of, parts_of
from doorleren.rules.vocabulary import DECIMALS, Fact, Vocabulary

ABSENT = object()
"""Stands for a fact that is taken away, so that it is unknown."""

NUMBERS = (0, 1, 2, 5, *(10**power for power in range(1, 15)))
DAYS = tuple(date(year, 1, 1).toordinal() for year in range(1905, 2106, 20))
LEAP_DAYS = (date(1960, 2, 29), date(2000, 2, 29))
ROLE = "asker.role"

Sides = tuple[Callable[[Profile], Any], Callable[[Profile], Any], frozenset[str]]


def trees_of(settled: Settled) -> list[tree.Node]:
    """Give every condition and amount of a settled version."""
    amounts = [node for track in settled.tracks for node in (track.granted, track.most) if node is not None]
    return [*(one.counted for one in settled.conditions), *amounts]


def facts_asked(settled: Settled) -> list[str]:
    """Name the facts that a version looks at; who asks is one where unknown conditions are presumed."""
    presumed = any(isinstance(one.counted, tree.Presumed) for one in settled.conditions)
    return sorted(settled.facts | ({ROLE} if presumed else set()))


class Limits:
    """What is worth trying in one settled version; made once, asked per profile."""

    def __init__(self, settled: Settled, vocabulary: Vocabulary) -> None:
        nodes = {node for root in trees_of(settled) for node in every_node(root)}
        self.facts = [vocabulary.facts[name] for name in facts_asked(settled)]
        self.sides = [found for node in nodes for found in _sides(node)]
        self.members: dict[str, set[str]] = {}
        self.rounded = [
            (closure(node.part), node.divisor, facts_of(node)) for node in nodes if isinstance(node, tree.HalfUp)
        ]
        for node in nodes:
            match node:
                case tree.Has(fact, member):
                    self.members.setdefault(fact.name, set()).add(member)
                case tree.Among(part, texts):
                    for name in facts_of(part):
                        self.members.setdefault(name, set()).update(texts)

    def around(self, base: Profile) -> dict[str, list[Any]]:
        """Give, per fact, the values to try with the other facts as in the profile; the fact's own value is not one."""
        found = {fact.name: self._values(fact, base) for fact in self.facts}
        return {name: [value for value in tried if value != base.get(name, ABSENT)] for name, tried in found.items()}

    def _values(self, fact: Fact, base: Profile) -> list[Any]:
        if fact.type in DECIMALS:
            return [*self._turns(fact, base, NUMBERS, int), *self._halves(fact, base), ABSENT, NA]
        match fact.type:
            case "bool":
                return [True, False, ABSENT, NA]
            case "enum":
                return [*fact.values, ABSENT, NA]
            case "date":
                return [*self._turns(fact, base, DAYS, date.fromordinal), *LEAP_DAYS, ABSENT, NA]
            case "code":
                return [*sorted(self.members.get(fact.name, ())), "ZZ99", ABSENT, NA]
        return [*_sets(self.members.get(fact.name, set()), fact, base.get(fact.name)), ABSENT, NA]

    def _turns(self, fact: Fact, base: Profile, probes: tuple[int, ...], made: Callable[[int], Any]) -> list[Any]:
        places: set[int] = {probes[0]}
        for left, right, facts in self.sides:
            if fact.name in facts:
                places.update(
                    _turns_of(lambda value, a=left, b=right: _order(a, b, {**base, fact.name: made(value)}), probes)
                )
        near = {place + step for place in places for step in (-1, 0, 1)}
        return [made(place) for place in sorted(near) if place >= probes[0]]

    def _halves(self, fact: Fact, base: Profile) -> list[int]:
        """Give a value at which a rounding meets an exact half."""
        start = base.get(fact.name)
        found = []
        for part, divisor, facts in self.rounded:
            if fact.name in facts and isinstance(start, int):
                values = (
                    (number, part({**base, fact.name: number}))
                    for number in range(start, start + min(divisor, 1000) + 1)
                )
                half = next(
                    (
                        number
                        for number, value in values
                        if isinstance(value, int) and 2 * value % (2 * divisor) == divisor
                    ),
                    None,
                )
                found += [] if half is None else [half]
        return sorted(set(found))


def every_node(node: tree.Node) -> Iterator[tree.Node]:
    """Give a node and all nodes within it."""
    yield node
    for part in parts_of(node):
        yield from every_node(part)


def _sides(node: tree.Node) -> Iterator[Sides]:
    match node:
        case tree.Compare(_, left, right):
            yield closure(left), closure(right), facts_of(node)
        case tree.Extreme(_, parts):
            for left, right in pairwise(parts):
                yield closure(left), closure(right), facts_of(left) | facts_of(right)


def _order(left: Callable[[Profile], Any], right: Callable[[Profile], Any], profile: Profile) -> int | None:
    first, second = left(profile), right(profile)
    if first is None or second is None or first is NA or second is NA or isinstance(first, bool | str):
        return None
    return (first > second) - (first < second)


def _turns_of(order: Callable[[int], int | None], probes: tuple[int, ...]) -> Iterator[int]:
    orders = [(place, order(place)) for place in probes]
    for (low, first), (high, last) in pairwise(orders):
        if first is not None and last is not None and first != last:
            yield from _between(order, low, first, high, last)


def _between(order: Callable[[int], int | None], low: int, first: int, high: int, last: int) -> Iterator[int]:
    """Give the places just after which the order is another, by halving."""
    if high - low == 1:
        yield high
        return
    middle = (low + high) // 2
    found = order(middle)
    if found is None:
        return
    if found != first:
        yield from _between(order, low, first, middle, found)
    if found != last:
        yield from _between(order, middle, found, high, last)


def _sets(members: set[str], fact: Fact, own: object) -> list[frozenset[str]]:
    """Give nothing, everything, one and two of the members asked about, and the own set with one more or one less."""
    asked = frozenset(members)
    whole = frozenset(fact.values) or asked
    started = own if isinstance(own, frozenset) else frozenset()
    few = [frozenset(some) for size in (1, 2) for some in combinations(sorted(asked), size)]
    near = [started ^ {one} for one in sorted(asked | started)]
    return list(dict.fromkeys([frozenset(), *few, *near, asked, whole, whole - asked]))


def moved(base: Profile, by: timedelta) -> Profile:
    """Move all days of a profile, so that ages and terms stay what they were on another day."""
    return {name: value + by if isinstance(value, date) else value for name, value in base.items()}
