"""The arguments of `doorleren audit`."""

import argparse
from pathlib import Path

NOT_PROTECTED = (
    "The chain of hashes and the checkpoints protect what each act says and their order. The number of an act is not hashed: numbers only rise, "
    "and where some lack an act could be shown under one of these. Nor is what came after the last checkpoint protected."
)


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Add what `audit` does: verify, export, sweep."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    act = acts.add_parser("verify", help="walk the whole chain of acts and say whether anybody touched it")
    act.add_argument(
        "export", metavar="EXPORT", nargs="?", type=Path, help="an export to verify, instead of the database"
    )
    act.add_argument(
        "--checkpoints",
        metavar="FILE",
        type=Path,
        help="the checkpoints to hold an export against (default: those of this site)",
    )
    act.add_argument("--json", action="store_true", help="print JSON")
    says = "write every act as a line of JSON, oldest first"
    act = acts.add_parser("export", help=says, description=f"{says}. {NOT_PROTECTED}")
    act.add_argument(
        "path", metavar="PATH", nargs="?", default="-", help='a file, or "-" for standard output (default: -)'
    )
    acts.add_parser("sweep", help="let go of what the log of who viewed has kept long enough")
