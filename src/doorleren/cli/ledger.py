"""`doorleren ledger check`: hold every invariant of the money ledger against all postings, with the sums of each round."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from doorleren.core.money import euros
from doorleren.payments.checking import Checked, RoundMoney, check_ledger

SHOWN = ("ceiling", "available", "reserved", "granted", "paid", "released")


def run(options: argparse.Namespace) -> int:
    """Check. Exit code 1 where an invariant does not hold; the first break is named first."""
    found = check_ledger()
    if options.json:
        print(json.dumps(as_dict(found), indent=2))
    else:
        print("\n".join(_lines(found)))
    return 0 if found.holds else 1


def as_dict(found: Checked) -> dict[str, Any]:
    """Write what was found; amounts in euros, breaks with the first one first."""
    return {
        "holds": found.holds,
        "transactions": found.transactions,
        "postings": found.postings,
        "broken": found.counts,
        "breaks": [asdict(one) for one in found.breaks],
        "rounds": [
            {"round": one.round, "scheme": one.scheme, "code": one.code, "body": one.body, **_euros(one)}
            for one in found.rounds
        ],
    }


def _euros(one: RoundMoney) -> dict[str, str | None]:
    return {name: None if cents is None else euros(cents) for name, cents in asdict(one.money).items()}


def _lines(found: Checked) -> list[str]:
    lines = []
    if found.holds:
        lines.append(f"The ledger holds: {found.transactions} transactions of {found.postings} postings")
    else:
        first = found.breaks[0]
        lines.append(f"The ledger is broken at {first.where}: {first.invariant} ({first.says})")
        lines += [f"also at {one.where}: {one.invariant}" for one in found.breaks[1:]]
        lines += [f"{count} times {name}" for name, count in found.counts.items()]
    for one in found.rounds:
        told = _euros(one)
        named = f"round {one.round} ({one.scheme} {one.code})" if one.round else "without a round"
        lines.append(f"{named}: " + ", ".join(f"{name} {told[name] or 'none'}" for name in SHOWN))
    return lines
