"""All evaluators give the same verdict, amount and answer to every condition, on the whole grid."""

import sys
from pathlib import Path

import pytest

from doorleren.rules.library import Library, open_library
from tests.rules.engines import answers_by_duckdb, answers_by_person, answers_by_polars, disagreements, frame_of
from tests.rules.grid import BASES_PER_TRACK, chosen_bases, count_rows, eligible_bases, plots, rows_of

FEWEST_ROWS = 100_000
VERSIONS = [(scheme.id, version.version) for scheme in open_library().schemes.values() for version in scheme.versions]


@pytest.mark.parametrize(("scheme", "version"), VERSIONS)
def test_polars_and_duckdb_agree_with_the_closures(scheme: str, version: str, library: Library, tmp_path: Path) -> None:
    """Polars and the SQL in DuckDB answer every row of a version's grid as the closures for one person do."""
    chosen = next(one for one in library.scheme(scheme).versions if one.version == version)
    found: list[str] = []
    for plot in plots(library, chosen):
        profiles = list(rows_of(plot, library))
        expected = answers_by_person(plot.settled, profiles)
        frame = frame_of(profiles, plot.settled, library.vocabulary)
        source = tmp_path / f"{plot.settled.day}.parquet"
        frame.write_parquet(source)
        answers = {
            "Polars": answers_by_polars(plot.settled, frame),
            "DuckDB": answers_by_duckdb(plot.settled, source, frame.columns),
        }
        for engine, given in answers.items():
            found += [f"{plot.name}: {line}" for line in disagreements(expected, given, profiles, engine)]
    assert not found, "\n".join(found[:20])


def test_the_grid_is_large_enough(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    """The grid has at least 100,000 rows, and every version has a part in it."""
    counted = {
        f"{scheme.id} {version.version}": sum(count_rows(plot, library) for plot in plots(library, version))
        for scheme in library.schemes.values()
        for version in scheme.versions
    }
    with capsys.disabled():
        print(f"\nthe grid has {sum(counted.values())} rows of {len(counted)} versions", file=sys.stderr)
    assert sum(counted.values()) >= FEWEST_ROWS
    assert not [name for name, rows in counted.items() if rows < 2]


@pytest.mark.parametrize(("scheme", "version"), VERSIONS)
def test_every_track_has_three_bases(scheme: str, version: str, library: Library) -> None:
    """At least three worked examples that differ are eligible in every track of every version."""
    chosen = next(one for one in library.scheme(scheme).versions if one.version == version)
    few = {
        track: len(bases) for track, bases in eligible_bases(library, chosen).items() if len(bases) < BASES_PER_TRACK
    }
    assert not few
    assert chosen_bases(library, chosen)
