"""Changed definitions of a scheme, each with one small fault that an author could make.

A mutant is a whole version with one condition, parameter or amount changed: `<` to `<=`, `and` to `or`, a member
dropped from a set, a number, date or start shifted by one unit, min to max, a condition left out. What no longer
loads, or settles to the very same trees on every day of the grid, is no mutant.
"""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from doorleren.rules.versions import Condition, DatedValue, ParameterHistory, Track, Version
from doorleren.rules.vocabulary import Vocabulary

NEIGHBOUR = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
DENIED = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
          ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt}  # fmt: skip
OTHER_FUNCTION = {"min": "max", "max": "min", "any_of": "all_of", "all_of": "any_of"}
OTHER_SIGN = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
UNITS = {"euro": Fraction(1, 100), "share": Fraction(1, 100)}
"""What one unit more or less is of a parameter; one of everything else."""


@dataclass(frozen=True)
class Mutant:
    """A version with one fault: where it is, and what stands there now."""

    made: Version
    place: str
    change: str

    def __str__(self) -> str:
        """Say what was changed, for a list of survivors."""
        return f"{self.made.id} {self.made.version}, {self.place}: {self.change}"


def mutants_of(version: Version, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Give all mutants of a version."""
    for condition in version.conditions():
        if condition.when is not None:
            place = f"condition {condition.id}"
            yield Mutant(with_condition(version, condition, None), place, "left out")
            for text in expressions(condition.when, vocabulary):
                yield Mutant(with_condition(version, condition, replace(condition, when=text)), place, text)
    for track in version.tracks:
        yield from _of_amount(version, track, vocabulary)
    for history in version.parameters.values():
        if history.id in used_parameters(version):
            yield from _of_parameter(version, history)


def used_parameters(version: Version) -> set[str]:
    """Name the parameters that an expression uses; the others are told, not computed with."""
    texts = [one.when for one in version.conditions()]
    texts += [text for track in version.tracks for text in (track.amount.granted, track.amount.most)]
    trees = [ast.parse(text.strip(), mode="eval") for text in texts if text]
    return {node.id for root in trees for node in ast.walk(root) if isinstance(node, ast.Name)} & set(
        version.parameters
    )


def with_condition(version: Version, old: Condition, new: Condition | None) -> Version:
    """Give the version with one condition replaced in every track, or left out."""

    def changed(track: Track) -> Track:
        kept = [new if one is old else one for one in track.conditions]
        return replace(track, conditions=tuple(one for one in kept if one is not None))

    return replace(version, tracks=tuple(changed(track) for track in version.tracks))


def _of_amount(version: Version, track: Track, vocabulary: Vocabulary) -> Iterator[Mutant]:
    for key in ("granted", "most"):
        text = getattr(track.amount, key)
        for other in expressions(text, vocabulary) if text else ():
            changed = replace(track, amount=replace(track.amount, **{key: other}))
            tracks = tuple(changed if one is track else one for one in version.tracks)
            yield Mutant(replace(version, tracks=tracks), f"track {track.id}, {key}", other)


def _of_parameter(version: Version, history: ParameterHistory) -> Iterator[Mutant]:
    for dated in history.values:
        if (dated.ends is not None and dated.ends < version.starts) or (
            version.ends is not None and dated.starts > version.ends
        ):
            continue
        for changed, what in _values(dated, UNITS.get(history.unit, Fraction(1)), version):
            values = tuple(changed if one is dated else one for one in history.values)
            parameters = {**version.parameters, history.id: replace(history, values=values)}
            yield Mutant(replace(version, parameters=parameters), f"parameter {history.id} from {dated.starts}", what)


def _values(dated: DatedValue, unit: Fraction, version: Version) -> Iterator[tuple[DatedValue, str]]:
    value = dated.value
    for step in (-1, 1):
        if isinstance(value, date):
            yield replace(dated, value=value + timedelta(days=step)), f"{value} moved by {step} day"
        elif isinstance(value, Fraction):
            yield replace(dated, value=value + step * unit), f"{value} to {value + step * unit}"
        if dated.starts > version.starts:
            yield replace(dated, starts=dated.starts + timedelta(days=step)), f"start moved by {step} day"
    for member in sorted(value) if isinstance(value, frozenset) else ():
        yield replace(dated, value=value - {member}), f"without {member}"


def expressions(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Give the texts that differ from an expression in one place."""
    root = ast.parse(text.strip(), mode="eval")
    whole = ast.unparse(root)
    seen = {whole}
    for number, node in enumerate(ast.walk(root)):
        for changed in _changed(node, vocabulary):
            copy = deepcopy(root)
            made = ast.unparse(_Replace(list(ast.walk(copy))[number], changed).visit(copy))
            if made not in seen:
                seen.add(made)
                yield made


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Put the new node in the place of the old."""
        return self.new if node is self.old else super().generic_visit(node)


def _changed(node: ast.AST, vocabulary: Vocabulary) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _compared(node, vocabulary)
        case ast.BoolOp(how, values):
            yield ast.BoolOp(ast.Or() if isinstance(how, ast.And) else ast.And(), values)
            for place in range(len(values)):
                left = [*values[:place], *values[place + 1 :]]
                yield left[0] if len(left) == 1 else ast.BoolOp(how, left)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Set(members) if len(members) > 1:
            for place in range(len(members)):
                yield ast.Set([*members[:place], *members[place + 1 :]])
        case ast.Constant(value) if isinstance(value, int | float) and not isinstance(value, bool):
            step = 1 if isinstance(value, int) else 0.01
            yield from (ast.Constant(round(value + step, 6)), ast.Constant(round(value - step, 6)))
        case ast.Call(ast.Name(name), given, _) if name in OTHER_FUNCTION:
            yield ast.Call(ast.Name(OTHER_FUNCTION[name]), given, [])
            if name in ("min", "max"):
                yield from given
        case ast.Call(ast.Name("clamp"), [value, low, high], _):
            yield from (ast.Call(ast.Name("max"), [value, low], []), ast.Call(ast.Name("min"), [value, high], []))
        case ast.IfExp(test, body, other):
            yield from (ast.IfExp(test, other, body), body, other)
        case ast.BinOp(left, sign, right) if type(sign) in OTHER_SIGN:
            yield ast.BinOp(left, OTHER_SIGN[type(sign)](), right)
        case ast.Attribute(ast.Name(table), short) if _is_truth(f"{table}.{short}", vocabulary):
            yield ast.UnaryOp(ast.Not(), ast.Attribute(ast.Name(table), short))


def _is_truth(name: str, vocabulary: Vocabulary) -> bool:
    fact = vocabulary.facts.get(name)
    return fact is not None and fact.type == "bool"


def _compared(node: ast.Compare, vocabulary: Vocabulary) -> Iterator[ast.AST]:
    for place, sign in enumerate(node.ops):
        for table in (NEIGHBOUR, DENIED):
            if type(sign) in table:
                yield ast.Compare(
                    node.left, [*node.ops[:place], table[type(sign)](), *node.ops[place + 1 :]], node.comparators
                )
    match node:
        case ast.Compare(ast.Attribute(ast.Name(table), short), [sign], [ast.Constant(str(text))]):
            values = vocabulary.facts[f"{table}.{short}"].values
            if text in values:
                yield ast.Compare(node.left, [sign], [ast.Constant(values[(values.index(text) + 1) % len(values)])])
