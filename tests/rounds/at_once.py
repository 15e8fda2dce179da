"""Several at the same moment, for the tests."""

import threading
import time
from typing import Any

from django.db import DatabaseError, connection


def at_once(*work: Any) -> list[Exception]:
    """Do everything at the same moment, each over a connection of its own; give what the database or the rules refused."""
    together, failed = threading.Barrier(len(work)), list[Exception]()

    def run(one: Any) -> None:
        try:
            together.wait()
            one()
        except (DatabaseError, ValueError) as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def waits_for_a_lock(most: float = 20) -> None:
    """Come back when somebody waits for a lock in this database."""
    until = time.monotonic() + most
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), pg_stat_clear_snapshot() FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")
