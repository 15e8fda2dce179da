"""The arguments of `doorleren case`, apart from what it does, so that reading them needs no database."""

import argparse


def add_case(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked of a case."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help="its acts, its terms and how each was counted, and what is possible now")
    show.add_argument("id", metavar="ID", help="the number or the reference of a case")
    show.add_argument("--language", choices=("nl", "en"), default="nl", help="language of the texts (default: nl)")
    show.add_argument("--json", action="store_true", help="print JSON")
    opening = acts.add_parser("open", help="open a case for each application that was submitted and has none")
    opening.add_argument("--rehearsals", action="store_true", help="also of rounds to practise with")
    opening.add_argument("--json", action="store_true", help="print JSON")
