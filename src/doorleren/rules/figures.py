"""The figures of the papers and the relations between them: what each relation comes to, and the verdict that follows.

Read from `schemes/figures.toml`, whose head explains words, kinds of test and verdicts. Nothing there says what
the verdict is; it follows from the numbers, the words beside them and the kind of relation. Called by the
command `doorleren figures`, which passes in where to find the parameters of the schemes. Exact: fractions only.
"""

import ast
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

ParameterLookup = Callable[[str, str, date], Fraction | int]
"""Gives a scheme's parameter on a day: (scheme, parameter, day) -> number; raises KeyError if there is none."""

AGREES = "AGREES"
AGREES_ROUNDED = "AGREES (rounded)"
DERIVED = "DERIVED (seed gives no total)"
AMBIGUOUS = "AMBIGUOUS"
LOOSE_WORDING = "LOOSE WORDING"
ROUNDING_DIFFERENCE = "ROUNDING DIFFERENCE BETWEEN SEEDS"
CHANGED_OVER_TIME = "CHANGED OVER TIME"
SEEDS_DIFFER = "SEEDS DIFFER"
DOES_NOT_AGREE = "DOES NOT AGREE"
VERDICTS = (
    AGREES, AGREES_ROUNDED, DERIVED, AMBIGUOUS, LOOSE_WORDING,
    ROUNDING_DIFFERENCE, CHANGED_OVER_TIME, SEEDS_DIFFER, DOES_NOT_AGREE,
)  # fmt: skip
"""From best to worst: a relation with several tests has the worst of theirs."""


class FigureFault(ValueError):
    """The file of figures says something that cannot be computed; the message names the figure or relation."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what its paper says beside it: word, unit of the last printed digit, day and paper."""

    value: Fraction
    unit: str = "number"
    word: str = ""
    printed_to: Fraction = Fraction(1)
    as_of: date | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class WordRule:
    """How far the exact number may lie from the printed one, as shares of it; None is no limit."""

    low: Fraction | None
    high: Fraction | None
    equal: bool

    def allows(self, exact: Fraction, printed: Fraction) -> bool:
        """Say whether the exact number is what the word and the printed number mean."""
        gap, size = exact - printed, abs(printed)
        if gap == 0:
            return self.equal
        return (self.low is None or gap >= self.low * size) and (self.high is None or gap <= self.high * size)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its value and the quantities that it was computed from."""

    value: Fraction
    parts: tuple[Quantity, ...]

    @property
    def word(self) -> str:
        """The word beside it, if it is a single printed figure."""
        return self.parts[0].word if len(self.parts) == 1 and self.parts[0].value == self.value else ""

    @property
    def unit(self) -> str:
        """Its unit, if it is a single figure."""
        return self.parts[0].unit if len(self.parts) == 1 else ""

    @property
    def printed_to(self) -> Fraction:
        """The unit of the last digit printed in the coarsest of its parts."""
        return max((part.printed_to for part in self.parts), default=Fraction(1))

    @property
    def papers(self) -> frozenset[str]:
        """The papers that print its parts."""
        return frozenset(part.paper for part in self.parts if part.paper)

    @property
    def as_of(self) -> date | None:
        """The latest day that its parts speak of."""
        return max((part.as_of for part in self.parts if part.as_of), default=None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test of a relation: the number found, those it was held against, their unit and word, and the verdict."""

    kind: str
    found: Fraction
    against: tuple[Fraction, ...]
    unit: str
    word: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation computed: its claim, the papers' words, every outcome, what is shown beside it, the verdict."""

    no: str
    says: str
    words: str
    outcomes: tuple[Outcome, ...]
    also: Mapping[str, Fraction]
    verdict: str
    note: str
    source: str


def compute(path: Path, lookup: ParameterLookup) -> list[Finding]:
    """Compute every relation of the file, in its order. Raises FigureFault if one names what is not there."""
    return compute_content(read(path), lookup)


def read(path: Path) -> dict[str, Any]:
    """Read the file of figures with its decimals exact."""
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def compute_content(content: Mapping[str, Any], lookup: ParameterLookup) -> list[Finding]:
    """Compute every relation of a file already read (so that one may ask: what if this figure were another?)."""
    rules = {word: _rule(entry) for word, entry in content["word"].items()}
    quantities = _quantities(content, frozenset(rules) | frozenset(content["time_word"]["says"]))
    judge = _Judge(rules, Fraction(content["unnamed_rest"]))
    found = []
    for entry in content["relation"]:
        try:
            found.append(_finding(entry, quantities, lookup, judge))
        except (KeyError, SyntaxError, ZeroDivisionError, TypeError, FigureFault) as error:
            raise FigureFault(f"{entry['no']}: {error}") from error
    return found


def shown(number: Fraction, unit: str = "") -> str:
    """Write a number for a reader: a date, whole, or half up to two decimals (four below one). 1000/3 is "333.33"."""
    if unit == "date" and number.denominator == 1:
        return date.fromordinal(int(number)).isoformat()
    if unit == "year" and number.denominator == 1:
        return str(number.numerator)
    if number.denominator == 1:
        return f"{number.numerator:,}"
    decimals = 4 if abs(number) < 1 else 2
    whole = floor(abs(number) * 10**decimals + Fraction(1, 2))
    sign = "-" if number < 0 else ""
    return f"{sign}{whole // 10**decimals:,}.{whole % 10**decimals:0{decimals}d}"


def evaluate(expression: str, names: Mapping[str, Fraction]) -> Fraction:
    """Compute an expression of names, whole numbers, + - * / and brackets exactly; anything else is a FigureFault."""
    return _value(ast.parse(expression, mode="eval").body, names)


