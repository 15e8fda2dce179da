"""The facts of all activities in columns, and their distinct combinations: made once per register and day.

A row per activity, in the order given. Layout as in `rules/layout.py`; a set lies as one column of truths per
member. Every fact also has a column of small whole numbers (0 for unknown), so that the distinct combinations of any
facts are found by one number per activity.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from doorleren.register.funding.facts import FACTS
from doorleren.rules.columns import polars_type
from doorleren.rules.layout import column, member_column
from doorleren.rules.profile import Profile
from doorleren.rules.vocabulary import Vocabulary

KEPT = 32
"""Of how many sets of facts the distinct combinations are kept."""

LARGEST_CODE = 2**62


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct combinations of some facts: a row each, and for every activity the place of its row."""

    rows: pl.DataFrame
    places: pl.Series


@dataclass(frozen=True)
class Activities:
    """All activities: their keys, their facts in columns, and which facts some activity tells."""

    keys: pl.Series
    facts: pl.DataFrame
    vocabulary: Vocabulary
    told: frozenset[str]
    _codes: pl.DataFrame
    _kept: OrderedDict[tuple[str, ...], Distinct] = field(default_factory=OrderedDict)

    @staticmethod
    def of(activities: Iterable[tuple[int, Profile]], vocabulary: Vocabulary) -> "Activities":
        """Lay activities out: pairs of a key and the facts told (`facts.training_facts`), each key once."""
        pairs = list(activities)
        values = {name: [facts.get(name) for _, facts in pairs] for name in FACTS}
        return Activities.of_columns([key for key, _ in pairs], values, vocabulary)

    @staticmethod
    def of_columns(keys: Sequence[int], values: Mapping[str, list[Any]], vocabulary: Vocabulary) -> "Activities":
        """Lay activities out of which every fact lies in a list, in the order of the keys (`facts.facts_in_columns`)."""
        columns = [one for name, told in values.items() for one in _columns(name, told, vocabulary)]
        return Activities.of_frame(
            pl.Series("key", keys, pl.Int64), pl.DataFrame(columns, height=len(keys)), vocabulary
        )

    @staticmethod
    def of_frame(keys: pl.Series, frame: pl.DataFrame, vocabulary: Vocabulary) -> "Activities":
        """Take facts that lie in columns already, in the order of the keys (Int64)."""
        told_by_some = frozenset(
            name for name in FACTS if any(frame[one].is_not_null().any() for one in columns_of(name, vocabulary))
        )
        codes = frame.select(_code(frame[name]) for name in frame.columns)
        return Activities(keys, frame, vocabulary, told_by_some, codes)

    def distinct(self, names: Collection[str]) -> Distinct:
        """Give the distinct combinations of some facts; kept, for the next visitor mostly asks for the same ones."""
        wanted = tuple(sorted(names))
        found = self._kept.get(wanted)
        if found is None:
            found = self._distinct([one for name in wanted for one in columns_of(name, self.vocabulary)])
            self._kept[wanted] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    def _distinct(self, columns: list[str]) -> Distinct:
        if not self.keys.len():
            return Distinct(self.facts.select(columns), pl.Series("place", [], pl.UInt32))
        if not columns:
            return Distinct(pl.DataFrame(height=1), pl.zeros(self.keys.len(), pl.UInt32, eager=True))
        code, size = self._codes[columns[0]].cast(pl.UInt64), _size(self._codes[columns[0]])
        for name in columns[1:]:
            more = self._codes[name]
            if size * _size(more) > LARGEST_CODE:
                code = _ranked(code)
                size = _size(code)
            code, size = code * _size(more) + more, size * _size(more)
        places = _ranked(code).cast(pl.UInt32).alias("place")
        first = places.to_frame().with_row_index("row").unique("place", keep="any").sort("place")["row"]
        return Distinct(self.facts.select(columns)[first], places)

    def place(self, key: int) -> int | None:
        """Give the place of an activity by its key; None if it is not here. Keys must increase."""
        keys = self._in_order
        place = bisect_left(keys, key)
        return place if place < len(keys) and keys[place] == key else None

    @cached_property
    def _in_order(self) -> "array[int]":
        """Give the keys for looking up one of them, which takes a column a hundred times as long."""
        return array("q", self.keys)

    def profile(self, place: int) -> Profile:
        """Give the facts of one activity back as a profile, by its place in the order given."""
        return profile_of(self.facts.row(place, named=True), self.told, self.vocabulary)

    def facts_of(self, key: int) -> Profile:
        """Give the facts of one activity by its key; none for one that is not here."""
        place = self.place(key)
        return {} if place is None else self.profile(place)


def columns_of(name: str, vocabulary: Vocabulary) -> list[str]:
    """Name the columns in which a fact lies: one, or one per member of a set."""
    fact = vocabulary.facts[name]
    return [member_column(name, member) for member in fact.values] if fact.type == "set" else [column(name)]


def profile_of(row: dict[str, Any], names: Iterable[str], vocabulary: Vocabulary) -> Profile:
    """Read a row back as a profile of the facts named; what is null is left out."""
    profile: Profile = {}
    for name in names:
        fact = vocabulary.facts[name]
        if fact.type != "set":
            value = row.get(column(name))
        else:
            told = {member: row.get(member_column(name, member)) for member in fact.values}
            value = None if None in told.values() else frozenset(member for member, has in told.items() if has)
        if value is not None:
            profile[name] = value
    return profile


def _columns(name: str, values: list[Any], vocabulary: Vocabulary) -> list[pl.Series]:
    fact = vocabulary.facts[name]
    if fact.type == "set":
        numbers: dict[frozenset[str] | None, int] = {}
        places = pl.Series([numbers.setdefault(value, len(numbers)) for value in values], dtype=pl.UInt32)
        return [
            pl.Series(
                member_column(fact.name, member),
                [None if value is None else member in value for value in numbers],
                pl.Boolean,
            ).gather(places)
            for member in fact.values
        ]
    return [pl.Series(column(fact.name), values, polars_type(fact.name, vocabulary))]


def _code(series: pl.Series) -> pl.Series:
    """Number the values of a column from 1, unknown 0."""
    if series.dtype == pl.Boolean:
        return series.cast(pl.UInt32).fill_null(2)
    if isinstance(series.dtype, pl.Enum):
        return (series.to_physical().cast(pl.UInt32) + 1).fill_null(0)
    return series.rank("dense").cast(pl.UInt32).fill_null(0)


def _size(codes: pl.Series) -> int:
    most = codes.max()
    return 1 + int(most) if isinstance(most, int) else 1


def _ranked(codes: pl.Series) -> pl.Series:
    return codes.rank("dense").cast(pl.UInt64) - 1
