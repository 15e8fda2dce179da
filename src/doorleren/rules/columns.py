"""The evaluator in columns: a scheme over millions of people as Polars expressions, null for unknown.

Polars skips nulls in min, max and sum over columns and takes the else branch for a null test; none of those
constructs is used here for a value that may be unknown.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl

from doorleren.rules import tree
from doorleren.rules.layout import NOT_APPLICABLE, column, companion, member_column
from doorleren.rules.tree import parts_of, walk
from doorleren.rules.vocabulary import Vocabulary

COMPARISONS: dict[str, Callable[[Any, Any], pl.Expr]] = {
    "<": pl.Expr.lt, "<=": pl.Expr.le, "==": pl.Expr.eq, "!=": pl.Expr.ne, ">": pl.Expr.gt, ">=": pl.Expr.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value in columns and, where it can be, whether it does not apply (never null).

    `step` counts the rounds of columns that must have been added before; `single` says that it costs nothing to use
    twice, `fixed` that it is a constant. A number is unknown where `expr` is null, and also where `known` is not True:
    truths are bits, so it is cheaper to keep that aside than to put nulls among the numbers at every turn.
    """

    expr: pl.Expr
    absent: pl.Expr | None = None
    step: int = 0
    single: bool = False
    fixed: bool = False
    known: pl.Expr | None = None

    @property
    def told(self) -> pl.Expr:
        """Give the value with a null wherever it is unknown."""
        return self.expr if self.known is None else pl.when(self.known).then(self.expr)


