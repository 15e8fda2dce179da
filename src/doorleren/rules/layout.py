"""How facts lie in columns, the same for Polars and SQL: one column per fact, unknown is null.

A text that does not apply is the text "n/a"; any other fact has a companion column of truths that says so (no
companion: it always applies). Money is whole cents and a decimal millionths, 64-bit; a set is a list of texts. In
Polars a narrower whole number does as well, and a set may be one column of truths per member instead of a list.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from doorleren.rules.profile import NA, Profile
from doorleren.rules.settled import Settled, SettledCondition
from doorleren.rules.vocabulary import Fact, Vocabulary

TEXTS = frozenset({"enum", "code"})
NOT_APPLICABLE = "n/a"


def column(fact: str) -> str:
    """Name the column of a fact."""
    return fact.replace(".", "__")


def companion(fact: str) -> str:
    """Name the column that says that a fact does not apply."""
    return column(fact) + "__na"


def member_column(fact: str, member: str) -> str:
    """Name the column that says whether a set fact contains a text, where a set does not lie as a list."""
    return f"{column(fact)}__has__{member}"


def condition_column(scheme: str, condition: str, track: str = "") -> str:
    """Name the column in which the answer to a condition stands."""
    return f"{scheme}|{track}|{condition}" if track else f"{scheme}|{condition}"


def named_conditions(version: Settled) -> list[tuple[SettledCondition, str]]:
    """Name each condition's column, with its track where two tracks use one id."""
    ids = [one.condition.id for one in version.conditions]
    named = []
    for place, one in enumerate(version.conditions):
        track = next(track.track.id for track in version.tracks if place in track.places)
        twice = ids.count(one.condition.id) > 1
        named.append((one, condition_column(version.version.id, one.condition.id, track if twice else "")))
    return named


def rows(profiles: Iterable[Profile], facts: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, list[Any]]:
    """Lay profiles out in columns for some facts."""
    wanted = [vocabulary.facts[name] for name in sorted(facts)]
    table: dict[str, list[Any]] = {}
    for fact in wanted:
        table[column(fact.name)] = []
        if fact.type not in TEXTS:
            table[companion(fact.name)] = []
    for profile in profiles:
        for fact in wanted:
            _add(table, fact, profile.get(fact.name))
    return table


def _add(table: dict[str, list[Any]], fact: Fact, value: object) -> None:
    if fact.type in TEXTS:
        table[column(fact.name)].append(NOT_APPLICABLE if value is NA else value)
        return
    known = None if value is NA else sorted(value) if isinstance(value, frozenset) else value
    table[column(fact.name)].append(known)
    table[companion(fact.name)].append(value is NA)
