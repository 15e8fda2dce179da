"""The writing behind `receive_delivery`: rows go into tables that end with the transaction, then over in a few statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.backends.utils import CursorWrapper

from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, content_values, fingerprint, run_values

PROVIDER_COLUMNS = tuple(one.name for one in fields(ProviderEntry) if one.name not in ("recognitions", "locations"))
_RECOGNITION = ("route", "proof", "starts_on", "ends_on")
_LOCATION = ("place_in_order", "name", "street", "postcode", "place")
_STATED = ("website", "email", "phone", "street", "postcode", "place")
"""What a provider can say itself (`change_provider`); from then on no delivery changes it."""
_CONTENT = ", ".join(CONTENT_COLUMNS)
_RUN = ", ".join(RUN_COLUMNS)
AT_ONCE = 2_000
"""Rows that are held in memory at once, and then put down with their runs."""
MOST_PROVIDERS = 20_000
"""Providers that are held in memory at once: one comes back in many rows, and is put down once if it can be."""

Staged = tuple[int, Entry | None, ProviderEntry]
"""A row by its number: what it says of an activity, if anything, and of its provider."""

_TABLES = f"""
CREATE TEMP TABLE incoming AS
    SELECT 0::bigint AS row, ''::text AS provider, ''::text AS code, fingerprint, {_CONTENT}
    FROM register_activityversion WITH NO DATA;
CREATE TEMP TABLE incoming_run AS
    SELECT 0::bigint AS row, place_in_order, {_RUN} FROM register_runoffered WITH NO DATA;
CREATE TEMP TABLE incoming_provider AS
    SELECT 0::bigint AS turn, {", ".join(PROVIDER_COLUMNS)} FROM register_provider WITH NO DATA;
CREATE TEMP TABLE incoming_recognition AS
    SELECT 0::bigint AS turn, ''::text AS provider, {", ".join(_RECOGNITION)}
    FROM register_providerrecognition WITH NO DATA;
CREATE TEMP TABLE incoming_location AS
    SELECT 0::bigint AS turn, ''::text AS provider, {", ".join(_LOCATION)}
    FROM register_providerlocation WITH NO DATA;
"""  # noqa: S608 - names of columns only

_LAST_WORD = """
DELETE FROM incoming_recognition one USING incoming_provider other
    WHERE one.provider = other.code AND one.turn < other.turn;
DELETE FROM incoming_location one USING incoming_provider other
    WHERE one.provider = other.code AND one.turn < other.turn;
DELETE FROM incoming_provider one USING incoming_provider other WHERE one.code = other.code AND one.turn < other.turn;
"""

_ALIASES = """
CREATE TEMP TABLE known_as AS
    SELECT told.code, coalesce(max(known.code), min(other.code)) AS settled
    FROM incoming_provider told
    LEFT JOIN register_provider known ON known.kvk = told.kvk
    JOIN incoming_provider other ON other.kvk = told.kvk
    WHERE told.kvk <> '' GROUP BY told.code
    HAVING coalesce(max(known.code), min(other.code)) <> told.code;
UPDATE incoming SET provider = settled FROM known_as WHERE known_as.code = provider;
UPDATE incoming_recognition SET provider = settled FROM known_as WHERE known_as.code = provider;
UPDATE incoming_location SET provider = settled FROM known_as WHERE known_as.code = provider;
UPDATE incoming_provider SET code = settled FROM known_as WHERE known_as.code = incoming_provider.code;
DELETE FROM incoming_provider one USING incoming_provider other WHERE one.code = other.code AND one.ctid > other.ctid;
"""

_TWICE = """
DELETE FROM incoming one USING incoming other
    WHERE one.provider = other.provider AND one.code = other.code AND one.row > other.row
    RETURNING one.row, one.provider, one.code, other.row;
