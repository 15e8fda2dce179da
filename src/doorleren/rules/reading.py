"""Reading an expression: whitelisted Python syntax, type-checked against the vocabulary, settled for one day.

The text is parsed with `ast` and never executed as Python. Parameters, the state pension age and ordered
values become constants for the day asked about, so what comes out is the small tree that evaluators know.
Everything that does not fit is refused with file, condition and column.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NoReturn

from doorleren.rules import comparing, functions, tree
from doorleren.rules.applying import implied
from doorleren.rules.faults import SchemeFault
from doorleren.rules.kinds import (
    DAY,
    TRUTH,
    Kind,
    Typed,
    kind_of_fact,
    level,
    multiplied,
    same_unit,
    times,
    unit_of,
)  # fmt: skip
from doorleren.rules.law import LawTables
from doorleren.rules.vocabulary import Vocabulary

LONGEST = 2000
"""Characters an expression may have; longer ones are two conditions."""

DEEPEST = 60
"""How many parts may lie within each other; every evaluator walks the tree by calling itself."""

DIGITS = 12
"""How many digits a written number may have before and after its point; 10^12 is the largest amount."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's value on the day: an exact number, a day or a set of texts, with its unit."""

    value: Fraction | date | frozenset[str]
    unit: str


@dataclass(frozen=True, slots=True)
class Setting:
    """All that an expression may speak of: facts, parameters on the day, the day, and dated law."""

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    day: date
    law: LawTables


def read_condition(text: str, setting: Setting, where: str) -> tree.Node:
    """Read a condition. Raises SchemeFault if it is no condition or does not fit the vocabulary."""
    reader = Reader(text, setting, where)
    typed = reader.read_all()
    return reader.truth(typed, None)


def read_amount(text: str, setting: Setting, where: str, applicable: frozenset[str]) -> tree.Node:
    """Read an amount of money as a tree in whole cents, rounded half up.

    `applicable` names the facts that the conditions beside it say apply. Raises SchemeFault.
    """
    reader = Reader(text, setting, where, applicable)
    typed = reader.read_all()
    if typed.kind.base != "number" or not same_unit(typed.kind, Kind("number", unit_of("euro"))):
        reader.refuse(None, f"an amount is a number of euro, not {typed.kind}")
    return functions.rounded(typed, 100).node


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """Name the facts that an expression speaks of, as it is written: of what was read before, on no day in particular."""
    parts = ast.walk(ast.parse(text.strip(), mode="eval"))
    return frozenset(
        f"{one.value.id}.{one.attr}"
        for one in parts
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    )


