"""The evaluator in SQL: the same scheme as text for DuckDB or Spark, through sqlglot, null for unknown.

Every CASE says all its branches: in SQL a null test falls through to ELSE, and LEAST skips nulls in some engines.
So an operand stands in it more than once: one that is no plain column is computed first, as a column of a subquery
below, or the text would double with every min and if/else. Division is of whole numbers and always floors.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce

from sqlglot import exp

from doorleren.rules import tree
from doorleren.rules.layout import NOT_APPLICABLE, column, companion, named_conditions
from doorleren.rules.settled import Settled
from doorleren.rules.tree import walk

SIGNS: dict[str, type[exp.Binary]] = {
    "<": exp.LT, "<=": exp.LTE, "==": exp.EQ, "!=": exp.NEQ, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
EMPTY = {"truth": "BOOLEAN", "number": "BIGINT", "date": "DATE", "text": "VARCHAR", "set": "ARRAY<VARCHAR>"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as SQL and, where it can be, whether it does not apply (never null)."""

    sql: exp.Expr
    absent: exp.Expr | None = None


class Sql:
    """The algebra over the columns that a table has; a fact without a column is unknown for everybody."""

    def __init__(self, available: Collection[str]) -> None:
        """Take the names of the table's columns."""
        self.available = available
        self.layers: list[list[exp.Expr]] = []
        self._names: dict[object, tuple[str, int]] = {}

    def leaf(self, node: tree.Unknown | tree.Constant | tree.FactValue) -> Value:
        """Answer for a constant or fact."""
        match node:
            case tree.Unknown():
                return Value(_empty("truth"))
            case tree.Constant(value, _):
                return Value(_literal(value))
            case tree.FactValue(name, kind):
                return self._fact(name, kind)
        raise TypeError(f"not a leaf: {node!r}")

    def _fact(self, name: str, kind: str) -> Value:
        if column(name) not in self.available:
            return Value(_empty(kind))
        value = exp.column(column(name), quoted=True)
        if kind == "text":
            equal = exp.EQ(this=value.copy(), expression=_literal(NOT_APPLICABLE))
            return Value(value, exp.Coalesce(this=_paren(equal), expressions=[exp.false()]))
        named = companion(name)
        return Value(value, exp.column(named, quoted=True) if named in self.available else None)

    def branch(self, node: tree.Node, parts: list[Value]) -> Value:
        """Answer for a node with parts."""
        match node:
            case tree.Compare(sign, _, _):
                compared = SIGNS[sign](this=_paren(parts[0].sql), expression=_paren(parts[1].sql))
                return Value(_present(compared, parts))
            case tree.Among(_, members) if not members:
                return Value(_case((_known(parts[0].sql), exp.false())))
            case tree.Among(_, members):
                inside = exp.In(this=_paren(parts[0].sql), expressions=[_literal(text) for text in sorted(members)])
                return Value(inside)
            case tree.Has(_, member):
                return Value(_present(exp.ArrayContains(this=parts[0].sql.copy(), expression=_literal(member)), parts))
            case tree.Applies():
                return Value(_applies(parts[0]))
            case tree.Every():
                return Value(_joined(exp.And, [part.sql for part in parts]))
            case tree.Some():
                return Value(_joined(exp.Or, [part.sql for part in parts]))
            case tree.Opposite():
                return Value(exp.Not(this=_paren(parts[0].sql)))
            case tree.Presumed(_, _, who):
                return Value(_presumed(parts[0].sql, parts[1].sql, who))
            case tree.Choose():
                return _choose(*self._once(node, parts))
            case tree.Extreme() | tree.HalfUp():
                parts = self._once(node, parts)
        return Value(_arithmetic(node, [part.sql for part in parts]), _any_absent(parts))

    def _once(self, node: tree.Node, parts: list[Value]) -> list[Value]:
        """Put what will stand in the text more than once into columns of their own."""
        return [
            Value(
                self._named(part, value.sql),
                None if value.absent is None else self._named(("absent", part), value.absent),
            )
            for part, value in zip(tree.parts_of(node), parts, strict=True)
        ]

    def _named(self, key: object, expression: exp.Expr) -> exp.Expr:
        if isinstance(expression, exp.Column | exp.Literal | exp.Boolean | exp.Cast):
            return expression
        if key not in self._names:
            below = dict(self._names.values())
            layer = max(
                (below[one.name] + 1 for one in expression.find_all(exp.Column) if one.name in below), default=0
            )
            self._names[key] = (f"part|{len(self._names)}", layer)
            self.layers += [[] for _ in range(layer + 1 - len(self.layers))]
            self.layers[layer].append(exp.alias_(expression.copy(), self._names[key][0], quoted=True))
        return exp.column(self._names[key][0], quoted=True)


