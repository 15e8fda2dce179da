"""What would make a failing condition hold: per fact, the value at which it would, all other facts as they are.

Limits are inclusive ("at most 7499.99", not "less than 7500"), so that the value itself can be filled in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from doorleren.rules import tree
from doorleren.rules.person import closure
from doorleren.rules.profile import NA, Profile
from doorleren.rules.tree import facts_of

Sign = Literal["at least", "at most", "is", "is not", "one of", "none of", "contains", "lacks", "applies"]
OPPOSITE: dict[str, tree.Operator] = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">": "<=", ">=": "<"}


@dataclass(frozen=True, slots=True)
class Change:
    """One fact and what it should be; a number or day as it is kept in a profile, else a text or set of texts."""

    fact: str
    sign: Sign
    value: Any


def changes(node: tree.Node, profile: Profile, holds: bool = True) -> tuple[Change, ...]:
    """Give the changes of single facts that would make a condition hold (or not hold)."""
    if closure(node)(profile) is holds:
        return ()
    match node:
        case tree.Opposite(part):
            return changes(part, profile, not holds)
        case tree.Every(parts) | tree.Some(parts):
            return _first_per_fact(change for part in parts for change in changes(part, profile, holds))
        case tree.Among(tree.FactValue(name, _), members):
            return (Change(name, "one of" if holds else "none of", members),)
        case tree.Has(fact, member):
            return (Change(fact.name, "contains" if holds else "lacks", member),)
        case tree.Applies(fact) if holds:
            return (Change(fact.name, "applies", True),)
        case tree.Compare(sign, left, right):
            return _compared(sign if holds else OPPOSITE[sign], left, right, profile)
    return ()


def _first_per_fact(found: Any) -> tuple[Change, ...]:
    unique: dict[tuple[str, str], Change] = {}
    for change in found:
        unique.setdefault((change.fact, change.sign), change)
    return tuple(unique.values())


def _compared(sign: tree.Operator, left: tree.Node, right: tree.Node, profile: Profile) -> tuple[Change, ...]:
    match left, right:
        case tree.FactValue(name, kind), tree.Constant(value, _) if kind in ("number", "date", "truth"):
            return _limit(name, sign, value)
    if any(
        isinstance(side, tree.FactValue | tree.Constant) and side.kind in ("date", "text") for side in (left, right)
    ):
        return ()
    found = []
    for name in sorted(facts_of(left) | facts_of(right)):
        solved = _solved(name, sign, closure(left), closure(right), profile)
        if solved:
            found.append(solved)
    return tuple(found)


def _limit(name: str, sign: tree.Operator, value: Any) -> tuple[Change, ...]:
    step = timedelta(days=1) if isinstance(value, date) else 1
    match sign:
        case "==":
            return (Change(name, "is", value),)
        case "!=":
            return (Change(name, "is", not value) if isinstance(value, bool) else Change(name, "is not", value),)
        case ">=":
            return (Change(name, "at least", value),)
        case "<=":
            return (Change(name, "at most", value),)
        case ">":
            return (Change(name, "at least", value + step),)
    return (Change(name, "at most", value - step),)


def _solved(
    name: str, sign: tree.Operator, left: Callable[[Profile], Any], right: Callable[[Profile], Any], profile: Profile
) -> Change | None:
    """Solve a comparison that is linear in one number: how large must the fact be for it to hold?"""

    def gap(value: int) -> Any:
        first, second = left({**profile, name: value}), right({**profile, name: value})
        known = not any(side is None or side is NA or not isinstance(side, int) for side in (first, second))
        return first - second if known else None

    known = profile.get(name)
    if not isinstance(known, int) or isinstance(known, bool):
        return None
    start, slope = gap(0), None if gap(1) is None or gap(0) is None else gap(1) - gap(0)
    if start is None or not slope or gap(known) != start + slope * known:
        return None
    rising = sign in (">", ">=") if slope > 0 else sign in ("<", "<=")
    if sign in ("==", "!="):
        return None
    exact, rest = divmod(-start, slope)
    touches = rest == 0 and sign in ("<=", ">=")
    if rising:
        return Change(name, "at least", exact if touches else exact + 1)
    return Change(name, "at most", exact if touches or rest else exact - 1)
