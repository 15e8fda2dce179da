"""The evaluator for one person: a tree becomes a closure from a profile to True, False or None (unknown).

A value is its numerator, text, day or set, None when unknown and NA when it does not apply. What occurs most (a
fact that is asked whether it is true, or compared with something fixed) gets a closure of its own: that is where the
time goes.
"""

import operator
from collections.abc import Callable
from typing import Any

from doorleren.core.days import months_between, years_between
from doorleren.rules import tree
from doorleren.rules.profile import NA, Profile
from doorleren.rules.simplified import OPERATORS, YES, simplified
from doorleren.rules.tree import walk

Closure = Callable[[Profile], Any]


def closure(node: tree.Node) -> Closure:
    """Compile a tree once, to be asked many times."""
    return walk(simplified(node), _Person())


class _Person:
    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> Closure:
        if isinstance(node, tree.FactValue):
            return _fact(node.name)
        return _always(None if isinstance(node, tree.Unknown) else node.value)

    def branch(self, node: tree.Node, parts: list[Closure]) -> Closure:
        match node:
            case tree.Compare():
                return _compare(node, parts)
            case tree.Among(tree.FactValue(name, _), members):
                return _fact_among(name, members)
            case tree.Among(_, members):
                return _among(parts[0], members)
            case tree.Has(fact, member):
                return _has(fact.name, member)
            case tree.Applies(fact):
                return _applies(fact.name)
            case tree.Every():
                return _every(tuple(parts))
            case tree.Some(members) if all(isinstance(one, tree.Has) and one.fact == members[0].fact for one in members):
                return _overlaps(members[0].fact.name, frozenset(one.member for one in members))
            case tree.Some():
                return _some(tuple(parts))
            case tree.Opposite(tree.Compare("==", tree.FactValue(name, _), right)) if right == YES:
                return _is_not_true(name)
            case tree.Opposite():
                return _opposite(parts[0])
            case tree.Presumed(_, role, who):
                return _presumed(parts[0], role.name, who)
            case tree.Choose():
                return _choose(*parts)
        return _arithmetic(node, parts)


def _fact(name: str) -> Closure:
    return lambda profile: profile.get(name)


def _always(value: Any) -> Closure:
    return lambda profile: value


def _compare(node: tree.Compare, parts: list[Closure]) -> Closure:
    match node:
        case tree.Compare("==", tree.FactValue(name, _), right) if right == YES:
            return _is_true(name)
        case tree.Compare(sign, tree.FactValue(name, _), tree.Constant(limit, _)):
            return LIMITED[sign](name, limit) if sign in LIMITED else _compare_fact(OPERATORS[sign], name, limit)
    return _compare_any(OPERATORS[node.operator], *parts)


def _compare_any(holds: Callable[[Any, Any], bool], left: Closure, right: Closure) -> Closure:
    def compare(profile: Profile) -> bool | None:
        first, second = left(profile), right(profile)
        if first is NA or second is NA:
            return False
        if first is None or second is None:
            return None
        return holds(first, second)

    return compare


def _is_true(name: str) -> Closure:
    def is_true(profile: Profile) -> bool | None:
        value = profile.get(name)
        return False if value is NA else value

    return is_true


def _is_not_true(name: str) -> Closure:
    def is_not_true(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not True

    return is_not_true


def _compare_fact(holds: Callable[[Any, Any], bool], name: str, limit: Any) -> Closure:
    def compare(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and holds(value, limit)

    return compare


def _below(name: str, limit: Any) -> Closure:
    def below(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and value < limit

    return below


def _at_most(name: str, limit: Any) -> Closure:
    def at_most(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and value <= limit

    return at_most


def _above(name: str, limit: Any) -> Closure:
    def above(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and value > limit

    return above


def _at_least(name: str, limit: Any) -> Closure:
    def at_least(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and value >= limit

    return at_least


LIMITED: dict[str, Callable[[str, Any], Closure]] = {"<": _below, "<=": _at_most, ">": _above, ">=": _at_least}


def _among(part: Closure, members: frozenset[str]) -> Closure:
    def among(profile: Profile) -> bool | None:
        value = part(profile)
        return None if value is None else value in members

    return among


def _fact_among(name: str, members: frozenset[str]) -> Closure:
    def among(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value in members

    return among


def _has(name: str, member: str) -> Closure:
    def has(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and member in value

    return has


def _overlaps(name: str, members: frozenset[str]) -> Closure:
    def overlaps(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA and not members.isdisjoint(value)

    return overlaps


def _applies(name: str) -> Closure:
    def applies(profile: Profile) -> bool | None:
        value = profile.get(name)
        return None if value is None else value is not NA

    return applies


def _every(parts: tuple[Closure, ...]) -> Closure:
    if len(parts) == 2:
        return _both(*parts)

    def every(profile: Profile) -> bool | None:
        answer: bool | None = True
        for part in parts:
            value = part(profile)
            if value is False:
                return False
            if value is None:
                answer = None
        return answer

    return every


def _both(left: Closure, right: Closure) -> Closure:
    def both(profile: Profile) -> bool | None:
        first = left(profile)
        if first is False:
            return False
        second = right(profile)
        return second if first is True or second is False else None

    return both


def _some(parts: tuple[Closure, ...]) -> Closure:
    if len(parts) == 2:
        return _either(*parts)

    def some(profile: Profile) -> bool | None:
        answer: bool | None = False
        for part in parts:
            value = part(profile)
            if value is True:
                return True
            if value is None:
                answer = None
        return answer

    return some


def _either(left: Closure, right: Closure) -> Closure:
    def either(profile: Profile) -> bool | None:
        first = left(profile)
        if first is True:
            return True
        second = right(profile)
        return second if first is False or second is True else None

    return either


def _opposite(part: Closure) -> Closure:
    def opposite(profile: Profile) -> bool | None:
        value = part(profile)
        return None if value is None else not value

    return opposite


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
    match node:
        case tree.Extreme(greatest, (_, tree.Constant(limit, _))):
            return _limited(parts[0], max if greatest else min, limit)
        case tree.Times() | tree.HalfUp():
            return _of_one(parts[0], _operation(node))
    if len(parts) == 2:
        return _of_two(*parts, _operation(node))
    return _of_many(parts, _operation(node))


def _limited(part: Closure, choose: Callable[[Any, Any], Any], limit: Any) -> Closure:
    def limited(profile: Profile) -> Any:
        value = part(profile)
        return value if value is None or value is NA else choose(value, limit)

    return limited


def _of_one(part: Closure, apply: Callable[[Any], Any]) -> Closure:
    def compute(profile: Profile) -> Any:
        value = part(profile)
        return value if value is None or value is NA else apply(value)

    return compute


def _of_two(left: Closure, right: Closure, apply: Callable[[Any, Any], Any]) -> Closure:
    def compute(profile: Profile) -> Any:
        first, second = left(profile), right(profile)
        if first is NA or second is NA:
            return NA
        return None if first is None or second is None else apply(first, second)

    return compute


def _of_many(parts: list[Closure], apply: Callable[..., Any]) -> Closure:
    def compute(profile: Profile) -> Any:
        values = [part(profile) for part in parts]
        if NA in values:
            return NA
        return None if None in values else apply(*values)

    return compute


def _operation(node: tree.Node) -> Callable[..., Any]:
    match node:
        case tree.Total(parts):
            return operator.add if len(parts) == 2 else lambda *values: sum(values)
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
