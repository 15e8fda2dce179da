"""The evaluator of what an amount would be at most: with facts unknown, between which numbers does it lie?

A number is a pair (least, most), None for no limit; a truth is True, False or None; days and texts that matter
for a choice are taken from the person's own evaluator. Facts are never negative.
"""

from collections.abc import Callable
from typing import Any

from doorleren.rules import tree
from doorleren.rules.person import Closure, closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.tree import parts_of

Range = tuple[int | None, int | None]
Ranging = Callable[[Profile], Range]


def most(node: tree.Node) -> Callable[[Profile], int | None]:
    """Compile "the most that this amount can be" (in the measure of the tree); None if nothing limits it.

    Asks the amount itself first: where it is known, that is the most.
    """
    exactly, ranging = closure(node), _range(node)

    def at_most(profile: Profile) -> int | None:
        known = exactly(profile)
        return ranging(profile)[1] if known is None or known is NA else known

    return at_most


def _range(node: tree.Node) -> Ranging:
    match node:
        case tree.Constant(value, "number"):
            return _fixed((int(value), int(value)))  # type: ignore[arg-type]
        case tree.FactValue():
            return _of_fact(closure(node))
        case tree.Choose(test, yes, no):
            return _of_choice(closure(test), _range(yes), _range(no))
        case tree.Between():
            return _of_days(closure(node))
    parts = [_range(part) for part in parts_of(node)]
    return lambda profile: _combined(node, [part(profile) for part in parts])


def _fixed(limits: Range) -> Ranging:
    return lambda profile: limits


def _of_fact(ask: Closure) -> Ranging:
    def of_fact(profile: Profile) -> Range:
        known = ask(profile)
        return (0, None) if known is None or known is NA else (known, known)

    return of_fact


def _of_days(ask: Closure) -> Ranging:
    def of_days(profile: Profile) -> Range:
        known = ask(profile)
        return (None, None) if known is None or known is NA else (known, known)

    return of_days


def _of_choice(test: Closure, yes: Ranging, no: Ranging) -> Ranging:
    def of_choice(profile: Profile) -> Range:
        chosen = test(profile)
        if chosen is not None:
            return yes(profile) if chosen else no(profile)
        return _hull(yes(profile), no(profile))

    return of_choice


def _combined(node: tree.Node, parts: list[Range]) -> Range:
    match node:
        case tree.Total():
            return _sum([low for low, _ in parts]), _sum([high for _, high in parts])
        case tree.Times(_, factor):
            low, high = (None if end is None else end * factor for end in parts[0])
            return (low, high) if factor >= 0 else (high, low)
        case tree.Product():
            return _product(*parts)
        case tree.Extreme(True, _):
            return _greatest([low for low, _ in parts]), _none_if_any([high for _, high in parts], max)
        case tree.Extreme(False, _):
            return _none_if_any([low for low, _ in parts], min), _least([high for _, high in parts])
        case tree.HalfUp(_, divisor):
            low, high = (None if end is None else (2 * end + divisor) // (2 * divisor) for end in parts[0])
            return low, high
    raise TypeError(f"no bounds of {node!r}")


def _hull(first: Range, second: Range) -> Range:
    return _none_if_any([first[0], second[0]], min), _none_if_any([first[1], second[1]], max)


def _sum(ends: list[int | None]) -> int | None:
    return _none_if_any(ends, lambda values: sum(values))


def _product(left: Range, right: Range) -> Range:
    if left[0] is None or right[0] is None or left[0] < 0 or right[0] < 0:
        return None, None
    return left[0] * right[0], None if left[1] is None or right[1] is None else left[1] * right[1]


def _greatest(ends: list[int | None]) -> int | None:
    return max((end for end in ends if end is not None), default=None)


def _least(ends: list[int | None]) -> int | None:
    return min((end for end in ends if end is not None), default=None)


def _none_if_any(ends: list[int | None], choose: Any) -> int | None:
    return None if None in ends else choose(ends)
