"""The benchmark of the record of acts: `make bench-acts`, or `python -m bench.acts [--acts N]`.

An export of so many acts is written, and verified by the second verifier; see README.md beside it. Exit code 1 if a bar
is missed.
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
        spent = [_verify(export, checkpoints, options.acts) for _ in range(options.runs)]
    report.figure("acts_verified_min", min(spent), "s")
    report.figure("acts_verified_max", max(spent), "s")
    report.ratio("acts_verified_seconds_a_million", statistics.median(spent) * 1_000_000 / options.acts, SECONDS)
    return report.close()


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


if __name__ == "__main__":
    raise SystemExit(main())
