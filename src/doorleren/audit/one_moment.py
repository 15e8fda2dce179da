"""Reading at one moment: however many questions are asked, nothing that others change meanwhile is seen between two of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Ask all within in one transaction that only reads, and sees the database as at its first question.

    Within a transaction that began already it is too late to choose: that one's questions each see what is there then.
    """
    begun = connection.in_atomic_block
    with transaction.atomic():
        if not begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
