"""`doorleren plan`: the permitted combination of funding that leaves the least to pay for the training in a profile."""

import argparse
import json
from typing import Any

from doorleren.cli.surroundings import asked_on, extra_folders, read_text
from doorleren.finder.plan import plan
from doorleren.finder.plan_contract import plan_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.profile import read_json, read_profile


def run(options: argparse.Namespace) -> int:
    """Print the plans, best first. Raises ProfileFault, SchemeFault, NotAMoment or OSError for bad input."""
    asked = asked_on(options.on)
    library = open_library(extra_folders())
    profile = read_profile(read_json(read_text(options.profile)), library.vocabulary)
    made = plan_as_dict(plan(library, profile, asked), options.language)
    print(json.dumps(made, ensure_ascii=False, indent=2) if options.json else in_words(made))
    return 0


def in_words(made: dict[str, Any]) -> str:
    """Write a plan for a terminal."""
    lines = [f"On {made['on']}, a training of EUR {made['price']}"]
    if not made["plans"] or not made["plans"][0]["parts"]:
        lines.append("No scheme with an open or planned round lowers what is left to pay.")
    for number, one in enumerate(made["plans"], start=1):
        if one["parts"]:
            lines += ["", f"Plan {number}: EUR {one['to_pay']} left to pay", *(_part(part) for part in one["parts"])]
    lines += ["", *(f"Not: {' + '.join(one['combination'])}: {one['reason']}" for one in made["excluded"])]
    lines += [f"Also: {one['name']} ({one['reason']})" for one in made["named"]]
    return "\n".join(lines).rstrip()


def _part(part: dict[str, Any]) -> str:
    where = f", {part['apply']['where']}" if part["apply"]["where"] else ""
    return f"  {part['order']}. EUR {part['amount']} from {part['name']}, paid by {part['payer']}; {part['apply']['who']} files{where} (round: {part['round']})"
