"""`doorleren term DAY KIND`: the last day of a term of law, with every step of its calculation and its article."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from doorleren.core.days import read_day
from doorleren.core.terms import BadTerm, Reckoned, Suspension, Terms
from doorleren.shipped import folder

LISTED = "list"


def add_term(parser: argparse.ArgumentParser) -> None:
    """Add the day and the kind of a term, and what happened during it."""
    parser.add_argument("day", metavar="DAY", help='the day that starts it, as 2026-11-22; "list" names the kinds')
    parser.add_argument("kind", metavar="KIND", nargs="?", default="", help="the kind of term, of law/terms.toml")
    parser.add_argument(
        "--suspended", metavar="FROM..UNTIL", action="append", default=[],
        help="stood still: asked to complete on FROM, completed on UNTIL (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--extended", action="store_true", help="with the extension that the law allows")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="language of the texts (default: nl)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Count a term, or name the kinds. Exit code 2 for what is no day, kind or suspension."""
    terms = Terms.read(folder("law") / "terms.toml")
    if options.day == LISTED:
        return _list(terms, options)
    try:
        suspended = [_suspension(text) for text in options.suspended]
        found = terms.reckon(options.kind, _day("DAY", options.day), suspended, extended=options.extended)
    except BadTerm as fault:
        print(f"doorleren term: {fault}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(_told(found, options.language), ensure_ascii=False, indent=1))
    else:
        print(f"{found.term.id}: {found.term.name[options.language]}")
        for step in found.steps:
            print(f"  {step.text[options.language]}" + (f" [{step.source}]" if step.source else ""))
        print({"nl": f"laatste dag: {found.last}", "en": f"last day: {found.last}"}[options.language])
    return 0


def _list(terms: Terms, options: argparse.Namespace) -> int:
    kinds = [{"kind": one.id, "name": one.name[options.language]} for one in terms.kinds.values()]
    if options.json:
        print(json.dumps(kinds, ensure_ascii=False, indent=1))
    else:
        for one in kinds:
            print(f"{one['kind']}: {one['name']}")
    return 0


def _day(field: str, text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise BadTerm(f"{field}: given is {text!r}, allowed is a day as 2026-11-22") from error


def _suspension(text: str) -> Suspension:
    asked, dots, ended = text.partition("..")
    if not dots:
        raise BadTerm(f"--suspended: given is {text!r}, allowed are two days as 2026-11-22..2026-12-06")
    return Suspension(_day("--suspended", asked), _day("--suspended", ended))


def _told(found: Reckoned, language: str) -> dict[str, Any]:
    return {
        "kind": found.term.id,
        "name": found.term.name[language],
        "start": found.start.isoformat(),
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "steps": [
            {"text": step.text[language], "day": step.day.isoformat(), "source": step.source} for step in found.steps
        ],
    }
