"""One version of the index, opened: what tantivy searches and the columns that lie beside it, aligned by row.

A row is the place of an activity in the order of keys. Columns are whole in memory (some 200 bytes per activity).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self
from weakref import WeakKeyDictionary

import polars as pl
from tantivy import Index as Words
from tantivy import Schema, Searcher

from doorleren.register.reference.distance import Point
from doorleren.register.reference.place_names import Named
from doorleren.register.search import fields, prices
from doorleren.register.search.analysis import analyser, stem_of, words_of
from doorleren.register.search.building import FORMAT
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.nearness import distances
from doorleren.register.search.taken_out import KeptRows
from doorleren.register.search.vocabulary import Vocabulary
from doorleren.register.search.whereabouts import Whereabouts
from doorleren.register.words.compounds import Splitter


@dataclass(frozen=True, slots=True)
class Amounts:
    """What remains to pay in cents by row, null where it is unknown; and by row the place of its band (`prices`).

    The places lie twice: as a column, and as bytes, which take a few rows out without any detour.
    """

    cents: pl.Series
    bands: pl.Series
    places: bytes

    @classmethod
    def of(cls, cents: pl.Series) -> Self:
        """Work out the bands."""
        bands = prices.places(cents)
        return cls(cents, bands, bytes(bands.to_list()))


class Damaged(Exception):
    """A version that cannot be opened: a file lacks, is broken or was written by another release."""


@dataclass(eq=False)
class Opened:
    """What one version holds.

    `rows` has per facet the place of a row's values among `combinations`; `days` the days on which a row starts.
    """

    searcher: Searcher
    schema: Schema
    rows: pl.DataFrame
    days: pl.DataFrame
    spots: pl.DataFrame
    whereabouts: Whereabouts
    combinations: Mapping[str, list[tuple[str, ...]]]
    vocabulary: Vocabulary
    splitter: Splitter
    occupations: Mapping[str, tuple[str, ...]]
    built_for: date
    lacking: tuple[str, ...]

    def __post_init__(self) -> None:
        """Set up what is kept between questions."""
        self.spot_km = lru_cache(maxsize=256)(self._spot_km)
        self.starts = lru_cache(maxsize=4)(self._starts)
        self.occupation_stems = lru_cache(maxsize=10_000)(self._occupation_stems)
        self.kept_rows = KeptRows(len(self.rows))
        self._places: tuple[pl.Series, pl.Series] | None = None
        self._aligned: WeakKeyDictionary[FundingColumn, Amounts] = WeakKeyDictionary()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open the version in a folder. Raises Damaged when that cannot be."""
        try:
            return cls._read(folder)
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as fault:
            raise Damaged(f"the index in {folder.name} cannot be read: {fault}") from fault

    @classmethod
    def _read(cls, folder: Path) -> Self:
        about = _json(folder, "about")
        if about["format"] != FORMAT:
            raise ValueError(f"format {about['format']}, not {FORMAT}")
        words = Words.open(str(folder / "words"))
        words.register_tokenizer(fields.STEMS, analyser())
        searcher = words.searcher()
        rows = pl.read_ipc(folder / "rows.arrow")
        if not searcher.num_docs == len(rows) == about["activities"]:
            raise ValueError(f"{searcher.num_docs} documents, {len(rows)} rows, {about['activities']} activities")
        postcodes = pl.read_ipc(folder / "postcodes.arrow")
        return cls(
            searcher, words.schema, rows, pl.read_ipc(folder / "starts.arrow"), pl.read_ipc(folder / "spots.arrow"),
            Whereabouts(
                {postcode: (latitude, longitude) for postcode, latitude, longitude in postcodes.iter_rows()},
                (Named(*place) for place in pl.read_ipc(folder / "places.arrow").iter_rows()),
            ),
            {name: [tuple(values) for values in found] for name, found in _json(folder, "facets").items()},
            Vocabulary(_json(folder, "known")), Splitter(_json(folder, "splitter")),
            {name: tuple(labels) for name, labels in _json(folder, "occupations").items()},
            date.fromisoformat(about["built_for"]), tuple(about["lacking"]),
        )  # fmt: skip

    @property
    def keys(self) -> pl.Series:
        """Give the keys of all activities, by row."""
        return self.rows["key"]

    @cached_property
    def reasons(self) -> pl.DataFrame:
        """Give the columns in which the reasons for a match stand."""
        return self.rows.select("title", "occupations", "parts", "places")

    @cached_property
    def shown_limits(self) -> tuple[int, int]:
        """Give the last day from which something is shown, and the first until which, as ordinals."""
        if not len(self.rows):
            return fields.FAR_PAST, fields.FAR_FUTURE
        last, first = self.rows["shown_from"].max(), self.rows["shown_until"].min()
        assert isinstance(last, int)
        assert isinstance(first, int)
        return last, first

    def amounts(self, column: FundingColumn) -> Amounts:
        """Give what remains to pay by row; worked out once per column, which stays the same between a visitor's searches."""
        found = self._aligned.get(column)
        if found is None:
            found = Amounts.of(self._align(column))
            self._aligned[column] = found
        return found

    def _align(self, column: FundingColumn) -> pl.Series:
        given, cents = column.keys.cast(pl.UInt64), column.cents.cast(pl.Int64)
        if given.equals(self.keys):
            return cents
        known = self._places
        if known is None or not known[0].equals(given):
            at = pl.DataFrame({"key": given, "place": pl.arange(0, len(given), eager=True, dtype=pl.UInt32)})
            rows = self.rows.select("key").join(at, on="key", how="left", maintain_order="left", validate="m:1")
            self._places = known = (given, rows["place"])
        return cents.gather(known[1])

    def _spot_km(self, here: Point) -> pl.Series:
        """Give how far each spot is from a place, in kilometres: of several points the nearest."""
        km = distances(self.spots["latitude"], self.spots["longitude"], here)
        if not len(km):
            return km
        return pl.DataFrame({"spot": self.spots["spot"], "km": km}).group_by("spot", maintain_order=True).min()["km"]

    def _starts(self, today: date) -> pl.Series:
        """Give the first day to come on which each row starts, as an ordinal; `NO_DAY` for none."""
        to_come = (pl.col("day") == fields.ANY_DAY) | (pl.col("day") >= today.toordinal())
        first = self.days.filter(to_come).group_by("row").agg(pl.col("day").min())
        rows = pl.DataFrame({"row": pl.arange(0, len(self.rows), eager=True, dtype=pl.UInt32)})
        return rows.join(first, on="row", how="left", maintain_order="left")["day"].fill_null(fields.NO_DAY)

    def _occupation_stems(self, occupation: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """Give the labels of an occupation with the stems of each."""
        labels = self.occupations.get(occupation, ())
        return tuple((label, frozenset(map(stem_of, words_of(label)))) for label in labels)


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
