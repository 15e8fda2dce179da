"""Gives the tests a database cluster of their own, in memory where there is room, thrown away afterwards.

Named with `-p` in pyproject.toml: it must be there before Django's settings are read. The processes of
pytest-xdist inherit the address, and pytest-django makes a database in it for each of them, as the owner of its tables.
A test that asks for `as_application` works as the product does: under the role that owns nothing.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from doorleren.server.embedded import OpenDatabase, cluster, open_database
from doorleren.server.embedded.locks import FileLock

ENOUGH_BYTES = 2_000_000_000
MEMORY = Path("/dev/shm")
PREFIX = "doorleren-test-"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}

_opened: list[tuple[OpenDatabase, Path]] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Starts the cluster in the process that leads; around the hook in which pytest-django reads the settings."""
    if "PYTEST_XDIST_WORKER" not in os.environ and not early_config.known_args_namespace.help:
        base = roomy_folder()
        sweep(base)
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        database = open_database(home, options=FAST)
        with psycopg.connect(database.url, autocommit=True) as line:
            line.execute(f"CREATE ROLE {cluster.APPLICATION} LOGIN")
        _opened.append((database, home))
        os.environ.update(DATABASE_URL=database.url, DOORLEREN_HOME=str(home))
    return (yield)


def pytest_unconfigure() -> None:
    """Stops the cluster and throws it away."""
    while _opened:
        database, home = _opened.pop()
        database.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def application_role(django_db_setup: None, django_db_blocker: Any) -> str:
    """The role of the application, with its rights in the database of this process."""
    from doorleren.server.database_roles import give_rights

    with django_db_blocker.unblock():
        give_rights(cluster.APPLICATION)
    return cluster.APPLICATION


@pytest.fixture
def as_application(application_role: str, db: None) -> None:
    """From here on this test has the rights of the application only; the end of its transaction takes that back."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {application_role}")


def roomy_folder() -> Path:
    """Memory where there is enough of it, else the folder for temporary files."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        return MEMORY
    return Path(tempfile.gettempdir())


def sweep(base: Path) -> None:
    """Removes what a killed run left behind: a folder whose server's lock is free belongs to nobody."""
    for left in base.glob(f"{PREFIX}*"):
        if not (left / "server.lock").exists() or left.stat().st_uid != os.geteuid():
            continue
        with FileLock(left / "users.lock") as users, FileLock(left / "server.lock") as server:
            if users.take(exclusive=True) and server.take(exclusive=True):
                shutil.rmtree(left, ignore_errors=True)
