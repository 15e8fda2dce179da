"""Spark, DuckDB, Polars and the closures agree on the whole grid, with pairs on every day; on a real cluster."""

import sys
from pathlib import Path

import polars as pl
import pytest

from doorleren.rules.library import Library
from tests.rules.engines import (
    answers_by_duckdb,
    answers_by_person,
    answers_by_polars,
    disagreements,
    frame_of,
    in_order,
    query,
)
from tests.rules.grid import Plot, plots, rows_of
from tests.rules.spark_cluster import Question, ask, cluster, why_absent

FEWEST_ROWS = 1_000_000


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.skipif(bool(why_absent()), reason=why_absent() or "nothing is absent")
def test_spark_agrees_with_all_other_evaluators(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A standalone master with two workers answers the same rows as the closures, Polars and DuckDB do."""
    sown = [
        plot for scheme in library.schemes.values() for version in scheme.versions for plot in plots(library, version)
    ]
    found, questions, rows = [], [], 0
    for number, plot in enumerate(sown):
        count, lines, question = _others(plot, library, tmp_path / str(number))
        rows += count
        found += lines
        questions.append(question)
    with cluster(tmp_path) as address:
        told = ask(address, questions, tmp_path)
    for plot, question in zip(sown, questions, strict=True):
        found += [f"{plot.name}: {line}" for line in _compared(question.answer.parent)]
    with capsys.disabled():
        print(f"\n{rows} rows, {len(questions)} queries, {told.strip()}", file=sys.stderr)
    assert not found, "\n".join(found[:20])
    assert "executors 2" in told
    assert rows >= FEWEST_ROWS


def _others(plot: Plot, library: Library, folder: Path) -> tuple[int, list[str], Question]:
    """Ask the evaluators on one machine and lay the rows down for Spark; only files stay."""
    folder.mkdir()
    profiles = list(rows_of(plot, library, pairs_everywhere=True))
    expected = answers_by_person(plot.settled, profiles)
    frame = frame_of(profiles, plot.settled, library.vocabulary)
    source = folder / "rows.parquet"
    frame.write_parquet(source)
    expected.write_parquet(folder / "expected.parquet")
    lines = disagreements(expected, answers_by_polars(plot.settled, frame), profiles, "Polars")
    lines += disagreements(expected, answers_by_duckdb(plot.settled, source, frame.columns), profiles, "DuckDB")
    text = query(plot.settled, frame.columns, f"parquet.`{source}`", "spark")
    return len(profiles), [f"{plot.name}: {line}" for line in lines], Question(text, folder / "spark")


def _compared(folder: Path) -> list[str]:
    expected = pl.read_parquet(folder / "expected.parquet")
    given = in_order(pl.read_parquet(str(folder / "spark" / "*.parquet")))
    profiles = pl.read_parquet(folder / "rows.parquet")
    return disagreements(expected, given, profiles.rows(named=True), "Spark")
