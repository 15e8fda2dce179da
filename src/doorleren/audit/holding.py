"""Holding one thing until the end of a transaction, so that two acts on it follow each other.

For what is only added to, where no row can be locked: a lock on a row asks for the right to change it, and the application
has none (docs/adr/0038-database-roles.md). Who holds a thing keeps out others who hold it, and nobody else.
"""

from collections.abc import Iterable

from django.db import connection

from doorleren.audit.acts import Party


def hold(thing: Party) -> None:
    """Wait until no other transaction holds it, and hold it. Within a transaction, before what hangs on it is read."""
    hold_all((thing,))


def hold_all(things: Iterable[Party]) -> None:
    """Hold several things, always in the same order, so that two who do so do not wait for each other."""
    names = sorted({f"{one.kind} {one.id}" for one in things})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name", [names]
        )
