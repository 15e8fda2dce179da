"""What a sum of money consists of: components with their own purpose that together are it, of a round or of a package. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from doorleren.rules.shape import Part
from doorleren.rules.versions import Component


def read_component(part: Part) -> Component:
    """Read what each component says: its purpose, euros, and how many are meant to be reached. Raises SchemeFault."""
    return Component(part.own_texts(), read_euros(part, "money"), read_number(part, "target"))


def ensure_whole(part: Part, found: Iterable[Fraction], whole: Fraction | None, name: str) -> None:
    """Raise SchemeFault unless these amounts are the whole, which stands in the file under a name."""
    total = sum(found, Fraction(0))
    if total != whole:
        allowed = f"what is in {name}" if whole is None else f"{float(whole):g}, which is {name}"
        part.refuse("component", f"{float(total):g} together", allowed)


def read_euros(part: Part, key: str) -> Fraction:
    """Read an amount that must be there. Raises SchemeFault."""
    told = part.optional(key, (int, Decimal))
    if told is None or told < 0 or Fraction(told) * 100 % 1:
        part.refuse(key, told, "an amount in euros, 0 or more, in whole cents")
    return Fraction(told)


def read_number(part: Part, key: str) -> int | None:
    """Read a number that may be there. Raises SchemeFault."""
    told: int | None = part.optional(key, int)
    if told is not None and told < 0:
        part.refuse(key, told, "a whole number, 0 or more")
    return told