class Columns:
    """The algebra over the columns that a frame has; a fact without a column is unknown for everybody.

    Polars computes an expression as often as it is named, so what is used twice gets a column of its own: `steps` holds
    those, round by round, and what is asked again gets the answer of the first time.
    """

    def __init__(self, available: Collection[str], repeated: Collection[tree.Node] = ()) -> None:
        """Take the names of the frame's columns, and the parts that occur more than once."""
        self.available = available
        self.repeated = repeated
        self.steps: list[list[pl.Expr]] = []
        self.answered: dict[tree.Node, Value] = {}

    def once(self, value: Value) -> Value:
        """Give a value a column of its own."""
        if value.single:
            return value
        known = None if value.known is None else self._added(value.known, value.step)
        return Value(self._added(value.expr, value.step), value.absent, value.step + 1, single=True, known=known)

    def _added(self, expr: pl.Expr, step: int) -> pl.Expr:
        self.steps += [[] for _ in range(step + 1 - len(self.steps))]
        name = f"={sum(map(len, self.steps))}"
        self.steps[step].append(expr.alias(name))
        return pl.col(name)

    def added_to(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Add the columns that were made so far."""
        return reduce(pl.LazyFrame.with_columns, self.steps, frame)

    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> Value:
        """Answer for a constant or fact."""
        match node:
            case tree.Unknown():
                return Value(pl.lit(None, dtype=pl.Boolean), single=True)
            case tree.Constant(value, kind):
                return Value(pl.lit(value, dtype=pl.Int64 if kind == "number" else None), single=True, fixed=True)
            case tree.FactValue(name, kind):
                return self._fact(name, kind)
        raise TypeError(f"not a leaf: {node!r}")

    def _fact(self, name: str, kind: str) -> Value:
        lying = column(name) if kind != "set" else self._lying(name)
        present = lying in self.available
        expr = pl.col(lying) if present else pl.lit(None, dtype=EMPTY[kind])
        if kind == "text":
            return Value(expr, expr.eq(NOT_APPLICABLE).fill_null(False) if present else None, single=True)
        absent = pl.col(companion(name)) if companion(name) in self.available else None
        return Value(expr, absent, single=True)

    def _lying(self, name: str) -> str:
        """Give the list column of a set or, where it lies as one truth per member, any of those: all say if it is known."""
        members = (other for other in self.available if other.startswith(member_column(name, "")))
        return column(name) if column(name) in self.available else next(members, "")

    def branch(self, node: tree.Node, parts: list[Value]) -> Value:
        """Answer for a node with parts, once."""
        if node not in self.answered:
            value = self._answer(node, parts)
            self.answered[node] = self.once(value) if node in self.repeated else value
        return self.answered[node]

    def _answer(self, node: tree.Node, parts: list[Value]) -> Value:
        step = max(part.step for part in parts)
        match node:
            case tree.Compare():
                return Value(_present(_compared(node, parts), parts), step=step)
            case tree.Among(_, members):
                return Value(_among(parts[0].expr, members), step=step)
            case tree.Has(fact, member):
                return Value(_present(self._has(fact.name, member, parts[0].expr), parts), step=step)
            case tree.Applies():
                return Value(_applies(parts[0]), step=step)
            case tree.Every():
                return Value(reduce(pl.Expr.and_, [part.expr for part in parts]), step=step)
            case tree.Some():
                return Value(reduce(pl.Expr.or_, [part.expr for part in parts]), step=step)
            case tree.Opposite():
                return Value(parts[0].expr.not_(), step=step)
            case tree.Presumed(_, role, who):
                return self._presumed(parts[0], role.name, who)
            case tree.Choose():
                return self._choose(node, *parts)
        numbers = [self._wide(one, part) for one, part in zip(parts_of(node), parts, strict=True)]
        if isinstance(node, tree.Extreme):
            return reduce(lambda one, other: self._extreme(node.greatest, one, other), numbers)
        exprs = [number.expr for number in numbers]
        step = max(number.step for number in numbers)
        return Value(arithmetic(node, exprs), _any_absent(parts), step, known=_all_known(numbers))

    def _wide(self, node: tree.Node, part: Value) -> Value:
        """Give a fact that is reckoned with 64 bits, however narrow its column is."""
        if not isinstance(node, tree.FactValue) or node.kind != "number":
            return part
        if node not in self.answered:
            self.answered[node] = self.once(Value(part.expr.cast(pl.Int64), part.absent))
        return self.answered[node]

    def _has(self, name: str, member: str, listed: pl.Expr) -> pl.Expr:
        if member_column(name, member) in self.available:
            return pl.col(member_column(name, member))
        return listed.list.contains(member)

    def _presumed(self, part: Value, role: str, who: str) -> Value:
        if column(role) not in self.available:
            return part
        part = self.once(part)
        return Value(part.expr | (part.expr.is_null() & pl.col(column(role)).eq(who)), step=part.step)

    def _choose(self, node: tree.Choose, test: Value, yes: Value, no: Value) -> Value:
        gone_yes, gone_no, asked = yes.absent, no.absent, test.expr
        yes, no = self._wide(node.yes, yes), self._wide(node.no, no)
        test = self._guarded(node, test)
        if isinstance(node.test, tree.Applies) and test.fixed:
            return Value(yes.expr, _chosen_absent(asked, gone_yes, gone_no), yes.step, known=yes.known)
        known: list[pl.Expr | None] = []
        if not (isinstance(node.test, tree.Applies) and node.test.fact in _needed(node.yes)):
            test, yes, no = self.once(test), self.once(yes), self.once(no)
            clear = test.expr.is_not_null()
            known = [clear if yes.fixed and no.fixed else clear | yes.expr.eq(no.expr)]
        known += [None if yes.known is None else test.expr.not_() | yes.known]
        known += [None if no.known is None else test.expr | no.known]
        chosen = pl.when(test.expr).then(yes.expr).otherwise(no.expr)
        absent, step = _chosen_absent(asked, gone_yes, gone_no), max(test.step, yes.step, no.step)
        value = Value(chosen, absent, step, known=_all(known))
        return value if _is_number(node) else Value(value.told, absent, step)

    def _guarded(self, node: tree.Choose, test: Value) -> Value:
        """Take "it applies" out of a test where the value is unknown anyway with that fact: only "n/a" is left to ask."""
        parts = node.test.parts if isinstance(node.test, tree.Every) else (node.test,)
        needed = _needed(node.yes)
        facts = [part.fact for part in parts if isinstance(part, tree.Applies) and part.fact in needed]
        if not facts:
            return test
        gone = [self._fact(fact.name, fact.kind).absent for fact in facts]
        here = [Value(expr.not_()) for expr in gone if expr is not None]
        rest = [walk(part, self) for part in parts if not (isinstance(part, tree.Applies) and part.fact in needed)]
        both = [*rest, *here]
        if not both:
            return Value(pl.lit(True), single=True, fixed=True)
        return every(both)

    def _extreme(self, greatest: bool, first: Value, second: Value) -> Value:
        first, second = self.once(first), self.once(second)
        beyond = first.expr < second.expr if greatest else first.expr > second.expr
        chosen = pl.when(beyond).then(second.expr).otherwise(first.expr)
        known = _all([_all_known([first, second]), None if second.fixed else second.expr.is_not_null()])
        return Value(chosen, _any_absent([first, second]), max(first.step, second.step), known=known)

    def richest(self, paid: list[Value]) -> Value:
        """Give the greatest of some amounts, of which null is no amount (a horizontal max is ten times as slow)."""
        return reduce(self._richer, paid)

    def _richer(self, first: Value, second: Value) -> Value:
        first, second = self.once(first), self.once(second)
        chosen = pl.when(second.expr.is_null() | (first.expr >= second.expr)).then(first.expr).otherwise(second.expr)
        return Value(chosen, step=max(first.step, second.step))


EMPTY: dict[str, Any] = {
    "truth": pl.Boolean,
    "number": pl.Int64,
    "date": pl.Date,
    "text": pl.String,
    "set": pl.List(pl.String),
}


def _compared(node: tree.Compare, parts: list[Value]) -> pl.Expr:
    left, right = parts[0].told, parts[1].told
    match node:
        case tree.Compare("==", _, tree.Constant(True, "truth")):
            return left
        case tree.Compare(_, _, tree.Constant(limit, "number")):
            right = pl.lit(limit)  # without a type, so that a narrow column is compared as it lies
    return COMPARISONS[node.operator](left, right)


def _present(expr: pl.Expr, parts: list[Value]) -> pl.Expr:
    absent = _any_absent(parts)
    return expr if absent is None else expr & absent.not_()


def _any_absent(parts: Iterable[Value]) -> pl.Expr | None:
    found = [part.absent for part in parts if part.absent is not None]
    return reduce(pl.Expr.or_, found) if found else None


def _among(expr: pl.Expr, members: frozenset[str]) -> pl.Expr:
    if not members:
        return pl.when(expr.is_not_null()).then(False).otherwise(None)
    return reduce(pl.Expr.or_, [expr.eq(member) for member in sorted(members)])


def _all(truths: Iterable[pl.Expr | None]) -> pl.Expr | None:
    found = [truth for truth in truths if truth is not None]
    return reduce(pl.Expr.and_, found) if found else None


def _all_known(parts: Iterable[Value]) -> pl.Expr | None:
    return _all(part.known for part in parts)


def _applies(fact: Value) -> pl.Expr:
    if fact.absent is None:
        return pl.when(fact.expr.is_not_null()).then(True)
    return pl.when(fact.absent | fact.expr.is_not_null()).then(fact.absent.not_())


def _needed(node: tree.Node) -> frozenset[tree.FactValue]:
    """Name the facts without which a value is unknown for certain, so that a test whether one applies adds nothing."""
    match node:
        case tree.FactValue():
            return frozenset((node,))
        case tree.Total() | tree.Times() | tree.Product() | tree.Extreme() | tree.HalfUp() | tree.Between():
            return frozenset().union(*(_needed(part) for part in parts_of(node)))
    return frozenset()


def _is_number(node: tree.Node) -> bool:
    match node:
        case tree.FactValue(_, kind) | tree.Constant(_, kind):
            return kind == "number"
        case tree.Choose(_, yes, no):
            return _is_number(yes) or _is_number(no)
    return isinstance(node, tree.Total | tree.Times | tree.Product | tree.Extreme | tree.HalfUp | tree.Between)


def _chosen_absent(test: pl.Expr, yes: pl.Expr | None, no: pl.Expr | None) -> pl.Expr | None:
    if yes is None and no is None:
        return None
    first, second = (pl.lit(False) if side is None else side for side in (yes, no))
    return pl.when(test).then(first).when(test.not_()).then(second).otherwise(first & second)


def arithmetic(node: tree.Node, parts: list[pl.Expr]) -> pl.Expr:
    """Reckon with numbers and days."""
    match node:
        case tree.Total():
            return reduce(pl.Expr.add, parts)
        case tree.Times(_, factor):
            return parts[0] * factor
        case tree.Product():
            return parts[0] * parts[1]
        case tree.HalfUp(_, divisor):
            return (parts[0] + divisor // 2) // divisor
        case tree.Between("days", _, _):
            return (parts[1] - parts[0]).dt.total_days()
        case tree.Between("years", _, _):
            return (_as_number(parts[1]) - _as_number(parts[0])) // 10000
        case tree.Between():
            months = [part.dt.year().cast(pl.Int64) * 12 + part.dt.month().cast(pl.Int64) for part in parts]
            return months[1] - months[0] - parts[1].dt.day().lt(parts[0].dt.day()).cast(pl.Int64)
    raise TypeError(f"no columns for {node!r}")


def _as_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 10000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day().cast(pl.Int64)


def every(parts: Sequence[Value]) -> Value:
    """Join truths with "and"."""
    if not parts:
        return Value(pl.lit(True), single=True)
    return Value(reduce(pl.Expr.and_, [part.expr for part in parts]), step=max(part.step for part in parts))


def polars_type(name: str, vocabulary: Vocabulary) -> Any:
    """Give the type of a fact's column: texts with known values are enumerations, which compare fast."""
    fact = vocabulary.facts[name]
    if fact.type == "enum":
        return pl.Enum([*fact.values, NOT_APPLICABLE])
    kinds = {"bool": pl.Boolean, "date": pl.Date, "set": pl.List(pl.String), "code": pl.String}
    return kinds.get(fact.type, pl.Int64)
