"""At the end of its retention nothing of a file that names somebody can be found anywhere; before that nothing goes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application, OfferLine
from doorleren.applications.recording import party
from doorleren.applications.retention.commands.destroy_application import destroy_application
from doorleren.applications.retention.commands.destroy_case import destroy_case
from doorleren.applications.retention.refusing import DestructionRefused
from doorleren.applications.retention.scrubbing import ROWS
from doorleren.audit.acts import SITE, checked
from doorleren.audit.models import Act
from doorleren.cases.commands.close_case import reopen_case
from doorleren.cases.models import Case, CaseAct
from doorleren.core.places import index_folder
from doorleren.letters.queries import content_of
from doorleren.people.file_keys import Destroyed, destroy_key
from doorleren.people.models import FileKey, Person
from doorleren.people.personal_content import personal_content
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.rules.library import Library
from tests.applications.made import TODAY
from tests.applications.retention import made
from tests.cases import made as cases
from tests.cases.made import Staff

Commits = Any
DETAILS = {"list": 1, "proposed_by": 1, "released_by": 2}


def test_nothing_of_a_file_is_found_after_its_destruction(
    one: Application, needles: list[str], case: Case, nadia: Person, known: Library, store: Store, home: Path,
    django_capture_on_commit_callbacks: Commits,
) -> None:  # fmt: skip
    """Every text of the file stands in tables and folders before it; after it none does, in any table, index, letter or folder."""
    letter, pdf = made.a_letter(case, nadia)
    rebuild_index(known, home, today=TODAY)
    marks = [pdf[200:260], *(text.encode() for text in needles)]
    before = made.in_database(needles)
    assert {text for texts in before.values() for text in texts} == set(needles)
    assert {Path(name).parts[0] for name in made.on_disk(home, marks)} == {"outbox", "evidence"}
    assert any(index_folder(home, "activities").rglob("*"))
    assert made.NAME in str(content_of(letter).plain())
    with django_capture_on_commit_callbacks(execute=True):
        under = destroy_case(case.pk, store=store, at=made.DUE, details=DETAILS)
    assert made.in_database(needles) == {}
    assert made.on_disk(home, marks) == []
    with pytest.raises(Destroyed) as told:
        content_of(letter)
    assert told.value.under == under
    assert checked().broken is None


def test_every_table_with_rows_to_delete_is_emptied(
    one: Application, needles: list[str], case: Case, store: Store
) -> None:
    """Each table of the list had a row and has none; the list is that of the table of personal content."""
    held = {table._meta.label: table._default_manager.filter(**{way: one}) for table, way in ROWS.items()}
    assert [label for label, rows in held.items() if not rows.exists()] == []
    destroy_case(case.pk, store=store, at=made.DUE, details=DETAILS)
    assert [label for label, rows in held.items() if rows.exists()] == []
    told = set(personal_content().scrubbed("file", "delete_row"))
    assert told <= set(held)
    assert {label for label in held if label not in told} == {"applications.Division"}  # the head of lines that go


def test_what_is_counted_later_stays(one: Application, needles: list[str], case: Case, store: Store) -> None:
    """Scheme, round, track, offers, days and acts stay; the parties are gone, and the act counts what went."""
    before = CaseAct.objects.filter(case=case).count()
    destroy_case(case.pk, store=store, at=made.DUE, details=DETAILS)
    one.refresh_from_db()
    case.refresh_from_db()
    assert (one.round_id, one.track, one.started_at) != (None, "", None)
    assert (one.applicant_number, one.beneficiary_number, one.destroyed_at) == (0, None, made.DUE)
    assert OfferLine.objects.filter(application=one).exists()
    assert (case.state, CaseAct.objects.filter(case=case).count()) == ("destroyed", before + 1)
    told = Act.objects.get(act="scrubbed").details
    assert told["applications_registration"] == told["applications_document"] == 1
    under = Act.objects.get(pk=told["under"])
    assert (under.act, under.subject_kind, under.subject_id) == ("destroyed", "application", str(one.pk))


def test_a_second_time_changes_nothing(one: Application, needles: list[str], store: Store) -> None:
    """Destroyed again, the act is the first one, and the record has no more acts."""
    first = destroy_application(one.pk, store=store, by=SITE, at=made.DUE)
    acts = Act.objects.count()
    assert destroy_application(one.pk, store=store, by=SITE, at=made.DUE + timedelta(days=1)) == first
    assert Act.objects.count() == acts


def test_not_before_its_time(case: Case, staff: Staff, store: Store) -> None:
    """The last day of ten years it is refused, and after it for a case that was opened again; nothing was deleted."""
    with pytest.raises(DestructionRefused):
        destroy_case(case.pk, store=store, at=made.DUE - timedelta(days=1), details=DETAILS)
    reopen_case(
        case.pk, reason="new_facts", by=cases.by(staff.assessor, made.CLOSED), at=made.CLOSED + timedelta(minutes=1)
    )
    with pytest.raises(DestructionRefused):
        destroy_case(case.pk, store=store, at=made.DUE, details=DETAILS)
    assert not FileKey.objects.filter(destroyed_under__isnull=False).exists()


@pytest.mark.parametrize("table", sorted(one._meta.db_table for one in ROWS if one._meta.model_name not in (
    "documentkey", "registeredperson", "enrolledperson")))  # fmt: skip
def test_no_row_goes_before_the_file_was_destroyed(table: str, one: Application, needles: list[str]) -> None:
    """The database refuses to delete a row of a file that is not destroyed, and to change one ever."""
    for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET {_key(table)} = {_key(table)}"):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    destroy_key(party(one), by=SITE, at=made.DUE)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {_key(table)} = {_key(table)}")


def test_another_file_keeps_its_rows(one: Application, needles: list[str], known: Library, nadia: Person) -> None:
    """The destroyed key of one application lets no row of another go."""
    destroy_key(party(Application(pk=one.pk + 1)), by=SITE, at=made.DUE)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM applications_answer")


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE people_filekey SET wrapped = 'aa', destroyed_at = NULL, destroyed_under = NULL", "people_file_key_stays"),
        ("UPDATE people_filekey SET about_id = '0'", "people_file_key_stays"),
        ("DELETE FROM people_filekey", "people_file_key_stays"),
        ("INSERT INTO people_filekey (about_kind, about_id, wrapped, made_at, destroyed_at, destroyed_under)"
         " SELECT 'application', '0', '', now(), now(), id FROM audit_act LIMIT 1", "people_file_key_under_an_act"),
        ("UPDATE applications_application SET track = 'firm'", "applications_destroyed_under_an_act"),
    ],
    ids=["whole-again", "another-file", "deleted", "another-act", "application-changed"],
)  # fmt: skip
def test_destruction_cannot_be_faked_or_undone(sql: str, name: str, one: Application, store: Store) -> None:
    """A destroyed key or application stays destroyed, and only an act about the file itself destroys one."""
    destroy_application(one.pk, store=store, by=SITE, at=made.DUE)
    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_application_is_not_emptied_without_an_act(one: Application) -> None:
    """The database refuses an application that says it was destroyed while its key is whole."""
    told = {"applicant_number": 0, "salt": "0" * 64, "beneficiary_kind": "", "beneficiary_number": None, "payee_kind": "",
            "payee_number": None, "reporter_kind": "", "reporter_number": None, "destroyed_at": made.DUE}  # fmt: skip
    with pytest.raises(IntegrityError, match="applications_destroyed_under_an_act"), transaction.atomic():
        Application.objects.filter(pk=one.pk).update(**told)


def _key(table: str) -> str:
    return next(one._meta.pk.column for one in ROWS if one._meta.db_table == table)
