"""Builds the read index from everything in the register: what `doorleren register rebuild` and each change call for.

The whole is built anew in a folder of its own (see versions.py). Nothing here reads the database.
"""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
from tantivy import Document, Index, IndexWriter

from doorleren.register.entries import Entry
from doorleren.register.reference.place_names import Named
from doorleren.register.search import fields
from doorleren.register.search.analysis import analyser, pieces_of, splitter_of, stem_of, words_of
from doorleren.register.search.indexed import Indexed
from doorleren.register.search.versions import new_version

FORMAT = 3
HEAP_BYTES, THREADS = 400_000_000, 2

Labels = Mapping[str, tuple[str, ...]]
Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder of the version and how many activities are in it."""

    folder: Path
    activities: int


def build(
    root: Path,
    rows: Iterable[Indexed],
    *,
    today: date,
    occupations: Labels | None = None,
    postcodes: Places | None = None,
    named: Sequence[Named] = (),
    lacking: tuple[str, ...] = (),
) -> Built:
    """Build a new version from all activities and bring it into use.

    `rows` come with increasing keys. `occupations` holds per ESCO id its labels, the preferred one first; `postcodes`
    per four digits latitude and longitude, `named` the places that a visitor may name; `lacking` are the kinds of
    reference data that were not imported. Runs that began before `today` and recognitions that have ended are left out:
    build at least once a day. Raises ValueError when a key does not increase, BuildRunning when another process builds.
    """
    with new_version(root) as folder:
        made = _Writing(folder, today, occupations or {})
        try:
            for one in rows:
                made.add(one)
            made.close(postcodes or {}, named, lacking)
        finally:
            made.stop()
    return Built(folder, len(made.keys))


@dataclass
class _Writing:
    """A version being written: documents go to tantivy one by one, what is kept beside them piles up in lists."""

    folder: Path
    today: date
    occupations: Labels
    keys: list[int] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    shown: list[tuple[int, int]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    compounds: list[str] = field(default_factory=list)
    taught: list[str] = field(default_factory=list)
    given_at: list[str] = field(default_factory=list)
    known: Counter[str] = field(default_factory=Counter)
    labelled: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.codes: dict[str, list[int]] = {name: [] for name in fields.COUNTED}
        self.combinations: dict[str, dict[tuple[str, ...], int]] = {name: {(): 0} for name in fields.COUNTED}
        self.places: dict[tuple[tuple[float, float], ...], int] = {}
        self.splitter = splitter_of(label for labels in self.occupations.values() for label in labels)
        self.title_forms = lru_cache(maxsize=100_000)(self._title_forms)
        self.label_forms = lru_cache(maxsize=100_000)(self._label_forms)
        self.place_stems = lru_cache(maxsize=20_000)(lambda places: _stems(words_of(" ".join(places))))
        words = self.folder / "words"
        words.mkdir()
        self.schema = fields.schema()
        index = Index(self.schema, str(words))
        index.register_tokenizer(fields.STEMS, analyser())
        self.writer: IndexWriter = index.writer(HEAP_BYTES, THREADS)

    def add(self, one: Indexed) -> None:
        """Add an activity. Raises ValueError when its key is not greater than the one before."""
        if self.keys and one.key <= self.keys[-1]:
            raise ValueError(f"key: {one.key} was given after {self.keys[-1]}, allowed is a greater one")
        row, entry = len(self.keys), one.entry
        words, title, title_parts = self.title_forms(entry.title)
        label_words, labels, label_parts = self.label_forms(entry.occupations)
        self.known.update(words)
        self.labelled[label_words] += 1
        counted = fields.counted_values(one, self.today)
        starts, spot = fields.starts_of(one, self.today), self._spot(one)
        shown, parts, places = _shown(entry), f"{title_parts} {label_parts}".strip(), _places(one)
        document = {
            fields.TITLE: title, fields.SYNONYMS: labels, fields.PARTS: parts,
            fields.TEXT: _text(one, places), fields.OCCUPATION: list(entry.occupations),
            **{name: list(found) for name, found in counted.items()},
            fields.ROW: row, fields.SPOT: spot, fields.SHOWN_FROM: shown[0], fields.SHOWN_UNTIL: shown[1],
            fields.START: ((starts[0] if starts else fields.NO_DAY) << 32) + row,
        }  # fmt: skip
        self.writer.add_document(Document.from_dict(document, self.schema))
        for name, codes in self.codes.items():
            combinations = self.combinations[name]
            codes.append(combinations.setdefault(counted.get(name, ()), len(combinations)))
        self.keys.append(one.key)
        self.spots.append(spot)
        self.starts += [(row, day) for day in starts]
        self.shown.append(shown)
        self.titles.append(title)
        self.compounds.append(parts)
        self.taught.append(" ".join(entry.occupations))
        self.given_at.append(self.place_stems(places))

    def close(self, postcodes: Places, named: Sequence[Named], lacking: tuple[str, ...]) -> None:
        """Write the rest down and wait until everything is on disk."""
        self.writer.commit()
        self.writer.wait_merging_threads()
        self._rows().write_ipc(self.folder / "rows.arrow", compression="uncompressed")
        starts = pl.DataFrame(self.starts, schema={"row": pl.UInt32, "day": pl.Int64}, orient="row")
        starts.write_ipc(self.folder / "starts.arrow")
        _spots(self.places).write_ipc(self.folder / "spots.arrow")
        _coordinates("postcode", postcodes, postcodes.values()).write_ipc(self.folder / "postcodes.arrow")
        for label_words, number in self.labelled.items():
            self.known.update(dict.fromkeys(label_words, number))
        columns = {one.name: [getattr(place, one.name) for place in named] for one in dataclasses.fields(Named)}
        pl.DataFrame(columns).write_ipc(self.folder / "places.arrow")
        beside = {
            "facets": {name: list(found) for name, found in self.combinations.items()},
            "known": dict(self.known),
            "splitter": self.splitter.counts,
            "occupations": {name: list(labels) for name, labels in self.occupations.items()},
            "about": {
                "format": FORMAT,
                "built_for": self.today.isoformat(),
                "activities": len(self.keys),
                "lacking": lacking,
            },
        }
        for name, content in beside.items():
            (self.folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def stop(self) -> None:
        """Let go of tantivy's writer, whose threads would otherwise write on in a folder that is being removed."""
        del self.writer

    def _rows(self) -> pl.DataFrame:
        codes = {name: pl.Series(codes, dtype=pl.UInt32) for name, codes in self.codes.items()}
        return pl.DataFrame({
            "key": pl.Series(self.keys, dtype=pl.UInt64),
            "spot": pl.Series(self.spots, dtype=pl.UInt32),
            "shown_from": pl.Series([days[0] for days in self.shown], dtype=pl.Int32),
            "shown_until": pl.Series([days[1] for days in self.shown], dtype=pl.Int32),
            "title": pl.Series(self.titles, dtype=pl.String),
            "parts": pl.Series(self.compounds, dtype=pl.String),
            "occupations": pl.Series(self.taught, dtype=pl.String),
            "places": pl.Series(self.given_at, dtype=pl.String),
            **codes,
        })  # fmt: skip

    def _title_forms(self, title: str) -> tuple[tuple[str, ...], str, str]:
        words = words_of(title)
        pieces = [piece for word in words for piece in pieces_of(word, self.splitter)]
        return tuple({*words, *pieces}), _stems(words), _stems(pieces)

    def _label_forms(self, occupations: tuple[str, ...]) -> tuple[tuple[str, ...], str, str]:
        labels = [label for name in occupations for label in self.occupations.get(name, ())]
        words = [word for label in labels for word in words_of(label)]
        pieces = sorted({piece for word in words for piece in pieces_of(word, self.splitter)})
        return tuple({*words, *pieces}), _stems(words), _stems(pieces)

    def _spot(self, one: Indexed) -> int:
        if one.latitude is None or one.longitude is None:
            return fields.NO_SPOT
        every = {(round(north, 5), round(east, 5)) for north, east in ((one.latitude, one.longitude), *one.elsewhere)}
        return self.places.setdefault(tuple(sorted(every)), len(self.places))