"""

_TOLD = {"name": "CASE WHEN EXCLUDED.name = EXCLUDED.code THEN register_provider.name ELSE EXCLUDED.name END"} | {
    name: f"coalesce(nullif(EXCLUDED.{name}, ''), register_provider.{name})"
    for name in PROVIDER_COLUMNS
    if name not in ("code", "name")
}
"""What stands of a provider after a delivery: what that says, and what it is silent about as it was."""

_PROVIDERS = f"""
UPDATE incoming_provider told SET {", ".join(f"{name} = known.{name}" for name in _STATED)}
    FROM register_provider known WHERE known.code = told.code AND known.details_id IS NOT NULL;
DELETE FROM incoming_location USING register_provider known
    WHERE known.code = incoming_location.provider AND known.details_id IS NOT NULL;
INSERT INTO register_provider ({", ".join(PROVIDER_COLUMNS)}, changed_at)
    SELECT {", ".join(PROVIDER_COLUMNS)}, %(at)s FROM incoming_provider ORDER BY code
    ON CONFLICT (code) DO UPDATE SET
        {", ".join(f"{name} = {told}" for name, told in _TOLD.items())}, changed_at = %(at)s
    WHERE ({", ".join(f"register_provider.{name}" for name in _TOLD)}) IS DISTINCT FROM ({", ".join(_TOLD.values())});
DELETE FROM register_providerrecognition USING register_provider provider
    WHERE provider_id = provider.id AND stated_id IS NULL
        AND provider.code IN (SELECT provider FROM incoming_recognition);
INSERT INTO register_providerrecognition (provider_id, delivery_id, {", ".join(_RECOGNITION)})
    SELECT provider.id, %(delivery)s, {", ".join(f"told.{name}" for name in _RECOGNITION)}
    FROM incoming_recognition told JOIN register_provider provider ON provider.code = told.provider
    WHERE NOT EXISTS (SELECT FROM register_providerrecognition known WHERE known.provider_id = provider.id
        AND {" AND ".join(f"known.{name} IS NOT DISTINCT FROM told.{name}" for name in _RECOGNITION)})
    ORDER BY told.ctid;
DELETE FROM register_providerlocation USING register_provider provider
    WHERE provider_id = provider.id AND provider.code IN (SELECT provider FROM incoming_location);
INSERT INTO register_providerlocation (provider_id, {", ".join(_LOCATION)})
    SELECT DISTINCT ON (provider.id, told.place_in_order) provider.id, {", ".join(f"told.{name}" for name in _LOCATION)}
    FROM incoming_location told JOIN register_provider provider ON provider.code = told.provider;
"""  # noqa: S608

_COMPARE = """
CREATE TEMP TABLE fresh AS
    SELECT told.row, provider.id AS provider_id, activity.id AS activity_id, activity.current_id,
           nextval(pg_get_serial_sequence('register_activityversion', 'id')) AS version_id
    FROM incoming told
    JOIN register_provider provider ON provider.code = told.provider
    LEFT JOIN register_activity activity ON activity.provider_id = provider.id AND activity.code = told.code
    LEFT JOIN register_activityversion current ON current.id = activity.current_id
    WHERE current.fingerprint IS DISTINCT FROM told.fingerprint
    ORDER BY told.row;
ANALYZE fresh;
"""

_NAME = """
UPDATE register_activity activity SET current_id = fresh.version_id FROM fresh WHERE activity.id = fresh.activity_id;
WITH named AS (
    INSERT INTO register_activity (provider_id, code, current_id)
        SELECT fresh.provider_id, told.code, fresh.version_id FROM fresh JOIN incoming told USING (row)
        WHERE fresh.activity_id IS NULL ORDER BY row
        RETURNING id, current_id)
UPDATE fresh SET activity_id = named.id FROM named WHERE fresh.version_id = named.current_id;
"""

_WRITE = f"""
INSERT INTO register_activityversion (id, activity_id, delivery_id, made_at, fingerprint, {_CONTENT})
    SELECT fresh.version_id, fresh.activity_id, %(delivery)s, %(at)s, told.fingerprint,
           {", ".join(f"told.{name}" for name in CONTENT_COLUMNS)}
    FROM fresh JOIN incoming told USING (row);
INSERT INTO register_runoffered (version_id, place_in_order, {_RUN})
    SELECT fresh.version_id, run.place_in_order, {", ".join(f"run.{name}" for name in RUN_COLUMNS)}
    FROM fresh JOIN incoming_run run USING (row);
