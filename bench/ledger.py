"""The ledger against two bare inserts: `make bench-ledger`, or `python -m bench.ledger [--number N] [--runs N]`.

The opponent is PostgreSQL's own pgbench on the same fresh, durable server: a transaction of two single-row inserts into
a table with the columns, checks, key and index of the postings, statements prepared, one commit each. Ours is the product's
own command: an event looked up by its key, judged against how its case stands, its lines worked out, entered, counted
and added up by the database at commit. Both with one client and with eight, ours each in a process of its own; turns
alternate, and a ratio is the median of the ratios per turn.
"""

import argparse
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bench.measuring import Report, median_ratio
from bench.rush_site import NotMeasured, fresh_site

NUMBER, RUNS, AT_ONCE, MANY_CLIENTS = 2_000, 5, 1_000, 8
BULKS, MORE = 16, 4
PATIENCE_SECONDS = 60.0
ONE_BAR, BULK_BAR = ">=0.06", ">=3"
TABLE = "bench_posting"
SCRIPT = f"""
\\set n :n + 1
\\set number :base + :client_id * 10000000 + :n
BEGIN;
INSERT INTO {TABLE} (transaction_id, line, lines, account_id, cents) VALUES (:number, 1, 2, :debit, 70000);
INSERT INTO {TABLE} (transaction_id, line, lines, account_id, cents) VALUES (:number, 2, 2, :credit, -70000);
COMMIT;
"""
_cases = count(1)


def pgbench(number: int, clients: int) -> float:
    """Do about so many transactions of two inserts; give how many a second, counted in the table."""
    from django.db import connection

    from doorleren.payments.models import Account
    from doorleren.server import environment, site
    from doorleren.server.embedded import binaries

    debit, credit = Account.objects.order_by("pk").values_list("pk", flat=True)[:2]
    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(max(transaction_id), 0) FROM {TABLE}")
        before, base = cursor.fetchone()
    each = number // clients
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.sql"
        script.write_text(SCRIPT.lstrip())
        words = [str(binaries.program("pgbench")), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
                 "--jobs=1", f"--transactions={each}", f"--file={script}", "-D", "n=0", "-D", f"base={base}",
                 "-D", f"debit={debit}", "-D", f"credit={credit}", site.owner_url(environment.read()) or ""]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        after = cursor.fetchone()[0]
    if done.returncode or not found or after - before != 2 * each * clients:
        raise NotMeasured(f"pgbench: {done.stderr.strip()[-500:]}")
    return float(found[1])


def make_table() -> None:
    """Make the table that pgbench fills: the postings' own columns, checks, key and index."""
    from django.db import connection

    from doorleren.server import site

    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (LIKE payments_posting INCLUDING ALL)")


def ours(number: int, at_once: int, clients: int, place: tuple[int, int]) -> float:
    """Reserve money for about so many cases, so many in a commit, by so many clients; give how many a second.

    `place` is the body and the round. The time runs from the moment when all clients stand ready until the last is done.
    """
    from django.db import connection

    from doorleren.payments.models import Transaction

    before, each = Transaction.objects.count(), number // clients
    connection.close()
    forked = multiprocessing.get_context("fork")
    barrier = forked.Barrier(clients + 1)
    cases = [[str(next(_cases)) for _ in range(each)] for _ in range(clients)]
    processes = [forked.Process(target=_client, args=(own, at_once, place, barrier)) for own in cases]
    for process in processes:
        process.start()
    barrier.wait(PATIENCE_SECONDS)
    begun = time.perf_counter()
    for process in processes:
        process.join()
    taken = time.perf_counter() - begun
    if Transaction.objects.count() - before != each * clients or any(process.exitcode for process in processes):
        raise NotMeasured("not every event was posted once")
    return each * clients / taken


def _client(cases: list[str], at_once: int, place: tuple[int, int], barrier: Barrier) -> None:
    from doorleren.audit.acts import Party
    from doorleren.payments.commands.post import Event, post, post_all
    from doorleren.payments.models import Account
    from doorleren.server.clock import now

    us, at = Party("site", ""), now()
    events = [Event("reserve", Party("case", one), 70_000, f"reserve:case/{one}", *place) for one in cases]
    Account.objects.exists()  # connects
    barrier.wait(PATIENCE_SECONDS)
    for first in range(0, len(events), at_once):
        if at_once == 1:
            post(events[first], by=us, at=at)
        else:
            post_all(events[first : first + at_once], by=us, at=at)


def measured(report: Report, number: int, runs: int) -> None:
    """Take turns, and print what came of it."""
    from bench.rush_site import open_round
    from doorleren.rounds.models import Round

    round_ = open_round(cents=10**15)
    place = (Round.objects.get(pk=round_).body_id, round_)
    ours(1, 1, 1, place)
    make_table()
    turns: dict[str, list[float]] = {}
    for run in range(runs + 1):
        for clients in (1, MANY_CLIENTS):
            share = 1 if clients == 1 else MORE
            found = {
                "pgbench": pgbench(number * share, clients),
                "one": ours(number * share, 1, clients, place),
                "bulk": ours(AT_ONCE * BULKS, AT_ONCE, clients, place),
            }
            for name, value in found.items() if run else ():  # the first one warms up
                turns.setdefault(f"{name}_{clients}", []).append(value)
    for name, values in turns.items():
        report.runs(f"ledger_{name}", values, "transactions/s")
        report.figure(f"ledger_{name}_per_second", statistics.median(values), "transactions/s")
    for clients in (1, MANY_CLIENTS):
        against, suffix = turns[f"pgbench_{clients}"], "" if clients == 1 else f"_{clients}_clients"
        for name, bar in (("one", ONE_BAR), ("bulk", BULK_BAR)):
            ratio = median_ratio(turns[f"{name}_{clients}"], against)
            report.ratio(f"ledger_{name}_against_two_inserts{suffix}", ratio, bar)


def main() -> int:
    """Measure, print, and say by the exit code whether the bars were reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--number", type=int, default=NUMBER, help="transactions in a turn, one by one (default: 2,000)")
    asked.add_argument("--runs", type=int, default=RUNS, help="turns of each (default: 5)")
    options = asked.parse_args()
    if options.number < MANY_CLIENTS or options.runs < 1:
        asked.error(f"--number must be {MANY_CLIENTS} or more and --runs 1 or more")
    report = Report()
    report.machine()
    print("load of the machine", *(f"{load:.1f}" for load in os.getloadavg()))
    try:
        with fresh_site():
            measured(report, options.number, options.runs)
    except NotMeasured as error:
        print(f"bench.ledger: {error}", file=sys.stderr)
        return 1
    return report.close()


if __name__ == "__main__":
    raise SystemExit(main())
