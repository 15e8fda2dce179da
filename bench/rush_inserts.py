"""The opponent that every durable submission is held against: pgbench with the same row, a commit for each.

The table has the columns, checks, keys and foreign key of the tickets (`LIKE ... INCLUDING ALL` and the reference to
the round). pgbench is PostgreSQL's own, of the same server; statements are prepared, one connection per client.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from bench.rush_site import NotMeasured

TABLE = "bench_ticket"
CLIENTS_START = 1_000_000_000
SCRIPT = f"""
\\set n :n + 1
\\set number :base + :client_id * 1000000 + :n
INSERT INTO {TABLE} (id, round_id, key, person, content, cents, kind, batch, arrived_at) VALUES (:number, :round, 'rush-' || left(md5(:number::text), 27), md5(:number::text) || md5('p' || :number), md5('c' || :number) || md5('d' || :number), 70000, '', :number, now());
"""


def make_table(*, reference: bool = True) -> None:
    """Make the table that pgbench fills; `reference`: with the foreign key to the round, as the tickets have."""
    from django.db import connection

    from doorleren.server import site

    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} (LIKE rounds_ticket INCLUDING ALL)")
        if reference:
            cursor.execute(
                f"ALTER TABLE {TABLE} ADD FOREIGN KEY (round_id) REFERENCES rounds_round DEFERRABLE INITIALLY DEFERRED"
            )


def run(round_: int, number: int, clients: int) -> float:
    """Insert about so many rows, one per commit, with so many clients; give how many a second."""
    from django.db import connection

    from doorleren.server import environment, site
    from doorleren.server.embedded import binaries

    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(max(id), 0) FROM {TABLE}")
        before, base = cursor.fetchone()
    each = number // clients
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(SCRIPT.lstrip())
        words = [str(binaries.program("pgbench")), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
                 "--jobs=1", f"--transactions={each}", f"--file={script}", "-D", "n=0", "-D", f"base={base}",
                 "-D", f"round={round_}", site.owner_url(environment.read()) or ""]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    with site.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        after = cursor.fetchone()[0]
    if done.returncode or not found or after - before != each * clients:
        raise NotMeasured(f"pgbench: {done.stderr.strip()[-500:]}")
    return float(found[1])
