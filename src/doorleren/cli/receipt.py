"""`doorleren receipt verify FILE`: whether a receipt of a submission is real, without us and without the site.

Anybody can sign a receipt with a key of their own, so the key counts: that of `--key`, else that of the site on this machine.
Where there is neither, only the signature is checked, and that is what is said.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorleren.cli.surroundings import home, read_text
from doorleren.rounds.receipts import (
    KEY_FILE,
    PUBLISHED_AT,
    BadReceipt,
    Entered,
    fingerprint,
    public_of,
    verify_receipt,
)


def add_receipt(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with a receipt."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="check a receipt")
    verify.add_argument("file", metavar="FILE", help='the receipt as it was given; "-" reads standard input')
    verify.add_argument(
        "--key",
        metavar="HEX",
        help=f"the public key that the site publishes at {PUBLISHED_AT} (default: that of the site on this machine; "
        "where there is none, whose the signature is stays unchecked)",
    )
    verify.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Check a receipt. Exit code 1 for one that is not what it says, 2 for what cannot be read.

    Exit code 0 also where the signature holds and nobody could check whose it is: the words say so.
    """
    try:
        told = json.loads(read_text(options.file))
        public = bytes.fromhex(options.key) if options.key else key_kept(home())
    except ValueError as error:
        print(f"doorleren receipt verify: {options.file}: this cannot be read ({error})", file=sys.stderr)
        return 2
    try:
        one = verify_receipt(told if isinstance(told, dict) else {}, public)
    except BadReceipt as fault:
        answer = _answer(holds=False, fault=str(fault), key_checked=public is not None)
        print(json.dumps(answer) if options.json else f"this receipt does not hold: {fault}")
        return 1
    if options.json:
        checked = public is not None
        answer = _answer(holds=True if checked else None, fault=None, key_checked=checked)
        print(json.dumps(answer | {"ticket": asdict(one), "at": told["at"]}))
    else:
        print("\n".join(_said(one, told, checked=public is not None)))
    return 0


def key_kept(folder: Path) -> bytes | None:
    """Give the public key of the site that has its home in a folder; None where there is none that can be read."""
    try:
        signing = bytes.fromhex((folder / KEY_FILE).read_text("utf-8"))
        return public_of(Ed25519PrivateKey.from_private_bytes(signing))
    except (OSError, ValueError):
        return None


def _answer(*, holds: bool | None, fault: str | None, key_checked: bool) -> dict[str, Any]:
    return {"holds": holds, "fault": fault, "key_checked": key_checked, "key_published_at": PUBLISHED_AT}


def _said(one: Entered, told: dict[str, Any], *, checked: bool) -> list[str]:
    ticket = f"number {one.number} in round {one.round}, entered {told['at']}"
    key = fingerprint(bytes.fromhex(told["public_key"]))
    if checked:
        return [f"this receipt holds: {ticket}", f"signed with the key {key}"]
    return [
        f"the signature holds, but whose it is was not checked: {ticket}",
        f"signed with the key {key}, which the receipt itself names",
        f"the site publishes its key at {PUBLISHED_AT}: compare the fingerprint, or give the key with --key",
    ]
