"""The tree of a condition or amount, settled for one day, and the one walk over it.

Small on purpose: `reading` has already replaced parameters, the pension age, firm sizes and ordered values by
constants and comparisons, so that an evaluator knows these nodes and nothing of law. Numbers are whole: reading
brings both sides of a comparison or sum to one denominator, so no evaluator ever rounds by accident.

A truth node is True, False or unknown. A value node may also be "n/a"; "n/a" in arithmetic stays "n/a", and
a comparison with it is False.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

Kind = Literal["truth", "number", "date", "text", "set"]
Operator = Literal["<", "<=", "==", "!=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that nobody knows yet (a pension age not yet set)."""

    kind: Kind = "truth"


@dataclass(frozen=True, slots=True)
class Constant:
    """A fixed value."""

    value: bool | int | str | date
    kind: Kind


@dataclass(frozen=True, slots=True)
class FactValue:
    """What the profile says of a fact: money in cents, decimals in millionths."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether a known fact applies: False if it is "n/a"."""

    fact: FactValue


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values of one kind and measure."""

    operator: Operator
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a text is one of some texts."""

    value: "Node"
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Has:
    """Whether a set fact contains a text."""

    fact: FactValue
    member: str


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold (Kleene)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of the parts holds (Kleene)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part does not hold; unknown stays unknown."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Presumed:
    """The part, but unknown passes for True when the text fact `role` is `who`."""

    part: "Node"
    role: FactValue
    who: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One of two by a test; with the test unknown: unknown, unless both are known and equal."""

    test: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of numbers of one measure."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Times:
    """A number times a fixed whole number (also how measures are made equal)."""

    part: "Node"
    factor: int


@dataclass(frozen=True, slots=True)
class Product:
    """Two numbers multiplied."""

    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or greatest of numbers of one measure; unknown if one is unknown."""

    greatest: bool
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class HalfUp:
    """A number divided by a fixed whole number above 1 and rounded half up to a whole number."""

    part: "Node"
    divisor: int


@dataclass(frozen=True, slots=True)
class Between:
    """Whole years, months or days from one day to another."""

    unit: Literal["years", "months", "days"]
    start: "Node"
    end: "Node"


Node = (
    Unknown | Constant | FactValue | Applies | Compare | Among | Has | Every | Some | Opposite | Presumed
    | Choose | Total | Times | Product | Extreme | HalfUp | Between
)  # fmt: skip

T = TypeVar("T")


class Algebra(Protocol[T]):
    """What an evaluator says of each kind of node, given what it said of the parts."""

    def leaf(self, node: Unknown | Constant | FactValue) -> T:
        """Answer for a node without parts."""

    def branch(self, node: Node, parts: list[T]) -> T:
        """Answer for a node with parts, in the order of `parts_of`."""


def parts_of(node: Node) -> tuple[Node, ...]:
    """Give the parts of a node in the order in which they are written."""
    match node:
        case Unknown() | Constant() | FactValue():
            return ()
        case Applies(fact) | Has(fact, _):
            return (fact,)
        case Compare(_, left, right) | Product(left, right) | Between(_, left, right):
            return (left, right)
        case Among(part, _) | Opposite(part) | Times(part, _) | HalfUp(part, _):
            return (part,)
        case Presumed(part, role, _):
            return (part, role)
        case Choose(test, yes, no):
            return (test, yes, no)
        case Every(parts) | Some(parts) | Total(parts) | Extreme(_, parts):
            return parts
    raise TypeError(f"not a node: {node!r}")


def walk(node: Node, algebra: "Algebra[T]") -> T:
    """Visit the parts before the whole and give what the algebra makes of it: the only walk there is."""
    parts = parts_of(node)
    if not parts:
        return algebra.leaf(node)  # type: ignore[arg-type]
    return algebra.branch(node, [walk(part, algebra) for part in parts])


def facts_of(node: Node) -> frozenset[str]:
    """Name the facts that occur in a tree."""
    if isinstance(node, FactValue):
        return frozenset((node.name,))
    return frozenset().union(*(facts_of(part) for part in parts_of(node)))
