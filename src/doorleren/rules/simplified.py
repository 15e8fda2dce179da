"""The same tree with less to compute; used by `compiled`, `bounds` and `columns`, never shown to anybody.

Each rewriting is exact in three values. A choice between truths becomes "and" and "or": with t unknown, "x if t else
False" is False where x is False and unknown otherwise, which is what "t and x" says.
"""

import operator
from collections.abc import Callable, Iterable
from typing import Any

from doorleren.rules import tree
from doorleren.rules.comparing import opposite
from doorleren.rules.kinds import times
from doorleren.rules.tree import walk

YES, NO = tree.Constant(True, "truth"), tree.Constant(False, "truth")

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def simplified(node: tree.Node) -> tree.Node:
    """Give a tree that says the same for every profile."""
    return walk(node, _Simplifier())


class _Simplifier:
    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> tree.Node:
        return node

    def branch(self, node: tree.Node, parts: list[tree.Node]) -> tree.Node:
        match node:
            case tree.Compare(sign, _, _):
                return _compared(sign, *parts)
            case tree.Among(_, members):
                return tree.Among(parts[0], members)
            case tree.Every():
                return _joined(parts, tree.Every, YES, NO)
            case tree.Some():
                return _joined(parts, tree.Some, NO, YES)
            case tree.Opposite():
                return opposite(parts[0])
            case tree.Presumed(_, role, who):
                return tree.Presumed(parts[0], role, who)
            case tree.Choose():
                return _chosen(*parts)
            case tree.Total():
                return tree.Total(tuple(parts))
            case tree.Times(_, factor):
                return _times(parts[0], factor)
            case tree.Product():
                return tree.Product(*parts)
            case tree.Extreme(greatest, _):
                return tree.Extreme(greatest, tuple(parts))
            case tree.HalfUp(_, divisor):
                return tree.HalfUp(parts[0], divisor)
            case tree.Between(unit, _, _):
                return tree.Between(unit, *parts)
        return node


def _times(part: tree.Node, factor: int) -> tree.Node:
    match part:
        case tree.Times(inner, other):
            return tree.Times(inner, factor * other)
        case tree.Choose(test, yes, no) if factor:
            return tree.Choose(test, _times(yes, factor), _times(no, factor))
    return times(part, factor)


def _compared(sign: tree.Operator, left: tree.Node, right: tree.Node) -> tree.Node:
    match left, right:
        case tree.Constant(first, _), tree.Constant(second, _):
            return YES if OPERATORS[sign](first, second) else NO
    return tree.Compare(sign, left, right)


def _joined(parts: Iterable[tree.Node], kind: Any, nothing: tree.Node, everything: tree.Node) -> tree.Node:
    """Join with "and" (nothing is True, everything False) or with "or"; joins within joins become one."""
    flat: dict[tree.Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    flat.pop(nothing, None)
    if everything in flat:
        return everything
    if not flat:
        return nothing
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def _chosen(test: tree.Node, yes: tree.Node, no: tree.Node) -> tree.Node:
    if isinstance(test, tree.Constant):
        return yes if test.value else no
    if yes == no:
        return yes
    if yes == YES:
        return _joined((test, no), tree.Some, NO, YES)
    if no == NO:
        return _joined((test, yes), tree.Every, YES, NO)
    if yes == NO:
        return _joined((opposite(test), no), tree.Every, YES, NO)
    if no == YES:
        return _joined((opposite(test), yes), tree.Some, NO, YES)
    return tree.Choose(test, yes, no)
