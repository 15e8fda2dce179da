"""The register at scale: `make bench-search` runs it, or `python -m bench.register [--rows N] [--million]`.

A drawn CSV comes in by the command line itself, into a fresh embedded database with its usual settings: all new, once
more unchanged, with a tenth changed; then the read index is made anew from the database. See README.md beside it.
Exit code 1 if a bar is missed.
"""

import argparse
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import psycopg

from bench.catalogue import Sources, sources
from bench.delivered import COLUMNS, write
from bench.measuring import Report
from doorleren.server.embedded import OpenDatabase, open_database

ROWS, SIZES, MILLION, TENTH = 200_000, (10_000, 50_000), 1_000_000, 10
TODAY = date(2022, 9, 1)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds by the clock, seconds of processor beyond the start (its own and the database's),
    the most bytes of memory, and what it told.
    """

    wall: float
    processor: float
    peak: int
    told: dict[str, Any]


class Site:
    """An empty register in a home of its own; commands join its database, which runs as long as this is open."""

    def __init__(self, home: Path, database: OpenDatabase) -> None:
        """Run commands on `home`, whose database is `database`; the first run makes the tables.

        `start` is the processor time of each command on nothing at all: what it takes before it begins.
        """
        self.home, self.database, self.start = home, database, {"import": 0.0, "rebuild": 0.0}
        header = home / "header.csv"
        header.write_text(";".join(COLUMNS) + "\n", "utf-8")
        self.run("rebuild")
        self.start = {
            "import": self.run("import", header, "--dry-run").processor, "rebuild": self.run("rebuild").processor,
        }  # fmt: skip

    @classmethod
    @contextmanager
    def fresh(cls, home: Path) -> Iterator[Self]:
        """Start an empty one."""
        with open_database(home) as database:
            yield cls(home, database)

    def run(self, *words: str | Path) -> Spent:
        """Run `doorleren register` with these words to its end. Raises CalledProcessError."""
        command = [sys.executable, "-m", "doorleren", "register", *map(str, words)]
        surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        server, began = self.server_seconds(), time.perf_counter()
        with tempfile.TemporaryFile("w+") as output:
            child = subprocess.Popen(command, stdout=output, env=surroundings | {"DOORLEREN_HOME": str(self.home)})
            _pid, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read()
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, command, text)
        processor = used.ru_utime + used.ru_stime + self.server_seconds() - server - self.start[str(words[0])]
        return Spent(wall, processor, used.ru_maxrss * 1024, json.loads(text) if "--json" in words else {})

    def server_seconds(self) -> float:
        """Give the processor time of the database: what its processes took that have ended, and those that live."""
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                one = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if stat.parent.name == str(self.database.pid):
                total += sum(map(int, one[11:15]))
            elif one[1] == str(self.database.pid):
                total += sum(map(int, one[11:13]))
        return total / TICKS


def main() -> int:
    """Deliver, deliver again, rebuild; at three or four sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="how many (default: 200,000)")
    parser.add_argument("--million", action="store_true", help="measure 1,000,000 as well")
    options = parser.parse_args()
    report, given = Report(), sources()
    report.machine()
    print("load of the machine", *(f"{load:.1f}" for load in os.getloadavg()))
    sizes = sorted({*(size for size in SIZES if size < options.rows), options.rows})
    spent = {rows: _measured(report, given, rows, whole=rows == options.rows) for rows in sizes}
    if options.million:
        spent[MILLION] = _measured(report, given, MILLION, whole=False)
    growth(report, spent)
    return report.close()


