"""What is left of a destroyed file where nobody looks: in a dump of the database, and in its own files with their indexes."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.applications.retention.commands.destroy_case import destroy_case
from doorleren.cases.commands.write_message import keep_message
from doorleren.cases.models import Case, CaseAct, MessageKind
from doorleren.letters.queries import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.people.models import FileKey, Person
from doorleren.people.personal_content import personal_content
from doorleren.schemes.queries import version_of
from doorleren.server.embedded import binaries
from tests.applications.retention import made

ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}' AND pid <> pg_backend_pid()"
"""A database that somebody else looks at, such as a worker that tidies it, cannot be copied."""
DETAILS = {"list": 1, "proposed_by": 1, "released_by": 2}
PATIENCE_SECONDS = 60.0


@pytest.fixture
def copy(transactional_db: None) -> Iterator[str]:
    """A database of this test alone, in which what is written is committed; give its address."""
    usual = connection.settings_dict
    name = f"{usual['NAME']}_copy"
    connection.close()
    _as_owner(
        ALONE.format(usual["NAME"]),
        f'DROP DATABASE IF EXISTS "{name}"',
        f'CREATE DATABASE "{name}" TEMPLATE "{usual["NAME"]}"',
    )
    connection.settings_dict = usual | {"NAME": name}
    with connection.cursor() as cursor:
        for table in ("division", "divisionline"):  # the made division does not add up, which a commit would refuse
            cursor.execute(f"ALTER TABLE applications_{table} DISABLE TRIGGER applications_{table}_adds_up")
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    connection.close()
    connection.settings_dict = usual
    version_of.cache_clear()  # what is published next in the usual database bears the numbers that were given out here
    _as_owner(f'DROP DATABASE "{name}"')


def _as_owner(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        for one in statements:
            line.execute(one)


def dumped(url: str, needles: list[str]) -> set[str]:
    """Give the texts that stand in a backup, as PostgreSQL's own program writes it: as text, and as bytes written out."""
    words = [str(binaries.program("pg_dump")), "--dbname", url]
    backup = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "COPY public.audit_act" in backup
    return {one for one in needles if one in backup or one.encode().hex() in backup}


def on_pages(needles: list[str]) -> set[str]:
    """Give the texts that stand in the files of this database: tables, indexes, what was too large for a row, and free space."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()"
        )
        (folder,) = cursor.fetchone()
    pages = b"".join(one.read_bytes() for one in Path(folder).iterdir() if one.is_file())
    return {one for one in needles if any(form in pages for form in _forms(one))}


def written_anew() -> None:
    """Write every table anew, once no transaction is open that began before: for such a one, also of another test, rows are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (ours,) = cursor.fetchone()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > ours:
                break
            time.sleep(0.05)
        cursor.execute("VACUUM FULL")


def _forms(needle: str) -> list[bytes]:
    try:
        return [needle.encode(), bytes.fromhex(needle)]
    except ValueError:
        return [needle.encode()]


def test_nothing_is_left_in_a_backup_or_on_a_page(
    copy: str, one: Application, needles: list[str], case: Case, nadia: Person, store: Store
) -> None:
    """Every text of the file, and the key of what was sealed, stands in a dump and on the pages before, and not after."""
    # Pages keep what was deleted in their free space until a table is written anew; the sentence about
    # backups says so too. What was sealed stands in neither at any time, and opens until the key is gone.
    letter, _pdf = made.a_letter(case, nadia)
    act = CaseAct.objects.filter(case=case).latest("number")
    keep_message(act, MessageKind.QUESTION, "sealed-zelda", at=made.AT)
    known = [*needles, FileKey.objects.get(about_kind="case", about_id=str(case.pk)).wrapped]
    assert dumped(copy, known) == set(known)
    assert on_pages(known) == set(known)
    assert dumped(copy, ["sealed-zelda"]) == on_pages(["sealed-zelda"]) == set()
    assert made.NAME in str(content_of(letter).plain())
    destroy_case(case.pk, store=store, at=made.DUE, details=DETAILS)
    assert dumped(copy, known) == set()
    written_anew()
    assert on_pages(known) == set()
    with pytest.raises(Destroyed):
        content_of(letter)


def test_what_goes_with_its_key_is_sealed_bytes() -> None:
    """Each field that is destroyed by its key alone holds bytes and no text, so that nothing of it can be read or indexed."""
    wrong = []
    for row in personal_content().rows:
        for model, names in row.fields.items() if row.scrub == "destroy_key" else ():
            fields = [apps.get_model(model)._meta.get_field(name) for name in names]
            wrong += [str(field) for field in fields if not isinstance(field, models.BinaryField)]
    assert wrong == ["people.FileKey.wrapped"]  # the key itself, of which nothing is left
