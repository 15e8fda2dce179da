"""`doorleren cases`: runs the worked examples beside the schemes; exit code 1 if one disagrees."""

import argparse
import sys
from collections.abc import Sequence

from doorleren.cli.named import require_schemes
from doorleren.cli.surroundings import extra_folders
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.cases import Case, differences, read_cases
from doorleren.rules.library import Library, open_library


def run(options: argparse.Namespace) -> int:
    """Run the cases of all schemes or of those named, and print what disagrees."""
    library = open_library(extra_folders())
    require_schemes(library, options.scheme or ())
    names: Sequence[str] = options.scheme or list(library.places)
    run_count = failed = 0
    for number, name in enumerate(names, start=1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(names)} schemes", end="", file=sys.stderr)
        for case in cases_of(library, name):
            run_count += 1
            found = disagreements(library, case)
            failed += bool(found)
            for line in found:
                print(f"{case.scheme}, case {case.id} ({case.asked}): {line}")
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"{run_count} cases of {len(names)} schemes, {failed} disagree")
    return 1 if failed else 0


def cases_of(library: Library, scheme: str) -> list[Case]:
    """Give the cases beside a scheme; none if the file is absent."""
    folder = library.places[scheme][0].parent
    path = folder / "cases.toml"
    return list(read_cases(path, library.vocabulary)) if folder.name == scheme and path.exists() else []


def disagreements(library: Library, case: Case) -> list[str]:
    """Run one case and say in what the answer differs from what it expects."""
    answer = check(library, case.profile, case.asked, [case.scheme])
    judgement = answer.findings[0].judgement
    verdict = answer_as_dict(answer, library.vocabulary)["verdicts"][0]
    return differences(case, verdict, judgement.holds_by_id() if judgement else {"in_force": False})
