"""`doorleren figures`: the papers' figures and the relations between them, each computed and judged."""

import argparse
import json
from functools import partial

from doorleren.cli.surroundings import extra_folders
from doorleren.rules import figures
from doorleren.rules.library import open_library, parameter_of
from doorleren.shipped import folder


def run(options: argparse.Namespace) -> int:
    """Print each relation with the papers' words, the result and the verdict. Raises SchemeFault."""
    found = figures.compute(folder("schemes") / "figures.toml", partial(parameter_of, open_library(extra_folders())))
    if options.json:
        print(json.dumps([as_dict(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one.no}  {one.verdict}: {one.says}")
        print(f"     the papers: {one.words}")
        for result in results(one):
            print(f"     computed: {result}")
    return 0


def results(one: figures.Finding) -> list[str]:
    """Write the outcomes of a relation for a reader: what was found, beside what, and how that fits the word."""
    told = [_outcome(outcome) for outcome in one.outcomes]
    return told + [f"{name} = {figures.shown(value)}" for name, value in one.also.items()]


def _outcome(outcome: figures.Outcome) -> str:
    against = " and ".join(figures.shown(value, outcome.unit) for value in outcome.against)
    beside = f" against {outcome.word + ' ' if outcome.word else ''}{against}" if against else ""
    return f"{figures.shown(outcome.found, outcome.unit)}{beside} ({outcome.kind}): {outcome.verdict}"


def as_dict(one: figures.Finding) -> dict[str, object]:
    """Write a relation for JSON."""
    return {
        "relation": one.no,
        "says": one.says,
        "words": one.words,
        "results": results(one),
        "verdict": one.verdict,
        "note": one.note,
        "source": one.source,
    }
