"""How a round is divided, as a scheme's file says: what counts, parts set apart, components, the floor. Pure.

Awb 4:26: how what is available is divided stands in the scheme, or is made known beforehand.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from doorleren.rules.components import ensure_whole, read_component
from doorleren.rules.frameworks import PLACES_FROM
from doorleren.rules.shape import Part
from doorleren.rules.versions import MOST_PAPER_DAYS, Component

MOMENT_COUNTS = ("arrival", "random_present", "draw", "none")
"""Orders in which it matters since when an application is complete."""
MEASURES: Mapping[str, tuple[Any, float, str]] = {
    "money": ((int, Decimal), float("inf"), "an amount in euros, 0 or more"),
    "count": (int, float("inf"), "a whole number of applications, 0 or more"),
    "share": ((int, Decimal), 1, "a share of the ceiling, 0 to 1"),
}


def read_counts(part: Part, order: str) -> str:
    """Read whether the moment counts or the day, which it may by arrival only. Raises SchemeFault."""
    counts = part.choice("counts", ("moment", "day"), "moment")
    if counts == "day" and order != "arrival":
        part.refuse("counts", "day", f"moment, for order is {order}")
    return counts


def read_paper_days(part: Part) -> int:
    """Read for how many days paper can be entered to count on its day of receipt. Raises SchemeFault."""
    days: int = part.optional("paper_days", int, 0)
    if days and (part.content.get("counts") != "day" or not 0 < days <= MOST_PAPER_DAYS):
        part.refuse("paper_days", days, f"1 to {MOST_PAPER_DAYS} where counts is day, else 0")
    return days


def read_place_from(part: Part, order: str) -> str:
    """Read from what an application that had to be completed has its place; "" where its framework says. Raises SchemeFault."""
    told = part.choice("place_from", ("", *PLACES_FROM), "")
    if told == "completion" and order not in MOMENT_COUNTS:
        part.refuse("place_from", told, f"submission, unless order is {', '.join(MOMENT_COUNTS)}")
    return told


def read_set_apart(part: Part) -> Any:
    """Read `ring_fenced`: a table, or a list of tables, each `for` another kind of applicant with at most one measure.

    Raises SchemeFault.
    """
    told: Any = part.optional("ring_fenced", (dict, list), {})
    kinds = set[str]()
    for one in told if isinstance(told, list) else [told] if told else []:
        if not isinstance(one, dict):
            part.refuse("ring_fenced", one, "a table")
        named = [name for name in MEASURES if name in one]
        if set(one) - {"for", *named} or len(named) > 1 or not isinstance(one.get("for"), str):
            part.refuse("ring_fenced", dict(one), f"for, and at most one of {', '.join(MEASURES)}")
        for name in named:
            kind, most, allowed = MEASURES[name]
            if isinstance(one[name], bool) or not isinstance(one[name], kind) or not 0 <= one[name] <= most:
                part.refuse(f"ring_fenced, {name}", one[name], allowed)
        if one["for"] in kinds:
            part.refuse("ring_fenced, for", one["for"], "each kind of applicant once")
        kinds.add(one["for"])
    return told


def read_floor(part: Part, order: str) -> Fraction | None:
    """Read the least (euros) that each application gets where all divide the pot in proportion. Raises SchemeFault."""
    told = part.optional("floor", (int, Decimal))
    if told is None:
        return None
    if order != "pro_rata" or told <= 0:
        part.refuse("floor", told, "an amount in euros above 0, where order is pro_rata")
    return Fraction(told)


def read_components(part: Part, ceiling: Fraction | None) -> tuple[Component, ...]:
    """Read of what a ceiling consists, where the file says: amounts (euros) that together are the ceiling.

    Raises SchemeFault.
    """
    parts = part.parts("component")
    found = tuple(map(read_component, parts))
    for one in parts:
        one.finish()
    if found:
        ensure_whole(part, (one.money for one in found), ceiling, "ceiling_money")
    return found
