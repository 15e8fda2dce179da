"""Whose pages these are: the applicant's, and the organisation's for who acts for it; to others the number does not exist."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Application
from doorleren.people.models import Assurance, Mandate, Organisation, Role, RoleKind
from doorleren.rounds.models import Round
from tests.applications import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PAGES = ("", "/ready", "/submit", "/receipt", "/receipt.json", "/withdraw")
ACTS = ("", "/ready", "/submit", "/withdraw", "/undo")


@pytest.fixture
def firm(db: None) -> Organisation:
    """An employer."""
    return people.organisation("90000031")


def employee(firm: Organisation, name: str) -> Visitor:
    """Somebody who may file for the employer."""
    person = people.person(name=name)
    people.mandate(person, firm)
    people.role(person, RoleKind.EMPLOYER, organisation=firm)
    return Visitor(person)


@pytest.fixture
def place(round_: Round, firm: Organisation) -> str:
    """The address of a draft of the employer, started by Emre."""
    emre = employee(firm, "Emre")
    emre.post("/applications/start", {"round": round_.pk, "as": f"firm:{firm.kvk}"})
    return emre.place


def test_colleagues_share_a_draft(place: str, firm: Organisation) -> None:
    """Who has role and mandate sees the draft in the list, may change it, and the answer says who gave it."""
    colleague = employee(firm, "Wim")
    assert "voor Bedrijf 90000031" in colleague.open("/applications").words
    colleague.post(place, {"group": "employer", "shown": "employer.employees", "employer.employees": "12"})
    kept = Application.objects.get().answers.get()
    assert (kept.whole, kept.by_id) == (12, str(Role.objects.order_by("-id")[0].person_id))


@pytest.mark.parametrize("who", ["stranger", "mandate ended", "role elsewhere"])
def test_to_others_it_does_not_exist(who: str, place: str, firm: Organisation) -> None:
    """Looking and acting are answered as for a number that nobody has, and nothing is changed."""
    other = employee(firm if who == "mandate ended" else people.organisation("90000042"), "Olga")
    if who == "mandate ended":
        Mandate.objects.filter(person__name="Olga").update(ends_on=people.LONG_AGO + timedelta(days=1))
    visitor = Visitor(people.person(name="Piet")) if who == "stranger" else other
    for address in PAGES:
        assert visitor.client.get(place + address).status_code == 404, address
        assert visitor.client.get(f"/applications/987654{address}").status_code == 404, address
    for address in ACTS:
        assert visitor.client.post(place + address, {"shown": "employer.employees"}).status_code == 404, address
    application = Application.objects.get()
    assert (application.withdrawn_at, application.answers.count()) == (None, 0)
    assert "Bedrijf 90000031" not in visitor.open("/applications").words


def test_signing_in_is_asked_for(place: str) -> None:
    """A visitor is led to signing in, and may not post."""
    visitor = Visitor(None)
    for address in ("/applications", *(place + page for page in PAGES)):
        answer = visitor.client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in"), address
    assert visitor.client.post("/applications/start", {}).status_code == 403


def test_a_low_level_of_assurance_is_refused(place: str, firm: Organisation) -> None:
    """Who signed in on a low level is told to do so on a higher one."""
    person = Role.objects.get(kind=RoleKind.EMPLOYER).person
    page = Visitor(person, Assurance.LOW)
    assert page.client.get(place).status_code == 403


def test_another_party_may_look_and_not_change(place: str) -> None:
    """The payee of an application sees it and may change nothing."""
    payee = people.person(name="Bea")
    Application.objects.update(payee_kind="person", payee_number=payee.pk)
    visitor = Visitor(payee)
    assert visitor.client.get(place).status_code == 200
    for address in ACTS:
        assert visitor.client.post(place + address, {}).status_code == 403, address
    assert Application.objects.get().withdrawn_at is None


def test_nobody_starts_for_another(nadia: Visitor, round_: Round, firm: Organisation) -> None:
    """One starts for oneself and for one's own organisations, in a track that is for such an applicant."""
    for way in (f"firm:{firm.kvk}", "firm:person", "learner:99999999", "nothing:person"):
        nadia.client.post("/applications/start", {"round": round_.pk, "as": way})
    emre = employee(firm, "Emre")
    emre.client.post("/applications/start", {"round": round_.pk, "as": f"learner:{firm.kvk}"})
    assert not Application.objects.exists()
    assert "voor een werkgever" not in nadia.post("/applications/new", {"round": round_.pk}).words


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", "-1"])
def test_a_round_that_is_not_there(number: str, nadia: Visitor, round_: Round) -> None:
    """A number that is no round is not found."""
    assert nadia.client.post("/applications/new", {"round": number}).status_code == 404
    assert nadia.client.post("/applications/start", {"round": number}).status_code == 404


def test_looking_writes_nothing(place: str, firm: Organisation, round_: Round) -> None:
    """No page of an application writes when it is looked at, nor does the page on which one begins."""
    colleague = employee(firm, "Wim")
    for address in (
        "/applications",
        "/applications/new",
        f"/applications/new?round={round_.pk}",
        *(place + page for page in PAGES),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            colleague.client.get(address)
        wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert [sql for sql in wrote if "people_session" not in sql] == [], address
    with CaptureQueriesContext(connection) as asked:
        colleague.client.post("/applications/new", {"round": round_.pk, "person.labour_market_link": "true"})
    assert not [one for one in asked if one["sql"].startswith("INSERT")]


def test_a_lost_session_loses_no_draft(place: str, firm: Organisation) -> None:
    """What was saved is there after signing in again; what is posted without a session is refused and changes nothing."""
    colleague = employee(firm, "Wim")
    colleague.post(place, {"group": "employer", "shown": "employer.employees", "employer.employees": "12"})
    colleague.client.logout()
    assert colleague.client.post(place, {"shown": "employer.employees", "employer.employees": "80"}).status_code == 403
    again = Visitor(Role.objects.order_by("-id")[0].person)
    assert (
        "12" in again.open(f"{place}?group=employer").words
        or 'value="12"' in again.open(f"{place}?group=employer").page
    )


def test_the_employer_to_what_stands_ready(place: str, firm: Organisation, round_: Round) -> None:
    """An employer's draft asks its own facts, gets the fixed amount, and counts to the part set apart for employers."""
    emre = Visitor(Role.objects.get(kind=RoleKind.EMPLOYER).person)
    emre.post(place, {"group": "employer", "shown": "employer.employees", "employer.employees": "12"})
    emre.post(f"{place}/ready", {})
    freeze: Any = Application.objects.get().freezes.get()
    assert (freeze.cents, freeze.kind) == (100000, "employer")
    assert made.SCHEME not in str(freeze.person)


def test_colleagues_do_not_overwrite_each_other(place: str, firm: Organisation) -> None:
    """What a colleague answered after one's page was made is shown instead of overwritten; the same answer is no quarrel."""
    emre, wim = Visitor(Role.objects.get(kind=RoleKind.EMPLOYER).person), employee(firm, "Wim")
    told = {"group": "employer", "shown": "employer.employees", "seen": "0"}
    emre.post(place, told | {"employer.employees": "12"})
    page = wim.post(place, told | {"employer.employees": "80"})
    assert (wim.status, Application.objects.get().answers.get().whole) == (422, 12)
    assert "Iemand anders heeft dit antwoord" in page.words
    assert 'value="12"' in page.page
    wim.post(place, told | {"employer.employees": "12"})
    assert wim.status == 302
