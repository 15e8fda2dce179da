"""The evaluator for one part and one person: a tree becomes a closure from a profile to True, False or None (unknown).

A value is its numerator, text, day or set, None when unknown and NA when it does not apply. Asked where an answer is
explained: what would change it, which facts are missing. A verdict asks `compiled`, which says the same of all
conditions of a version at once.
"""

import operator
from collections.abc import Callable
from typing import Any

from doorleren.core import logic
from doorleren.core.days import months_between, years_between
from doorleren.rules import tree
from doorleren.rules.profile import NA, Profile
from doorleren.rules.simplified import OPERATORS
from doorleren.rules.tree import walk

Closure = Callable[[Profile], Any]


def closure(node: tree.Node) -> Closure:
    """Compile a tree once, to be asked many times."""
    return walk(node, _Person())


class _Person:
    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> Closure:
        if isinstance(node, tree.FactValue):
            return lambda profile: profile.get(node.name)
        value = None if isinstance(node, tree.Unknown) else node.value
        return lambda profile: value

    def branch(self, node: tree.Node, parts: list[Closure]) -> Closure:
        match node:
            case tree.Compare(sign, _, _):
                return _compare(OPERATORS[sign], *parts)
            case tree.Among(_, members):
                return _among(parts[0], members)
            case tree.Has(fact, member):
                return _has(fact.name, member)
            case tree.Applies(fact):
                return _applies(fact.name)
            case tree.Every():
                return _every(tuple(parts))
            case tree.Some():
                return _some(tuple(parts))
            case tree.Opposite():
                return _opposite(parts[0])
            case tree.Presumed(_, role, who):
                return _presumed(parts[0], role.name, who)
            case tree.Choose():
                return _choose(*parts)
        return _arithmetic(node, parts)


def _compare(holds: Callable[[Any, Any], bool], left: Closure, right: Closure) -> Closure:
    def compare(profile: Profile) -> bool | None:
        first, second = left(profile), right(profile)
        if first is NA or second is NA:
            return False
        if first is None or second is None:
            return None
        return holds(first, second)

    return compare


def _among(part: Closure, members: frozenset[str]) -> Closure:
    def among(profile: Profile) -> bool | None:
        value = part(profile)
        return None if value is None else value in members

    return among


def _has(name: str, member: str) -> Closure:
    def has(profile: Profile) -> bool | None:
        value = profile.get(name)
        if value is None:
            return None
        return value is not NA and member in value

    return has


def _applies(name: str) -> Closure:
    def applies(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA

    return applies


def _every(parts: tuple[Closure, ...]) -> Closure:
    return lambda profile: logic.every(part(profile) for part in parts)


def _some(parts: tuple[Closure, ...]) -> Closure:
    return lambda profile: logic.some(part(profile) for part in parts)


def _opposite(part: Closure) -> Closure:
    return lambda profile: logic.opposite(part(profile))


def _presumed(part: Closure, role: str, who: str) -> Closure:
    def presumed(profile: Profile) -> bool | None:
        value = part(profile)
        return True if value is None and profile.get(role) == who else value

    return presumed


def _choose(test: Closure, yes: Closure, no: Closure) -> Closure:
    def choose(profile: Profile) -> Any:
        chosen = test(profile)
        if chosen is not None:
            return yes(profile) if chosen else no(profile)
        first, second = yes(profile), no(profile)
        return first if first is not None and first == second else None

    return choose


def _arithmetic(node: tree.Node, parts: list[Closure]) -> Closure:
    apply = _operation(node)

    def compute(profile: Profile) -> Any:
        values = [part(profile) for part in parts]
        if NA in values:
            return NA
        return None if None in values else apply(*values)

    return compute


def _operation(node: tree.Node) -> Callable[..., Any]:
    match node:
        case tree.Total():
            return lambda *values: sum(values)
        case tree.Times(_, factor):
            return lambda value: value * factor
        case tree.Product():
            return operator.mul
        case tree.Extreme(greatest, _):
            return max if greatest else min
        case tree.HalfUp(_, divisor):
            return lambda value: (2 * value + divisor) // (2 * divisor)
        case tree.Between("years", _, _):
            return years_between
        case tree.Between("months", _, _):
            return months_between
        case tree.Between():
            return lambda start, end: (end - start).days
    raise TypeError(f"no evaluation of {node!r}")
