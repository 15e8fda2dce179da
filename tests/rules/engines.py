"""The same question put to every evaluator over the same rows, and where their answers differ.

A row's answer is the verdict, the amount in cents and the answer to every condition. The closures for one person
say what is expected; Polars and the SQL text say what columns make of it. Files are Parquet, written by Polars.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl
from sqlglot import exp

from doorleren.rules.columns import polars_type
from doorleren.rules.layout import column, companion, named_conditions, rows
from doorleren.rules.profile import Profile
from doorleren.rules.settled import Settled
from doorleren.rules.sql import select
from doorleren.rules.verdict_columns import with_verdicts
from doorleren.rules.verdicts import judge
from doorleren.rules.vocabulary import Vocabulary

ROW = "row"
"""The column that numbers the rows, so that an engine may give them in any order."""

PLACE = "place_of_the_table"
"""Stands in the SQL for the table, which each engine names in its own way."""

SHOWN = 3


def frame_of(profiles: Iterable[Profile], settled: Settled, vocabulary: Vocabulary) -> pl.DataFrame:
    """Lay profiles out in columns, with a number per row."""
    facts = settled.facts | {"asker.role"}
    table = rows(profiles, facts, vocabulary)
    types = {column(name): polars_type(name, vocabulary) for name in facts}
    types |= {companion(name): pl.Boolean for name in facts if companion(name) in table}
    return pl.DataFrame(table, schema={name: types[name] for name in table}).with_row_index(ROW)


def answers_by_person(settled: Settled, profiles: Iterable[Profile]) -> pl.DataFrame:
    """Ask the closures, one profile after the other."""
    judged = [judge(settled, profile) for profile in profiles]
    scheme = settled.version.id
    found: dict[str, list] = {scheme: [one.truth for one in judged], f"{scheme}|amount": [one.amount for one in judged]}
    for place, (_, name) in enumerate(named_conditions(settled)):
        found[name] = [one.holds[place] for one in judged]
    types = {name: pl.Int64 if name.endswith("|amount") else pl.Boolean for name in found}
    return pl.DataFrame(found, schema=types)


def answers_by_polars(settled: Settled, frame: pl.DataFrame) -> pl.DataFrame:
    """Ask the column expressions."""
    return with_verdicts(frame.lazy(), [settled], reasons=True).collect()


def query(settled: Settled, columns: Iterable[str], table: str, dialect: str) -> str:
    """Write the SQL, with the number of the row in front."""
    text = select([settled], set(columns), PLACE, reasons=True).select(exp.column(ROW, quoted=True), append=True)
    return text.sql(dialect=dialect).replace(PLACE, table)


def answers_by_duckdb(settled: Settled, source: Path, columns: Iterable[str]) -> pl.DataFrame:
    """Ask DuckDB, Parquet in and out."""
    answered = source.with_suffix(".duckdb.parquet")
    with duckdb.connect(config={"threads": 1}) as connection:
        text = query(settled, columns, f"read_parquet('{source}')", "duckdb")
        connection.execute(f"copy ({text}) to '{answered}' (format parquet)")
    return in_order(pl.read_parquet(answered))


def in_order(answers: pl.DataFrame) -> pl.DataFrame:
    """Put answers back into the order of the rows."""
    return answers.sort(ROW).drop(ROW)


def disagreements(expected: pl.DataFrame, given: pl.DataFrame, profiles: list[Profile], engine: str) -> list[str]:
    """Say, per column, in which rows an engine differs; unknown is an answer like any other."""
    if given.height != expected.height or set(given.columns) != set(expected.columns):
        return [f"{engine}: {given.height} rows of {given.columns} instead of {expected.height} of {expected.columns}"]
    found = []
    for name in expected.columns:
        differs = expected[name].ne_missing(given[name].cast(expected[name].dtype)).arg_true().to_list()
        for place in differs[:SHOWN]:
            told = f"{name}: {given[name][place]} instead of {expected[name][place]} ({len(differs)} rows)"
            found.append(f"{engine}, {told}, first with {profiles[place]}")
    return found
