"""Two roles of the database: an owner, which makes the tables, and the application, which owns none and works in them.

`give_rights` gives the application what `database_rights` says and takes away all else. It changes nothing where all is
as it should be, so it runs after every migration.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from doorleren.server.database_rights import DELETE, INSERT, MAINTAIN, RIGHTS, SELECT, UPDATE
from doorleren.server.databases import settings_of

MAKE_ROLE = """
DO $$ BEGIN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
OF_COLUMNS = (SELECT, INSERT, UPDATE, "REFERENCES")
"""Rights that a role can have on a column by itself; we never give one, and take it away with that on the table."""
OF_TABLES = (*OF_COLUMNS, DELETE, "TRUNCATE", "TRIGGER")
MAINTAIN_SINCE = 170000

_HELD = """
SELECT c.relname,
       ARRAY(SELECT one FROM unnest(%(of_tables)s::text[]) one WHERE has_table_privilege(%(role)s, c.oid, one)),
       ARRAY(SELECT one FROM unnest(%(of_columns)s::text[]) one WHERE has_any_column_privilege(%(role)s, c.oid, one))
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname
"""
_SEQUENCES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'S'
    AND (NOT has_sequence_privilege(%(role)s, oid, 'USAGE') OR has_sequence_privilege(%(role)s, oid, 'UPDATE'))
ORDER BY relname
"""
_AROUND = """
SELECT current_database(), current_schema(),
       NOT has_schema_privilege(%(role)s, current_schema(), 'USAGE') OR has_schema_privilege(%(role)s, current_schema(), 'CREATE'),
       NOT has_database_privilege(%(role)s, current_database(), 'CONNECT')
           OR NOT has_database_privilege(%(role)s, current_database(), 'TEMPORARY')
           OR has_database_privilege(%(role)s, current_database(), 'CREATE')
"""
_POWERS = """
SELECT ARRAY(SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND pg_has_role(%(role)s, relowner, 'MEMBER')),
       rolsuper, rolcreaterole, rolreplication, rolbypassrls
FROM pg_roles WHERE rolname = %(role)s
"""
_WHO = """
SELECT current_user::text, concat_ws(' ', oid, datname, pg_postmaster_start_time()) FROM pg_database WHERE datname = current_database()
"""
_MAY_MAKE_TABLES = """
SELECT coalesce(
    (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('django_migrations')),
    has_schema_privilege(current_user, current_schema(), 'CREATE'))
"""


class TooMuch(RuntimeError):
    """The role of the application can do more than it should, and we cannot take that away; the message says what."""


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Let Django's connection of this thread be that of another role for as long as this lasts. Outside of a transaction."""
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | settings_of(url)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def who() -> tuple[str, str]:
    """Give the role that we are connected as, and a mark of the database: another one has another. Raises OperationalError."""
    role, database = _row(_WHO)
    return role, database


def may_make_tables() -> bool:
    """Say whether the role that we are connected as owns the tables, or may make them where there are none."""
    return bool(_row(_MAY_MAKE_TABLES)[0])


def make_role(role: str) -> None:
    """Make a role that may sign in and nothing more, if it is not there. For the embedded database, which asks no password."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE_ROLE.format(role=_quoted(role)))


def give_rights(role: str) -> None:
    """Give a role what the application needs, and nothing else, connected as the owner. Raises TooMuch."""
    powers = _powers(role)
    if powers:
        raise TooMuch(f"the role {role!r} of DATABASE_URL {powers}; it should own nothing and belong to no owner")
    lacking = _lacking(role)
    if not lacking:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in lacking:
            cursor.execute(statement)
        left = _lacking(role)
        if left:
            raise TooMuch(f"the rights of {role!r} cannot be set by this owner; left to do is: {'; '.join(left[:3])}")


def _lacking(role: str) -> list[str]:
    """Write the statements that bring the rights of a role to what they should be; none where they are."""
    to, everybody = _quoted(role), f"{_quoted(role)}, PUBLIC"
    made: list[str] = []
    database, schema, wrong_schema, wrong_database = _row(_AROUND, role=role)
    if wrong_database:
        made.append(f"REVOKE CREATE ON DATABASE {_quoted(database)} FROM {everybody}")
        made.append(f"GRANT CONNECT, TEMPORARY ON DATABASE {_quoted(database)} TO {to}")
    if wrong_schema:
        made.append(f"REVOKE CREATE ON SCHEMA {_quoted(schema)} FROM {everybody}")
        made.append(f"GRANT USAGE ON SCHEMA {_quoted(schema)} TO {to}")
    for table, wanted in _wrong_tables(role):
        made.append(f"REVOKE ALL ON TABLE {_quoted(table)} FROM {everybody}")
        if wanted:
            made.append(f"GRANT {', '.join(wanted)} ON TABLE {_quoted(table)} TO {to}")
    for (sequence,) in _rows(_SEQUENCES, role=role):
        made.append(f"REVOKE ALL ON SEQUENCE {_quoted(sequence)} FROM {everybody}")
        made.append(f"GRANT USAGE ON SEQUENCE {_quoted(sequence)} TO {to}")
    return made


def _wrong_tables(role: str) -> Iterator[tuple[str, list[str]]]:
    """Give each table on which a role has other rights than it should, with those that it should have."""
    known = {*OF_TABLES, MAINTAIN} if connection.pg_version >= MAINTAIN_SINCE else {*OF_TABLES}  # type: ignore[attr-defined]
    for table, held, on_columns in _rows(_HELD, role=role, of_tables=sorted(known), of_columns=list(OF_COLUMNS)):
        wanted = RIGHTS.get(table, frozenset()) & known
        if set(held) != wanted or not set(on_columns) <= wanted:
            yield table, sorted(wanted)


def _powers(role: str) -> str:
    """Say in words what a role can do beside rights on tables; empty where that is nothing."""
    owners, *powers = _row(_POWERS, role=role)
    words = ("is a superuser", "may make roles", "may replicate", "passes row security")
    said = [word for word, has in zip(words, powers, strict=True) if has]
    return ", ".join([*said, *([f"acts as {', '.join(map(repr, owners))}, which owns tables"] if owners else [])])


def _rows(sql: str, **values: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found


def _row(sql: str, **values: Any) -> tuple[Any, ...]:
    (found,) = _rows(sql, **values)
    return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
