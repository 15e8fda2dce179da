"""Several at the same moment, for the tests."""

import threading
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
