"""The writing behind `receive_delivery`: rows go into tables that end with the transaction, then over in a few statements."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db.backends.utils import CursorWrapper

from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.rows import CONTENT_COLUMNS, RUN_COLUMNS, content_values, fingerprint, run_values

PROVIDER_COLUMNS = tuple(one.name for one in fields(ProviderEntry) if one.name != "recognitions")
_RECOGNITION = ("route", "proof", "starts_on", "ends_on")
_CONTENT = ", ".join(CONTENT_COLUMNS)
_RUN = ", ".join(RUN_COLUMNS)

_TABLES = f"""
CREATE TEMP TABLE incoming AS
    SELECT 0::bigint AS row, ''::text AS provider, ''::text AS code, fingerprint, {_CONTENT}
    FROM register_activityversion WITH NO DATA;
CREATE TEMP TABLE incoming_run AS
    SELECT 0::bigint AS row, place_in_order, {_RUN} FROM register_runoffered WITH NO DATA;
CREATE TEMP TABLE incoming_provider AS
    SELECT {", ".join(PROVIDER_COLUMNS)} FROM register_provider WITH NO DATA;
CREATE TEMP TABLE incoming_recognition AS
    SELECT ''::text AS provider, {", ".join(_RECOGNITION)} FROM register_providerrecognition WITH NO DATA;
"""  # noqa: S608 - names of columns only

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
UPDATE incoming_provider SET code = settled FROM known_as WHERE known_as.code = incoming_provider.code;
DELETE FROM incoming_provider one USING incoming_provider other WHERE one.code = other.code AND one.ctid > other.ctid;
"""

_TWICE = """
DELETE FROM incoming one USING incoming other
    WHERE one.provider = other.provider AND one.code = other.code AND one.row > other.row
    RETURNING one.row, one.provider, one.code, other.row;
"""

_PROVIDERS = f"""
INSERT INTO register_provider ({", ".join(PROVIDER_COLUMNS)}, changed_at)
    SELECT {", ".join(PROVIDER_COLUMNS)}, %(at)s FROM incoming_provider
    ON CONFLICT (code) DO UPDATE SET
        name = CASE WHEN EXCLUDED.name = EXCLUDED.code THEN register_provider.name ELSE EXCLUDED.name END,
        {", ".join(f"{name} = EXCLUDED.{name}" for name in PROVIDER_COLUMNS if name not in ("code", "name"))},
        changed_at = %(at)s
    WHERE ({", ".join(f"register_provider.{name}" for name in PROVIDER_COLUMNS)})
        IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in PROVIDER_COLUMNS)});
DELETE FROM register_providerrecognition USING register_provider provider
    WHERE provider_id = provider.id AND provider.code IN (SELECT provider FROM incoming_recognition);
INSERT INTO register_providerrecognition (provider_id, {", ".join(_RECOGNITION)})
    SELECT provider.id, {", ".join(f"told.{name}" for name in _RECOGNITION)}
    FROM incoming_recognition told JOIN register_provider provider ON provider.code = told.provider;
"""  # noqa: S608

_COMPARE = """
INSERT INTO register_activity (provider_id, code)
    SELECT provider.id, told.code FROM incoming told JOIN register_provider provider ON provider.code = told.provider
    ORDER BY told.row
    ON CONFLICT (provider_id, code) DO NOTHING;
CREATE TEMP TABLE fresh AS
    SELECT told.row, activity.id AS activity_id, activity.current_id,
           nextval(pg_get_serial_sequence('register_activityversion', 'id')) AS version_id
    FROM incoming told
    JOIN register_provider provider ON provider.code = told.provider
    JOIN register_activity activity ON activity.provider_id = provider.id AND activity.code = told.code
    LEFT JOIN register_activityversion current ON current.id = activity.current_id
    WHERE current.fingerprint IS DISTINCT FROM told.fingerprint;
"""

_WRITE = f"""
INSERT INTO register_activityversion (id, activity_id, delivery_id, made_at, fingerprint, {_CONTENT})
    SELECT fresh.version_id, fresh.activity_id, %(delivery)s, %(at)s, told.fingerprint,
           {", ".join(f"told.{name}" for name in CONTENT_COLUMNS)}
    FROM fresh JOIN incoming told USING (row);
INSERT INTO register_runoffered (version_id, place_in_order, {_RUN})
    SELECT fresh.version_id, run.place_in_order, {", ".join(f"run.{name}" for name in RUN_COLUMNS)}
    FROM fresh JOIN incoming_run run USING (row);
UPDATE register_activity activity SET current_id = fresh.version_id FROM fresh WHERE activity.id = fresh.activity_id;
"""  # noqa: S608


def stage(cursor: CursorWrapper, rows: Iterable[tuple[int, Entry | None, ProviderEntry]]) -> list[tuple[int, str, int]]:
    """Put the rows where `take_over` finds them; give those that came a second time: row, code, and the row before.

    The last word on a provider counts; a name that is only its code says nothing. A KvK number is one provider, whatever code a delivery has for it.
    """
    cursor.execute(_TABLES)
    providers: dict[str, ProviderEntry] = {}
    runs: list[list[Any]] = []
    with _copy(cursor, "incoming", ("row", "provider", "code", "fingerprint", *CONTENT_COLUMNS)) as copy:
        for number, entry, provider in rows:
            providers[provider.code] = provider
            if entry is None:
                continue
            copy.write_row([number, provider.code, entry.code, fingerprint(entry), *content_values(entry)])
            runs += [[number, place, *run_values(run)] for place, run in enumerate(entry.runs)]
    with _copy(cursor, "incoming_run", ("row", "place_in_order", *RUN_COLUMNS)) as copy:
        for run in runs:
            copy.write_row(run)
    with _copy(cursor, "incoming_provider", PROVIDER_COLUMNS) as copy:
        for told in providers.values():
            copy.write_row([getattr(told, name) for name in PROVIDER_COLUMNS])
    with _copy(cursor, "incoming_recognition", ("provider", *_RECOGNITION)) as copy:
        for told in providers.values():
            for one in told.recognitions:
                copy.write_row([told.code, *(getattr(one, name) for name in _RECOGNITION)])
    cursor.execute(_ALIASES)
    cursor.execute(_TWICE)
    return list({row: (row, code, before) for row, _, code, before in cursor.fetchall()}.values())


def take_over(cursor: CursorWrapper, delivery: int, at: datetime) -> tuple[int, int, int]:
    """Write what is new or changed as versions of the delivery; give how many rows were new, changed and unchanged."""
    values: dict[str, Any] = {"delivery": delivery, "at": at}
    cursor.execute("ANALYZE incoming")
    cursor.execute(_PROVIDERS, values)
    cursor.execute(_COMPARE)
    cursor.execute(_WRITE, values)
    cursor.execute(
        "SELECT count(*) FILTER (WHERE current_id IS NULL), count(*) FILTER (WHERE current_id IS NOT NULL),"
        " (SELECT count(*) FROM incoming) - count(*) FROM fresh"
    )
    new, changed, unchanged = cursor.fetchone()
    cursor.execute("DROP TABLE incoming, incoming_run, incoming_provider, incoming_recognition, known_as, fresh")
    return new, changed, unchanged


def _copy(cursor: CursorWrapper, table: str, columns: Iterable[str]) -> Any:
    return cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN")