def _value(node: ast.expr, names: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Constant(value=int() as number) if not isinstance(number, bool):
            return Fraction(number)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_value(part, names)
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _value(left, names), _value(right, names)
            match operator:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    return one / other
    raise FigureFault(f"{ast.unparse(node)!r} is not a name of the relation, a whole number or a sum")


def _rule(entry: Mapping[str, Any]) -> WordRule:
    low, high = (Fraction(entry[key]) if key in entry else None for key in ("low", "high"))
    return WordRule(low, high, entry.get("equal", True))


def _quantities(content: Mapping[str, Any], words: frozenset[str]) -> dict[str, Quantity]:
    found = {}
    for figure in content["figure"]:
        for name, entry in figure["values"].items():
            word = entry.get("word", "")
            if word and word not in words:
                raise FigureFault(f"{figure['no']}.{name}: the word {word!r} has no rule")
            found[f"{figure['no']}.{name}"] = Quantity(
                value=_number(entry["is"]),
                unit=entry["unit"],
                word=word,
                printed_to=Fraction(entry.get("printed_to", _last_digit(entry["is"]))),
                as_of=entry.get("as_of", content["paper"][figure["paper"]]),
                paper=figure["paper"],
            )
    return found


def _number(value: int | Decimal | date) -> Fraction:
    return Fraction(value.toordinal() if isinstance(value, date) else value)


def _last_digit(value: int | Decimal | date) -> Fraction:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return Fraction(10) ** int(exponent)


def _bound(entry: object, quantities: Mapping[str, Quantity], lookup: ParameterLookup) -> Quantity:
    match entry:
        case str():
            return quantities[entry]
        case list():
            return Quantity(Fraction(len(entry)))
        case int():
            return Quantity(Fraction(entry))
        case {"scheme": scheme, "parameter": parameter, "on": day}:
            return Quantity(Fraction(lookup(scheme, parameter, day)))
    raise FigureFault(f"{entry!r} is not a figure, a parameter, a number or a list")


def _finding(
    entry: Mapping[str, Any], quantities: Mapping[str, Quantity], lookup: ParameterLookup, judge: "_Judge"
) -> Finding:
    names = {name: _bound(value, quantities, lookup) for name, value in entry["names"].items()}
    outcomes = tuple(judge.outcome(test, names) for test in entry["tests"])
    values = {name: quantity.value for name, quantity in names.items()}
    return Finding(
        no=entry["no"],
        says=entry["says"],
        words=entry["words"],
        outcomes=outcomes,
        also={name: evaluate(expression, values) for name, expression in entry.get("also", {}).items()},
        verdict=max((outcome.verdict for outcome in outcomes), key=VERDICTS.index),
        note=entry.get("note", ""),
        source=entry["source"],
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Finds the verdict of a test by its kind; the head of the file of figures says how."""

    rules: Mapping[str, WordRule]
    unnamed_rest: Fraction

    def outcome(self, test: Mapping[str, Any], names: Mapping[str, Quantity]) -> Outcome:
        """Compute and judge one test."""
        kind = test["kind"]
        if kind == "readings":
            values = tuple(_side(reading, names).value for reading in test["readings"])
            return Outcome(kind, values[0], values[1:], "", "", DERIVED if len(set(values)) == 1 else AMBIGUOUS)
        left = _side(test["left"], names)
        if kind == "derived":
            return Outcome(kind, left.value, (), left.unit, "", DERIVED)
        if kind == "range":
            low, high = _side(test["low"], names), _side(test["high"], names)
            verdict = _holds(low.value <= left.value <= high.value)
            return Outcome(kind, left.value, (low.value, high.value), low.unit, "", verdict)
        right = _side(test["right"], names)
        verdict = self._compared(kind, left, right)
        return Outcome(kind, left.value, (right.value,), right.unit or left.unit, right.word, verdict)

    def _compared(self, kind: str, left: Side, right: Side) -> str:
        if kind == "not_after":
            return _holds(left.value <= right.value)
        if left.value == right.value and self._rule(right.word).equal:
            return AGREES
        if kind == "fits":
            return AGREES_ROUNDED if 0 < right.value - left.value <= self.unnamed_rest * right.value else DOES_NOT_AGREE
        if self._rule(right.word).allows(left.value, right.value):
            return AGREES_ROUNDED
        match kind:
            case "word":
                return (LOOSE_WORDING if right.word else AGREES_ROUNDED) if _rounds_to(left, right) else DOES_NOT_AGREE
            case "told_twice" if left.papers == right.papers:
                return DOES_NOT_AGREE
            case "told_twice":
                return ROUNDING_DIFFERENCE if _rounds_to(left, right) else SEEDS_DIFFER
            case "over_time":
                return CHANGED_OVER_TIME if left.as_of != right.as_of else SEEDS_DIFFER
        raise FigureFault(f"{kind!r} is not a kind of test")

    def _rule(self, word: str) -> WordRule:
        if not word:
            return WordRule(Fraction(0), Fraction(0), True)
        if word not in self.rules:
            raise FigureFault(f"the word {word!r} places a day and cannot be measured by")
        return self.rules[word]


def _side(expression: str, names: Mapping[str, Quantity]) -> Side:
    value = evaluate(expression, {name: quantity.value for name, quantity in names.items()})
    used = [node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)]
    return Side(value, tuple(names[name] for name in dict.fromkeys(used)))


def _holds(claim: bool) -> str:
    return AGREES if claim else DOES_NOT_AGREE


def _rounds_to(left: Side, right: Side) -> bool:
    unit = right.printed_to
    return floor(left.value / unit + Fraction(1, 2)) * unit == right.value