@dataclass
class Reader:
    """Reads one expression; `applicable` are the facts that are known to apply where it is reading."""

    text: str
    setting: Setting
    where: str
    applicable: frozenset[str] = field(default_factory=frozenset)
    depth: int = 0

    def read_all(self) -> Typed:
        """Read the whole text."""
        if len(self.text) > LONGEST:
            self.refuse(None, f"an expression has at most {LONGEST} characters")
        try:
            body = ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            column = getattr(error, "offset", None) or 1
            raise SchemeFault(f"{self.where}, column {column}: {getattr(error, 'msg', error)}") from error
        return self.read(body)

    def read(self, node: ast.expr) -> Typed:
        """Read one part, if it does not lie too deep."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(node, f"nested too deep, at most {DEEPEST} parts within each other")
        typed = self._part(node)
        self.depth -= 1
        return typed

    def _part(self, node: ast.expr) -> Typed:
        """Read by the kind of syntax; each kind that is allowed has a case here."""
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node)
            case ast.Attribute(ast.Name()):
                return self._fact(node)
            case ast.Set():
                return self._set(node)
            case ast.BoolOp():
                return self._joined(node)
            case ast.UnaryOp(ast.Not(), operand):
                return Typed(comparing.opposite(self.truth(self.read(operand), operand)), TRUTH)
            case ast.UnaryOp(ast.USub(), operand):
                number = self.number(operand)
                return Typed(times(number.node, -1), number.kind, number.denominator)
            case ast.Compare():
                return comparing.compare(self, node)
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.IfExp():
                return self._choice(node)
            case ast.Call():
                return functions.call(self, node)
        return self.refuse(node, f"{type(node).__name__} is not part of the language of conditions")

    def refuse(self, node: ast.expr | None, why: str) -> NoReturn:
        """Stop reading, naming file, condition and column."""
        column = node.col_offset + 1 if node is not None else 1
        raise SchemeFault(f"{self.where}, column {column}: {why}")

    def truth(self, typed: Typed, node: ast.expr | None) -> tree.Node:
        """Take a part as a condition; a bare yes/no fact is asked whether it is true."""
        if typed.kind.base != "truth":
            self.refuse(node, f"a condition is needed here, not {typed.kind}")
        if isinstance(typed.node, tree.FactValue):
            return tree.Compare("==", typed.node, tree.Constant(True, "truth"))
        return typed.node

    def number(self, node: ast.expr) -> Typed:
        """Take a part as a number for arithmetic; its facts must be known to apply."""
        typed = self.read(node)
        if typed.kind.base != "number":
            self.refuse(node, f"arithmetic needs a number, not {typed.kind}")
        self.must_apply(typed, node)
        return typed

    def must_apply(self, typed: Typed, node: ast.expr) -> None:
        """Refuse arithmetic on a fact that may not apply."""
        if isinstance(typed.node, tree.FactValue) and typed.node.name not in self.applicable:
            name = typed.node.name
            self.refuse(node, f'{name} may be "n/a" here; guard the arithmetic with applies({name})')

    def _constant(self, node: ast.Constant) -> Typed:
        value: Any = node.value
        if isinstance(value, bool):
            return Typed(tree.Constant(value, "truth"), TRUTH)
        if isinstance(value, int | float):
            return exact(self._written_number(node), Kind("number", literal=True))
        if isinstance(value, str):
            return Typed(tree.Constant(value, "text"), Kind("text", literal=True))
        return self.refuse(node, f"{value!r} is not a value of the language of conditions")

    def _written_number(self, node: ast.Constant) -> Fraction:
        """Take a number as it was written, so that no digit goes through binary floating point."""
        if isinstance(node.value, int):
            number = Decimal(node.value)
        else:
            number = Decimal(ast.get_source_segment(self.text.strip(), node) or "nan")
        places = -int(number.as_tuple().exponent) if number.is_finite() else 0
        if not number.is_finite() or number.copy_abs() > 10**DIGITS or places > DIGITS:
            self.refuse(node, f"a number has at most {DIGITS} digits before and {DIGITS} after its point")
        return Fraction(number)

    def _name(self, node: ast.Name) -> Typed:
        if node.id == "day":
            return Typed(tree.Constant(self.setting.day, "date"), DAY)
        parameter = self.setting.parameters.get(node.id)
        if parameter is None:
            known = ", ".join(sorted(self.setting.parameters)) or "none"
            self.refuse(node, f"{node.id!r} is neither a fact (table.fact) nor a parameter (known: {known})")
        if isinstance(parameter.value, Fraction):
            return exact(parameter.value, Kind("number", unit_of(parameter.unit)))
        if isinstance(parameter.value, frozenset):
            return Typed(WRITTEN_SET, Kind("set", literal=True, values=tuple(sorted(parameter.value))))
        return Typed(tree.Constant(parameter.value, "date"), DAY)

    def _fact(self, node: ast.Attribute) -> Typed:
        name = f"{node.value.id}.{node.attr}"  # type: ignore[attr-defined]
        fact = self.setting.vocabulary.facts.get(name)
        if fact is None:
            close = self.setting.vocabulary.nearest(name)
            hint = f"; did you mean {close}?" if close else ""
            self.refuse(node, f"the vocabulary has no fact {name}{hint}")
        kind = kind_of_fact(fact)
        return Typed(tree.FactValue(name, kind.base), kind, fact.scale)

    def _set(self, node: ast.Set) -> Typed:
        texts = [part.value for part in node.elts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if len(texts) != len(node.elts):
            self.refuse(node, "a set is written with texts only")
        return Typed(WRITTEN_SET, Kind("set", literal=True, values=tuple(texts)))

    def _joined(self, node: ast.BoolOp) -> Typed:
        outside, joins_all = self.applicable, isinstance(node.op, ast.And)
        parts = []
        for value in node.values:
            part = self.truth(self.read(value), value)
            parts.append(part)
            self.applicable |= implied(part, joins_all)
        self.applicable = outside
        return Typed(comparing.every(parts) if joins_all else comparing.some(parts), TRUTH)

    def _arithmetic(self, node: ast.BinOp) -> Typed:
        left, right = self.number(node.left), self.number(node.right)
        match node.op:
            case ast.Add() | ast.Sub():
                if not same_unit(left.kind, right.kind):
                    self.refuse(node, f"{left.kind} and {right.kind} cannot be added")
                shared, parts = level(left, right)
                if isinstance(node.op, ast.Sub):
                    parts[1] = times(parts[1], -1)
                return Typed(functions.total(parts), right.kind if left.kind.literal else left.kind, shared)
            case ast.Mult():
                return functions.product(left, right)
            case ast.Div():
                if not isinstance(right.node, tree.Constant) or not right.node.value:
                    self.refuse(node, "division is by a number or parameter other than zero, never by a fact")
                inverse = Fraction(right.denominator, int(right.node.value))  # type: ignore[arg-type]
                quotient = functions.product(left, exact(inverse, Kind("number", literal=True)))
                return Typed(quotient.node, multiplied(left.kind, right.kind, -1), quotient.denominator)
        return self.refuse(node, "only + - * / are part of the language of conditions")

    def _choice(self, node: ast.IfExp) -> Typed:
        outside = self.applicable
        test = self.truth(self.read(node.test), node.test)
        self.applicable = outside | implied(test, True)
        yes = self.read(node.body)
        self.applicable = outside | implied(test, False)
        no = self.read(node.orelse)
        self.applicable = outside
        if yes.kind.base != no.kind.base or not same_unit(yes.kind, no.kind):
            self.refuse(node, f"both sides of if/else are of one type, not {yes.kind} and {no.kind}")
        if yes.kind.base == "number":
            shared, (first, second) = level(yes, no)
            kind = no.kind if yes.kind.literal else yes.kind
            return Typed(functions.choose(test, first, second), kind, shared)
        if yes.kind.base == "truth":
            return Typed(functions.choose(test, self.truth(yes, node.body), self.truth(no, node.orelse)), TRUTH)
        return Typed(functions.choose(test, yes.node, no.node), yes.kind)


def exact(value: Fraction, kind: Kind) -> Typed:
    """Make a constant of an exact number."""
    return Typed(tree.Constant(value.numerator, "number"), kind, value.denominator)


WRITTEN_SET = tree.Constant("", "set")
"""Stands for a written set until `in` or a function takes its values; it is in no finished tree."""
