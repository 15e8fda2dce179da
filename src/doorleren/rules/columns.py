"""The evaluator in columns: a scheme over millions of people as Polars expressions, null for unknown.

Polars skips nulls in min, max and sum over columns and takes the else branch for a null test; none of those
constructs is used here for a value that may be unknown.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl

from doorleren.rules import tree
from doorleren.rules.layout import NOT_APPLICABLE, column, companion, condition_column, member_column
from doorleren.rules.settled import Settled, SettledTrack
from doorleren.rules.tree import walk
from doorleren.rules.vocabulary import Vocabulary

COMPARISONS: dict[str, Callable[[Any, Any], pl.Expr]] = {
    "<": pl.Expr.lt, "<=": pl.Expr.le, "==": pl.Expr.eq, "!=": pl.Expr.ne, ">": pl.Expr.gt, ">=": pl.Expr.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value in columns and, where it can be, whether it does not apply (never null)."""

    expr: pl.Expr
    absent: pl.Expr | None = None


class Columns:
    """The algebra over the columns that a frame has; a fact without a column is unknown for everybody."""

    def __init__(self, available: Collection[str]) -> None:
        """Take the names of the frame's columns."""
        self.available = available

    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> Value:
        """Answer for a constant or fact."""
        match node:
            case tree.Unknown():
                return Value(pl.lit(None, dtype=pl.Boolean))
            case tree.Constant(value, kind):
                return Value(pl.lit(value, dtype=pl.Int64 if kind == "number" else None))
            case tree.FactValue(name, kind):
                return self._fact(name, kind)
        raise TypeError(f"not a leaf: {node!r}")

    def _fact(self, name: str, kind: str) -> Value:
        lying = column(name) if kind != "set" else self._lying(name)
        present = lying in self.available
        expr = pl.col(lying) if present else pl.lit(None, dtype=EMPTY[kind])
        if kind == "text":
            return Value(expr, expr.eq(NOT_APPLICABLE).fill_null(False) if present else None)
        absent = pl.col(companion(name)) if companion(name) in self.available else None
        return Value(expr, absent)

    def _lying(self, name: str) -> str:
        """Give the list column of a set or, where it lies as one truth per member, any of those: all say if it is known."""
        members = (other for other in self.available if other.startswith(member_column(name, "")))
        return column(name) if column(name) in self.available else next(members, "")

    def _has(self, name: str, member: str, listed: pl.Expr) -> pl.Expr:
        if member_column(name, member) in self.available:
            return pl.col(member_column(name, member))
        return listed.list.contains(member)

    def branch(self, node: tree.Node, parts: list[Value]) -> Value:
        """Answer for a node with parts."""
        match node:
            case tree.Compare(sign, _, _):
                return Value(_present(_compared(sign, node, parts), parts))
            case tree.Among(_, members):
                return Value(_among(parts[0].expr, members))
            case tree.Has(fact, member):
                return Value(_present(self._has(fact.name, member, parts[0].expr), parts))
            case tree.Applies():
                return Value(_applies(parts[0]))
            case tree.Every():
                return Value(reduce(pl.Expr.and_, [part.expr for part in parts]))
            case tree.Some():
                return Value(reduce(pl.Expr.or_, [part.expr for part in parts]))
            case tree.Opposite():
                return Value(parts[0].expr.not_())
            case tree.Presumed(_, _, who):
                part, role = parts
                return Value(pl.when(part.expr.is_null() & role.expr.eq(who)).then(True).otherwise(part.expr))
            case tree.Choose():
                return _choose(*parts)
        return Value(_arithmetic(node, [part.expr for part in parts]), _any_absent(parts))


EMPTY: dict[str, Any] = {
    "truth": pl.Boolean,
    "number": pl.Int64,
    "date": pl.Date,
    "text": pl.String,
    "set": pl.List(pl.String),
}


def _compared(sign: str, node: tree.Compare, parts: list[Value]) -> pl.Expr:
    if sign == "==" and isinstance(node.right, tree.Constant) and node.right.value is True:
        return parts[0].expr
    return COMPARISONS[sign](parts[0].expr, parts[1].expr)


def _present(expr: pl.Expr, parts: list[Value]) -> pl.Expr:
    absent = _any_absent(parts)
    return expr if absent is None else expr & absent.not_()


def _any_absent(parts: Iterable[Value]) -> pl.Expr | None:
    found = [part.absent for part in parts if part.absent is not None]
    return reduce(pl.Expr.or_, found) if found else None


def _among(expr: pl.Expr, members: frozenset[str]) -> pl.Expr:
    return reduce(pl.Expr.or_, [expr.eq(member) for member in sorted(members)])


