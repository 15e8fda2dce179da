"""The vocabulary: which facts a question about funding can be asked in, their types, units and questions.

Read from `schemes/facts.toml`. Names, types and values are the contract that others build on; the
questions are ours. A scheme file is checked against it when loaded, a profile when read.
"""

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

TYPES = frozenset({"date", "bool", "int", "decimal", "money", "enum", "set", "code"})
DECIMALS = {"money": 2, "decimal": 6, "int": 0}
"""How many decimals a number of each type is kept with, as whole units: cents, millionths, ones."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its full name, type, allowed values (enum and closed set) or pattern (code), unit and texts.

    `assessed`: who treats an application says it; whoever applies is not asked. `ask_of_another`: the question to an
    organisation, which tells it of an employee or participant; empty where `ask` says no "you".
    """

    name: str
    type: str
    values: tuple[str, ...] = ()
    unit: str = ""
    ordered: bool = False
    sensitive: bool = False
    assessed: bool = False
    audience: tuple[str, ...] = ()
    pattern: str = ""
    allowed: str = ""
    ask: dict[str, str] = field(default_factory=dict, hash=False)
    ask_of_another: dict[str, str] = field(default_factory=dict, hash=False)
    help: dict[str, str] = field(default_factory=dict, hash=False)
    label: dict[str, str] = field(default_factory=dict, hash=False)
    value_labels: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)

    @property
    def table(self) -> str:
        """Name whose fact it is: person, training, employer ..."""
        return self.name.partition(".")[0]

    @property
    def scale(self) -> int:
        """Give the number that one unit is kept as: 100 for money (cents), 10^6 for decimals, 1 for counts."""
        return int(10 ** DECIMALS.get(self.type, 0))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by full name, in the order of the file, and the names of their tables per language."""

    facts: dict[str, Fact]
    tables: dict[str, dict[str, str]]

    def nearest(self, name: str) -> str | None:
        """Suggest the fact that a misspelt name most likely meant."""
        close = get_close_matches(name, self.facts, n=1, cutoff=0.6)
        return close[0] if close else None


@lru_cache(maxsize=4)
def load_vocabulary(path: Path) -> Vocabulary:
    """Read the vocabulary file. Raises ValueError if a fact has a type that does not exist."""
    with path.open("rb") as file:
        content = tomllib.load(file)
    tables = content.pop("_tables", {})
    facts = {}
    for table, members in content.items():
        for short, entry in members.items():
            fact = _fact(f"{table}.{short}", entry)
            facts[fact.name] = fact
    return Vocabulary(facts, {name: tables.get(name, {}) for name in content})


def _fact(name: str, entry: dict[str, Any]) -> Fact:
    if entry["type"] not in TYPES:
        raise ValueError(f"{name}: type {entry['type']!r} does not exist; allowed are {', '.join(sorted(TYPES))}")
    return Fact(
        name=name,
        type=entry["type"],
        values=tuple(entry.get("values", ())),
        unit="euro" if entry["type"] == "money" else entry.get("unit", ""),
        ordered=entry.get("ordered", False),
        sensitive=entry.get("sensitive", False),
        assessed=entry.get("assessed", False),
        audience=tuple(entry.get("audience", ())),
        pattern=entry.get("pattern", ""),
        allowed=entry.get("allowed", ""),
        ask=entry.get("ask", {}),
        ask_of_another=entry.get("ask_of_another", {}),
        help=entry.get("help", {}),
        label=entry.get("label", {}),
        value_labels=entry.get("value_labels", {}),
    )
