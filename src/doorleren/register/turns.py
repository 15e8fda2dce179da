"""Work that one process at a time may do, however many run on this database: pulling sources, writing the open data.

A lock of PostgreSQL on the connection: it goes when the process does, however that ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

PULLING = 0x70756C6C  # "pull"
PUBLISHING = 0x7075626C  # "publ"


@contextmanager
def turn(work: int) -> Iterator[bool]:
    """Say whether this process may do the work now; False while another does it. Nobody waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [work])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with suppress(Error), connection.cursor() as cursor:  # a connection that is gone has no lock either
                cursor.execute("SELECT pg_advisory_unlock(%s)", [work])
