"""A simulated national opening: 300,000 people wait and look how it stands, 100,000 submit, there is money for 40,000.

First the finder alone, for its idle value; then a steady 6,000 submissions a minute; then everybody at once over many
connections, while the allocator gives places; and then it closes. Those who wait ask about once a minute all the while.
"""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Report
from bench.rush_site import NotMeasured, Told, load, open_round, percentile, read_told, token_lines, words_of
from bench.rush_waiting import finding, memory_of, p95, polling, site_pages, waiting_room, warm_up
from doorleren.server.intake.keys import Keys
from doorleren.server.intake.process import free_port, intake

PEOPLE, WAITING = 100_000, 300_000
CONNECTIONS = 512
ASKED_AT_MEDIAN = 60_000
"""What somebody asks on average (server/rush/people.py), in cents."""

INSIDE = 0.4
"""The share of the people for whom there is money."""

STEADY_A_SECOND, STEADY_CONNECTIONS, PHASE_SECONDS, SHORTEST_SECONDS = 100, 64, 60, 10
STEADY_BAR = "<=2"
PERCENTILES = (("p50", 0.5), ("p99", 0.99), ("p999", 0.999))


@dataclass(frozen=True)
class Doors:
    """Where an opening takes place: the client, the keys, the ports of the lean processes and of the pages, and the size.

    `people` submit at once and `waiting` wait; a phase at an even pace takes so many `seconds`.
    """

    program: Path
    keys: Keys
    intake: int
    room: int
    pages: int
    people: int
    waiting: int
    seconds: float


def open_doors(report: Report, program: Path, keys: Keys, scale: float) -> None:
    """Hold an opening of such a share of the national one, and print how long everybody waited and what it took."""
    port, seconds = free_port(), max(SHORTEST_SECONDS, PHASE_SECONDS * scale)
    with waiting_room() as (room, room_process), site_pages(room) as pages, intake(port) as process:
        doors = Doors(program, keys, port, room, pages, int(PEOPLE * scale), int(WAITING * scale), seconds)
        print(f"\nopening: {doors.people} submissions, {doors.waiting} people wait, phases of {seconds:g} s")
        warm_up(pages)
        idle = _idle(doors)
        report.figure("opening_finder_p95_idle", idle, "ms")
        steady = _steady(report, doors)
        report.figure("opening_finder_p95_steady", steady, "ms")
        report.ratio("opening_finder_p95_steady_against_idle", steady / idle, STEADY_BAR)
        _rush(report, doors, idle)
        report.figure("opening_intake_memory", memory_of(process.pid), "MB at most, both processes")
        report.figure("opening_waiting_room_memory", memory_of(room_process), "MB at most, both processes")


def _idle(doors: Doors) -> float:
    with finding(doors.program, doors.pages) as stop:
        time.sleep(doors.seconds)
        return p95(stop())


def _steady(report: Report, doors: Doors) -> float:
    """Let people submit at an even pace; give the 95th percentile of the finder meanwhile."""
    round_ = open_round()
    lines = token_lines(round_, int(STEADY_A_SECOND * doors.seconds * 2), 1, doors.keys.tokens)
    with (
        _allocator(round_),
        polling(doors.program, doors.room, round_, doors.waiting) as polled,
        load(doors.program, doors.intake, STEADY_CONNECTIONS, lines, STEADY_A_SECOND, "/tickets") as submitted,
        finding(doors.program, doors.pages) as found,
    ):
        time.sleep(doors.seconds)
        finder, ours, waiting = found(), submitted(), polled()
    ours.all_created(len(ours.times))
    report.figure("opening_steady_submissions_per_second", ours.per_second, "a second")
    _print_times(report, "opening_steady_answer", ours)
    _print_polls(report, "opening_steady", waiting, doors)
    return p95(finder)


def _rush(report: Report, doors: Doors, idle: float) -> None:
    """Let everybody submit at once; everything that was acknowledged is held against the database before it is told."""
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.rounds import close_and_draw

    pot = int(doors.people * INSIDE) * ASKED_AT_MEDIAN
    round_ = open_round(cents=pot)
    with tempfile.TemporaryDirectory() as folder, _allocator(round_) as allocator:
        lines, answers = Path(folder) / "lines", Path(folder) / "answers"
        lines.write_text(token_lines(round_, doors.people, 0, doors.keys.tokens))
        words = words_of(doors.program, doors.intake, CONNECTIONS, lines, answers, "/tickets")
        with (
            polling(doors.program, doors.room, round_, doors.waiting) as polled,
            finding(doors.program, doors.pages) as found,
        ):
            began = time.monotonic()
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            wall = time.monotonic() - began
            finder, waiting = found(), polled()
        if done.returncode:
            raise NotMeasured(f"the client stopped: {done.stderr.strip()}")
        close_and_draw(round_)
        allocator.wait()
        placed = time.monotonic() - began
        told = read_told(wall, answers)
        told.all_created(doors.people)
        counts = counted(round_, [answers], doors.keys.public, pot, wall)
    if counts.lost or counts.doubled or counts.granted_sum > pot:
        raise NotMeasured(f"the opening went wrong: {counts}")
    print(f"everybody at once, over {CONNECTIONS} connections: {counts.granted} inside the ceiling")
    report.figure("opening_submissions_per_second", doors.people / wall, "a second")
    report.figure("opening_wall", wall, "s")
    report.figure("opening_everybody_has_a_place_after", placed, "s")
    _print_times(report, "opening_answer", told)
    _print_polls(report, "opening", waiting, doors)
    report.figure("opening_finder_p95_saturated", p95(finder), "ms")
    report.figure("opening_finder_p95_saturated_against_idle", p95(finder) / idle, "times")


def _print_times(report: Report, name: str, told: Told) -> None:
    for part, share in PERCENTILES:
        report.figure(f"{name}_{part}", percentile(told.times, share), "ms")


def _print_polls(report: Report, name: str, told: Told, doors: Doors) -> None:
    """Print what those who wait got; a poll that waited counts from the moment at which it was due."""
    told.all_well("the waiting room")
    wanted = doors.waiting / 60
    report.figure(f"{name}_polls_per_second", told.per_second, f"a second, {wanted:.0f} were due")
    _print_times(report, f"{name}_poll", told)


@contextlib.contextmanager
def _allocator(round_: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-m", "doorleren.server.allocator", str(round_)])
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
