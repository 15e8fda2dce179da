"""The most that an amount can be, in columns: what `rules/bounds.py` says of one person, for every row of a frame.

A number lies between two expressions (least, most); null is no limit. Called by `at_best`.
"""

from collections.abc import Callable
from functools import reduce

import polars as pl

from doorleren.rules import tree
from doorleren.rules.columns import Columns
from doorleren.rules.simplified import simplified
from doorleren.rules.tree import parts_of, walk

Range = tuple[pl.Expr, pl.Expr]
Choosing = Callable[[pl.Expr, pl.Expr], pl.Expr]


def most_in_columns(node: tree.Node, algebra: Columns) -> pl.Expr:
    """Give the most of an amount in the measure of its tree, null where nothing limits it.

    Where the amount itself is known, that is the most.
    """
    whole = simplified(node)
    return pl.coalesce(walk(whole, algebra).told.cast(pl.Int64), _range(whole, algebra)[1])


def _range(node: tree.Node, algebra: Columns) -> Range:
    match node:
        case tree.Constant(value, "number"):
            fixed = pl.lit(value, dtype=pl.Int64)
            return fixed, fixed
        case tree.FactValue() | tree.Between():
            told = walk(node, algebra).told.cast(pl.Int64)
            return (told.fill_null(0) if isinstance(node, tree.FactValue) else told), told
        case tree.Choose(test, yes, no):
            return _of_choice(walk(test, algebra).expr, _range(yes, algebra), _range(no, algebra))
    parts = [_range(part, algebra) for part in parts_of(node)]
    lows, highs = [low for low, _ in parts], [high for _, high in parts]
    match node:
        case tree.Total():
            return reduce(pl.Expr.add, lows), reduce(pl.Expr.add, highs)
        case tree.Times(_, factor):
            ends = lows[0] * factor, highs[0] * factor
            return ends if factor >= 0 else (ends[1], ends[0])
        case tree.Product():
            fits = (lows[0] >= 0) & (lows[1] >= 0)
            return pl.when(fits).then(lows[0] * lows[1]), pl.when(fits).then(highs[0] * highs[1])
        case tree.Extreme(greatest, _):
            if greatest:
                return pl.max_horizontal(lows), reduce(_greater, highs)
            return reduce(_lesser, lows), pl.min_horizontal(highs)
        case tree.HalfUp(_, divisor):
            return (2 * lows[0] + divisor) // (2 * divisor), (2 * highs[0] + divisor) // (2 * divisor)
    raise TypeError(f"no bounds of {node!r}")


def _of_choice(test: pl.Expr, yes: Range, no: Range) -> Range:
    """Take the side that is chosen; both together where the test is unknown."""
    return _chosen(test, yes[0], no[0], _lesser), _chosen(test, yes[1], no[1], _greater)


def _chosen(test: pl.Expr, yes: pl.Expr, no: pl.Expr, both: Choosing) -> pl.Expr:
    return pl.when(test.is_null()).then(both(yes, no)).when(test).then(yes).otherwise(no)


def _lesser(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Give the lesser of two; null if either is."""
    return pl.when(one.is_not_null() & other.is_not_null()).then(pl.min_horizontal(one, other))


def _greater(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Give the greater of two; null if either is."""
    return pl.when(one.is_not_null() & other.is_not_null()).then(pl.max_horizontal(one, other))
