"""`doorleren round SCHEME ROUND open|close|show`: open and close a round of a scheme's file, and see how it stands."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.cli.surroundings import extra_folders, now
from doorleren.core.money import euros
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.commands.announce_from_scheme import NoSuchRound, announce_from_scheme, announced_round
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import Round
from doorleren.rounds.queries import announced_for
from doorleren.rounds.standing import standing_of
from doorleren.rules.library import open_library

OPERATOR = Party("operator", "command-line")


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 1 for an act that is refused, 2 for a round that does not exist."""
    library = open_library(extra_folders())
    try:
        row = announced_round(library, options.scheme, options.round)
        if options.act != "show":
            row = row or announce_from_scheme(library, options.scheme, options.round, by=OPERATOR, at=now())
            (open_gate if options.act == "open" else close_gate)(row.pk, by=OPERATOR, at=now())
    except NoSuchRound as fault:
        return _refuse(f"ROUND: given is {options.round!r}, allowed are: {', '.join(fault.known) or 'none'}", 2)
    except KeyError:
        return _refuse(f"SCHEME: there is no scheme {options.scheme!r}; doorleren schemes lists them", 2)
    except RoundRefused as refused:
        return _refuse(refused.texts["en"], 1)
    told = as_dict(row) if row else {"scheme": options.scheme, "round": options.round, "state": "not_announced"}
    if options.json:
        print(json.dumps(told, indent=2))
    else:
        print("\n".join(f"{name:16} {'-' if value is None else value}" for name, value in told.items()))
    return 0


def as_dict(row: Round) -> dict[str, Any]:
    """Write a round and how it stands; amounts in euros, moments with their zone."""
    told = asdict(standing_of(row))
    return {
        "scheme": row.version.scheme,
        "round": row.code,
        "order": row.order,
        "counts": "day" if announced_for(row).per_day else "moment",
        "announced_hash": row.announced_hash,
        **{name.removesuffix("_cents"): _shown(name, value) for name, value in told.items()},
    }


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return euros(value) if name.endswith("_cents") and value is not None else value


def _refuse(text: str, code: int) -> int:
    print(f"doorleren round: {text}", file=sys.stderr)
    return code
