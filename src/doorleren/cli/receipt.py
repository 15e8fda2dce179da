"""`doorleren receipt verify FILE`: whether a receipt of a submission is real, without us and without the site."""

import argparse
import json
import sys
from dataclasses import asdict

from doorleren.cli.surroundings import read_text
from doorleren.rounds.receipts import BadReceipt, fingerprint, verify_receipt


def add_receipt(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with a receipt."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="check a receipt")
    verify.add_argument("file", metavar="FILE", help='the receipt as it was given; "-" reads standard input')
    verify.add_argument(
        "--key", metavar="HEX", help="the public key that the site publishes (default: the one it names)"
    )
    verify.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Check a receipt. Exit code 1 for one that is not what it says, 2 for what cannot be read."""
    try:
        told = json.loads(read_text(options.file))
        public = bytes.fromhex(options.key) if options.key else None
    except ValueError as error:
        print(f"doorleren receipt verify: {options.file}: this cannot be read ({error})", file=sys.stderr)
        return 2
    try:
        one = verify_receipt(told if isinstance(told, dict) else {}, public)
    except BadReceipt as fault:
        print(
            json.dumps({"holds": False, "fault": str(fault)})
            if options.json
            else f"this receipt does not hold: {fault}"
        )
        return 1
    if options.json:
        print(json.dumps({"holds": True, "fault": None, "ticket": asdict(one), "at": told["at"]}))
    else:
        print(f"this receipt holds: number {one.number} in round {one.round}, entered {told['at']}")
        print(f"signed with the key {fingerprint(bytes.fromhex(told['public_key']))}")
    return 0
