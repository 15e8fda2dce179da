"""A simulated opening: everybody submits at once over many connections while the allocator gives places; and then it closes.

Those who only wait and look are not here yet: there is no waiting room to ask.
"""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Report
from bench.rush_site import NotMeasured, open_round, percentile, read_told, token_lines, words_of
from doorleren.server.intake.keys import Keys
from doorleren.server.intake.process import free_port, intake

CONNECTIONS = 512
ASKED_AT_MEDIAN = 60_000
"""What somebody asks on average (server/rush/people.py), in cents."""

INSIDE = 0.4
"""The share of the people for whom there is money."""


def open_doors(report: Report, program: Path, keys: Keys, people: int) -> None:
    """Let so many people submit, and print how long they waited and what the intake took."""
    from doorleren.server.rush.counts import counted
    from doorleren.server.rush.rounds import close_and_draw

    pot = int(people * INSIDE) * ASKED_AT_MEDIAN
    round_, port = open_round(cents=pot), free_port()
    with tempfile.TemporaryDirectory() as folder, intake(port) as process, _allocator(round_) as allocator:
        lines, answers = Path(folder) / "lines", Path(folder) / "answers"
        lines.write_text(token_lines(round_, people, 0, keys.tokens))
        words = words_of(program, port, CONNECTIONS, lines, answers, "/tickets")
        began = time.monotonic()
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        wall = time.monotonic() - began
        memory = _peak_memory(process.pid)
        if done.returncode:
            raise NotMeasured(f"the client stopped: {done.stderr.strip()}")
        close_and_draw(round_)
        allocator.wait()
        placed = time.monotonic() - began
        told = read_told(wall, answers)
        told.all_created(people)
        counts = counted(round_, [answers], keys.public, pot, wall)
    if counts.lost or counts.doubled or counts.granted_sum > pot:
        raise NotMeasured(f"the opening went wrong: {counts}")
    print(f"\nopening: {people} submissions over {CONNECTIONS} connections, {counts.granted} inside the ceiling")
    report.figure("opening_submissions_per_second", people / wall, "a second")
    report.figure("opening_wall", wall, "s")
    report.figure("opening_everybody_has_a_place_after", placed, "s")
    for name, share in (("p50", 0.5), ("p99", 0.99), ("p999", 0.999)):
        report.figure(f"opening_answer_{name}", percentile(told.times, share), "ms")
    report.figure("opening_intake_memory", memory / 1_000_000, "MB at most, both processes")


@contextlib.contextmanager
def _allocator(round_: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-m", "doorleren.server.allocator", str(round_)])
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _peak_memory(pid: int) -> int:
    """Give the most bytes that a process and its children had resident; 0 where the kernel does not tell."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in (int(told["Pid"]), int(told["PPid"])):
            total += int(told.get("VmHWM", "0").split()[0]) * 1024
    return total
