"""Between a value as the rules know it and the one typed column of an answer that holds it. Pure.

Values mean the same as in the finder: money in cents, decimals in millionths, days, frozensets (rules/profile.py).
"""

from collections.abc import Mapping
from typing import Any

from doorleren.rules.profile import NA, plain, read_value
from doorleren.rules.vocabulary import Fact

COLUMN_OF = {
    "bool": "boolean", "int": "whole", "money": "cents", "decimal": "decimal", "date": "day", "enum": "text",
    "code": "text", "set": "members",
}  # fmt: skip
"""Which column of an answer holds a fact of a type."""


class _Unknown:
    """The answer "I do not know": it takes an earlier answer away, and is not asked again of itself."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN = _Unknown()


def column_of(fact: Fact, value: Any) -> tuple[str, Any]:
    """Give the column and what stands in it: a value of the fact's type, "n/a", or that it is not known."""
    if value is UNKNOWN:
        return "absent", "unknown"
    if value is NA:
        return "absent", "n/a"
    if fact.type in ("decimal", "set"):
        return COLUMN_OF[fact.type], plain(fact, value)
    return COLUMN_OF[fact.type], value


def value_of(fact: Fact, row: Mapping[str, Any]) -> Any:
    """Read a value back from the columns of an answer. Raises ProfileFault for what the fact no longer allows."""
    if row["absent"] is not None:
        return UNKNOWN if row["absent"] == "unknown" else NA
    given = row[COLUMN_OF[fact.type]]
    return given if fact.type == "money" else read_value(fact, given)


def plain_value(fact: Fact, value: Any) -> Any:
    """Write a value as it stands in canonical JSON: "unknown", "n/a", or as in a profile."""
    return "unknown" if value is UNKNOWN else plain(fact, value)
