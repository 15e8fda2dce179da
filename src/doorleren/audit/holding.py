"""Holding one thing until the end of a transaction, so that two acts on it follow each other.

For what is only added to, where no row can be locked: a lock on a row asks for the right to change it, and the application
has none (docs/adr/0038-database-roles.md). Who holds a thing keeps out others who hold it, and nobody else.
"""

from django.db import connection

from doorleren.audit.acts import Party


def hold(thing: Party) -> None:
    """Wait until no other transaction holds it, and hold it. Within a transaction, before what hangs on it is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{thing.kind} {thing.id}"])
