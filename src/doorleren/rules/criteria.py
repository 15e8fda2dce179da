"""The criteria by which a committee scores applications, where a round treats the best first: `[[criterion]]` of a scheme's file.

They are announced with the scheme, before anybody applies (Awb 4:26(1)). Pure.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from doorleren.rules.shape import Part
from doorleren.rules.versions import TIES, Citation, Criterion

MOST_POINTS = 100


def read_criteria(part: Part, cited: Callable[[Part], Citation]) -> tuple[Criterion, ...]:
    """Read the criteria of a file, in its order; `cited` reads a source. Raises SchemeFault."""
    found = tuple(_criterion(entry, cited) for entry in part.parts("criterion"))
    names = [one.id for one in found]
    for name in names:
        if names.count(name) > 1:
            part.refuse("criterion", name, "each id once")
    return found


def read_ties(part: Part, order: str) -> str:
    """Read what settles the same score in a round. Raises SchemeFault where it does not rank."""
    ties = part.choice("ties", TIES, "draw")
    if "ties" in part.content and order != "ranking":
        part.refuse("ties", ties, f"nothing, for order is {order}")
    return ties


def _criterion(part: Part, cited: Callable[[Part], Citation]) -> Criterion:
    scale = part.table("scale")
    least, most = scale.required("from", int), scale.required("to", int)
    if not 0 <= least < most <= MOST_POINTS:
        part.refuse(
            "scale", f"{least} to {most}", f"whole points from 0 or more to at most {MOST_POINTS}, the most last"
        )
    weight = Fraction(part.required("weight", (int, Decimal)))  # type: ignore[arg-type]
    if weight <= 0:
        part.refuse("weight", str(weight), "a number above 0")
    told = part.optional("threshold", (int, Decimal))
    threshold = None if told is None else Fraction(told)
    if threshold is not None and not least < threshold <= most:
        part.refuse("threshold", str(told), f"a number above {least}, at most {most}")
    found = Criterion(part.required("id", str), part.own_texts(), weight, least, most, threshold, cited(part))
    scale.finish()
    part.finish()
    return found
