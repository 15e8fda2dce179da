"""Partial evaluation: a tree with everything filled in that is known of the visitor, so that only activities differ.

Exact in three values: a part without facts of activities is asked once, of the closures for one person; what is left
asks only what differs from one activity to the next. Called by `offers` and `fundable`.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import polars as pl

from doorleren.rules import tree
from doorleren.rules.columns import polars_type
from doorleren.rules.layout import NOT_APPLICABLE, TEXTS, column, companion, member_column
from doorleren.rules.person import closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.simplified import NO, YES, simplified
from doorleren.rules.tree import facts_of, parts_of
from doorleren.rules.vocabulary import Vocabulary

TRUTHS = (tree.Compare, tree.Among, tree.Has, tree.Applies, tree.Every, tree.Some, tree.Opposite, tree.Presumed)


def for_visitor(node: tree.Node, visitor: Profile, varying: frozenset[str]) -> tree.Node | None:
    """Give the tree with the visitor's facts filled in; None if its value does not apply, whatever the activity.

    `varying` are the facts that activities tell. A fact that the visitor did not tell stays in it, unknown.
    """
    left = _filled(node, visitor, varying)
    return None if left is NA else simplified(left)


def _filled(node: tree.Node, visitor: Profile, varying: frozenset[str]) -> Any:
    if not facts_of(node) & varying:
        return _settled(node, visitor)
    match node:
        case tree.FactValue() | tree.Has() | tree.Applies():
            return node
        case tree.Presumed(part, role, who):
            inner = _filled(part, visitor, varying)
            return tree.Presumed(inner, role, who) if visitor.get(role.name) == who else inner
    parts = [_filled(part, visitor, varying) for part in parts_of(node)]
    if isinstance(node, tree.Choose):
        return _chosen(node, *parts)
    if any(part is NA for part in parts):
        return NO if isinstance(node, tree.Compare | tree.Among) else NA
    return _rebuilt(node, parts)


def _settled(node: tree.Node, visitor: Profile) -> Any:
    """Ask a part that no activity changes; unknown truths become one node, unknown values stay as they are."""
    if isinstance(node, tree.Constant | tree.Unknown):
        return node
    value = closure(node)(visitor)
    if value is NA:
        return NA
    if value is None:
        return tree.Unknown() if _is_truth(node) else node
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | str | date):
        kind: tree.Kind = "number" if isinstance(value, int) else "text" if isinstance(value, str) else "date"
        return tree.Constant(value, kind)
    return node


def _chosen(node: tree.Choose, test: tree.Node, yes: Any, no: Any) -> Any:
    test = simplified(test)
    if isinstance(test, tree.Constant):
        return yes if test.value else no
    if yes is NA and no is NA:
        return NA
    return tree.Choose(test, node.yes if yes is NA else yes, node.no if no is NA else no)


def _rebuilt(node: tree.Node, parts: Iterable[tree.Node]) -> tree.Node:
    """Give a node of the same kind with other parts; its fields stand in the order of its parts."""
    fresh = iter(parts)
    changes: dict[str, Any] = {}
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, tuple):
            changes[one.name] = tuple(next(fresh) for _ in value)
        elif isinstance(value, tree.Node):
            changes[one.name] = next(fresh)
    return replace(node, **changes)


def _is_truth(node: tree.Node) -> bool:
    match node:
        case tree.FactValue(_, kind) | tree.Unknown(kind):
            return kind == "truth"
        case tree.Choose(_, yes, _):
            return _is_truth(yes)
    return isinstance(node, TRUTHS)


def never_true(node: tree.Node) -> bool:
    """Say whether a truth cannot be True for any activity, because something unknown of the visitor must hold."""
    match node:
        case tree.Unknown():
            return True
        case tree.Constant(value, _):
            return value is False
        case tree.Every(parts):
            return any(never_true(part) for part in parts)
        case tree.Some(parts):
            return all(never_true(part) for part in parts)
    return False


def with_answers(frame: pl.DataFrame, told: Iterable[str], nodes: Iterable[tree.Node], visitor: Profile,
                 vocabulary: Vocabulary) -> pl.DataFrame:  # fmt: skip
    """Fill what an activity does not tell with the visitor's own answer, and add the answers that trees still ask.

    `told` are the facts that lie in the frame; `nodes` the trees that will be asked of it.
    """
    asked = frozenset().union(*(facts_of(node) for node in nodes))
    own = {name: visitor[name] for name in asked if name in visitor}
    filled = [expr for name, value in own.items() if name in set(told) for expr in _fill(name, value, vocabulary)]
    added = [
        expr for name, value in own.items() if name not in set(told) for expr in _constant(name, value, vocabulary)
    ]
    return frame.with_columns(*filled, *added)


def _fill(name: str, value: Any, vocabulary: Vocabulary) -> list[pl.Expr]:
    fact = vocabulary.facts[name]
    if fact.type == "set":
        members = [(pl.col(member_column(name, one)), one) for one in fact.values]
        if value is NA:
            return [members[0][0].is_null().alias(companion(name))]
        return [lying.fill_null(one in value) for lying, one in members]
    lying = pl.col(column(name))
    if value is not NA:
        return [lying.fill_null(value)]
    if fact.type in TEXTS:
        return [lying.fill_null(NOT_APPLICABLE)]
    return [lying.is_null().alias(companion(name))]


def _constant(name: str, value: Any, vocabulary: Vocabulary) -> list[pl.Expr]:
    fact = vocabulary.facts[name]
    if value is NA and fact.type in TEXTS:
        return [pl.lit(NOT_APPLICABLE).alias(column(name))]
    if value is NA:
        nothing = pl.lit(None, dtype=polars_type(name, vocabulary))
        return [nothing.alias(column(name)), pl.lit(True).alias(companion(name))]
    if isinstance(value, frozenset):
        return [pl.lit(pl.Series([sorted(value)], dtype=pl.List(pl.String))).first().alias(column(name))]
    return [pl.lit(value, dtype=pl.Int64 if type(value) is int else None).alias(column(name))]
