"""Runs a rush: opens a round of its own, lets the crowd in, waits until everybody has a place, and tells the outcome."""

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from doorleren.core.money import NotExact, euros, scaled
from doorleren.server import environment, site
from doorleren.server.children import bound
from doorleren.server.clock import now
from doorleren.server.databases import NotPostgreSQL
from doorleren.server.embedded import DatabaseFailed
from doorleren.server.intake.keys import read_keys
from doorleren.server.intake.process import NotStarted, free_port, intake
from doorleren.server.rush.people import for_some

ORDERS = {"arrival": "arrival", "random": "random_present", "draw": "draw", "pro-rata": "pro_rata"}
CONNECTIONS = 128
VALID_SECONDS = 24 * 3600
PATIENCE_SECONDS = 60.0


def main(argv: list[str]) -> int:
    """Run a rush and tell the outcome; exit code 1 when something acknowledged was lost or doubled, or it failed."""
    options = _parser().parse_args(argv)
    try:
        pot = for_some(options.people) if options.pot is None else scaled(options.pot, 2)
    except NotExact as error:
        print(f"doorleren rush: --pot: given is {options.pot!r}, allowed is {error}", file=sys.stderr)
        return 2
    try:
        database = site.open_site()
    except (DatabaseFailed, NotPostgreSQL, PermissionError) as error:
        print(f"doorleren rush: {error}", file=sys.stderr)
        return 1
    try:
        site.migrate()
        return _rush(options, pot)
    except (site.Unreachable, NotStarted) as error:
        print(f"doorleren rush: {error}", file=sys.stderr)
        return 1
    finally:
        if database is not None:
            database.close(patience=PATIENCE_SECONDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doorleren rush", description="an opening day in small, on this machine")
    parser.add_argument("--people", type=_at_least_one, required=True, metavar="N", help="how many people submit")
    parser.add_argument("--pot", metavar="EUROS", help="how many euros there are for them (default: for four in ten)")
    parser.add_argument("--order", choices=ORDERS, default="arrival", help="order of treatment (default: arrival)")
    parser.add_argument(
        "--seed", type=int, default=1, help="what the people and their amounts are drawn from (default: 1)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"given is {text}, 1 or more is allowed")
    return number


def _rush(options: argparse.Namespace, pot: int) -> int:
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.rounds import announce_rehearsal, close_and_draw

    keys = read_keys(environment.read().home)
    round_ = announce_rehearsal(ORDERS[options.order], pot)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        port = free_port()
        running.enter_context(intake(port))
        allocator = running.enter_context(_child("doorleren.server.allocator", str(round_)))
        crowd, answers = _crowd(Path(folder), round_, options, keys.tokens)
        began = time.monotonic()
        with _child("doorleren.server.rush.crowd", str(crowd), str(port), str(CONNECTIONS), str(answers)) as people:
            _watch(people, answers, options.people)
        wall = time.monotonic() - began
        close_and_draw(round_)
        allocator.wait()
        counts = counted(round_, [answers], keys.public, pot, wall)
    told = asdict(counts) | {"ceiling": euros(pot), "granted_sum": euros(counts.granted_sum)}
    print(json.dumps(told, indent=2) if options.json else "\n".join(_lines(told)))
    return 1 if counts.lost or counts.doubled or allocator.returncode else 0


def _crowd(folder: Path, round_: int, options: argparse.Namespace, key: bytes) -> tuple[Path, Path]:
    """Write the tokens of the people to a file; give it, and the file for their answers."""
    from doorleren.server.rush.people import tokens

    until = int(now().timestamp()) + VALID_SECONDS
    crowd, answers = folder / "tokens", folder / "answers"
    crowd.write_text("\n".join(tokens(round_, options.people, options.seed, until, key)))
    answers.touch()
    return crowd, answers


@contextlib.contextmanager
def _child(module: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(bound([sys.executable, "-m", module, *words], "TERM"), env=environment.inherited())
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _watch(people: "subprocess.Popen[bytes]", answers: Path, all_: int) -> None:
    """Wait until the crowd is done; on a terminal, say how far it is."""
    while people.poll() is None:
        time.sleep(0.2)
        if sys.stderr.isatty():
            print(f"\r{answers.read_bytes().count(10)} of {all_} answered", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)


def _lines(told: dict[str, object]) -> list[str]:
    words = {
        "submitted": "submitted", "acknowledged": "acknowledged", "granted": "inside the ceiling",
        "refused": "outside the ceiling", "waiting": "waiting", "lost": "lost after acknowledgement", "doubled": "doubled",
        "ceiling": "ceiling (euros)", "granted_sum": "sum inside (euros)", "p50": "answer at the median (ms)",
        "p99": "answer at the 99th percentile (ms)", "p999": "answer at the 99.9th percentile (ms)",
        "wall_seconds": "wall time (s)",
    }  # fmt: skip
    return [
        f"{words[name]:38} {value:.1f}" if isinstance(value, float) else f"{words[name]:38} {value}"
        for name, value in told.items()
    ]
