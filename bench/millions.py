"""Millions of people: six schemes against OpenFisca, and all schemes of a day with how it grows.

People are drawn million by million, so that drawing never needs more memory than measuring.
"""

import math
import statistics
from collections.abc import Callable, Iterator

import numpy as np
import polars as pl
from openfisca_core.indexed_enums import EnumArray

from bench.measuring import Report, in_turns, median_ratio
from bench.openfisca_runs import Opponent
from bench.population import Drawn, columns, draw
from doorleren.rules.library import Library
from doorleren.rules.settled import Settled
from doorleren.rules.verdict_columns import with_verdicts
from doorleren.rules.vocabulary import Vocabulary

PEOPLE = 13_000_000
AT_ONCE = 1_000_000
SIZES = (100_000, 1_000_000, 10_000_000, PEOPLE)
RUNS = 5
GIGA = 1e9


def measure(report: Report, library: Library, six: list[Settled], day: list[Settled], people: int) -> None:
    """Print all figures for millions of people."""
    print(f"\n{people} people in columns, unknown as a value of its own")
    against_openfisca(report, six, library.vocabulary, people)
    all_of_a_day(report, day, library.vocabulary, people)


def drawn_by_million(
    versions: list[Settled], vocabulary: Vocabulary, people: int, unknown: float, absent: float
) -> Iterator[list[Drawn]]:
    """Draw people in parts, each from a seed of its own."""
    for number, start in enumerate(range(0, people, AT_ONCE)):
        size = min(AT_ONCE, people - start)
        yield draw(
            versions,
            vocabulary,
            size,
            seed=100 + number,
            unknown=unknown,
            absent=absent,
            absent_from=("employer", "partnership"),
        )


def frame_of(versions: list[Settled], vocabulary: Vocabulary, people: int) -> pl.DataFrame:
    """Draw a frame in which one fact in twenty is unknown, and one in twenty of the employer's does not apply."""
    parts = [columns(part) for part in drawn_by_million(versions, vocabulary, people, 0.05, 0.05)]
    return pl.concat(parts, rechunk=True)


def against_openfisca(report: Report, six: list[Settled], vocabulary: Vocabulary, people: int) -> None:
    """Everybody in one simulation, as OpenFisca is commonly run; the bars are about that.

    In chunks that suit the caches OpenFisca is faster: that is printed beside it, without a bar.
    """
    opponent, facts = _opponent_and_facts(six, vocabulary, people)
    frame = frame_of(six, vocabulary, people).lazy()
    spent = in_turns({
        "ours": lambda: with_verdicts(frame, six).collect(engine="streaming"),
        "ours_with_reasons": lambda: with_verdicts(frame, six, reasons=True).collect(engine="streaming"),
        "openfisca": lambda: opponent.answers(facts, opponent.asked),
        "openfisca_in_chunks": lambda: opponent.in_chunks(facts, opponent.asked, AT_ONCE),
    }, RUNS)  # fmt: skip
    for name, of in spent.items():
        report.runs(f"six_schemes_{name}_processor", of.processor, "s")
        report.runs(f"six_schemes_{name}_wall", of.wall, "s")
    whole, chunked = spent["openfisca"], spent["openfisca_in_chunks"]
    for name, bar in (("ours", ">=5"), ("ours_with_reasons", ">=2.5")):
        ours = spent[name]
        report.figure(f"{name}_against_openfisca_processor", median_ratio(whole.processor, ours.processor), "times")
        report.figure(f"{name}_against_chunks_processor", median_ratio(chunked.processor, ours.processor), "times")
        report.figure(f"{name}_against_chunks_wall", median_ratio(chunked.wall, ours.wall), "times")
        report.ratio(f"millions_openfisca_{name}", median_ratio(whole.wall, ours.wall), bar)


def _opponent_and_facts(
    six: list[Settled], vocabulary: Vocabulary, people: int
) -> tuple[Opponent, dict[str, np.ndarray]]:
    """Make the model and the arrays of complete people, laid out before any measuring."""
    parts = drawn_by_million(six, vocabulary, people, 0.0, 0.0)
    first = next(parts)
    opponent = Opponent(first)
    laid = [opponent.facts(first), *(opponent.facts(part) for part in parts)]
    facts = {}
    for name in list(laid[0]):
        pieces = [part.pop(name) for part in laid]
        joined = np.concatenate([np.asarray(piece) for piece in pieces])
        kinds = getattr(pieces[0], "possible_values", None)
        facts[name] = joined if kinds is None else EnumArray(joined, kinds)
    return opponent, facts


def all_of_a_day(report: Report, day: list[Settled], vocabulary: Vocabulary, people: int) -> None:
    """Verdicts and amounts of all schemes of the fullest day: time, growth, and bytes against a plain copy."""
    frame = frame_of(day, vocabulary, people)
    sizes = [size for size in SIZES if size < people] + [people]
    contenders = {str(size): _asking(frame.head(size), day) for size in sizes}
    spent = in_turns(contenders, RUNS)
    for size, of in spent.items():
        report.runs(f"all_schemes_{size}_people_processor", of.processor, "s")
        report.runs(f"all_schemes_{size}_people_wall", of.wall, "s")
    if len(sizes) > 1:
        report.ratio("growth_slope", slope(sizes, [spent[str(size)].median() for size in sizes]), "<=1.05")
    _bytes_touched(report, frame, day, statistics.median(spent[str(people)].wall))


def _asking(frame: pl.DataFrame, day: list[Settled]) -> Callable[[], pl.DataFrame]:
    return lambda: with_verdicts(frame.lazy(), day).collect(engine="streaming")


def slope(sizes: list[int], seconds: list[float]) -> float:
    """Fit a line through the logarithms: 1 is growth in proportion, 2 a square."""
    across, up = [math.log(size) for size in sizes], [math.log(one) for one in seconds]
    middle, height = statistics.mean(across), statistics.mean(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def _bytes_touched(report: Report, frame: pl.DataFrame, day: list[Settled], seconds: float) -> None:
    """Tell how many bytes go in and out at least, and how long copying those would take."""
    answers = with_verdicts(frame.lazy(), day).collect(engine="streaming")
    touched = frame.estimated_size() + answers.estimated_size()
    copied = copy_bandwidth()
    report.figure("bytes_read", frame.estimated_size() / GIGA, "GB")
    report.figure("bytes_written", answers.estimated_size() / GIGA, "GB")
    report.figure("copy_bandwidth", copied / GIGA, "GB/s read and written")
    report.figure("touched_per_second", touched / seconds / GIGA, "GB/s")
    report.figure("times_a_plain_copy", seconds / (touched / copied), "times")


def copy_bandwidth(size: int = 400_000_000, runs: int = 5) -> float:
    """Measure bytes read and written a second when one thread copies an array much larger than the caches."""
    source, target = np.ones(size // 8), np.zeros(size // 8)
    spent = in_turns({"copy": lambda: np.copyto(target, source)}, runs)["copy"]
    return 2 * size / statistics.median(spent.wall)
