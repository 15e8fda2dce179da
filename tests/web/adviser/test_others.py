"""The pages beside an adviser's: what a participant says of a registration, and what officials see and establish."""

from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.bundles.rows import rows_of_json
from doorleren.applications.commands.submit_bundle import Sealing, submit_bundle
from doorleren.applications.models import Application, Confirmation, Qualification, Registration
from doorleren.audit.models import View
from doorleren.people.models import Assurance, NationalNumber, Organisation, Person, RoleKind
from doorleren.people.national_number import read_keys
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import NUMBERS, row
from tests.people import made as people
from tests.web.provider.visitor import Visitor


@pytest.fixture
def registered(known: Library, round_: Round, firm: tuple[Person, Organisation]) -> list[Registration]:
    """Two people who may be one, registered with the keys of the site."""
    keys = read_keys(site.DOORLEREN_IDENTITY_KEYS)
    rows = rows_of_json([row(0, name="Nadia Bakker"), row(1, name="Bakker, Nadia")], known.vocabulary)
    submit_bundle(
        round_, rows, organisation=firm[1].pk, sealing=Sealing(keys, made.KEY, made.SIGNING), today=made.TODAY,
        library=known, by=made.signed_in(firm[0]), at=made.AT,
    )  # fmt: skip
    return list(Registration.objects.order_by("pk"))


def nadia(place: int = 0, assurance: Assurance = Assurance.SUBSTANTIAL) -> Visitor:
    """Somebody who signed in with a national number."""
    keys, person = read_keys(site.DOORLEREN_IDENTITY_KEYS), people.person(name="Nadia")
    NationalNumber.objects.create(person=person, lookup=keys.hashed(NUMBERS[place]), sealed=keys.sealed(NUMBERS[place]))
    return Visitor(person, assurance)


def official(kind: RoleKind, **place: Any) -> Visitor:
    """An official who signed in with a second factor."""
    person = people.person(name="Fatima")
    people.role(person, kind, **place)
    visitor = Visitor(person)
    session = visitor.client.session
    session["proof"] = session["proof"] | {"second_factor": True}
    session.save()
    return visitor


@pytest.mark.parametrize("word", ["confirmed", "not_me", "not_wanted"])
def test_a_participant_says_so(word: str, registered: list[Registration]) -> None:
    """The participant sees the firm, says yes or no once, and the adviser's page says what was said."""
    visitor = nadia()
    assert "Bedrijf 90000029 heeft u aangemeld" in visitor.open("/registrations").words
    number = next(one.pk for one in registered if one.reference == "klant-0")
    visitor.post(f"/registrations/{number}", {"word": word})
    assert (visitor.place, Confirmation.objects.get().word) == ("/registrations", word)
    assert "U hebt gezegd" in visitor.open("/registrations").words
    visitor.post(f"/registrations/{number}", {"word": "confirmed"})
    assert (visitor.status, Confirmation.objects.get().word) == (409, word)
    assert Application.objects.filter(withdrawn_at__isnull=False).count() == (word != "confirmed")


def test_a_no_after_the_decision(registered: list[Registration], round_: Round) -> None:
    """Who says no after a decision is told that the registration was not withdrawn."""
    number = next(one.pk for one in registered if one.reference == "klant-0")
    allocate(round_.pk, at=made.AT)
    for ticket in Ticket.objects.all():
        fix_place(ticket.pk, at=made.AT)
    visitor = nadia()
    visitor.post(f"/registrations/{number}", {"word": "not_me"})
    assert "Daarom is zij niet ingetrokken" in visitor.open("/registrations").words


def test_not_another_s(registered: list[Registration]) -> None:
    """Another participant sees and says nothing, a word that does not exist is refused, and a low assurance too."""
    other = nadia(5)
    assert "Niemand heeft u aangemeld" in other.open("/registrations").words
    assert "zonder dat nummer" in Visitor(people.person(name="Piet")).open("/registrations").words
    assert other.client.post(f"/registrations/{registered[0].pk}", {"word": "not_me"}).status_code == 403
    low = nadia(6, Assurance.LOW)
    assert low.client.get("/registrations").status_code == 403
    visitor = nadia(0)
    visitor.post(f"/registrations/{registered[0].pk}", {"word": "misschien"})
    assert (visitor.status, Confirmation.objects.count()) == (422, 0)


def test_look_alikes_are_for_officials(registered: list[Registration], round_: Round) -> None:
    """An assessor of the round's own body sees them, and that is written down; nobody else does."""
    address = f"/officer/rounds/{round_.pk}/twice"
    visitor = official(RoleKind.ASSESSOR, body=round_.body)
    page = visitor.open(address)
    assert "Nadia Bakker / Bakker, Nadia" in page.words
    assert "twee verschillende" in page.words
    assert View.objects.filter(subject_kind="registered_people", subject_id=str(round_.pk)).count() == 1
    assert visitor.client.get("/officer/rounds/98765/twice").status_code == 404
    elsewhere = official(RoleKind.ASSESSOR, body=people.body("elders"))
    for other in (elsewhere, official(RoleKind.AUDITOR, body=round_.body), nadia(7)):
        assert other.client.get(address).status_code == 403


def test_establishing_a_qualification(round_: Round) -> None:
    """An assessor fills in who and from when to when; what is wrong is said by field; nobody else may."""
    (tom, _firm), visitor = made.adviser("Olga", "90000031", qualified=False), official(RoleKind.ASSESSOR)
    page = visitor.post("/officer/qualifications", {"adviser": "Olga", "starts_on": "morgen", "ends_on": ""})
    assert (visitor.status, page.page.count('href="#q-')) == (422, 3)
    days = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    visitor.post("/officer/qualifications", {"adviser": "987654", **days})
    assert visitor.status == 422
    visitor.post("/officer/qualifications", {"adviser": str(tom.pk), **days})
    assert (visitor.status, Qualification.objects.get().adviser) == (302, tom)
    assert "Olga" in visitor.open("/officer/qualifications").words
    for other in (official(RoleKind.POLICY_MAKER), Visitor(tom)):
        assert other.client.get("/officer/qualifications").status_code == 403
        assert other.client.post("/officer/qualifications", {"adviser": str(tom.pk), **days}).status_code == 403


def test_looking_writes_nothing(registered: list[Registration], round_: Round) -> None:
    """No page here writes when it is looked at, but for the log of who viewed."""
    assessor, visitor = official(RoleKind.ASSESSOR, body=round_.body), nadia()
    for who, address in (
        (visitor, "/registrations"), (assessor, "/officer/qualifications"), (assessor, f"/officer/rounds/{round_.pk}/twice"),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert who.client.get(address).status_code == 200
        wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert [sql for sql in wrote if "people_session" not in sql and "audit_view" not in sql] == []
