"""The arguments of `doorleren audit`."""

import argparse
from pathlib import Path


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Add what `audit` does: verify, export, sweep."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser("verify", help="walk the whole chain of acts and say whether anybody touched it")
    act.add_argument(
        "export", metavar="EXPORT", nargs="?", type=Path, help="an export to verify, instead of the database"
    )
    act.add_argument("--checkpoints", metavar="FILE", type=Path, help="the checkpoints to hold an export against")
    act.add_argument("--json", action="store_true", help="print JSON")
    act = acts.add_parser("export", help="write every act as a line of JSON, oldest first")
    act.add_argument(
        "path", metavar="PATH", nargs="?", default="-", help='a file, or "-" for standard output (default: -)'
    )
    acts.add_parser("sweep", help="let go of what the log of who viewed has kept long enough")
