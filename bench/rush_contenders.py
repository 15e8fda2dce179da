"""Who takes submissions in turns: the intake, pgbench's inserts, a plain Django view, and pretix."""

import contextlib
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import rush_inserts, rush_pretix
from bench.measuring import Report, median_ratio
from bench.rush_site import NotMeasured, Told, open_round, percentile, submit, token_lines
from doorleren.server.intake.keys import Keys
from doorleren.server.intake.process import free_port, intake, wait_until_it_listens

CONNECTIONS = 64
ROOT = Path(__file__).parents[1]
VIEW = "bench.opponents.rush_wsgi:application"
VIEW_SHARE = 10
"""The view gets so many times fewer submissions, for it takes longer; what counts is how many a second."""
AGAINST_INSERTS, AGAINST_VIEW, AGAINST_PRETIX = ">=0.8", ">=15", ">=500"


@contextlib.contextmanager
def plain_view() -> Iterator[int]:
    """Run the plain Django view as the site is run: as many workers and threads; give its port."""
    from doorleren.server import environment, serve

    port = free_port()
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    words += ["--workers", str(min(os.cpu_count() or 1, serve.MOST_WORKERS)), "--blocking-threads"]
    words += [str(serve.BLOCKING_THREADS), "--no-ws", "--log-level", "warning", "--backlog", "16384", VIEW]
    surroundings = environment.inherited() | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, env=surroundings, start_new_session=True)
    try:
        wait_until_it_listens(port, process)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


class Turns:
    """One turn of each contender at a time, each with people of its own."""

    def __init__(self, program: Path, keys: Keys, people: int) -> None:
        """Keep the client, the keys and how many people submit in a turn."""
        self.program, self.keys, self.people = program, keys, people
        self._seed = 0

    def inserts(self) -> float:
        """Insert with pgbench; give how many a second."""
        rush_inserts.make_table()
        return rush_inserts.run(open_round(), self.people, CONNECTIONS)

    def over_http(self, port: int, people: int) -> Told:
        """Submit to the intake or to the view; every answer says 201, and for each there is a row."""
        from doorleren.rounds.models import Ticket

        self._seed += 1
        round_ = open_round()
        told = submit(self.program, port, CONNECTIONS, token_lines(round_, people, self._seed, self.keys.tokens))
        told.all_created(people)
        rows = Ticket.objects.filter(round=round_).count()
        if rows != people:
            raise NotMeasured(f"{people} were acknowledged and {rows} have a row")
        return told


def compare(report: Report, turns: Turns, runs: int) -> None:
    """Let them take turns, after one that warms up, and print what they do a second and the ratios."""
    spent: dict[str, list[float]] = {"submissions": [], "inserts": [], "view": [], "pretix": []}
    times: list[float] = []
    port = free_port()
    with intake(port), plain_view() as view, rush_pretix.pretix() as shop:
        for number in range(runs + 1):
            ours = turns.over_http(port, turns.people)
            found = {
                "submissions": ours.per_second, "inserts": turns.inserts(),
                "view": turns.over_http(view, max(CONNECTIONS, turns.people // VIEW_SHARE)).per_second,
            }  # fmt: skip
            if shop is not None:
                found["pretix"] = shop.orders_per_second(turns.program)
            if number:
                times += ours.times
                for name, value in found.items():
                    spent[name].append(value)
    for name, values in spent.items():
        if not values:
            continue
        report.runs(f"rush_{name}_per_second", values, "a second")
    report.figure("rush_submission_median", statistics.median(times), "ms")
    report.figure("rush_submission_p99", percentile(sorted(times), 0.99), "ms")
    report.ratio(
        "rush_against_single_row_inserts", median_ratio(spent["submissions"], spent["inserts"]), AGAINST_INSERTS
    )
    report.ratio("rush_against_a_view_that_locks", median_ratio(spent["submissions"], spent["view"]), AGAINST_VIEW)
    if spent["pretix"]:
        report.ratio("rush_against_pretix", median_ratio(spent["submissions"], spent["pretix"]), AGAINST_PRETIX)
