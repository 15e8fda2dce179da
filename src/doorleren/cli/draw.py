"""`doorleren draw make|verify FILE`: draw an order that anyone can check, and check one, anywhere and without us."""

import argparse
import json
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from doorleren.cli.surroundings import read_text
from doorleren.core.beacon import BadPulse, Beacon, Pulse, read_beacons
from doorleren.core.draw import SECRET_BYTES, BadDraw, announce, make_draw, read_secret, verify_draw
from doorleren.core.draw_completed import order_after
from doorleren.shipped import folder


def add_draw(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with a draw."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    make = acts.add_parser("make", help="draw the tickets of a list and write FILE")
    make.add_argument("file", metavar="FILE", help='where the draw is written; "-" is standard output')
    make.add_argument(
        "--tickets", metavar="LIST", required=True, help='sealed tickets, one per line; "-" reads standard input'
    )
    make.add_argument(
        "--pulse", metavar="PULSE.json", required=True, help="the number of the beacon, as drand publishes it"
    )
    make.add_argument(
        "--beacon",
        metavar="ID",
        default="drand-default",
        help="the beacon, of law/beacons.toml (default: drand-default)",
    )
    make.add_argument("--secret", metavar="HEX", help="the secret that was committed to (default: a new one)")
    make.add_argument("--for", dest="drawn_for", metavar="NAME", default="", help="what is drawn for: scheme and round")
    verify = acts.add_parser("verify", help="recompute a draw from its file")
    verify.add_argument("file", metavar="FILE", help='the file of the draw; "-" reads standard input')
    verify.add_argument(
        "--completed",
        metavar="COMPLETED.json",
        help="the list of who was completed after the draw; says how the order became",
    )
    verify.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Make or verify. Exit code 1 for a draw that is not what it says, 2 for what cannot be read."""
    beacons = read_beacons(folder("law") / "beacons.toml")
    return _make(options, beacons) if options.act == "make" else _verify(options, beacons)


def _make(options: argparse.Namespace, beacons: Mapping[str, Beacon]) -> int:
    sealed = read_text(options.tickets).decode("utf-8", "replace").split()
    try:
        if options.beacon not in beacons:
            raise BadDraw(f"--beacon: given is {options.beacon!r}, allowed are: {', '.join(beacons)}")
        beacon, pulse = beacons[options.beacon], Pulse.read(_object(options.pulse))
        secret = read_secret(options.secret) if options.secret else secrets.token_bytes(SECRET_BYTES)
        announced = announce(options.drawn_for, sealed, secret, beacon, pulse.number)
        made = make_draw(announced, sealed, secret, beacon, pulse)
    except (BadDraw, BadPulse) as fault:
        print(f"doorleren draw make: {fault}", file=sys.stderr)
        return 2
    text = json.dumps(made, indent=1) + "\n"
    if options.file == "-":
        print(text, end="")
    else:
        Path(options.file).write_text(text, encoding="utf-8")
        print(f"{announced.tickets} tickets drawn with round {pulse.number} of {beacon.id}; written to {options.file}")
    return 0


def _verify(options: argparse.Namespace, beacons: Mapping[str, Beacon]) -> int:
    try:
        told = _object(options.file)
        late = _object(options.completed) if options.completed else None
    except BadDraw as fault:
        print(f"doorleren draw verify: {fault}", file=sys.stderr)
        return 2
    try:
        announced = verify_draw(told, beacons)
        order = () if late is None else order_after(_order(told), announced.drawn_for, late)
    except (BadDraw, BadPulse) as fault:
        if options.json:
            print(json.dumps({"holds": False, "fault": str(fault)}))
        else:
            print(f"this draw is not what it says: {fault}")
        return 1
    if options.json:
        print(json.dumps({
            "holds": True, "fault": None, "announced": asdict(announced), **({} if late is None else {"order": order}),
        }))  # fmt: skip
    else:
        print(
            f"this draw holds: {announced.tickets} tickets, list {announced.list_hash[:16]}…, "
            f"round {announced.beacon_round} of {announced.beacon}"
        )
        if late is not None:
            print(f"with who was completed after it at the end, {len(order)} tickets are in the order")
    return 0


def _order(told: Mapping[str, Any]) -> list[str]:
    return [str(one) for one in told["order"]]


def _object(path: str) -> dict[str, Any]:
    try:
        told = json.loads(read_text(path))
    except ValueError as error:
        raise BadDraw(f"{path}: this is no JSON ({error})") from error
    if not isinstance(told, dict):
        raise BadDraw(f"{path}: given is {type(told).__name__}, a JSON object is allowed")
    return told