def _paren(expression: exp.Expr) -> exp.Expr:
    simple = isinstance(expression, exp.Column | exp.Literal | exp.Paren | exp.Case | exp.Boolean | exp.Cast)
    return expression.copy() if simple else exp.Paren(this=expression.copy())


def _literal(value: bool | int | str | date) -> exp.Expr:
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, int):
        return exp.cast(exp.Literal.number(value), "BIGINT")
    return exp.Literal.string(value)


def _empty(kind: str) -> exp.Expr:
    return exp.cast(exp.Null(), EMPTY[kind])


def _joined(how: type[exp.Connector], parts: Iterable[exp.Expr]) -> exp.Expr:
    return reduce(lambda left, right: _paren(how(this=left, expression=right)), [_paren(part) for part in parts])


def _any_absent(parts: Iterable[Value]) -> exp.Expr | None:
    found = [part.absent for part in parts if part.absent is not None]
    return _joined(exp.Or, found) if found else None


def _present(expression: exp.Expr, parts: list[Value]) -> exp.Expr:
    absent = _any_absent(parts)
    return expression if absent is None else _joined(exp.And, [expression, exp.Not(this=_paren(absent))])


def _case(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Case:
    whens = [exp.If(this=test.copy(), true=result.copy()) for test, result in branches]
    return exp.Case(ifs=whens, default=otherwise.copy() if otherwise is not None else exp.Null())


def _known(value: exp.Expr) -> exp.Expr:
    return exp.Not(this=exp.Is(this=_paren(value), expression=exp.Null()))


def _applies(fact: Value) -> exp.Expr:
    branches = [] if fact.absent is None else [(fact.absent, exp.false())]
    return _case(*branches, (_known(fact.sql), exp.true()))


def _presumed(part: exp.Expr, role: exp.Expr, who: str) -> exp.Expr:
    unknown = exp.Is(this=_paren(part), expression=exp.Null())
    asks = exp.EQ(this=_paren(role), expression=_literal(who))
    return _case((_joined(exp.And, [unknown, asks]), exp.true()), otherwise=part)


def _choose(test: Value, yes: Value, no: Value) -> Value:
    fails = exp.Not(this=_paren(test.sql))
    equal = exp.EQ(this=_paren(yes.sql), expression=_paren(no.sql))
    chosen = _case((test.sql, yes.sql), (fails, no.sql), (equal, yes.sql))
    if yes.absent is None and no.absent is None:
        return Value(chosen)
    first, second = (exp.false() if side.absent is None else side.absent for side in (yes, no))
    return Value(chosen, _case((test.sql, first), (fails, second), otherwise=_joined(exp.And, [first, second])))


def _arithmetic(node: tree.Node, parts: list[exp.Expr]) -> exp.Expr:
    match node:
        case tree.Total():
            return reduce(_plus, parts)
        case tree.Times(_, factor):
            return _times(parts[0], _literal(factor))
        case tree.Product():
            return _times(parts[0], parts[1])
        case tree.Extreme(greatest, _):
            sign = exp.GTE if greatest else exp.LTE
            return reduce(lambda left, right: _extreme(sign, left, right), parts)
        case tree.HalfUp(_, divisor):
            return _floored(_plus(_times(parts[0], _literal(2)), _literal(divisor)), 2 * divisor)
        case tree.Between("days", _, _):
            return exp.cast(
                exp.DateDiff(this=parts[1].copy(), expression=parts[0].copy(), unit=exp.var("DAY")), "BIGINT"
            )
        case tree.Between("years", _, _):
            return _floored(_minus(_as_number(parts[1]), _as_number(parts[0])), 10000)
        case tree.Between():
            return _months(parts[0], parts[1])
    raise TypeError(f"no SQL for {node!r}")


def _plus(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Add(this=_paren(left), expression=_paren(right))


def _minus(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Sub(this=_paren(left), expression=_paren(right))


def _times(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Mul(this=_paren(left), expression=_paren(right))


def _extreme(sign: type[exp.Binary], left: exp.Expr, right: exp.Expr) -> exp.Expr:
    first = sign(this=_paren(left), expression=_paren(right))
    return _case((first, left), (exp.Not(this=_paren(first)), right))


def _floored(above: exp.Expr, below: int) -> exp.Expr:
    """Divide and floor, also below zero: take the remainder off first, so that every engine divides exactly."""
    divisor = _literal(below)
    rest = exp.Mod(
        this=_paren(_plus(exp.Mod(this=_paren(above), expression=divisor), divisor)), expression=divisor.copy()
    )
    return exp.cast(exp.IntDiv(this=_paren(_minus(above, rest)), expression=divisor.copy()), "BIGINT")


def _part(unit: str, day: exp.Expr) -> exp.Expr:
    return exp.cast(exp.Extract(this=exp.var(unit), expression=day.copy()), "BIGINT")


def _as_number(day: exp.Expr) -> exp.Expr:
    months = _plus(_times(_part("YEAR", day), _literal(10000)), _times(_part("MONTH", day), _literal(100)))
    return _plus(months, _part("DAY", day))


def _months(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    counted = [_plus(_times(_part("YEAR", day), _literal(12)), _part("MONTH", day)) for day in (start, end)]
    earlier = exp.LT(this=_part("DAY", end), expression=_part("DAY", start))
    known = exp.Not(this=_paren(earlier))
    short = _case((earlier, _literal(1)), (known, _literal(0)))
    return _minus(_minus(counted[1], counted[0]), short)


def select(versions: Iterable[Settled], available: Collection[str], table: str, *, reasons: bool = False) -> exp.Select:
    """Give the query for a table laid out as `layout` says: per scheme a verdict and an amount in cents.

    `.sql(dialect="duckdb")` or `"spark"` makes text of it.
    """
    algebra = Sql(available)
    settled = list(versions)
    told = [(name, walk(one.counted, algebra).sql) for version in settled for one, name in named_conditions(version)]
    paid = {version: _paid(version, algebra) for version in settled}
    inner: exp.Select = exp.select("*").from_(exp.to_table(table))
    for place, layer in enumerate(algebra.layers):
        inner = exp.select("*", *layer).from_(inner.subquery(f"layer{place}"))
    asked = exp.select("*", *(exp.alias_(sql, name, quoted=True) for name, sql in told)).from_(inner.subquery("known"))
    amounts = [exp.alias_(sql, name, quoted=True) for of_version in paid.values() for name, sql in of_version]
    outer = exp.select().from_(exp.select("*", *amounts).from_(asked.subquery("asked")).subquery("paid"))
    for version in settled:
        outer = outer.select(*_answers(version, [name for name, _ in paid[version]]))
        if reasons:
            outer = outer.select(*(exp.column(name, quoted=True) for _, name in named_conditions(version)))
    return outer


def _truths(version: Settled) -> list[exp.Expr]:
    names = [name for _, name in named_conditions(version)]
    return [
        _joined(exp.And, [exp.column(names[place], quoted=True) for place in track.places] or [exp.true()])
        for track in version.tracks
    ]


def _paid(version: Settled, algebra: Sql) -> list[tuple[str, exp.Expr]]:
    """Name and write what each track pays, if it holds."""
    return [
        (f"{version.version.id}|amount|{track.track.id}", _case((truth, walk(track.granted, algebra).sql)))
        for track, truth in zip(version.tracks, _truths(version), strict=True)
        if track.granted is not None and track.exact
    ]


def _answers(version: Settled, paid: list[str]) -> list[exp.Expr]:
    known: list[exp.Expr] = [exp.column(name, quoted=True) for name in paid]
    amount: exp.Expr = _largest_known(known) if known else _empty("number")
    verdict = exp.alias_(_joined(exp.Or, _truths(version)), version.version.id, quoted=True)
    return [verdict, exp.alias_(amount, f"{version.version.id}|amount", quoted=True)]


def _largest_known(amounts: list[exp.Expr]) -> exp.Expr:
    """Take the largest of the amounts that are known: the first that none of the others exceeds."""
    branches = []
    for amount in amounts:
        others = [exp.Or(this=_paren(exp.GTE(this=amount.copy(), expression=other.copy())), expression=_paren(exp.Is(this=other.copy(), expression=exp.Null())))
                  for other in amounts if other is not amount]  # fmt: skip
        branches.append((_joined(exp.And, [_known(amount), *others]), amount))
    return _case(*branches)
