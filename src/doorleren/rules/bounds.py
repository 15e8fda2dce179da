"""The evaluator of what an amount would be at most: with facts unknown, between which numbers does it lie?

A number is a pair (least, most), None for no limit; a truth is True, False or None; days and texts that matter
for a choice are taken from the person's own evaluator. Facts are never negative.
"""

from typing import Any

from doorleren.rules import tree
from doorleren.rules.person import closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.tree import parts_of

Range = tuple[int | None, int | None]


def most(node: tree.Node, profile: Profile) -> int | None:
    """Give the most that an amount can be (in the measure of the tree), or None if nothing limits it."""
    return _range(node, profile)[1]


def _range(node: tree.Node, profile: Profile) -> Range:
    match node:
        case tree.Constant(value, "number"):
            return int(value), int(value)  # type: ignore[arg-type]
        case tree.FactValue(name, _):
            known = profile.get(name)
            return (0, None) if known is None or known is NA else (known, known)
        case tree.Choose(test, yes, no):
            chosen = closure(test)(profile)
            if chosen is not None:
                return _range(yes if chosen else no, profile)
            return _hull(_range(yes, profile), _range(no, profile))
        case tree.Between():
            return _known_or(closure(node)(profile))
    return _combined(node, [_range(part, profile) for part in parts_of(node)])


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


def _known_or(value: Any) -> Range:
    return (None, None) if value is None or value is NA else (value, value)


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
