"""A grid of profiles around the eligible worked examples: every fact singly and in pairs, on both sides of every limit.

The values of a fact come from the conditions themselves (each constant and its neighbours), the vocabulary (each
value), unknown and "n/a". Used to show that all evaluators agree and that changed definitions are noticed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from doorleren.rules import tree
from doorleren.rules.cases import Case
from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled
from doorleren.rules.tree import parts_of
from doorleren.rules.vocabulary import Vocabulary

ABSENT = object()


def values_of(settled: Settled, vocabulary: Vocabulary) -> dict[str, list[Any]]:
    """Give, per fact that a version looks at, the values worth trying."""
    nodes = [one.counted for one in settled.conditions]
    nodes += [node for track in settled.tracks for node in (track.granted, track.most) if node is not None]
    limits: dict[str, set] = {name: set() for name in settled.facts}
    for node in nodes:
        _collect(node, limits)
    return {name: _tried(name, found, vocabulary) for name, found in limits.items()}


def _collect(node: tree.Node, limits: dict[str, set]) -> None:
    constants = [part.value for part in _inside(node) if isinstance(part, tree.Constant)]
    if isinstance(node, tree.Compare | tree.Extreme | tree.Total | tree.Product | tree.Times | tree.HalfUp):
        for part in _inside(node):
            if isinstance(part, tree.FactValue) and part.name in limits:
                limits[part.name].update(value for value in constants if _fits(value, part.kind))
    if isinstance(node, tree.Has):
        limits[node.fact.name].add(node.member)
    for part in parts_of(node):
        _collect(part, limits)


def _inside(node: tree.Node) -> Iterator[tree.Node]:
    yield node
    for part in parts_of(node):
        yield from _inside(part)


def _fits(value: object, kind: str) -> bool:
    if kind == "date":
        return isinstance(value, date)
    return kind == "number" and isinstance(value, int) and not isinstance(value, bool)


def _tried(name: str, limits: set, vocabulary: Vocabulary) -> list[Any]:
    fact = vocabulary.facts[name]
    match fact.type:
        case "bool":
            found: list[Any] = [True, False]
        case "enum":
            found = list(fact.values)
        case "code":
            found = ["AM01", "PV20"]
        case "set":
            found = [frozenset(), *(frozenset((member,)) for member in sorted(limits)), frozenset(limits), frozenset(fact.values)]
        case "date":
            found = sorted({limit + timedelta(days=step) for limit in limits for step in (-1, 0, 1)}) or [date(1985, 4, 1)]
        case _:
            found = sorted({limit + step for limit in limits for step in (-1, 0, 1) if limit + step >= 0} | {0, fact.scale * 1000})
    return [*found, ABSENT, NA]


def around(base: Profile, values: dict[str, list[Any]]) -> Iterator[Profile]:
    """Give the base, each fact changed singly, and each pair of facts changed together."""
    yield base
    for name, tried in values.items():
        for value in tried:
            yield changed(base, {name: value})
    for first, second in combinations(sorted(values), 2):
        for one in values[first]:
            for other in values[second]:
                yield changed(base, {first: one, second: other})


def changed(base: Profile, wanted: dict[str, Any]) -> Profile:
    """Give a profile with some facts replaced; ABSENT takes a fact away."""
    merged = {**base, **wanted}
    return {name: value for name, value in merged.items() if value is not ABSENT}


def bases(cases: list[Case], version_holds: Any) -> list[Profile]:
    """Give the profiles of the worked examples that are eligible in a version, each once."""
    found: list[Profile] = []
    for case in cases:
        if case.expect.get("verdict") == "eligible" and version_holds(case.asked.day) and case.profile not in found:
            found.append(case.profile)
    return found
