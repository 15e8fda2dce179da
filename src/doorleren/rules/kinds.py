"""The static types of expressions: truth, day, text, set and number with a unit. What does not fit is refused at load."""

from collections import Counter
from dataclasses import dataclass
from math import lcm

from doorleren.rules import tree
from doorleren.rules.vocabulary import Fact

Unit = tuple[tuple[str, int], ...]

DIMENSIONLESS = frozenset({"number", "share", "person", "count", "trajectory", ""})
"""Units that are plain numbers: they multiply anything and compare with each other."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type: truth, date, text, set or number; a literal number takes any unit; texts know their values."""

    base: tree.Kind
    unit: Unit = ()
    literal: bool = False
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name the type as an error message should."""
        if self.base == "number" and not self.literal:
            return f"a number of {unit_name(self.unit)}"
        words = {"truth": "a condition", "date": "a day", "text": "a text", "set": "a set", "number": "a number"}
        return words[self.base]


TRUTH = Kind("truth")
DAY = Kind("date")


@dataclass(frozen=True, slots=True)
class Typed:
    """A tree with its type; a number is what the tree gives, divided by the denominator (100 for money)."""

    node: tree.Node
    kind: Kind
    denominator: int = 1


def unit_of(text: str) -> Unit:
    """Read "euro", "share" or "euro/week" as powers of units; plain numbers have none."""
    above, _, below = text.partition("/")
    powers = Counter({above: 1})
    if below:
        powers.subtract({below: 1})
    return _unit(powers)


def unit_name(unit: Unit) -> str:
    """Write a unit for an error message."""
    return " ".join(name if power == 1 else f"{name}^{power}" for name, power in unit) or "(no unit)"


def multiplied(left: Kind, right: Kind, sign: int = 1) -> Kind:
    """Give the type of a product (sign 1) or quotient (sign -1) of two numbers."""
    powers = Counter(dict(left.unit))
    for name, power in right.unit:
        powers[name] += sign * power
    return Kind("number", _unit(powers), literal=left.literal and right.literal)


def same_unit(left: Kind, right: Kind) -> bool:
    """Say whether two numbers may be compared or added: one unit, or one of them a literal."""
    return left.literal or right.literal or left.unit == right.unit


def kind_of_fact(fact: Fact) -> Kind:
    """Give the static type of a fact."""
    match fact.type:
        case "bool":
            return TRUTH
        case "date":
            return DAY
        case "set":
            return Kind("set", values=fact.values)
        case "enum" | "code":
            return Kind("text", values=fact.values)
    return Kind("number", unit_of(fact.unit))


def level(*numbers: Typed) -> tuple[int, list[tree.Node]]:
    """Bring numbers to their least common denominator, exactly; give it and the trees."""
    shared = lcm(*(number.denominator for number in numbers))
    return shared, [times(number.node, shared // number.denominator) for number in numbers]


def times(node: tree.Node, factor: int) -> tree.Node:
    """Multiply a numerator by a fixed whole number; a constant stays a constant."""
    if factor == 1:
        return node
    if isinstance(node, tree.Constant):
        return tree.Constant(int(node.value) * factor, "number")  # type: ignore[arg-type]
    return tree.Times(node, factor)


def _unit(powers: Counter[str]) -> Unit:
    return tuple(sorted((name, power) for name, power in powers.items() if power and name not in DIMENSIONLESS))
