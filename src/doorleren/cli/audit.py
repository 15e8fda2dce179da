"""`doorleren audit`: check the chain of the record of acts, write it out, and let go of views that were kept long enough."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from doorleren.audit.acts import checked
from doorleren.audit.checkpoints import FILE, BadCheckpoint, held_against_checkpoints
from doorleren.audit.exported import COLUMNS, BadCheckpoints, Gone, verified_files
from doorleren.audit.models import Act
from doorleren.audit.viewing import sweep_views
from doorleren.cli.surroundings import home, now
from doorleren.people.file_keys import destroyed

AT_ONCE = 2000
MOST_NAMED = 20
"""How many destroyed files are named in words; as JSON all of them are."""
WRONG = {
    "content": "its content was changed",
    "order": "an act before it is missing, or it was moved",
    "checkpoint": "it is not as a checkpoint outside the database has it, or is gone",
}


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 1 for a chain that is broken, 2 for bad input."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {"verify": _verify, "export": _export, "sweep": _sweep}
    return acts[options.act](options)


def _verify(options: argparse.Namespace) -> int:
    """Verify the record, or an export of it. Exit code 2 where the checkpoints cannot be read, for then nothing is known."""
    if options.export is None and options.checkpoints is not None:
        return _refuse(f"--checkpoints: given {str(options.checkpoints)!r} without EXPORT, allowed is with one; the record "
                       "itself is held against the checkpoints of this site")  # fmt: skip
    try:
        return _verify_record(options) if options.export is None else _verify_export(options)
    except (BadCheckpoint, BadCheckpoints) as error:
        return _refuse(str(error))


def _verify_record(options: argparse.Namespace) -> int:
    found = checked()
    checkpoints, differing = held_against_checkpoints(home() / "checkpoints")
    broken = found.broken or differing
    gone = [Gone(act, about.kind, about.id) for act, about in destroyed()]
    told: dict[str, Any] = {
        "acts": found.acts,
        "whole": broken is None,
        "whole_until": found.whole_until,
        "broken_at": broken.act if broken else None,
        "wrong": broken.wrong if broken else None,
        "checkpoints": checkpoints,
        **_destroyed_as_json(gone),
    }
    if options.json:
        print(json.dumps(told, indent=2))
    elif broken is None:
        print(f"The chain is whole: {found.acts} acts, as {checkpoints} checkpoints outside the database have it")
        _say_destroyed(gone)
    else:
        print(f"The chain is broken at act {broken.act}: {WRONG[broken.wrong]}. {found.acts} acts looked at")
    return 0 if broken is None else 1


def _verify_export(options: argparse.Namespace) -> int:
    """Verify a file with the second verifier, against the checkpoints that are named, or those of this site if there are any."""
    own = home() / "checkpoints" / FILE
    found = verified_files(options.export, options.checkpoints or (own if own.exists() else None))
    told = {
        "acts": found.acts,
        "whole": found.first_bad is None,
        "broken_at": found.first_bad,
        "wrong": found.wrong or None,
        "checkpoints": found.checkpoints,
        **_destroyed_as_json(found.destroyed),
    }
    if options.json:
        print(json.dumps(told, indent=2))
    elif found.first_bad is None:
        print(f"The export is whole: {found.acts} acts, as {found.checkpoints} checkpoints have it")
        _say_destroyed(found.destroyed)
    else:
        print(f"The export is broken at act {found.first_bad}: {WRONG.get(found.wrong, found.wrong)}")
    return 0 if found.first_bad is None else 1


def _destroyed_as_json(gone: Sequence[Gone]) -> dict[str, Any]:
    return {
        "destroyed": len(gone),
        "destroyed_under": [{"act": one.act, "kind": one.kind, "id": one.id} for one in gone],
    }


def _say_destroyed(gone: Sequence[Gone]) -> None:
    """Say of which files the content was destroyed and under which act: the first ones, and how many more there are."""
    if gone:
        print(f"The content of {len(gone)} files was destroyed, each under an act of this record:")
    for one in gone[:MOST_NAMED]:
        print(f"  {one.kind} {one.id}, under act {one.act}")
    if len(gone) > MOST_NAMED:
        print(f"  and {len(gone) - MOST_NAMED} more; --json names them all")


def _refuse(line: str) -> int:
    print(f"doorleren audit verify: {line}", file=sys.stderr)
    return 2


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
