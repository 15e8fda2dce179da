"""The closed list of functions of the expression language, each written out in the nodes of the tree."""

import ast
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import gcd
from typing import TYPE_CHECKING

from doorleren.core.days import add_months
from doorleren.rules import comparing, tree
from doorleren.rules.kinds import DAY, TRUTH, Kind, Typed, level, multiplied, same_unit, times, unit_of

if TYPE_CHECKING:
    from doorleren.rules.reading import Reader


def call(reader: "Reader", node: ast.Call) -> Typed:
    """Read a call of one of the functions; refuse other names, keywords and wrong numbers of arguments."""
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name not in FUNCTIONS:
        reader.refuse(node, f"there is no function {ast.unparse(node.func)}; known are {', '.join(FUNCTIONS)}")
    function, fewest, most = FUNCTIONS[name]
    if node.keywords or not fewest <= len(node.args) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        reader.refuse(node, f"{name} takes {wanted} arguments, by place")
    return function(reader, node)


def _age(reader: "Reader", node: ast.Call) -> Typed:
    on = _day(reader, node.args[1]) if len(node.args) == 2 else tree.Constant(reader.setting.day, "date")
    return Typed(tree.Between("years", _day(reader, node.args[0]), on), Kind("number", unit_of("year")))


def _between(reader: "Reader", node: ast.Call) -> Typed:
    unit = node.func.id.removesuffix("_between")  # type: ignore[attr-defined]
    start, end = (_day(reader, part) for part in node.args)
    return Typed(tree.Between(unit, start, end), Kind("number", unit_of(unit.removesuffix("s"))))


def _moved(reader: "Reader", node: ast.Call) -> Typed:
    day, number = _day(reader, node.args[0]), reader.number(node.args[1])
    if not isinstance(day, tree.Constant) or not isinstance(number.node, tree.Constant) or number.denominator != 1:
        reader.refuse(node, "only `day` and date parameters can be moved, by a whole number; use days_between on facts")
    start, steps = day.value, whole(number.node)
    assert isinstance(start, date)
    try:
        moved = _add(node.func.id, start, steps)  # type: ignore[attr-defined]
    except (OverflowError, ValueError):
        reader.refuse(node, f"there is no such day: {steps} from {start}")
    return Typed(tree.Constant(moved, "date"), DAY)


def _add(function: str, start: date, steps: int) -> date:
    match function:
        case "add_days":
            return start + timedelta(days=steps)
        case "add_months":
            return add_months(start, steps)
    return add_months(start, 12 * steps)


def _pension(reader: "Reader", node: ast.Call) -> Typed:
    born, pension = _day(reader, node.args[0]), reader.setting.law.pension
    surely = pension.reached_if_born_by(reader.setting.day)
    perhaps = pension.not_reached_if_born_after(reader.setting.day)
    reached = tree.Compare("<=", born, tree.Constant(surely, "date"))
    if surely == perhaps:
        return Typed(reached, TRUTH)
    possible = tree.Compare("<=", born, tree.Constant(perhaps, "date"))
    return Typed(tree.Some((reached, tree.Every((possible, tree.Unknown())))), TRUTH)


def _size_class(reader: "Reader", node: ast.Call) -> Typed:
    names = ("employees", "turnover", "balance_total")
    given = [reader.read(part) for part in node.args]
    for typed, part, wanted in zip(given, node.args, names, strict=True):
        if typed.kind.base != "number":
            reader.refuse(part, f"size_class needs a number for {wanted}, not {typed.kind}")
    employees, turnover, balance = (typed.node for typed in given)
    law = reader.setting.law
    chosen: tree.Node = tree.Constant(law.largest, "text")
    for size in reversed(law.firm_sizes):
        few = tree.Compare("<", employees, tree.Constant(size.fewer_than, "number"))
        turns = tree.Compare("<=", turnover, tree.Constant(size.turnover, "number"))
        owns = tree.Compare("<=", balance, tree.Constant(size.balance_total, "number"))
        fits = tree.Every((few, tree.Some((turns, owns))))
        chosen = tree.Choose(fits, tree.Constant(size.name, "text"), chosen)
    return Typed(chosen, Kind("text", values=(*(size.name for size in law.firm_sizes), law.largest)))


def _applies(reader: "Reader", node: ast.Call) -> Typed:
    typed = reader.read(node.args[0])
    if not isinstance(typed.node, tree.FactValue):
        reader.refuse(node, "applies takes a fact")
    return Typed(tree.Applies(typed.node), TRUTH)


