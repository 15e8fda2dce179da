"""Every construct of the expression language means the same in columns and in SQL, also what no scheme uses yet.

The examples of the language tests are asked of all evaluators, each with the facts of every other example: least of
unknown and a cap, tests that are unknown, sums with a part unknown, days before days, halves of a cent below zero.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from doorleren.rules.files import read_version
from doorleren.rules.layout import column, companion
from doorleren.rules.settled import Settled, settle
from doorleren.rules.sql import select
from tests.rules.engines import answers_by_duckdb, answers_by_person, answers_by_polars, disagreements, frame_of
from tests.rules.language import DAY, LIBRARY, PARAMETERS, profile_of
from tests.rules.test_language_meaning import AMOUNTS, MEANING, SIZE_CLASS

MORE = [
    f'{SIZE_CLASS} == "small"',
    f'{SIZE_CLASS} != "large"',
    "age(person.birth_date) >= 18",
    "age(person.birth_date, training.starts_on) >= 18",
    "years_between(training.starts_on, person.birth_date) < 0",
    "months_between(day, training.starts_on) < 3",
    "days_between(training.starts_on, day) > 0",
    "person.birth_date < training.starts_on",
    "pension_age_reached(person.birth_date)",
    "applies(training.price) and max(training.price, training.price / 3, 5) > 100",
    "applies(training.price) and round(training.price / 7) * 7 == training.price",
    "applies(training.price) and applies(training.paid_by_other) and (training.price if training.recognised else training.paid_by_other) > 100",
    "(training.price if training.recognised else training.paid_by_other) >= 500",
    '("ict" if training.recognised else person.sector) == "ict"',
    "training.recognised == training.guidance",
]
FACTS = [facts for _, facts, _ in MEANING] + [facts for _, facts, _ in AMOUNTS] + [
    {"person.birth_date": "2006-03-01", "training.starts_on": "2024-02-29", "training.price": "0.07", "training.recognised": True},
    {"person.birth_date": "1957-02-28", "training.starts_on": "2023-12-31", "training.price": 700, "training.paid_by_other": "n/a"},
    {"person.birth_date": "n/a", "training.starts_on": "n/a", "training.price": "n/a", "training.recognised": "n/a"},
    {"person.birth_date": "2000-02-29", "training.price": 500, "training.paid_by_other": 500, "training.guidance": False},
    {"person.birth_date": "1964-05-31", "training.starts_on": "2034-05-31", "training.recognised": False},
    {"employer.employees": 49, "employer.turnover": 10000000, "employer.balance_total": 99000000},
    {"employer.employees": 250, "employer.turnover": "n/a"}, {"employer.employees": 12}, {"employer.employees": "n/a", "employer.turnover": 5},
]  # fmt: skip


def version_with(conditions: list[str], amount: str, day: date = DAY) -> Settled:
    """Make a scheme with these conditions and an amount, settled for a day."""
    content: dict[str, Any] = {
        "id": "examples", "version": "2000-01-01", "published_on": date(2000, 1, 1), "in_force": {"from": date(2000, 1, 1)},
        "name": "Voorbeelden", "parameter": [_parameter(name) for name in PARAMETERS if name != "wrong_sectors"],
        "condition": [
            {"id": f"c{number}", "when": text, "nl": text, "source": "assumption: an example"} for number, text in enumerate(conditions)
        ],
        "track": [{"id": "one", "applicant": "person", "beneficiary": "person", "amount": {"kind": "fixed", "is": amount}}],
    }  # fmt: skip

    def fragment(name: str) -> dict[str, Any]:
        raise AssertionError(name)

    version = read_version(content, "examples/2000-01-01.toml", fragment)
    return settle(version, day, LIBRARY.vocabulary, LIBRARY.law)


def _parameter(name: str) -> dict[str, Any]:
    known = PARAMETERS[name]
    value = (
        sorted(known.value)
        if isinstance(known.value, frozenset)
        else known.value
        if isinstance(known.value, date)
        else str(known.value)
    )
    return {
        "id": name,
        "unit": known.unit,
        "values": [{"from": date(2000, 1, 1), "value": value, "source": "assumption: an example"}],
    }


def compare(settled: Settled, folder: Path) -> list[str]:
    """Ask all evaluators with the facts of every example."""
    profiles = [profile_of(facts) for facts in FACTS]
    frame = frame_of(profiles, settled, LIBRARY.vocabulary)
    source = folder / "rows.parquet"
    frame.write_parquet(source)
    expected = answers_by_person(settled, profiles)
    found = disagreements(expected, answers_by_polars(settled, frame), profiles, "Polars")
    return found + disagreements(expected, answers_by_duckdb(settled, source, frame.columns), profiles, "DuckDB")


@pytest.mark.parametrize("day", [DAY, date(2034, 5, 31)])
def test_conditions_mean_the_same_in_every_engine(day: date, tmp_path: Path) -> None:
    """Each example of a condition, asked with the facts of every example, is answered alike in Polars and DuckDB."""
    texts = list(dict.fromkeys([text for text, _, _ in MEANING] + MORE))
    assert compare(version_with(texts, "cap", day), tmp_path) == []


@pytest.mark.parametrize("text", list(dict.fromkeys(text for text, _, _ in AMOUNTS)))
def test_amounts_are_the_same_in_every_engine(text: str, tmp_path: Path) -> None:
    """Each example of an amount, asked with the facts of every example, is the same number of cents in every engine."""
    guards = ["training.price >= 0", "training.share_of_working_time >= 0"]
    needed = [guard for guard in guards if guard.partition(" ")[0] in text]
    assert compare(version_with(needed, text), tmp_path) == []


def test_a_fact_without_a_column_is_unknown_for_everybody(tmp_path: Path) -> None:
    """A table that lacks a fact answers as one in which nobody knows it; without a companion column it always applies."""
    texts = list(dict.fromkeys(text for text, _, _ in MEANING))
    settled = version_with(texts, "cap")
    profiles = [profile_of(facts) for facts in FACTS]
    frame = frame_of(profiles, settled, LIBRARY.vocabulary)
    for gone in ("training.price", "person.contract", "provider.recognition", "training.recognised"):
        poorer = frame.drop(column(gone), companion(gone), strict=False)
        source = tmp_path / "rows.parquet"
        poorer.write_parquet(source)
        expected = answers_by_person(
            settled, [{name: value for name, value in one.items() if name != gone} for one in profiles]
        )
        assert disagreements(expected, answers_by_polars(settled, poorer), profiles, "Polars") == []
        assert disagreements(expected, answers_by_duckdb(settled, source, poorer.columns), profiles, "DuckDB") == []
    never_absent = frame.with_columns(pl.col(companion("training.price")).fill_null(False) & False)
    assert answers_by_polars(settled, never_absent).equals(
        answers_by_polars(settled, frame.with_columns(pl.lit(False).alias(companion("training.price"))))
    )


def test_the_sql_grows_with_the_expression_and_not_faster() -> None:
    """A choice within a least within a choice is written once: ten levels make text of a fitting length, not of millions."""
    text = "training.price"
    for level in range(10):
        text = f"min({text} * 0.9 if training.recognised else {text.count('min')}, {1000 - level})"
    settled = version_with(["training.price >= 0"], f"0 * cap + {text}")
    columns = {column(name) for name in settled.facts} | {companion(name) for name in settled.facts}
    for dialect in ("duckdb", "spark"):
        assert len(select([settled], columns, "people").sql(dialect=dialect)) < 20_000
