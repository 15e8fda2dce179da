"""Comparisons: which may be made, and how ages and ordered values become plain comparisons."""

import ast
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from doorleren.rules import tree
from doorleren.rules.kinds import TRUTH, Typed, level, same_unit

if TYPE_CHECKING:
    from doorleren.rules.reading import Reader

SIGNS: dict[type, tree.Operator] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
MIRRORED: dict[str, tree.Operator] = {"<": ">", "<=": ">=", "==": "==", "!=": "!=", ">": "<", ">=": "<="}


def compare(reader: "Reader", node: ast.Compare) -> Typed:
    """Read a comparison or a chain of them (18 <= x < 55 is both comparisons)."""
    left = reader.read(node.left)
    parts = []
    for sign, right_node in zip(node.ops, node.comparators, strict=True):
        right = reader.read(right_node)
        parts.append(_pair(reader, node, sign, left, right))
        left = right
    return Typed(every(parts), TRUTH)


def _pair(reader: "Reader", node: ast.Compare, sign: ast.cmpop, left: Typed, right: Typed) -> tree.Node:
    if isinstance(sign, ast.In | ast.NotIn):
        found = _inside(reader, node, left, right)
        return _denied(found) if isinstance(sign, ast.NotIn) else found
    if type(sign) not in SIGNS:
        reader.refuse(node, "compare with == and !=, not with is")
    operator = SIGNS[type(sign)]
    if isinstance(left.node, tree.Constant) and not isinstance(right.node, tree.Constant):
        left, right, operator = right, left, MIRRORED[operator]
    if left.kind.base != right.kind.base or left.kind.base == "set":
        reader.refuse(node, f"{left.kind} cannot be compared with {right.kind}")
    match left.kind.base:
        case "number":
            return _numbers(reader, node, operator, left, right)
        case "text":
            return _texts(reader, node, operator, left, right)
        case "truth" if operator not in ("==", "!="):
            reader.refuse(node, "yes and no are compared with == and != only")
    return tree.Compare(operator, left.node, right.node)


def _numbers(reader: "Reader", node: ast.Compare, operator: tree.Operator, left: Typed, right: Typed) -> tree.Node:
    if not same_unit(left.kind, right.kind):
        reader.refuse(node, f"{left.kind} cannot be compared with {right.kind}")
    _, (first, second) = level(left, right)
    match first, second:
        case tree.Between("years", start, tree.Constant(end, _)), tree.Constant(years, _):
            return _age(operator, start, end, int(years))  # type: ignore[arg-type]
    return tree.Compare(operator, first, second)


def _age(operator: tree.Operator, born: tree.Node, day: date, years: int) -> tree.Node:
    """Turn "so many years old on the day" into "born on or before": the same, and a day to show."""

    def born_by(age: int) -> tree.Node:
        return tree.Compare("<=", born, tree.Constant(years_before(day, age), "date"))

    def born_after(age: int) -> tree.Node:
        return tree.Compare(">", born, tree.Constant(years_before(day, age), "date"))

    match operator:
        case ">=":
            return born_by(years)
        case ">":
            return born_by(years + 1)
        case "<":
            return born_after(years)
        case "<=":
            return born_after(years + 1)
    exactly = [born_by(years), born_after(years + 1)]
    return every(exactly) if operator == "==" else some([born_after(years), born_by(years + 1)])


def years_before(day: date, years: int) -> date:
    """Give the last birth date of who is so many years old on the day (29 February falls back to 28)."""
    try:
        return day.replace(year=max(day.year - years, 1))
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _texts(reader: "Reader", node: ast.Compare, operator: tree.Operator, left: Typed, right: Typed) -> tree.Node:
    if not isinstance(right.node, tree.Constant):
        if operator not in ("==", "!="):
            reader.refuse(node, "texts of two facts are compared with == and != only")
        return tree.Compare(operator, left.node, right.node)
    text = str(right.node.value)
    check_values(reader, node, left, (text,))
    if operator == "==":
        return among(left.node, frozenset((text,)))
    if operator == "!=":
        return _denied(among(left.node, frozenset((text,))))
    fact = reader.setting.vocabulary.facts.get(getattr(left.node, "name", ""))
    if fact is None or not fact.ordered:
        reader.refuse(node, f"{left.kind} has no order; use == or in")
    place = fact.values.index(text)
    chosen = {"<": fact.values[:place], "<=": fact.values[: place + 1],
              ">": fact.values[place + 1 :], ">=": fact.values[place:]}  # fmt: skip
    return among(left.node, frozenset(chosen[operator]))


def _inside(reader: "Reader", node: ast.Compare, left: Typed, right: Typed) -> tree.Node:
    if right.kind.base != "set":
        reader.refuse(node, f"`in` needs a set on its right, not {right.kind}")
    if left.kind.base != "text":
        reader.refuse(node, f"`in` needs a text on its left, not {left.kind}")
    if isinstance(right.node, tree.FactValue):
        if not isinstance(left.node, tree.Constant):
            reader.refuse(node, "whether a set fact contains something is asked with a written text")
        check_values(reader, node, right, (str(left.node.value),))
        return tree.Has(right.node, str(left.node.value))
    check_values(reader, node, left, right.kind.values)
    return among(left.node, frozenset(right.kind.values))


def check_values(reader: "Reader", node: ast.expr, typed: Typed, texts: Sequence[str]) -> None:
    """Refuse a text that the vocabulary does not know as a value of the fact."""
    if typed.kind.literal or not typed.kind.values:
        return
    for text in texts:
        if text not in typed.kind.values:
            name = getattr(typed.node, "name", "this")
            reader.refuse(node, f"{name} is never {text!r}; allowed are {', '.join(typed.kind.values)}")


def among(value: tree.Node, members: frozenset[str]) -> tree.Node:
    """Ask whether a text is among some; through if/else the question goes to both sides."""
    match value:
        case tree.Constant(text, _):
            return tree.Constant(text in members, "truth")
        case tree.Choose(test, yes, no):
            return tree.Choose(test, among(yes, members), among(no, members))
    return tree.Among(value, members)


def _denied(found: tree.Node) -> tree.Node:
    """Deny a membership as a comparison does: "n/a" stays False, so the fact must apply as well."""
    match found:
        case tree.Among(tree.FactValue() as fact, _) | tree.Has(fact, _):
            return tree.Every((tree.Applies(fact), tree.Opposite(found)))
    return opposite(found)


def opposite(node: tree.Node) -> tree.Node:
    """Deny a condition, without piling up denials."""
    match node:
        case tree.Opposite(part):
            return part
        case tree.Constant(value, _):
            return tree.Constant(not value, "truth")
    return tree.Opposite(node)


def every(parts: Sequence[tree.Node]) -> tree.Node:
    """Join conditions that must all hold; joins within joins become one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, tree.Every) else (part,))]
    return flat[0] if len(flat) == 1 else tree.Every(tuple(flat))


def some(parts: Sequence[tree.Node]) -> tree.Node:
    """Join conditions of which one must hold; joins within joins become one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, tree.Some) else (part,))]
    return flat[0] if len(flat) == 1 else tree.Some(tuple(flat))