def _stems(words: Iterable[str]) -> str:
    return " ".join(map(stem_of, words))


def _text(one: Indexed, places: tuple[str, ...]) -> str:
    entry: Entry = one.entry
    told = (
        entry.description,
        *entry.learning_outcomes,
        *entry.skills,
        one.provider.name,
        entry.certificate,
        *places,
    )
    return "\n".join(told)


def _places(one: Indexed) -> tuple[str, ...]:
    """Give the names of the places where an activity is given, that of its provider too."""
    return tuple(sorted({place for place in (one.provider.place, *(run.place for run in one.entry.runs)) if place}))


def _shown(entry: Entry) -> tuple[int, int]:
    return (
        entry.published_from.toordinal() if entry.published_from else fields.FAR_PAST,
        entry.published_until.toordinal() if entry.published_until else fields.FAR_FUTURE,
    )


def _spots(places: Mapping[tuple[tuple[float, float], ...], int]) -> pl.DataFrame:
    """Give the points of each spot, a row each: a spot is all places where one activity is given."""
    rows = [(spot, point) for points, spot in places.items() for point in points]
    return _coordinates("spot", (spot for spot, _point in rows), (point for _spot, point in rows))


def _coordinates(name: str, names: Iterable[object], places: Iterable[tuple[float, float]]) -> pl.DataFrame:
    found = list(places)
    return pl.DataFrame({
        name: list(names),
        "latitude": pl.Series([place[0] for place in found], dtype=pl.Float64),
        "longitude": pl.Series([place[1] for place in found], dtype=pl.Float64),
    })  # fmt: skip