def _applies(fact: Value) -> pl.Expr:
    known = pl.when(fact.expr.is_not_null()).then(True)
    if fact.absent is None:
        return known.otherwise(None)
    return pl.when(fact.absent).then(False).when(fact.expr.is_not_null()).then(True).otherwise(None)


def _choose(test: Value, yes: Value, no: Value) -> Value:
    chosen = (
        pl.when(test.expr).then(yes.expr).when(test.expr.not_()).then(no.expr)
        .when(yes.expr.eq(no.expr)).then(yes.expr).otherwise(None)
    )  # fmt: skip
    if yes.absent is None and no.absent is None:
        return Value(chosen)
    first, second = (pl.lit(False) if side.absent is None else side.absent for side in (yes, no))
    absent = pl.when(test.expr).then(first).when(test.expr.not_()).then(second).otherwise(first & second)
    return Value(chosen, absent)


def _arithmetic(node: tree.Node, parts: list[pl.Expr]) -> pl.Expr:
    match node:
        case tree.Total():
            return reduce(pl.Expr.add, parts)
        case tree.Times(_, factor):
            return parts[0] * factor
        case tree.Product():
            return parts[0] * parts[1]
        case tree.Extreme(greatest, _):
            return reduce(_greater if greatest else _lesser, parts)
        case tree.HalfUp(_, divisor):
            return (parts[0] * 2 + divisor) // (2 * divisor)
        case tree.Between("days", _, _):
            return (parts[1] - parts[0]).dt.total_days()
        case tree.Between("years", _, _):
            return (_as_number(parts[1]) - _as_number(parts[0])) // 10000
        case tree.Between():
            months = [part.dt.year().cast(pl.Int64) * 12 + part.dt.month().cast(pl.Int64) for part in parts]
            return months[1] - months[0] - parts[1].dt.day().lt(parts[0].dt.day()).cast(pl.Int64)
    raise TypeError(f"no columns for {node!r}")


def _lesser(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    return pl.when(first <= second).then(first).when(first > second).then(second).otherwise(None)


def _greater(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    return pl.when(first >= second).then(first).when(first < second).then(second).otherwise(None)


def _as_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 10000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day().cast(pl.Int64)


def with_verdicts(frame: pl.LazyFrame, versions: Iterable[Settled], *, reasons: bool = False) -> pl.LazyFrame:
    """Give, per version, a column of verdicts (True eligible, False not, null unknown) and one of amounts in cents.

    Columns are named after the scheme; with reasons there is one more per condition. Lazy: nothing runs yet.
    """
    settled = list(versions)
    algebra = Columns(frame.collect_schema().names())
    conditions = [
        walk(one.counted, algebra).expr.alias(name) for version in settled for one, name in named_conditions(version)
    ]
    answers = [expr for version in settled for expr in _answers(version, algebra)]
    told = [pl.col(name) for version in settled for _, name in named_conditions(version)] if reasons else []
    return frame.with_columns(conditions).select(*answers, *told)


def named_conditions(version: Settled) -> list[tuple[Any, str]]:
    """Name each condition's column, with its track where two tracks use one id."""
    ids = [one.condition.id for one in version.conditions]
    named = []
    for place, one in enumerate(version.conditions):
        track = next(track.track.id for track in version.tracks if place in track.places)
        twice = ids.count(one.condition.id) > 1
        named.append((one, condition_column(version.version.id, one.condition.id, track if twice else "")))
    return named


def _answers(version: Settled, algebra: Columns) -> list[pl.Expr]:
    names = [name for _, name in named_conditions(version)]
    truths = [_track_truth(track, names) for track in version.tracks]
    verdict = reduce(pl.Expr.or_, truths).alias(version.version.id)
    paid = [
        pl.when(truth).then(walk(track.granted, algebra).expr)
        for track, truth in zip(version.tracks, truths, strict=True)
        if track.granted is not None and track.exact
    ]
    amount = pl.max_horizontal(paid) if paid else pl.lit(None, dtype=pl.Int64)
    return [verdict, amount.cast(pl.Int64).alias(f"{version.version.id}|amount")]


def _track_truth(track: SettledTrack, names: list[str]) -> pl.Expr:
    conditions = [pl.col(names[place]) for place in track.places]
    return reduce(pl.Expr.and_, conditions) if conditions else pl.lit(True)


def polars_type(name: str, vocabulary: Vocabulary) -> Any:
    """Give the type of a fact's column: texts with known values are enumerations, which compare fast."""
    fact = vocabulary.facts[name]
    if fact.type == "enum":
        return pl.Enum([*fact.values, NOT_APPLICABLE])
    kinds = {"bool": pl.Boolean, "date": pl.Date, "set": pl.List(pl.String), "code": pl.String}
    return kinds.get(fact.type, pl.Int64)