def _measured(report: Report, given: Sources, rows: int, *, whole: bool) -> dict[str, Spent]:
    """Deliver `rows` activities to an empty register and rebuild; `whole`: print and hold against the bars."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "delivery.csv"
        size = write(given, rows, file, today=TODAY)
        print(f"\n{rows} rows, {size // 1_000_000} MB", flush=True)
        with Site.fresh(Path(folder) / "home") as site:
            spent = {"dry": _import(site, file, "--dry-run"), "new": _import(site, file)}
            if whole:
                plain(report, site, file, spent)
            spent["unchanged"] = _import(site, file)
            spent["rebuild"] = site.run("rebuild")
            if whole:
                write(given, rows, file, today=TODAY, changed=TENTH)
                spent["tenth"] = _import(site, file)
    _held(rows, spent)
    show(report, rows, spent, bars=whole)
    return spent


def _import(site: Site, file: Path, *words: str) -> Spent:
    return site.run("import", file, "--source", "bench", "--json", *words)


def _held(rows: int, spent: dict[str, Spent]) -> None:
    """Hold what the commands say against what was delivered. Raises AssertionError."""
    changed = -(-rows // TENTH)
    wanted = {
        "dry": (rows, 0, 0, 0),
        "new": (rows, 0, 0, 0),
        "unchanged": (0, 0, rows, 0),
        "tenth": (0, changed, rows - changed, 0),
    }
    for name, counts in wanted.items():
        told = spent[name].told if name in spent else {}
        found = tuple(told.get(kind, 0) for kind in ("new", "changed", "unchanged", "refused"))
        assert not told or found == counts, (name, found, counts)
    assert len(spent["new"].told["mapping"]["columns"]) == len(COLUMNS), "the guess left a column out"


def show(report: Report, rows: int, spent: dict[str, Spent], *, bars: bool) -> None:
    """Print what each step took."""
    for name, what in (("new", "import"), ("unchanged", "import_unchanged"), ("tenth", "import_changed_tenth")):
        if name in spent:
            seconds = spent[name].told["seconds"]["register"]
            report.figure(f"{what}_seconds_{rows}", seconds, "s")
            if bars and name == "new":
                report.ratio("import_rows_per_second", rows / seconds, ">=5000")
            else:
                report.figure(f"{what}_rows_per_second_{rows}", rows / seconds, "rows/s")
    report.figure(f"import_command_seconds_with_index_{rows}", spent["new"].wall, "s")
    report.figure(f"import_processor_seconds_{rows}", spent["dry"].processor, "s")
    report.figure(f"import_rows_per_processor_second_{rows}", rows / spent["dry"].processor, "rows/s")
    report.figure(f"import_peak_memory_{rows}", spent["unchanged"].peak / 1e6, "MB")
    report.figure(f"rebuild_processor_seconds_{rows}", spent["rebuild"].processor, "s")
    report.figure(f"rebuild_peak_memory_{rows}", spent["rebuild"].peak / 1e6, "MB")
    if bars:
        report.ratio("rebuild_from_the_database_seconds", spent["rebuild"].wall, "<=30")
    else:
        report.figure(f"rebuild_from_the_database_seconds_{rows}", spent["rebuild"].wall, "s")


def plain(report: Report, site: Site, file: Path, spent: dict[str, Spent]) -> None:
    """Measure beside it what nothing can go below: the same cells read by `csv` and put down by COPY, all as text."""
    columns = ", ".join(f"c{place} text" for place in range(len(COLUMNS)))
    names = columns.replace(" text", "")
    own, server = time.process_time(), site.server_seconds()
    with psycopg.connect(site.database.url) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})")
        with file.open(encoding="utf-8", newline="") as stream, cursor.copy(f"COPY bare ({names}) FROM STDIN") as copy:
            for cells in csv.reader(stream, delimiter=";"):
                copy.write_row(cells)
        connection.commit()
        seconds = time.process_time() - own + site.server_seconds() - server
        cursor.execute("DROP TABLE bare")
    report.figure("csv_and_copy_alone_processor_seconds", seconds, "s")
    report.figure("import_against_csv_and_copy_alone", spent["dry"].processor / seconds, "times")


def growth(report: Report, spent: dict[int, dict[str, Spent]]) -> None:
    """Measure the slopes of log processor time over log size, and what memory each row costs."""
    sizes = sorted(spent)
    for small, large in pairwise(sizes):
        for step, name in (("dry", "import"), ("rebuild", "rebuild")):
            times = spent[large][step].processor / spent[small][step].processor
            report.ratio(f"{name}_growth_slope_{small}_to_{large}", math.log(times) / math.log(large / small), "<=1.1")
        extra = (spent[large]["unchanged"].peak - spent[small]["unchanged"].peak) / (large - small)
        report.figure(f"import_memory_per_row_{small}_to_{large}", extra, "bytes")


if __name__ == "__main__":
    raise SystemExit(main())
