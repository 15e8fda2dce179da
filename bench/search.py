"""The benchmark of the search: `make bench-search`, or `python -m bench.search [--activities N] [--million]`.

See README.md beside it. Exit code 1 if a bar is missed or two contenders find different activities.
"""

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import psycopg

from bench.catalogue import Sources, indexed, sources
from bench.measuring import Report, median_ratio
from bench.opponents import postgresql_search, tantivy_alone
from bench.questions import three_words, titles_with_a_typo, words_with_a_typo
from doorleren.register.search import prices
from doorleren.register.search.analysis import stem_of, words_of
from doorleren.register.search.asking import Query
from doorleren.register.search.building import build
from doorleren.register.search.funding import FundingColumn
from doorleren.register.search.opened import Opened
from doorleren.register.search.searching import Index
from doorleren.server.embedded import open_database

ACTIVITIES, SMALL, MILLION = 200_000, 10_000, 1_000_000
TODAY = date(2022, 9, 1)
QUESTIONS, ROUNDS, TYPOS, LATENCIES, COMPARED, PAID = 150, 5, 600, 600, 40, ("0", "25000", "50000", "100000")

Contenders = Mapping[str, Callable[[int], object]]


class Register:
    """A drawn register with its index."""

    def __init__(self, given: Sources, activities: int, root: Path) -> None:
        """Draw it and build the index, and keep what that took."""
        self.rows = list(indexed(given, activities, today=TODAY))
        wall, processor = time.perf_counter(), time.process_time()
        built = build(root, iter(self.rows), today=TODAY, occupations=given.labels, postcodes=given.postcodes)
        self.wall, self.processor = time.perf_counter() - wall, time.process_time() - processor
        self.index, self.opened = Index(built.folder), Opened.read(built.folder)


def main() -> int:
    """Build, compare, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=ACTIVITIES, help="how many (default: 200,000)")
    parser.add_argument("--million", action="store_true", help="measure 1,000,000 as well")
    options = parser.parse_args()
    report, given = Report(), sources()
    report.machine()
    with tempfile.TemporaryDirectory() as folder:
        register = Register(given, options.activities, Path(folder) / "usual")
        report.figure("activities", len(register.rows), "activities")
        report.ratio("rebuild_seconds", register.wall, "<=30")
        report.figure("rebuild_processor_seconds", register.processor, "s")
        column = _drawn_prices(register.index)
        different = _differences(register, column)
        if different:
            print("\n".join(different), file=sys.stderr)
            return 1
        print(f"the same activities, counts and order as brute force for {COMPARED} questions")
        against_tantivy(report, register)
        with_a_profile(report, register, column)
        typos(report, register)
        latency(report, register, "")
        against_postgresql(report, register, given, Path(folder))
        growth(report, register, Register(given, SMALL, Path(folder) / "small"), "")
        if options.million:
            large = Register(given, MILLION, Path(folder) / "large")
            report.figure("rebuild_seconds_million", large.wall, "s")
            latency(report, large, "_million")
            growth(report, large, register, "_million")
    return report.close()


def against_tantivy(report: Report, register: Register) -> None:
    """Measure what our layer adds to tantivy's own time, per way of matching and sorting."""
    for match, sort in (("most", "relevance"), ("any", "relevance"), ("most", "start")):
        asked = three_words(register.rows, QUESTIONS, seed=1, match=match, sort=sort)
        alone = [tantivy_alone.prepared(register.opened, query) for query in asked]
        spent = per_question({
            "ours": lambda number, asked=asked: register.index.search(asked[number], today=TODAY),
            "tantivy": lambda number, alone=alone: alone[number](),
        }, QUESTIONS, ROUNDS)  # fmt: skip
        name = f"{match}_by_{sort}"
        _show(report, name, spent)
        report.ratio(f"search_against_tantivy_{name}", median_ratio(spent["ours"], spent["tantivy"]), "<=2")


def with_a_profile(report: Report, register: Register, column: FundingColumn) -> None:
    """Measure a question with a profile against the same without: narrowed and sorted by price, and neither."""
    for match in ("most", "any"):
        asked = three_words(register.rows, QUESTIONS, seed=2, match=match)
        paid = [Query(one.text, match=match, sort="to_pay", chosen={"to_pay": PAID}) for one in asked]
        spent = per_question({
            "without": lambda number, asked=asked: register.index.search(asked[number], today=TODAY),
            "narrowed": lambda number, paid=paid: register.index.search(paid[number], to_pay=column, today=TODAY),
            "relevance": lambda number, asked=asked: register.index.search(asked[number], to_pay=column, today=TODAY),
        }, QUESTIONS, ROUNDS)  # fmt: skip
        _show(report, f"profile_{match}", spent)
        for how in ("narrowed", "relevance"):
            report.ratio(f"profile_{how}_against_without_{match}", median_ratio(spent[how], spent["without"]), "<=5")


def against_postgresql(report: Report, register: Register, given: Sources, folder: Path) -> None:
    """Measure against PostgreSQL's own search on the same register, any word of three."""
    asked = three_words(register.rows, 30, seed=3, match="any")
    options = {"shared_buffers": "1GB", "work_mem": "256MB"}
    with open_database(folder / "database", options=options) as database, psycopg.connect(database.url) as connection:
        postgresql_search.load(connection, register.rows, given.labels, TODAY)
        spent = per_question({
            "ours": lambda number: register.index.search(asked[number], today=TODAY),
            "postgresql": lambda number: postgresql_search.ask(connection, asked[number].text),
        }, len(asked), 3)  # fmt: skip
        ours = [register.index.search(query, today=TODAY).total for query in asked]
        theirs = [postgresql_search.ask(connection, query.text)[0] for query in asked]
    _show(report, "any_word", spent)
    report.figure("any_word_found_by_ours", statistics.median(ours), "activities")
    report.figure("any_word_found_by_postgresql", statistics.median(theirs), "activities")
    report.ratio("postgresql_against_search_any_word", median_ratio(spent["postgresql"], spent["ours"]), ">=5")