def _overlap(reader: "Reader", node: ast.Call) -> Typed:
    fact, wanted = (reader.read(part) for part in node.args)
    if not isinstance(fact.node, tree.FactValue) or fact.kind.base != "set":
        reader.refuse(node, "the first argument is a set fact")
    if wanted.kind.base != "set" or isinstance(wanted.node, tree.FactValue):
        reader.refuse(node, "the second argument is a written set or a set parameter")
    comparing.check_values(reader, node, fact, wanted.kind.values)
    parts = [tree.Has(fact.node, text) for text in sorted(wanted.kind.values)]
    if not parts:
        reader.refuse(node, "the set is empty")
    joined = comparing.some if node.func.id == "any_of" else comparing.every  # type: ignore[attr-defined]
    return Typed(joined(parts), TRUTH)


def _extreme(reader: "Reader", node: ast.Call) -> Typed:
    parts = [reader.number(part) for part in node.args]
    return extreme(reader, node, parts, greatest=node.func.id == "max")  # type: ignore[attr-defined]


def _clamp(reader: "Reader", node: ast.Call) -> Typed:
    value, low, high = (reader.number(part) for part in node.args)
    return extreme(reader, node, [extreme(reader, node, [value, low], greatest=True), high], greatest=False)


def _round(reader: "Reader", node: ast.Call) -> Typed:
    typed = reader.number(node.args[0])
    return rounded(typed, 100 if typed.kind.unit == unit_of("euro") else 1)


def extreme(reader: "Reader", node: ast.Call, parts: Sequence[Typed], *, greatest: bool) -> Typed:
    """Take the least or greatest of numbers of one unit."""
    unit = next((part.kind for part in parts if not part.kind.literal), parts[0].kind)
    for part in parts:
        if not same_unit(part.kind, unit):
            reader.refuse(node, f"{part.kind} cannot stand beside {unit}")
    shared, nodes = level(*parts)
    if all(isinstance(part, tree.Constant) for part in nodes):
        values = [whole(part) for part in nodes]
        return Typed(tree.Constant(max(values) if greatest else min(values), "number"), unit, shared)
    return Typed(tree.Extreme(greatest, tuple(nodes)), unit, shared)


def rounded(typed: Typed, parts_of_one: int) -> Typed:
    """Round half up to 1/parts_of_one (100: to the cent); the only rounding there is."""
    shared = gcd(parts_of_one, typed.denominator)
    node, divisor = times(typed.node, parts_of_one // shared), typed.denominator // shared
    if divisor == 1:
        return Typed(node, typed.kind, parts_of_one)
    if isinstance(node, tree.Constant):
        value = (2 * whole(node) + divisor) // (2 * divisor)
        return Typed(tree.Constant(value, "number"), typed.kind, parts_of_one)
    return Typed(tree.HalfUp(node, divisor), typed.kind, parts_of_one)


def product(left: Typed, right: Typed) -> Typed:
    """Multiply two numbers exactly; a constant becomes a fixed factor over the smallest denominator."""
    kind, below = multiplied(left.kind, right.kind), left.denominator * right.denominator
    if isinstance(left.node, tree.Constant):
        left, right = right, left
    if not isinstance(right.node, tree.Constant):
        return Typed(tree.Product(left.node, right.node), kind, below)
    factor = whole(right.node)
    shared = gcd(factor, below) or 1
    return Typed(times(left.node, factor // shared), kind, below // shared)


def total(parts: Sequence[tree.Node]) -> tree.Node:
    """Add numbers of one measure; constants are added at once."""
    if all(isinstance(part, tree.Constant) for part in parts):
        return tree.Constant(sum(whole(part) for part in parts), "number")
    return tree.Total(tuple(parts))


def whole(node: tree.Node) -> int:
    """Give the number that a constant stands for."""
    assert isinstance(node, tree.Constant)
    assert isinstance(node.value, int)
    return node.value


def choose(test: tree.Node, yes: tree.Node, no: tree.Node) -> tree.Node:
    """Choose by a test; a test that is settled chooses now."""
    if isinstance(test, tree.Constant):
        return yes if test.value else no
    return tree.Choose(test, yes, no)


def _day(reader: "Reader", node: ast.expr) -> tree.Node:
    typed = reader.read(node)
    if typed.kind.base != "date":
        reader.refuse(node, f"a day is needed here, not {typed.kind}")
    return typed.node


FUNCTIONS: dict[str, tuple[Callable[["Reader", ast.Call], Typed], int, int]] = {
    "age": (_age, 1, 2),
    "years_between": (_between, 2, 2),
    "months_between": (_between, 2, 2),
    "days_between": (_between, 2, 2),
    "add_days": (_moved, 2, 2),
    "add_months": (_moved, 2, 2),
    "add_years": (_moved, 2, 2),
    "pension_age_reached": (_pension, 1, 1),
    "size_class": (_size_class, 3, 3),
    "applies": (_applies, 1, 1),
    "any_of": (_overlap, 2, 2),
    "all_of": (_overlap, 2, 2),
    "min": (_extreme, 2, 9),
    "max": (_extreme, 2, 9),
    "clamp": (_clamp, 3, 3),
    "round": (_round, 1, 1),
}
