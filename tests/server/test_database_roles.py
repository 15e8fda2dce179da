"""The application's role in the database: it owns nothing and does no more with a table than the list says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from doorleren.server import environment, site
from doorleren.server.database_rights import ADDED_TO, ADDED_TO_UNTIL_IT_GOES, DELETE, INSERT, RIGHTS, SELECT, UPDATE
from doorleren.server.database_roles import TooMuch, give_rights, make_role, may_make_tables
from doorleren.server.databases import NotPostgreSQL
from doorleren.server.embedded import cluster
from tests.server.openers import ROOT

pytestmark = pytest.mark.django_db

CHANGE_WITHIN_A_TRIGGER = {
    "payments_payeeaccount", "payments_paymentrun", "decisions_actletter", "decisions_batch", "decisions_batchitem",
    "decisions_committeemember", "decisions_ranking", "payments_bankclosing", "payments_paymentfile",
}  # fmt: skip
"""Of the ledger and decisions: what is confirmed, released, noted or destroyed once; a trigger of the table decides what may change."""
LOCKED = re.compile(r"\b([A-Z]\w+)\.objects\.(?:select_for_update|update_or_create)\(")
BEFORE, ROW, ON_DELETE, ON_UPDATE = 2, 1, 8, 16
"""Bits of pg_trigger.tgtype."""


def test_every_table_is_in_the_list() -> None:
    """Every table of every model, and no other, has its rights written down; a new one fails here until it has."""
    models = {one._meta.db_table for one in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert models == tables == set(RIGHTS)


def test_ledger_decisions_and_acts_are_added_to() -> None:
    """The application may neither delete nor change what is in the record, the ledger and decisions, but for what ends once."""
    record = {table for table in RIGHTS if table.startswith(("payments_", "decisions_", "letters_"))}
    assert len(record) > 30
    wrong = {table for table in record | {"audit_act", "cases_caseact"} if RIGHTS[table] != ADDED_TO}
    assert wrong == CHANGE_WITHIN_A_TRIGGER
    assert not any(DELETE in RIGHTS[table] for table in CHANGE_WITHIN_A_TRIGGER)


def test_what_a_trigger_never_allows_is_no_right() -> None:
    """Where a trigger refuses every change or deletion of a table, the application has no right to it either."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgtype FROM pg_trigger WHERE NOT tgisinternal AND tgtype & %s = %s",
            [BEFORE | ROW, BEFORE],
        )
        guarded = cursor.fetchall()
    for right, bit in ((UPDATE, ON_UPDATE), (DELETE, ON_DELETE)):
        never = {table for table, kind in guarded if kind & bit}
        assert len(never) > 30
        assert {table for table in never if right in RIGHTS[table]} == set()


