"""`doorleren check`: the verdicts for a profile, as JSON or in words."""

import argparse
import json
from typing import Any

from doorleren.cli.named import require_schemes
from doorleren.cli.surroundings import asked_on, extra_folders, read_text
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.profile import read_json, read_profile

SIGNS = {True: "+", False: "-", None: "?"}


def run(options: argparse.Namespace) -> int:
    """Print the verdicts. Raises ProfileFault, SchemeFault, NotAMoment or OSError for bad input."""
    asked = asked_on(options.on)
    library = open_library(extra_folders())
    profile = read_profile(read_json(read_text(options.profile)), library.vocabulary)
    require_schemes(library, options.scheme or ())
    answer = answer_as_dict(check(library, profile, asked, options.scheme), library.vocabulary, options.language)
    print(json.dumps(answer, ensure_ascii=False, indent=2) if options.json else in_words(answer))
    return 0


def in_words(answer: dict[str, Any]) -> str:
    """Write an answer for a terminal: a line per scheme, then its reasons."""
    lines = [f"On {answer['on']}:"]
    for verdict in answer["verdicts"]:
        lines += ["", *_verdict(verdict)]
    if not answer["verdicts"]:
        lines.append("no scheme is in force on this day")
    if answer["next_question"]:
        lines += ["", f"Next question: {answer['next_question']}"]
    return "\n".join(lines)


def _verdict(verdict: dict[str, Any]) -> list[str]:
    amount = (
        f"EUR {verdict['amount']}"
        if verdict["amount"]
        else f"at most EUR {verdict['amount_max']}"
        if verdict["amount_max"]
        else ""
    )
    head = (
        f"{verdict['verdict'].upper().replace('_', ' ')}  {verdict['name']} ({verdict['scheme']}, {verdict['version']})"
    )
    lines = ["  ".join(part for part in (head, amount, f"round: {verdict['round']}") if part)]
    lines += [
        f"  {SIGNS[reason['holds']]} {reason['text']}  [{reason['source']}]{_change(reason)}"
        for reason in verdict["reasons"]
    ]
    lines += [f"  provided that {one['text']}  [{one['source']}]" for one in verdict["provided"]]
    if verdict["missing"]:
        lines.append(f"  still to know: {', '.join(verdict['missing'])}")
    return lines


def _change(reason: dict[str, Any]) -> str:
    wanted = [f"{one['fact']} {one['sign']} {one['value']}" for one in reason["change"]]
    return f"  would hold with {' or '.join(wanted)}" if wanted else ""
