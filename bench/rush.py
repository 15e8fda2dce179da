"""The opening of a round: `make bench-rush`, or `python -m bench.rush [--people N] [--runs N] [--opening] [--million]`.

Durable, signed, acknowledged submissions against pgbench's single-row inserts and a view that locks the round; a
simulated opening; and how the places of a round grow with its applications. See README.md beside it. Exit code 1 if a
bar is missed.
"""

import argparse
import os
import sys

from bench.measuring import Report
from bench.rush_site import NotMeasured, compiled, fresh_site

PEOPLE, RUNS = 20_000, 5
NATIONAL = 100_000
FEWEST = 640


def main() -> int:
    """Compare, open, and grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many submit in a turn (default: 20,000)")
    parser.add_argument("--runs", type=int, default=RUNS, help="turns of each contender (default: 5)")
    parser.add_argument("--opening", action="store_true", help="an opening of 100,000 submissions, not of --people")
    parser.add_argument("--million", action="store_true", help="give places to 1,000,000 as well")
    options = parser.parse_args()
    if options.people < FEWEST or options.runs < 1:
        parser.error(f"--people must be {FEWEST} or more and --runs 1 or more")
    report = Report()
    report.machine()
    print("load of the machine", *(f"{load:.1f}" for load in os.getloadavg()))
    try:
        with fresh_site() as home:
            from bench import rush_contenders, rush_growth, rush_opening
            from doorleren.server.intake.keys import read_keys

            program, keys = compiled(home), read_keys(home)
            rush_contenders.compare(report, rush_contenders.Turns(program, keys, options.people), options.runs)
            rush_opening.open_doors(report, program, keys, NATIONAL if options.opening else options.people)
            rush_growth.grow(report, million=options.million, runs=options.runs)
    except NotMeasured as error:
        print(f"bench.rush: {error}", file=sys.stderr)
        return 1
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
