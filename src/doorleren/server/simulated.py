"""`doorleren simulate-cases`: whole lives of cases from one seed, in a database of its own that is thrown away afterwards.

Nothing of the site is touched: folder, keys, outbox and database are made for it, and go with it. It works in the database as
the site does, under the role that owns nothing; only tables and copies are made as the owner. A long simulation is cut
into worlds, each in a fresh copy of the empty tables, so that a step, and looking at all that there was, costs the same however
many came before it.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doorleren.server import database_roles, environment, site
from doorleren.server.embedded import DatabaseFailed, OpenDatabase, cluster, open_database

if TYPE_CHECKING:
    from doorleren.simulation.running import Ran

WORLD_STEPS = 10_000
"""Some sixty years for those who live in it: as long as holidays are known."""
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What is thrown away need not survive a power cut."""
SHOWN = 12


@dataclass
class Told:
    """What is told of all worlds together. `role`: as whom the database was worked in."""

    seed: int
    role: str = ""
    steps: int = 0
    cases: int = 0
    crashed: int = 0
    twice: int = 0
    done: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    violations: list[dict[str, str]] = field(default_factory=list)
    again: str = ""
    digest: str = ""
    seconds: float = 0.0


def main(argv: list[str]) -> int:
    """Simulate; exit code 1 where something is found that should never be, with the way to see it again."""
    options = _parser().parse_args(argv)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="doorleren-simulation-") as folder:
        try:
            database = _opened(Path(folder))
        except (DatabaseFailed, PermissionError) as error:
            print(f"doorleren simulate-cases: {error}", file=sys.stderr)
            return 1
        try:
            told = _worlds(options.seed, options.steps, Path(folder))
        finally:
            database.close()
    told.seconds = round(time.monotonic() - began, 1)
    print(json.dumps(_plain(told), indent=2) if options.json else "\n".join(_lines(told)))
    return 1 if told.violations else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doorleren simulate-cases", description="whole lives of cases, with crashes, duplicates and odd order"
    )
    parser.add_argument("--seed", type=int, default=1, help="what everything is drawn from (default: 1)")
    parser.add_argument("--steps", type=_at_least_one, required=True, metavar="N", help="how many acts are tried")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"given is {text}, a whole number of 1 or more is allowed")
    return number


def _opened(home: Path) -> OpenDatabase:
    """Start a database in a folder of its own, whatever the site uses, and make the tables."""
    home = home / "home"
    database = open_database(home, options=FAST)
    environment.announce(
        DOORLEREN_HOME=str(home), DATABASE_URL=database.application_url, DATABASE_OWNER_URL="", DOORLEREN_DEMO="0",
        DOORLEREN_DAY="", DOORLEREN_SCHEMES="", DOORLEREN_SECRET_KEY="", DOORLEREN_IDENTITY_KEYS="", DOORLEREN_STATIC="",
    )  # fmt: skip
    site.open_site()
    site.migrate()
    return database


def _worlds(seed: int, steps: int, folder: Path) -> Told:
    """Live world after world, each in a copy of the empty database, until all steps are done or something is found."""
    from doorleren.simulation.running import Simulation

    role, _ = database_roles.who()
    told, digest, began = Told(seed, role), hashlib.sha256(), time.monotonic()
    while told.steps < steps and not told.violations:
        number = told.steps // WORLD_STEPS + 1
        _move_to(f"world_{number}")
        tell = partial(_progress, told.steps, steps, began)
        ran = Simulation(f"{seed}/{number}").run(min(WORLD_STEPS, steps - told.steps), tell)
        _add(told, ran)
        digest.update(ran.digest.encode())
    told.digest = digest.hexdigest()
    told.again = f"doorleren simulate-cases --seed {seed} --steps {told.steps}"
    return told


def _move_to(name: str) -> None:
    """Copy the empty database, and go on in the copy; the copy before it goes."""
    from django.db import connection

    settings, before = connection.settings_dict, connection.settings_dict["NAME"]
    with site.as_owner(), connection.cursor() as cursor:
        if before != cluster.NAME:
            cursor.execute(f"DROP DATABASE {before}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {cluster.NAME}")
    settings["NAME"] = name


def _progress(before: int, of: int, began: float, ran: "Ran") -> None:
    done = before + ran.steps
    pace = done / (time.monotonic() - began)
    print(f"{done} of {of} steps, {pace:.0f} a second", file=sys.stderr, flush=True)


def _add(told: Told, ran: "Ran") -> None:
    told.steps += ran.steps
    told.cases += ran.cases
    told.crashed += ran.crashed
    told.twice += ran.twice
    told.done += ran.done
    told.happened += ran.happened
    told.refused += ran.refused
    told.violations += [asdict(one) for one in ran.violations]


def _plain(told: Told) -> dict[str, Any]:
    return asdict(told) | {
        "done": dict(sorted(told.done.items())), "happened": dict(sorted(told.happened.items())),
        "refused": dict(told.refused.most_common()), "holds": not told.violations,
    }  # fmt: skip


def _lines(told: Told) -> list[str]:
    done, refused = told.done.total(), told.refused.total()
    lines = [
        f"{told.steps} steps with {told.cases} cases from seed {told.seed} in {told.seconds:.0f} seconds: {done} acts done, "
        f"{refused} refused, {told.crashed} broken off, {told.twice} tried again",
        "done most: " + ", ".join(f"{name} {number}" for name, number in told.done.most_common(SHOWN)),
        *(f"refused {number} times: {kind}" for kind, number in told.refused.most_common()),
    ]
    if not told.violations:
        return [*lines, f"Everything holds. Outcome: {told.digest}"]
    first = told.violations[0]
    lines.append(f"Broken at step {told.steps}: {first['invariant']} at {first['where']}: {first['says']}")
    lines += [f"also: {one['invariant']} at {one['where']}: {one['says']}" for one in told.violations[1:]]
    return [*lines, f"To see it again: {told.again}"]
