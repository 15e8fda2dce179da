"""`doorleren audit`: check the chain of the record of acts, write it out, and let go of views that were kept long enough."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from doorleren.audit.acts import checked
from doorleren.audit.checkpoints import FILE, held_against_checkpoints
from doorleren.audit.exported import COLUMNS, verified_files
from doorleren.audit.models import Act
from doorleren.audit.viewing import sweep_views
from doorleren.cli.surroundings import home, now
from doorleren.people.file_keys import destroyed

AT_ONCE = 2000
WRONG = {
    "content": "its content was changed",
    "order": "an act before it is missing, or it was moved",
    "checkpoint": "it is not as a checkpoint outside the database has it, or is gone",
}


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 1 for a chain that is broken."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {"verify": _verify, "export": _export, "sweep": _sweep}
    return acts[options.act](options)


def _verify(options: argparse.Namespace) -> int:
    if options.export is not None:
        return _verify_export(options)
    found = checked()
    checkpoints, differing = held_against_checkpoints(home() / "checkpoints")
    broken = found.broken or differing
    told: dict[str, Any] = {
        "acts": found.acts,
        "whole": broken is None,
        "whole_until": found.whole_until,
        "broken_at": broken.act if broken else None,
        "wrong": broken.wrong if broken else None,
        "checkpoints": checkpoints,
        "destroyed": destroyed(),
    }
    if options.json:
        print(json.dumps(told, indent=2))
    elif broken is None:
        print(f"The chain is whole: {found.acts} acts, as {checkpoints} checkpoints outside the database have it")
        if told["destroyed"]:
            print(f"The content of {told['destroyed']} files was destroyed, each under an act of this record")
    else:
        print(f"The chain is broken at act {broken.act}: {WRONG[broken.wrong]}. {found.acts} acts looked at")
    return 0 if broken is None else 1


def _verify_export(options: argparse.Namespace) -> int:
    """Verify a file with the second verifier, against the checkpoints of this site or those that are named."""
    found = verified_files(options.export, options.checkpoints or home() / "checkpoints" / FILE)
    told = {
        "acts": found.acts,
        "whole": found.first_bad is None,
        "broken_at": found.first_bad,
        "wrong": found.wrong or None,
        "checkpoints": found.checkpoints,
    }
    if options.json:
        print(json.dumps(told, indent=2))
    elif found.first_bad is None:
        print(f"The export is whole: {found.acts} acts, as {found.checkpoints} checkpoints have it")
    else:
        print(f"The export is broken at act {found.first_bad}: {WRONG.get(found.wrong, found.wrong)}")
    return 0 if found.first_bad is None else 1


def _export(options: argparse.Namespace) -> int:
    if options.path == "-":
        count = _write(sys.stdout)
    else:
        with Path(options.path).open("w", encoding="utf-8") as file:
            count = _write(file)
    print(f"{count} acts written", file=sys.stderr)
    return 0


def _write(file: TextIO) -> int:
    """Write each act as a line of JSON, oldest first, with the moment as the chain has it: UTC, microseconds."""
    count = 0
    for one in Act.objects.order_by("id").values(*COLUMNS).iterator(AT_ONCE):
        one["details"] = dict(sorted(one["details"].items()))
        one["at"] = one["at"].astimezone(UTC).isoformat(timespec="microseconds")
        file.write(json.dumps(one, separators=(",", ":")) + "\n")
        count += 1
    return count


def _sweep(_options: argparse.Namespace) -> int:
    print(f"{sweep_views(at=now())} views were kept long enough and are gone")
    return 0