def typos(report: Report, register: Register) -> None:
    """Count how often the right result is among the first ten with one letter wrong.

    Right is, for a whole title, an activity of that title; for a single word, an activity that has that word in its
    title or among the names of its occupation.
    """
    whole = titles_with_a_typo(register.rows, TYPOS, seed=4)
    titles = {row.key: row.entry.title for row in register.rows}
    found = [title in {titles[key] for key in _first_ten(register, typed)} for typed, title in whole]
    report.ratio("typo_in_title_right_in_ten", statistics.mean(found), ">=0.95")
    single = words_with_a_typo(register.rows, TYPOS, seed=5)
    having = {row.key: row.entry.occupations for row in register.rows}
    stems = {name: {stem_of(word) for label in labels for word in words_of(label)}
             for name, labels in register.opened.occupations.items()}  # fmt: skip
    found = []
    for typed, word in single:
        named = [
            {stem_of(each) for each in words_of(titles[key])}.union(*(stems[name] for name in having[key]))
            for key in _first_ten(register, typed)
        ]
        found.append(any(stem_of(word) in each for each in named))
    report.ratio("typo_in_word_right_in_ten", statistics.mean(found), ">=0.95")
    missed = [pair for pair, right in zip(single, found, strict=True) if not right]
    print("typos not found:", ", ".join(f"{typed} ({word})" for typed, word in missed[:12]))


def _first_ten(register: Register, text: str) -> list[int]:
    return [hit.key for hit in register.index.search(Query(text, size=10), today=TODAY).hits]


def latency(report: Report, register: Register, suffix: str) -> None:
    """Print the median and the 95th percentile of questions that were not asked before."""
    for match in ("most", "any"):
        spent = []
        for query in three_words(register.rows, LATENCIES, seed=6, match=match):
            began = time.perf_counter()
            register.index.search(query, today=TODAY)
            spent.append(time.perf_counter() - began)
        ordered = sorted(spent[20:])
        report.figure(f"search_median_{match}{suffix}", statistics.median(ordered) * 1000, "ms")
        report.figure(f"search_p95_{match}{suffix}", ordered[int(len(ordered) * 0.95)] * 1000, "ms")


def growth(report: Report, large: Register, small: Register, suffix: str) -> None:
    """Measure the slopes of log time over log size: of a build over activities, of questions over hits."""
    sizes = math.log(len(large.rows) / len(small.rows))
    report.ratio(f"build_growth_slope{suffix}", math.log(large.processor / small.processor) / sizes, "<=1.1")
    asked = three_words(small.rows, QUESTIONS, seed=7)
    spent, hits = {}, {}
    for name, register in (("small", small), ("large", large)):
        hits[name] = sum(register.index.search(query, today=TODAY).total for query in asked)
        found = per_question({"ours": lambda n, r=register: r.index.search(asked[n], today=TODAY)}, QUESTIONS, 3)
        spent[name] = sum(found["ours"])
    slope = math.log(spent["large"] / spent["small"]) / math.log(hits["large"] / hits["small"])
    report.ratio(f"query_growth_slope_over_hits{suffix}", slope, "<=1.1")


def per_question(contenders: Contenders, questions: int, rounds: int) -> dict[str, list[float]]:
    """Give per contender the median time of each question in seconds by the clock; contenders take turns."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    turns = list(contenders.items())
    for number in range(questions):
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for turn in range(rounds + 1):
            Random(number * 100 + turn).shuffle(turns)
            for name, run in turns:
                began = time.perf_counter()
                run(number)
                times[name].append(time.perf_counter() - began)
        for name, runs in times.items():
            spent[name].append(statistics.median(runs[1:]))
    return spent


def _show(report: Report, name: str, spent: Mapping[str, list[float]]) -> None:
    for contender, values in spent.items():
        report.runs(f"{name}_{contender}", values, "ms", 1000)


def _drawn_prices(index: Index) -> FundingColumn:
    random = Random(8)
    cents = [None if random.random() < 0.03 else random.randrange(0, 600_000) for _ in range(len(index.keys))]
    return FundingColumn(index.keys, pl.Series(cents, dtype=pl.Int64))


def _differences(register: Register, column: FundingColumn) -> list[str]:
    """Hold narrowing, counting and sorting by price against a loop over all matches, and counts against tantivy's."""
    found = []
    cents = dict(zip(column.keys.to_list(), column.cents.to_list(), strict=True))
    for query in three_words(register.rows, COMPARED, seed=9):
        matching = [register.opened.keys[row] for row in tantivy_alone.all_rows(register.opened, query)]
        paid = Query(query.text, sort="to_pay", chosen={"to_pay": PAID})
        ours = register.index.search(paid, to_pay=column, today=TODAY)
        within = sorted((cents[key], key) for key in matching if cents[key] is not None and cents[key] <= int(PAID[-1]))
        bands: dict[str, int] = {}
        for key in matching:
            if cents[key] is not None:
                bands[prices.band_of(cents[key])] = bands.get(prices.band_of(cents[key]), 0) + 1
        if (ours.total, [hit.key for hit in ours.hits]) != (len(within), [key for _, key in within[:20]]):
            found.append(f"disagree on what remains to pay: {query.text}")
        if ours.facets["to_pay"] != bands:
            found.append(f"disagree on the bands: {query.text}")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
