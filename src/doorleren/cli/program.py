"""The arguments of `doorleren` and which function each command calls. A test holds the docs against COMMANDS."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from doorleren.cli.audit_arguments import add_audit
from doorleren.cli.bundle_arguments import add_bundle
from doorleren.cli.case_arguments import add_case
from doorleren.cli.draw import add_draw
from doorleren.cli.ledger_arguments import add_ledger
from doorleren.cli.letter import add_letter
from doorleren.cli.payments_arguments import add_payments
from doorleren.cli.receipt import add_receipt
from doorleren.cli.register_arguments import add_reference, add_register
from doorleren.cli.retention_arguments import add_retention
from doorleren.cli.term import add_term
from doorleren.core.days import NotAMoment
from doorleren.rules.faults import ProfileFault, SchemeFault

COMMANDS = {
    "serve": "start everything on http://127.0.0.1:8000",
    "rush": "an opening day in small: people submit as fast as they can",
    "check": "the verdicts for a profile",
    "plan": "the best permitted combination of funding for the training in a profile",
    "schemes": "the overview of all schemes",
    "scheme": "one scheme in words, with its sources",
    "cases": "run all worked examples of all schemes",
    "figures": "compute the papers' figures and the relations between them",
    "register": "the training register: import, search, export, rebuild the index",
    "reference": "import occupations, skills and postcodes from their publishers' own files",
    "round": "open and close a round, and see how it stands",
    "draw": "draw an order that anyone can check, or check one",
    "bundle": "register people for an adviser, many at once, every row answered",
    "audit": "the record of acts: verify its chain, export it; sweep the log of who viewed",
    "ledger": "the money ledger: check every invariant, with the sums of each round",
    "payments": "payment runs by two people, the file for the bank, and what the bank answers",
    "letter": "check the templates of letters, or show one on an example",
    "receipt": "check the receipt of a submission",
    "simulate-cases": "whole lives of cases from a seed, in a database of its own, with everything checked after each step",
    "case": "one case: its acts, its terms with their calculation, what is possible now; open those that wait",
    "retention": "what is due to be destroyed at the end of its retention, and destroying it",
    "term": "the last day of a term of law, with its calculation",
    "occupations": "the occupations that names on standard input mean",
}
WITH_ITS_OWN = {
    "serve": "doorleren.server.serve",
    "rush": "doorleren.server.rush.__main__",
    "simulate-cases": "doorleren.server.simulated",
}
"""Commands that start processes, and read their own arguments."""
WITH_THE_SITE = frozenset(
    {"audit", "bundle", "case", "ledger", "payments", "register", "reference", "retention", "round"}
)
"""Commands that read or write the database: it is started for them where it does not run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit code 0, 1 where a check fails, 2 for bad input (one line on standard error)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in WITH_ITS_OWN:
        return int(import_module(WITH_ITS_OWN[given[0]]).main(given[1:]) or 0)
    options = _parser().parse_args(given)
    try:
        code = _run(options)
        sys.stdout.flush()
    except (ProfileFault, SchemeFault, NotAMoment) as fault:
        return _refuse(str(fault))
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        return _refuse(f"{error.filename or 'file'}: {error.strerror or error}")
    return code


def _run(options: argparse.Namespace) -> int:
    if options.command in WITH_THE_SITE:
        return int(import_module("doorleren.server.commanded").run(options))
    return int(import_module(f"doorleren.cli.{options.command}").run(options))


def _reader_gone() -> int:
    """End in silence when whoever reads our output has stopped (`| head`), as other programs do."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _refuse(line: str) -> int:
    print("doorleren: " + " ".join(line.split()), file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doorleren", description="The public funding of lifelong learning, from one file per scheme."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {name: commands.add_parser(name, help=text, description=text) for name, text in COMMANDS.items()}
    for name in ("check", "plan"):
        made[name].add_argument(
            "profile", metavar="PROFILE.json", help='a JSON object of tables of facts; "-" reads standard input'
        )
    for name in ("check", "plan", "schemes", "scheme"):
        made[name].add_argument(
            "--on", metavar="DAY", help="2020-08-15, or a moment: 2023-03-17T10:00 (default: today)"
        )
    for name in ("check", "plan", "schemes", "figures"):
        made[name].add_argument("--json", action="store_true", help="print JSON")
    for name in ("check", "plan", "schemes", "scheme", "figures"):
        made[name].add_argument(
            "--language", choices=("nl", "en"), default="nl", help="language of the texts (default: nl)"
        )
    for name in ("check", "cases"):
        made[name].add_argument("--scheme", metavar="ID", action="append", help="only this scheme (may be repeated)")
    made["schemes"].add_argument(
        "--coverage", action="store_true", help="list what can and what cannot be computed, and why"
    )
    made["scheme"].add_argument("id", metavar="ID")
    made["occupations"].add_argument("--json", action="store_true", help="print one JSON object per line")
    add_register(made["register"])
    add_reference(made["reference"])
    made["round"].add_argument("scheme", metavar="SCHEME")
    made["round"].add_argument("round", metavar="ROUND")
    made["round"].add_argument("act", choices=("open", "close", "show"))
    made["round"].add_argument("--as", dest="official", metavar="OFFICIAL",
                               help="who opens or closes it: the number of a person who decides for its body; one proposes, another releases")  # fmt: skip
    made["round"].add_argument("--reason", default="", metavar="TEXT", help="why; the other one reads it")
    made["round"].add_argument("--json", action="store_true", help="print JSON")
    add_draw(made["draw"])
    add_receipt(made["receipt"])
    add_letter(made["letter"])
    add_term(made["term"])
    add_case(made["case"])
    add_audit(made["audit"])
    add_bundle(made["bundle"])
    add_ledger(made["ledger"])
    add_retention(made["retention"])
    add_payments(made["payments"])
    return parser