"""  # noqa: S608


def stage(cursor: CursorWrapper, rows: Iterable[Staged]) -> list[tuple[int, str, int]]:
    """Put the rows where `take_over` finds them; give those that came a second time: row, code, and the row before.

    The last word on a provider counts; a name that is only its code says nothing. A KvK number is one provider, whatever code a delivery has for it.
    """
    cursor.execute(_TABLES)
    coming, turn = iter(rows), 0
    providers: dict[str, ProviderEntry] = {}
    while some := list(islice(coming, AT_ONCE)):
        _put_down(cursor, some)
        providers |= {provider.code: provider for _, _, provider in some}
        if len(providers) > MOST_PROVIDERS:
            turn += 1
            _put_down_providers(cursor, turn, providers.values())
            providers = {}
    _put_down_providers(cursor, turn + 1, providers.values())
    cursor.execute(_LAST_WORD)
    cursor.execute(_ALIASES)
    cursor.execute(_TWICE)
    return list({row: (row, code, before) for row, _, code, before in cursor.fetchall()}.values())


def _put_down(cursor: CursorWrapper, some: Sequence[Staged]) -> None:
    with _copy(cursor, "incoming", ("row", "provider", "code", "fingerprint", *CONTENT_COLUMNS)) as copy:
        for number, entry, provider in some:
            if entry is not None:
                copy.write_row([number, provider.code, entry.code, fingerprint(entry), *content_values(entry)])
    with _copy(cursor, "incoming_run", ("row", "place_in_order", *RUN_COLUMNS)) as copy:
        for number, entry, _ in some:
            for place, run in enumerate(entry.runs if entry else ()):
                copy.write_row([number, place, *run_values(run)])


def _put_down_providers(cursor: CursorWrapper, turn: int, providers: Collection[ProviderEntry]) -> None:
    with _copy(cursor, "incoming_provider", ("turn", *PROVIDER_COLUMNS)) as copy:
        for told in providers:
            copy.write_row([turn, *(getattr(told, name) for name in PROVIDER_COLUMNS)])
    with _copy(cursor, "incoming_recognition", ("turn", "provider", *_RECOGNITION)) as copy:
        for told in providers:
            for one in told.recognitions:
                copy.write_row([turn, told.code, *(getattr(one, name) for name in _RECOGNITION)])
    with _copy(cursor, "incoming_location", ("turn", "provider", *_LOCATION)) as copy:
        for told in providers:
            for place, where in enumerate(told.locations):
                copy.write_row([turn, told.code, place, where.name, where.street, where.postcode, where.place])


def take_over(cursor: CursorWrapper, delivery: int, at: datetime) -> tuple[int, int, int]:
    """Write what is new or changed as versions of the delivery; give how many rows were new, changed and unchanged."""
    values: dict[str, Any] = {"delivery": delivery, "at": at}
    cursor.execute("ANALYZE incoming (row, provider, code, fingerprint)")  # of the texts nobody asks anything
    cursor.execute(_PROVIDERS, values)
    _compare(cursor)
    cursor.execute(
        "SELECT count(*) FILTER (WHERE current_id IS NULL), count(*) FILTER (WHERE current_id IS NOT NULL),"
        " (SELECT count(*) FROM incoming) - count(*) FROM fresh"
    )
    new, changed, unchanged = cursor.fetchone()
    cursor.execute(_NAME)
    cursor.execute(_WRITE, values)
    cursor.execute(
        "DROP TABLE incoming, incoming_run, incoming_provider, incoming_recognition, incoming_location, known_as, fresh"
    )
    return new, changed, unchanged


def _compare(cursor: CursorWrapper) -> None:
    """Find what differs from what stands. No other delivery of these providers is between here and its end.

    `_PROVIDERS` has locked their rows: ON CONFLICT DO UPDATE does so where it changes nothing, too.
    """
    cursor.execute(_COMPARE)


def _copy(cursor: CursorWrapper, table: str, columns: Iterable[str]) -> Any:
    return cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN")
