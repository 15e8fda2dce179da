"""The arguments of `doorleren ledger`."""

import argparse


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """Add what `ledger` does: check."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser("check", help="hold every invariant against all postings, and tell the sums of each round")
    act.add_argument("--json", action="store_true", help="print JSON; amounts in euros")
