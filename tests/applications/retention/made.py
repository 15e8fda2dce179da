"""A file with a row in every table that holds something of people, each with a text that can be searched for."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import (
    Answer,
    Application,
    BundleRow,
    Confirmation,
    CountsNoMore,
    Document,
    DocumentKey,
    DocumentStep,
    EnrolmentWord,
    FinancierWord,
    MemberMark,
    MemberTask,
    Plan,
    Sharing,
)
from doorleren.applications.recording import party
from doorleren.audit.acts import SITE
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.models import Case
from doorleren.cases.recording import party_of
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.commands.send_letter import send_letter
from doorleren.letters.models import Channel, Letter
from doorleren.letters.queries import pdf_of
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.people.models import Person
from doorleren.people.national_number import Keys
from doorleren.shipped import folder
from tests.applications import test_constraints as rows
from tests.applications.bundles import wrong as registrations
from tests.applications.evidence import files
from tests.applications.made import AT
from tests.applications.offers import wrong as offers
from tests.applications.plans import made as plans
from tests.cases import made as cases
from tests.people import made as people

NUMBER = "999990019"
NAME = "Zelda Ongewoon-Naamsma"
SAID = "werkt-bij-de-vuurtoren"
LOOKUPS = ("b" * 63 + "1", "b" * 63 + "2")
CLOSED = datetime(2026, 4, 1, 10, tzinfo=UTC)
DUE = datetime(2036, 4, 2, 10, tzinfo=UTC)
"""The day after the ten years of the Kaderregeling."""
SHUT = datetime(2026, 4, 30, 15, tzinfo=UTC)
LAST_DAY_OF_A_DRAFT = date(2026, 10, 30)
"""The last day on which what nobody submitted is kept, of a round that was closed then."""


def fill(one: Application, person: Person, store: Store, keys: Keys) -> list[str]:
    """Put a row in every table of an application; give the texts by which it can be found in the database and on the disk."""
    sealed = [keys.sealed(text) for text in (NUMBER, NAME, NAME)]
    Answer.objects.create(
        application=one, fact="person.job", text=SAID, origin="self", by_kind="person", by_id="1", at=AT
    )
    rows.frozen(one).save()
    rows.entered(one, name=NAME, address="Vuurtorenpad 1", kept_as="map 17-zelda").save(force_insert=True)
    member = rows.member(one, name="Eenmanszaak Naamsma")
    member.save()
    MemberMark.objects.create(member=member, step="confirmed", by_kind="person", at=AT)
    MemberTask.objects.create(member=member, does="taak-zelda", reports="verslag-zelda", by_kind="person", at=AT)
    line = rows.line(one, name="Tante Naamsma", kvk="90000075", financier="other")
    line.save()
    FinancierWord.objects.create(line=line, word="confirmed", by_kind="person", at=AT)
    colleague = people.person(name="Collega")
    Sharing.objects.create(
        application=one, person=colleague, may_edit=False, by_kind="person", by_id=str(person.pk), at=AT
    )
    _registered(one, person, sealed)
    _enrolled(one, person, sealed)
    CountsNoMore.objects.create(counted=rows.kept_count(one), reason="withdrawn", at=AT)
    _planned(one)
    return [
        NAME, SAID, "Vuurtorenpad 1", "map 17-zelda", "Eenmanszaak Naamsma", "Tante Naamsma", "Fonds Naamsma", "reden-zelda",
        "pad-zelda", "taak-zelda", "verslag-zelda", "90000075", "kenmerk-zelda", "zelda.pdf", one.salt, *LOOKUPS, *sealed, *_document(one, store),
    ]  # fmt: skip


def _registered(one: Application, person: Person, sealed: list[str]) -> None:
    registration = registrations.registration(one, reference="kenmerk-zelda")
    registration.save()
    bundle = registrations.bundle(one)
    bundle.save()
    BundleRow.objects.create(
        bundle=bundle, line=1, reference="kenmerk-zelda", outcome="accepted", registration=registration
    )
    registrations.RegisteredPerson.objects.create(
        registration=registration, lookup=LOOKUPS[0], sealed=sealed[0], sealed_name=sealed[1], name_key="c" * 64,
        birth_date=date(1985, 4, 1),
    )  # fmt: skip
    Confirmation.objects.create(registration=registration, word="confirmed", by=person, at=AT)
    registrations.Completion.objects.create(registration=registration, content="d" * 64, by_kind="person", at=AT)


def _enrolled(one: Application, person: Person, sealed: list[str]) -> None:
    share = offers.share(one, name="Fonds Naamsma")
    share.save()
    who = offers.who(one, lookup=LOOKUPS[1], sealed=sealed[0], sealed_name=sealed[2])
    who.save(force_insert=True)
    EnrolmentWord.objects.create(enrolment=who.enrolment, word="confirmed", by=person, at=AT)
    offers.proof(one).save()


def _planned(one: Application) -> None:
    plan = Plan.objects.create(application=one, number=1, reason="reden-zelda", by_kind="person", by_id="1", at=AT)
    plans.path(one, plan=plan, name="pad-zelda").save()


def _document(one: Application, store: Store) -> list[str]:
    kept, held = store.begin()
    store.add(kept, held, files.pdf())
    store.close(kept, held)
    row = Document.objects.create(
        application=one, evidence="offer", file_name="zelda.pdf", size=9, kept=kept, by_kind="person", at=AT
    )
    DocumentStep.objects.create(document=row, step="received", kind="pdf", content="e" * 64, by_kind="person", at=AT)
    DocumentKey.objects.create(document=row, wrapped=held)
    return [kept, held.hex()]


def a_case_of(one: Application, staff: cases.Staff) -> Case:
    """Open the case about an application, refuse it and close it."""
    told: dict[str, Any] = {"body": people.body().pk, "received_on": cases.DAY, "by": SITE, "at": cases.AT}
    case = open_case(cases.version().pk, party(one), **told)
    staff.do(case, "assessed", "refused")
    staff.do(case, "closed", at=CLOSED)
    return case


def a_letter(case: Case, person: Person) -> tuple[Letter, bytes]:
    """Make and send a letter about a case; give it with its PDF as it lies in the outbox."""
    letter = make_letter(
        read_templates(folder("law") / "letters")["refused"], examples() | {"recipient": NAME}, about=party_of(case),
        recipient=cases.by(person).party, language="nl",
        channel=Channel.PRINT, on=cases.DAY, at=AT,
    )  # fmt: skip
    send_letter(letter.pk, at=AT)
    return letter, pdf_of(letter)


def in_database(needles: list[str]) -> dict[str, list[str]]:
    """Give the tables in which a text stands, in any column: as text, in JSON, and as bytes (written out by PostgreSQL)."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for needle in needles:
                marks = [f"%{needle}%", f"%{needle.encode().hex()}%"]
                cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE ANY (%s)', [marks])
                if cursor.fetchone()[0]:
                    found.setdefault(table, []).append(needle)
    return found


def on_disk(home: Path, needles: list[bytes]) -> list[str]:
    """Give the files below a folder in whose name or content a text stands."""
    return sorted(
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_file() and any(one in path.name.encode() or one in path.read_bytes() for one in needles)
    )
