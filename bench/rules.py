"""The benchmark of the rules: `make bench-rules`, or `python -m bench.rules [--people N]`. See README.md beside it.

Exit code 1 if a bar is missed or two contenders disagree.
"""

import argparse
import sys

from bench import agreement, millions, one_person, start
from bench.chosen import FULLEST, six
from bench.measuring import Report
from doorleren.rules.library import open_library

COMPARED = 3000


def main() -> int:
    """Compare the answers, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, default=millions.PEOPLE, help="how many people in columns (default: 13 million)"
    )
    options = parser.parse_args()
    library, report = open_library(), Report()
    chosen, day = six(library), library.in_force(FULLEST)
    report.machine()
    differences = [
        *agreement.plain_function(chosen, library.vocabulary, COMPARED),
        *agreement.openfisca(chosen, library.vocabulary, 10 * COMPARED),
        *agreement.columns_and_person(day, library.vocabulary, COMPARED),
    ]
    for line in differences[:20]:
        print(f"disagree: {line}", file=sys.stderr)
    if differences:
        print("the contenders answer differently: bench/opponents must follow the scheme files", file=sys.stderr)
        return 1
    print(f"all contenders give the same answers for {len(agreement.SHARES) * 2 * COMPARED + 11 * COMPARED} people")
    start.measure(report)
    one_person.measure(report, library, chosen, day)
    millions.measure(report, library, chosen, day, options.people)
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
