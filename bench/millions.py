"""Millions of people: six schemes against OpenFisca, and all schemes of a day with how it grows.

People are drawn million by million, so that drawing never needs more memory than measuring.
"""

import math
from collections.abc import Iterable

import numpy as np
import polars as pl
from measuring import Report, in_turns, median_ratio
from openfisca_runs import Opponent
from population import Drawn, columns, draw

from doorleren.rules.columns import with_verdicts
from doorleren.rules.library import Library
from doorleren.rules.settled import Settled
from doorleren.rules.vocabulary import Vocabulary

PEOPLE = 13_000_000
AT_ONCE = 1_000_000
SIZES = (100_000, 1_000_000, 10_000_000, PEOPLE)
RUNS = 5
OPPONENT_RUNS = 3
CHUNKS = (100_000, 1_000_000)
GIGA = 1e9


def measure(report: Report, library: Library, six: list[Settled], day: list[Settled], people: int) -> None:
    """Print all figures for millions of people."""
    print(f"\n{people} people in columns, unknown as a value of its own")
    against_openfisca(report, six, library.vocabulary, people)
    all_of_a_day(report, day, library.vocabulary, people)


def drawn_by_million(
    versions: list[Settled], vocabulary: Vocabulary, people: int, unknown: float, absent: float
) -> Iterable[list[Drawn]]:
    """Draw people in parts, each from a seed of its own."""
    for number, start in enumerate(range(0, people, AT_ONCE)):
        size = min(AT_ONCE, people - start)
        yield draw(versions, vocabulary, size, seed=100 + number, unknown=unknown, absent=absent, absent_from=("employer", "partnership"))


def frame_of(versions: list[Settled], vocabulary: Vocabulary, people: int) -> pl.DataFrame:
    """Draw a frame in which one fact in twenty is unknown, and one in twenty of the employer's does not apply."""
    parts = [columns(part) for part in drawn_by_million(versions, vocabulary, people, 0.05, 0.05)]
    return pl.concat(parts, rechunk=True)


def against_openfisca(report: Report, six: list[Settled], vocabulary: Vocabulary, people: int) -> None:
    """Everybody in one simulation, and in chunks of the sizes that suit its caches; the bar is against the first."""
    opponent, laid = None, []
    for part in drawn_by_million(six, vocabulary, people, 0.0, 0.0):
        opponent = opponent or Opponent(part)
        laid.append(opponent.facts(part))
    assert opponent is not None
    facts = {name: np.concatenate([part[name] for part in laid]) for name in laid[0]}
    facts = {name: values if laid[0][name].__class__ is np.ndarray else values.view(laid[0][name].__class__) for name, values in facts.items()}
    del laid
    frame = frame_of(six, vocabulary, people).lazy()
    contenders = {
        "ours": lambda: with_verdicts(frame, six).collect(engine="streaming"),
        "ours_reasons": lambda: with_verdicts(frame, six, reasons=True).collect(engine="streaming"),
        "openfisca": lambda: opponent.answers(facts, opponent.asked),
    }
    spent = in_turns(contenders, OPPONENT_RUNS)
    for name, of in spent.items():
        report.runs(f"six_schemes_{name}_processor", of.processor, "s")
        report.runs(f"six_schemes_{name}_wall", of.wall, "s")
    report.ratio("millions_openfisca", median_ratio(spent["openfisca"].processor, spent["ours"].processor), ">=5")
    report.ratio("millions_openfisca_reasons", median_ratio(spent["openfisca"].processor, spent["ours_reasons"].processor), ">=2.5")
