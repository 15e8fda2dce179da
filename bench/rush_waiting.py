"""Those who wait and those who look elsewhere during an opening: polls of the waiting room, and visitors of the finder.

300,000 people who wait ask about once a minute: 5,000 questions a second, at an even pace, a third of them with the key
of an application. They come over connections that are kept, as a proxy before the site keeps them. The finder is asked
at a slow, even pace whatever it answers, so that its times can be held against each other.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from bench.rush_site import NotMeasured, Told, load, percentile
from doorleren.server.intake.process import HOST, WAITING_ROOM, free_port, intake, wait_until_it_listens
from doorleren.server.rush.people import drafts
from doorleren.server.waiting.pacing import EVERY_SECONDS

POLL_CONNECTIONS, LONGEST_PHASE_SECONDS = 256, 150
KNOWN_SECONDS = 10.0
FINDER_A_SECOND, FINDER_CONNECTIONS, WARM = 5.0, 8, 40
FINDER_PATH = "/finder/person"
FINDER_ANSWERS = "person.work_status=employee&person.labour_market_link=true"
FINDER_HEADERS = "Content-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: gzip\r\n"
Stop = Callable[[], Told]


@contextlib.contextmanager
def waiting_room() -> Iterator[tuple[int, int]]:
    """Run the waiting room as the product does; give its port and process."""
    port = free_port()
    with intake(port, WAITING_ROOM) as process:
        yield port, process.pid


@contextlib.contextmanager
def site_pages(room: int) -> Iterator[int]:
    """Run the web server as `serve` does, with the waiting room where it is; give its port."""
    from doorleren.server import environment, serve, site

    environment.announce(DOORLEREN_WAITING=f"http://{HOST}:{room}")
    site.collect_static()
    port = free_port()
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)]
    words += ["--workers", str(min(os.cpu_count() or 1, serve.MOST_WORKERS)), "--blocking-threads"]
    words += [str(serve.BLOCKING_THREADS), "--no-ws", "--log-level", "warning", "doorleren.server.wsgi:application"]
    process = subprocess.Popen(words, env=environment.inherited(), start_new_session=True)
    try:
        wait_until_it_listens(port, process)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):  # it ended by itself, and said why
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def until_known(port: int, round_: int) -> None:
    """Come back when the waiting room knows a round, a second after it was announced. Raises NotMeasured."""
    end = time.monotonic() + KNOWN_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"http://{HOST}:{port}/waiting/{round_}", timeout=KNOWN_SECONDS):
                return
        except HTTPError as refused:
            refused.close()
            time.sleep(0.1)
    raise NotMeasured(f"the waiting room did not know the round within {KNOWN_SECONDS:g} seconds")


def polling(program: Path, port: int, round_: int, waiting: int) -> contextlib.AbstractContextManager[Stop]:
    """Let so many people wait for a round; the first of those who apply ask with the key of their application."""
    until_known(port, round_)
    rate = waiting / EVERY_SECONDS
    keys = [one.key for one in drafts(round_, max(1, waiting // 3), 0, 1)]
    asked = [f"GET /waiting/{round_}?key={keys[n // 3 % len(keys)]}" if not n % 3 else f"GET /waiting/{round_}"
             for n in range(int(rate * LONGEST_PHASE_SECONDS))]  # fmt: skip
    return load(program, port, POLL_CONNECTIONS, "\n".join(asked) + "\n", rate)


def finding(program: Path, port: int) -> contextlib.AbstractContextManager[Stop]:
    """Let visitors ask the finder at an even pace."""
    lines = f"{FINDER_ANSWERS}\n" * int(FINDER_A_SECOND * LONGEST_PHASE_SECONDS)
    return load(program, port, FINDER_CONNECTIONS, lines, FINDER_A_SECOND, FINDER_PATH, FINDER_HEADERS)


def warm_up(port: int) -> None:
    """Ask the finder until every worker has read the schemes. Raises NotMeasured."""
    from bench.visits import Ask, visit

    pairs = tuple(tuple(one.split("=")) for one in FINDER_ANSWERS.split("&"))
    visit(port, [Ask(FINDER_PATH, form=pairs)] * WARM, FINDER_CONNECTIONS)  # type: ignore[arg-type]


def p95(told: Told) -> float:
    """Give the 95th percentile of the times of the finder, in ms. Raises NotMeasured where an answer was not well."""
    told.all_well("the finder")
    return percentile(told.times, 0.95)


def memory_of(pid: int) -> float:
    """Give the most megabytes that a process and its children had resident; 0 where the kernel does not tell."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in (int(told["Pid"]), int(told["PPid"])):
            total += int(told.get("VmHWM", "0").split()[0]) * 1024
    return total / 1_000_000
