"""Reading and asking one expression in a test, with a few parameters, on 1 March 2024 unless another day is named."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from doorleren.rules import tree
from doorleren.rules.library import open_library
from doorleren.rules.person import closure
from doorleren.rules.profile import Profile, read_value
from doorleren.rules.reading import Parameter, Setting, read_amount, read_condition

LIBRARY = open_library()
DAY = date(2024, 3, 1)
WHERE = "some-scheme/2024-01-01.toml, condition asked"
PARAMETERS = {
    "cap": Parameter(Fraction(1000), "euro"),
    "third": Parameter(Fraction(1, 3), "share"),
    "months": Parameter(Fraction(6), "month"),
    "least": Parameter(Fraction(5), "number"),
    "half_cent": Parameter(Fraction(1, 200), "euro"),
    "first_day": Parameter(date(2024, 1, 31), "date"),
    "sectors": Parameter(frozenset({"ict", "technology"}), "set"),
    "wrong_sectors": Parameter(frozenset({"space"}), "set"),
}


def setting(day: date = DAY) -> Setting:
    """Give what an expression may speak of."""
    return Setting(LIBRARY.vocabulary, PARAMETERS, day, LIBRARY.law)


def condition(text: str, day: date = DAY) -> tree.Node:
    """Read a condition."""
    return read_condition(text, setting(day), WHERE)


def profile_of(facts: Mapping[str, Any]) -> Profile:
    """Read facts by their full names; None is left out."""
    known = LIBRARY.vocabulary.facts
    return {name: read_value(known[name], value) for name, value in facts.items() if value is not None}


def ask(text: str, facts: Mapping[str, Any], day: date = DAY) -> Any:
    """Give what a condition answers for some facts."""
    return closure(condition(text, day))(profile_of(facts))


def amount(text: str, facts: Mapping[str, Any], applicable: frozenset[str] = frozenset()) -> Any:
    """Give what an amount is in cents for some facts."""
    return closure(read_amount(text, setting(), WHERE, applicable))(profile_of(facts))
