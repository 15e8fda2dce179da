"""pretix as opponent: its order API with one free item and one quota, on the same server, as its own documentation runs it.

It comes from PyPI into an environment of its own (`make bench-rush` makes it), for it pins other versions than we do.
Its tables are made by its own migrations in a database of its own on our server, which takes a minute or two, and its
shop by `opponents/pretix_shop.py`. gunicorn runs it, two processes of four threads. There is no Redis, so its tasks
(webhooks, notifications) run within the request; no mail is asked for.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.rush_site import NotMeasured, Told, submit
from doorleren.server import site
from doorleren.server.intake.process import HOST, free_port, wait_until_it_listens

ENVIRONMENT = Path(sys.prefix) / "pretix"
SHOP = Path(__file__).parent / "opponents" / "pretix_shop.py"
DATABASE = "pretix"
ORDERS, CONNECTIONS = 64, 8
"""Orders in a turn, and connections at once: as many as gunicorn has threads."""

QUOTA = 10**6
_numbers = count()


@dataclass(frozen=True)
class Shop:
    """pretix while it runs: where it listens and takes orders, with what token, for which item."""

    port: int
    path: str
    token: str
    item: int

    def orders_per_second(self, program: Path) -> float:
        """Order so many times, each another person; give how many a second. Raises NotMeasured."""
        before = _orders()
        lines = "".join(f"{json.dumps(self._order(next(_numbers)))}\n" for _ in range(ORDERS))
        headers = f"Authorization: Token {self.token}\r\nContent-Type: application/json\r\n"
        told: Told = submit(program, self.port, CONNECTIONS, lines, self.path, headers)
        told.all_created(ORDERS)
        if _orders() - before != ORDERS:
            raise NotMeasured(f"pretix answered {ORDERS} orders and kept {_orders() - before}")
        return told.per_second

    def _order(self, number: int) -> dict[str, object]:
        position = {"item": self.item, "attendee_name_parts": {"full_name": f"Person {number}"}, "answers": []}
        return {"email": f"person-{number}@example.invalid", "locale": "en", "sales_channel": "web",
                "payment_provider": "free", "fees": [], "positions": [position]}  # fmt: skip


@contextlib.contextmanager
def pretix() -> Iterator[Shop | None]:
    """Run pretix with its shop; None where its environment is not there. Raises NotMeasured where it fails."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "bin" / "gunicorn").exists():
        print("skipped: rush_against_pretix; its environment is not here, `make bench-rush` makes it")
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        with site.as_owner():  # pretix makes its own database and tables
            surroundings = _surroundings(Path(folder))
            _make_database()
        began = time.monotonic()
        _told([str(python), "-m", "pretix", "migrate", "--verbosity", "0"], surroundings)
        shop = json.loads(_told([str(python), str(SHOP), str(QUOTA)], surroundings).splitlines()[-1])
        print(f"pretix: tables and shop made in {time.monotonic() - began:.0f} s")
        port = free_port()
        with _served(port, surroundings, Path(folder)):
            yield Shop(port, shop["path"], shop["token"], shop["item"])


@contextlib.contextmanager
def _served(port: int, surroundings: dict[str, str], folder: Path) -> Iterator[None]:
    words = [str(ENVIRONMENT / "bin" / "gunicorn"), "pretix.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2"]
    words += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "600", "--timeout", "600"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(words, env=surroundings, stdout=said, stderr=said)
        try:
            wait_until_it_listens(port, process)
            yield
        finally:
            process.terminate()
            process.wait()


def _surroundings(folder: Path) -> dict[str, str]:
    """Give the variables with which pretix finds our server, and a folder of its own."""
    from django.db import connection

    told = connection.settings_dict
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("DJANGO_", "PRETIX_", "DOORLEREN_"))
    }
    return kept | {
        "PRETIX_CONFIG_FILE": os.devnull, "DATA_DIR": str(folder), "PRETIX_DATABASE_BACKEND": "postgresql",
        "PRETIX_DATABASE_NAME": DATABASE, "PRETIX_DATABASE_USER": str(told["USER"]),
        "PRETIX_DATABASE_HOST": str(told["HOST"]), "PRETIX_DATABASE_PORT": str(told["PORT"] or ""),
        "PRETIX_PRETIX_URL": f"http://{HOST}",
    }  # fmt: skip


def _make_database() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE}")


def _told(words: list[str], surroundings: dict[str, str]) -> str:
    done = subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasured(f"pretix: {done.stderr.strip()[-500:]}")
    return done.stdout


def _orders() -> int:
    """Count the orders that pretix has kept."""
    import psycopg
    from django.db import connection

    with site.as_owner():
        told = connection.get_connection_params() | {"dbname": DATABASE}
    names = ("host", "port", "dbname", "user", "password")
    with psycopg.connect(**{name: told[name] for name in names if told.get(name)}) as other:
        row = other.execute("SELECT count(*) FROM pretixbase_order").fetchone()
    assert row is not None
    return int(row[0])
