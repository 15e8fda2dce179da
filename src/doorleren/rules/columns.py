"""The evaluator in columns: a scheme over millions of people as Polars expressions, null for unknown.

Polars skips nulls in min, max and sum over columns and takes the else branch for a null test; none of those
constructs is used here for a value that may be unknown.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl

from doorleren.rules import tree
from doorleren.rules.layout import NOT_APPLICABLE, column, companion, condition_column, member_column
from doorleren.rules.settled import Settled, SettledTrack
from doorleren.rules.simplified import simplified
from doorleren.rules.tree import parts_of, walk
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
    """The algebra over the columns that a frame has; a fact without a column is unknown for everybody.

    `shared` names columns in which the truth of a part already stands.
    """

    def __init__(self, available: Collection[str], shared: Mapping[tree.Node, str] | None = None) -> None:
        """Take the names of the frame's columns."""
        self.available = available
        self.shared = shared or {}

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
        if node in self.shared:
            return Value(pl.col(self.shared[node]))
        match node:
            case tree.Compare():
                return Value(_present(_compared(node, parts), parts))
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
            case tree.Presumed(_, role, who):
                return Value(self._presumed(parts[0].expr, role.name, who))
            case tree.Choose():
                return self._choose(node, *parts)
        return Value(_arithmetic(node, [_wide(one, part) for one, part in zip(parts_of(node), parts, strict=True)]),
                     _any_absent(parts))  # fmt: skip

    def _presumed(self, part: pl.Expr, role: str, who: str) -> pl.Expr:
        if column(role) not in self.available:
            return part
        return part | (part.is_null() & pl.col(column(role)).eq(who))

    def _choose(self, node: tree.Choose, test: Value, yes: Value, no: Value) -> Value:
        first, second = _wide(node.yes, yes), _wide(node.no, no)
        if isinstance(node.test, tree.Applies) and node.test.fact in _needed(node.yes):
            chosen = first if (gone := self._fact(node.test.fact.name, node.test.fact.kind).absent) is None else (
                pl.when(gone).then(second).otherwise(first))  # fmt: skip
        elif isinstance(node.yes, tree.Constant) and isinstance(node.no, tree.Constant):
            chosen = pl.when(test.expr).then(first).when(test.expr.is_not_null()).then(second)
        else:
            same = test.expr.is_not_null() | first.eq(second)
            chosen = pl.when(test.expr).then(first).otherwise(pl.when(same).then(second))
        if yes.absent is None and no.absent is None:
            return Value(chosen)
        gone_yes, gone_no = (pl.lit(False) if side.absent is None else side.absent for side in (yes, no))
        absent = pl.when(test.expr).then(gone_yes).when(test.expr.not_()).then(gone_no).otherwise(gone_yes & gone_no)
        return Value(chosen, absent)


EMPTY: dict[str, Any] = {"truth": pl.Boolean, "number": pl.Int64, "date": pl.Date, "text": pl.String, "set": pl.List(pl.String)}


def _compared(node: tree.Compare, parts: list[Value]) -> pl.Expr:
    left, right = parts[0].expr, parts[1].expr
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
    return reduce(pl.Expr.or_, [expr.eq(member) for member in sorted(members)])


def _applies(fact: Value) -> pl.Expr:
    known = pl.when(fact.expr.is_not_null()).then(True)
    if fact.absent is None:
        return known.otherwise(None)
    return pl.when(fact.absent).then(False).when(fact.expr.is_not_null()).then(True).otherwise(None)


def _needed(node: tree.Node) -> frozenset[tree.FactValue]:
    """Name the facts without which a value is unknown for certain, so that a test whether one applies adds nothing."""
    match node:
        case tree.FactValue():
            return frozenset((node,))
        case tree.Total() | tree.Times() | tree.Product() | tree.Extreme() | tree.HalfUp() | tree.Between():
            return frozenset().union(*(_needed(part) for part in parts_of(node)))
    return frozenset()


def _wide(node: tree.Node, part: Value) -> pl.Expr:
    """Give a fact that is reckoned with 64 bits, however narrow its column is."""
    if isinstance(node, tree.FactValue) and node.kind == "number":
        return part.expr.cast(pl.Int64)
    return part.expr


def _arithmetic(node: tree.Node, parts: list[pl.Expr]) -> pl.Expr:
    match node:
        case tree.Total():
            return reduce(pl.Expr.add, parts)
        case tree.Times(_, factor):
            return parts[0] * factor
        case tree.Product():
            return parts[0] * parts[1]
        case tree.Extreme(greatest, (_, tree.Constant(limit, _))):
            passes = parts[0] < limit if greatest else parts[0] > limit
            return pl.when(passes).then(pl.lit(limit, dtype=pl.Int64)).otherwise(parts[0])
        case tree.Extreme(greatest, _):
            return reduce(_greater if greatest else _lesser, parts)
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