def test_rows_are_locked_where_they_may_change() -> None:
    """A lock on a row asks for the right to change it, so no command locks a row of what is only added to (`hold` is for those)."""
    source = ROOT / "src"
    locked = {
        (str(path.relative_to(source)), name)
        for path in source.rglob("*.py")
        for name in LOCKED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(locked) > 50
    tables = {(path, name): _table(path, name) for path, name in locked}
    assert {place: table for place, table in tables.items() if UPDATE not in RIGHTS[table]} == {}


def _table(path: str, name: str) -> str:
    module = import_module(path.removesuffix(".py").replace("/", "."))
    return str(getattr(module, name)._meta.db_table)


def statements(table: str, column: str) -> Iterator[tuple[str, bool]]:
    """Give statements about a table that leave no row, each with whether the application may give it."""
    may = RIGHTS[table]
    yield f'SELECT FROM "{table}" WHERE false', SELECT in may
    yield f'INSERT INTO "{table}" DEFAULT VALUES', INSERT in may
    yield f'UPDATE "{table}" SET "{column}" = "{column}" WHERE false', UPDATE in may
    yield f'DELETE FROM "{table}" WHERE false', DELETE in may
    yield f'SELECT FROM "{table}" WHERE false FOR UPDATE', UPDATE in may
    yield f'TRUNCATE "{table}"', False
    yield f'ALTER TABLE "{table}" DISABLE TRIGGER ALL', False
    yield f'ALTER TABLE "{table}" ADD COLUMN more int', False
    yield f'CREATE TRIGGER more BEFORE INSERT ON "{table}" EXECUTE FUNCTION suppress_redundant_updates_trigger()', False
    yield f'DROP TABLE "{table}" CASCADE', False


def refused(statement: str) -> bool:
    """Say whether the role has no right to it; what a trigger or a foreign key says of it does not count. Nothing stays."""
    point = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return isinstance(error.__cause__, InsufficientPrivilege)
    finally:
        transaction.savepoint_rollback(point)
    return False


def everywhere() -> Iterator[tuple[str, bool]]:
    """Give the statements of all tables, and those about the database itself."""
    with connection.cursor() as cursor:
        for table in sorted(RIGHTS):
            first = connection.introspection.get_table_description(cursor, table)[0].name
            yield from statements(table, first)
    yield "CREATE TABLE more (id int)", False
    yield "CREATE FUNCTION more() RETURNS int LANGUAGE sql RETURN 1", False
    yield "CREATE SCHEMA more", False
    yield "CREATE ROLE more", False
    yield "SET LOCAL session_replication_role = replica", False
    yield f"SET LOCAL ROLE {cluster.NAME}", False
    yield "ALTER FUNCTION payments_insert_only() RENAME TO more", False
    yield "SELECT nextval(pg_get_serial_sequence('cases_case', 'id'))", True
    yield "CREATE TEMP TABLE more (id int)", True
    yield "SELECT pg_advisory_xact_lock(1)", True
    yield "SET LOCAL synchronous_commit = on", True


def test_the_application_may_do_what_the_list_says(application_role: str) -> None:
    """Under its role each statement on each table is refused unless the list allows it; the owner is refused none."""
    asked = list(everywhere())
    assert [one for one, _ in asked if refused(one)] == []
    with psycopg.connect(**_reached(application_role), autocommit=True) as line:
        line.execute("SET lock_timeout = '2s'")
        line.execute("BEGIN")
        wrong = [(one, may) for one, may in asked if _refused(line, one) is may]
    assert wrong == []


def _reached(role: str) -> dict[str, str]:
    told = connection.get_connection_params()
    return {"host": told["host"], "dbname": told["dbname"], "user": role}


def _refused(line: "psycopg.Connection[tuple[object, ...]]", statement: str) -> bool:
    line.execute("SAVEPOINT before_it")
    try:
        line.execute(statement)
    except psycopg.Error as error:  # DEFAULT VALUES may lack something, which is asked after the right
        return isinstance(error, InsufficientPrivilege)
    finally:
        line.execute("ROLLBACK TO before_it")
    return False


def test_the_application_owns_nothing(application_role: str) -> None:
    """No table, function, schema or database of the cluster is its own, and it is no member of a role that owns any."""
    owned = "SELECT count(*) FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND refobjid = %s::regrole"
    with connection.cursor() as cursor:
        cursor.execute(owned, [application_role])
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [application_role]
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", [application_role])
        assert cursor.fetchone() == (0,)


def test_rights_are_brought_back(application_role: str) -> None:
    """Too many rights (on a table, a column, of everybody, on a new table) go, a lacking one comes back; then all is well."""
    with connection.cursor() as cursor:
        for statement in (
            f"GRANT UPDATE, TRUNCATE ON audit_act TO {application_role}",
            f"GRANT UPDATE (cents) ON payments_posting TO {application_role}",
            "GRANT DELETE ON decisions_decision TO PUBLIC",
            f"GRANT CREATE ON SCHEMA public TO {application_role}",
            "CREATE TABLE more (id int)",
            f"GRANT ALL ON more TO {application_role}",
            f"REVOKE SELECT ON people_person FROM {application_role}",
            f"GRANT UPDATE ON SEQUENCE audit_act_id_seq TO {application_role}",
        ):
            cursor.execute(statement)
        give_rights(application_role)
        cursor.execute(f"SET LOCAL ROLE {application_role}")
    for statement in (
        "UPDATE audit_act SET id = id", "TRUNCATE audit_act", "UPDATE payments_posting SET cents = 0", "DELETE FROM decisions_decision",
        "CREATE TABLE less (id int)", "SELECT FROM more", "SELECT setval('audit_act_id_seq', 1)",
    ):  # fmt: skip
        assert refused(statement), statement
    assert not refused("SELECT FROM people_person")


@pytest.mark.parametrize(
    ("power", "word"),
    [("ALTER ROLE strong SUPERUSER", "is a superuser"), ("ALTER ROLE strong CREATEROLE", "may make roles"),
     ("GRANT doorleren TO strong WITH INHERIT FALSE", "acts as 'doorleren'"),
     ("ALTER TABLE audit_act OWNER TO strong", "acts as 'strong'")],
    ids=["superuser", "makes-roles", "member", "owner"],
)  # fmt: skip
def test_a_role_with_other_powers_is_refused(power: str, word: str) -> None:
    """A role that could take rights for itself is not made the application's; without that power it is."""
    make_role("strong")
    make_role("strong")
    give_rights("strong")
    with connection.cursor() as cursor:
        cursor.execute(power)
    with pytest.raises(TooMuch, match=word):
        give_rights("strong")


def test_rows_that_end_with_their_file_stay_until_then(as_application: None) -> None:
    """What the application may delete but not change is what retention destroys; both are guarded by a trigger for each row."""
    some = {table for table, rights in RIGHTS.items() if rights == ADDED_TO_UNTIL_IT_GOES}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgtype & %s = %s",
            [BEFORE | ROW | ON_DELETE, BEFORE | ROW | ON_DELETE],
        )
        guarded = {table for (table,) in cursor.fetchall()}
    assert some - guarded == {
        "applications_documentkey", "applications_enrolledperson", "applications_registeredperson",
    }  # fmt: skip


