"""The benchmark of the record of acts: `make bench-acts`, or `python -m bench.acts [--acts N]`.

An export of so many acts is written, and verified by the second verifier; then the same acts are in a database, and the
site's own `doorleren audit verify` walks along them. See README.md beside it. Exit code 1 if a bar is missed.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.measuring import Report
from bench.rush_site import fresh_site
from doorleren.audit.exported import COLUMNS, verified_files

ACTS, RUNS, EACH_CHECKPOINT = 1_000_000, 3, 500
SECONDS = "<=10"


def main() -> int:
    """Write an export and its checkpoints, and verify them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=ACTS, help="how many (default: 1,000,000)")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how many times (default: {RUNS})")
    options = parser.parse_args()
    report = Report()
    report.machine()
    with tempfile.TemporaryDirectory() as folder:
        export, checkpoints = Path(folder) / "acts.jsonl", Path(folder) / "checkpoints.jsonl"
        with export.open("wb") as acts, checkpoints.open("wb") as kept:
            for number, line, head in _acts(options.acts):
                acts.write(line)
                if number % EACH_CHECKPOINT == 0 or number == options.acts:
                    kept.write(json.dumps({"act": number, "hash": head}).encode() + b"\n")
        _tell(
            report,
            "acts_verified",
            [_verify(export, checkpoints, options.acts) for _ in range(options.runs)],
            options.acts,
        )
        with fresh_site():
            _put_in_the_database(export)
            spent = [_check(options.acts) for _ in range(options.runs)]
    _tell(report, "acts_checked_in_database", spent, options.acts)
    return report.close()


def _tell(report: Report, name: str, spent: list[float], many: int) -> None:
    report.figure(f"{name}_min", min(spent), "s")
    report.figure(f"{name}_max", max(spent), "s")
    report.ratio(f"{name}_seconds_a_million", statistics.median(spent) * 1_000_000 / many, SECONDS)


def _acts(many: int) -> Iterator[tuple[int, bytes, str]]:
    before = ""
    for number in range(1, many + 1):
        details = {"cents": number, "round": "r-1"} if number % 3 else {}
        told = [
            "2026-03-01T09:30:00.000000+00:00",
            "person",
            str(number % 5000),
            "noted",
            "case",
            f"c-{number}",
            details,
        ]
        content = json.dumps([before, *told], sort_keys=True, separators=(",", ":"))
        head = sha256(content.encode()).hexdigest()
        row = dict(zip(COLUMNS, (number, *told, before, head), strict=True))
        yield number, json.dumps(row, separators=(",", ":")).encode() + b"\n", head
        before = head


def _verify(export: Path, checkpoints: Path, many: int) -> float:
    start = time.perf_counter()
    found = verified_files(export, checkpoints)
    spent = time.perf_counter() - start
    if (found.acts, found.first_bad) != (many, None):
        raise AssertionError(f"the export is whole, and the verifier says {found}")
    return spent


def _put_in_the_database(export: Path) -> None:
    """Copy an export into the table of acts, as who owns it can."""
    from django.db import connection

    from doorleren.server import site

    with site.as_owner(), connection.cursor() as cursor, export.open("rb") as lines:
        with cursor.copy(f"COPY audit_act ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for line in lines:
                told = json.loads(line)
                copy.write_row([json.dumps(told[name]) if name == "details" else told[name] for name in COLUMNS])
        cursor.execute("ANALYZE audit_act")


def _check(many: int) -> float:
    from doorleren.audit.acts import checked

    start = time.perf_counter()
    found = checked()
    spent = time.perf_counter() - start
    if (found.acts, found.broken) != (many, None):
        raise AssertionError(f"the chain is whole, and the site says {found}")
    return spent


if __name__ == "__main__":
    raise SystemExit(main())