def _lesser(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    return pl.when(first <= second).then(first).otherwise(pl.when(first.is_not_null()).then(second))


def _greater(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    return pl.when(first >= second).then(first).otherwise(pl.when(first.is_not_null()).then(second))


def _richer(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """Give the greater of two amounts, of which null is no amount (a horizontal max is ten times as slow)."""
    return pl.when(second.is_null() | (first >= second)).then(first).otherwise(second)


def _as_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 10000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day().cast(pl.Int64)


def with_verdicts(frame: pl.LazyFrame, versions: Iterable[Settled], *, reasons: bool = False) -> pl.LazyFrame:
    """Give, per version, a column of verdicts (True eligible, False not, null unknown) and one of amounts in cents.

    Columns are named after the scheme; with reasons there is one more per condition. Lazy: nothing runs yet. What is
    asked more than once, in one scheme or in several, is computed once.
    """
    questions = [_Question(version) for version in versions]
    available = frame.collect_schema().names()
    parts = {node: f"={place}" for place, node in enumerate(_repeated(questions))}
    wanted = dict.fromkeys(node for one in questions for node in one.conditions)
    truths = {node: f"={len(parts) + place}" for place, node in enumerate(wanted) if node not in parts}
    frame = _computed(frame, parts, Columns(available))
    frame = _computed(frame, truths, Columns(available, parts))
    algebra = Columns(available, parts | truths)
    answers = [expr for one in questions for expr in one.answers(algebra)]
    told = [expr for one in questions for expr in one.reasons(algebra)] if reasons else []
    return frame.select(*answers, *told)


def _computed(frame: pl.LazyFrame, named: Mapping[tree.Node, str], algebra: Columns) -> pl.LazyFrame:
    return frame.with_columns([walk(node, algebra).expr.alias(name) for node, name in named.items()]) if named else frame


class _Question:
    """A version with its trees simplified, and the columns that it answers with."""

    def __init__(self, version: Settled) -> None:
        self.version = version
        self.conditions = [simplified(one.counted) for one in version.conditions]
        self.amounts = [
            simplified(track.granted) if track.granted is not None and track.exact else None for track in version.tracks
        ]

    def answers(self, algebra: Columns) -> list[pl.Expr]:
        """Give the verdict and the amount."""
        name = self.version.version.id
        truths = [self._truth(track, algebra) for track in self.version.tracks]
        paid = [
            pl.when(truth).then(walk(amount, algebra).expr)
            for amount, truth in zip(self.amounts, truths, strict=True)
            if amount is not None
        ]
        amount = reduce(_richer, paid) if paid else pl.lit(None, dtype=pl.Int64)
        return [reduce(pl.Expr.or_, truths).alias(name), amount.cast(pl.Int64).alias(f"{name}|amount")]

    def _truth(self, track: SettledTrack, algebra: Columns) -> pl.Expr:
        conditions = [walk(self.conditions[place], algebra).expr for place in track.places]
        return reduce(pl.Expr.and_, conditions) if conditions else pl.lit(True)

    def reasons(self, algebra: Columns) -> list[pl.Expr]:
        """Give the truth of every condition under its name."""
        named = zip(self.conditions, named_conditions(self.version), strict=True)
        return [walk(node, algebra).expr.alias(name) for node, (_, name) in named]


def _repeated(questions: Iterable[_Question]) -> list[tree.Node]:
    """Find the joins that more than one condition or amount has as a part, the largest of them only."""
    trees = [node for one in questions for node in (*one.conditions, *one.amounts) if node is not None]
    counted: Counter[tree.Node] = Counter()
    for node in dict.fromkeys(trees):
        counted.update(list(dict.fromkeys(_joins(node))))
    shared = [node for node, times in counted.items() if times > 1]
    inner = {part for node in shared for part in _joins(node) if part != node}
    return [node for node in shared if node not in inner]


def _joins(node: tree.Node) -> Iterator[tree.Node]:
    if isinstance(node, tree.Every | tree.Some):
        yield node
    for part in parts_of(node):
        yield from _joins(part)


def named_conditions(version: Settled) -> list[tuple[Any, str]]:
    """Name each condition's column, with its track where two tracks use one id."""
    ids = [one.condition.id for one in version.conditions]
    named = []
    for place, one in enumerate(version.conditions):
        track = next(track.track.id for track in version.tracks if place in track.places)
        twice = ids.count(one.condition.id) > 1
        named.append((one, condition_column(version.version.id, one.condition.id, track if twice else "")))
    return named


def polars_type(name: str, vocabulary: Vocabulary) -> Any:
    """Give the type of a fact's column: texts with known values are enumerations, which compare fast."""
    fact = vocabulary.facts[name]
    if fact.type == "enum":
        return pl.Enum([*fact.values, NOT_APPLICABLE])
    kinds = {"bool": pl.Boolean, "date": pl.Date, "set": pl.List(pl.String), "code": pl.String}
    return kinds.get(fact.type, pl.Int64)