def test_who_makes_tables(application_role: str) -> None:
    """The owner may bring tables up to date, the application may not."""
    assert may_make_tables()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {application_role}")
    assert not may_make_tables()


def test_the_owner_is_named_with_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner without a database is refused by name; processes of ours do not hear of the owner; a wrong address is refused."""
    with pytest.raises(environment.BadVariable, match="DATABASE_OWNER_URL: given without DATABASE_URL"):
        environment.read({"DATABASE_OWNER_URL": "postgresql://x/y"})
    monkeypatch.setenv("DATABASE_OWNER_URL", "mysql://x/y")
    assert environment.read().database_owner_url == "mysql://x/y"
    assert "DATABASE_OWNER_URL" not in environment.inherited()
    with pytest.raises(NotPostgreSQL, match="DATABASE_OWNER_URL must start with"):
        site.open_site()


def test_the_embedded_database_has_an_owner(tmp_path: Path) -> None:
    """Of the embedded database both roles are known; of another only who is named."""
    plain = {"DOORLEREN_HOME": str(tmp_path)}
    embedded = environment.read(plain | {"DATABASE_URL": cluster.application_url(tmp_path)})
    assert site.owner_url(embedded) == cluster.url(tmp_path) != embedded.database_url
    assert site.owner_url(environment.read(plain | {"DATABASE_URL": "postgresql://x/y"})) is None
    both = environment.read(plain | {"DATABASE_URL": "postgresql://x/y", "DATABASE_OWNER_URL": "postgresql://o@x/y"})
    assert site.owner_url(both) == "postgresql://o@x/y"


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("", "start once with DATABASE_OWNER_URL"),
        ("doorleren", "DATABASE_OWNER_URL and DATABASE_URL name two databases"),
    ],
    ids=["application-alone", "owner-of-another"],
)
def test_nothing_is_made_by_mistake(owner: str, said: str, tmp_path: Path) -> None:
    """A command under the application's role alone, without tables, or with the owner of another database, is refused in one line."""
    variables = {name: text for name, text in os.environ.items() if not name.startswith("DATABASE_")}
    there = Path(os.environ["DOORLEREN_HOME"])
    empty = cluster.url(there, "postgres", cluster.APPLICATION)
    variables |= {"DATABASE_OWNER_URL": cluster.url(there, owner)} if owner else {}
    done = subprocess.run(
        [sys.executable, "-m", "doorleren", "ledger", "check"],
        env={**variables, "DATABASE_URL": empty, "DOORLEREN_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
