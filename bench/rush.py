"""The opening of a round: `make bench-rush`, or `python -m bench.rush [--people N] [--runs N] [--scale S] [--most N] [--only PART]`.

Durable, signed, acknowledged submissions against pgbench's single-row inserts, a view that locks the round and pretix;
a simulated national opening; and how the places of a round grow with its applications. See README.md beside it. Exit
code 1 if a bar is missed.
"""

import argparse
import os
import sys

from bench.measuring import Report
from bench.rush_site import NotMeasured, compiled, fresh_site

PEOPLE, RUNS = 20_000, 5
FEWEST = 640
SMALLEST, LARGEST = 0.01, 3.0
PARTS = ("contenders", "opening", "growth")
SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Rounds of the growth, by their applications."""


def main() -> int:
    """Compare, open, and grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many submit in a turn (default: 20,000)")
    parser.add_argument("--runs", type=int, default=RUNS, help="turns of each contender (default: 5)")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the national opening (default: 1, all of it)")
    parser.add_argument(
        "--most", type=int, choices=SIZES[1:], default=SIZES[-1], help="the largest round of the growth"
    )
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    options = parser.parse_args()
    parts = [options.only] if options.only else PARTS
    if options.people < FEWEST or options.runs < 1:
        parser.error(f"--people must be {FEWEST} or more and --runs 1 or more")
    if not SMALLEST <= options.scale <= LARGEST:
        parser.error(f"--scale: given is {options.scale:g}, allowed is {SMALLEST:g} to {LARGEST:g}")
    report = Report()
    report.machine()
    print("load of the machine", *(f"{load:.1f}" for load in os.getloadavg()))
    try:
        with fresh_site() as home:
            from bench import rush_contenders, rush_growth, rush_opening
            from doorleren.server.intake.keys import read_keys

            program, keys = compiled(home), read_keys(home)
            if "contenders" in parts:
                rush_contenders.compare(report, rush_contenders.Turns(program, keys, options.people), options.runs)
            if "opening" in parts:
                rush_opening.open_doors(report, program, keys, options.scale)
            if "growth" in parts:
                rush_growth.grow(report, [size for size in SIZES if size <= options.most], options.runs)
    except NotMeasured as error:
        print(f"bench.rush: {error}", file=sys.stderr)
        return 1
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
