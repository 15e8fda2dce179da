"""The menu of one's own pages in the head: per role what it has and no more, for a visitor nothing at all."""

import re
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError
from django.test import Client

from doorleren.people.models import Assurance, Person, RoleKind, Session
from doorleren.web.people import own_pages
from tests.people import made
from tests.web.markup import Markup

pytestmark = pytest.mark.django_db

EVERYBODY = ["/applications", "/registrations", "/enrolments", "/account"]
OF_ROLES = {
    RoleKind.PARTICIPANT: [],
    RoleKind.EMPLOYER: ["/applications/deliveries"],
    RoleKind.PROVIDER: ["/provider", "/provider/enrolments", "/provider/details", "/applications/deliveries"],
    RoleKind.CAREER_ADVISER: ["/bundles", "/advisers/me", "/applications/deliveries", "/advice"],
    RoleKind.DESK_ADVISER: ["/advice", "/officer/entered"],
    RoleKind.ASSESSOR: ["/officer/cases", "/officer/absences", "/officer/letters", "/officer/figures", "/officer/accounts", "/officer/entered", "/officer/admissions",
                        "/officer/recognitions", "/officer/qualifications", "/officer/rounds", "/officer/corrections"],
    RoleKind.DECIDER: ["/officer/cases", "/officer/absences", "/officer/letters", "/officer/batches", "/officer/figures", "/officer/admissions", "/officer/recognitions",
                       "/officer/qualifications", "/officer/rounds", "/officer/corrections"],
    RoleKind.PAYMASTER: ["/officer/cases", "/officer/absences", "/officer/letters", "/officer/figures", "/officer/payments", "/officer/accounts"],
    RoleKind.AUDITOR: ["/officer/cases", "/officer/figures", "/officer/payments", "/officer/accounts", "/officer/admissions",
                       "/officer/rounds", "/officer/retention", "/officer/corrections", "/officer/acts", "/officer/views"],
    RoleKind.POLICY_MAKER: ["/officer/figures", "/officer/rounds"],
    RoleKind.ADMINISTRATOR: ["/officer/absences", "/officer/roles", "/officer/letters/ways", "/officer/sources", "/officer/retention"],
}  # fmt: skip


def visitor(person: Person | None = None) -> Client:
    """A browser, signed in as somebody or not."""
    client = Client(headers={"host": "localhost"})
    if person is not None:
        client.force_login(person, backend="doorleren.people.backend.SignInBackend")
        session = client.session
        session["proof"] = {"assurance": Assurance.SUBSTANTIAL.value, "second_factor": True,
                            "proven_at": datetime.now(UTC).isoformat()}  # fmt: skip
        session.save()
    return client


def menu_of(client: Client, address: str = "/") -> list[str] | None:
    """The addresses in the menu; None where there is no menu."""
    page = client.get(address).content.decode()
    assert Markup(page).faults == []
    found = re.search(r'<details class="dl-me".*?</details>', page, re.DOTALL)
    return re.findall(r'<a [^>]*href="([^"]*)"', found[0]) if found else None


@pytest.mark.parametrize("kind", list(OF_ROLES), ids=str)
def test_each_role_has_its_own_pages(kind: RoleKind) -> None:
    """The menu holds the pages of the role first and those that everybody has, and my account names the same."""
    person = made.person()
    made.role(person, kind)
    client = visitor(person)
    assert menu_of(client) == OF_ROLES[kind] + EVERYBODY
    shown = re.search(r'id="roles".*?</section>', client.get("/account").content.decode(), re.DOTALL)
    assert shown is not None
    assert re.findall(r'<a [^>]*href="([^"]*)"', shown[0]) == OF_ROLES[kind]


def sign_in_of(client: Client, address: str) -> str | None:
    """The address behind "Inloggen" in the head of a page; None where it is not there."""
    found = re.search(r'<a class="dl-sign-in" href="([^"]*)">Inloggen</a>', client.get(address).content.decode())
    return found and found[1]


def test_a_visitor_signs_in_from_the_head_and_comes_back() -> None:
    """Who is not signed in finds the way in on every page, with that page to come back to; who is, and the page itself, has none."""
    assert sign_in_of(visitor(), "/schemes?q=a%26b") == "/sign-in?next=%2Fschemes%3Fq%3Da%2526b"
    assert sign_in_of(visitor(), "/nothing-here") == "/sign-in"
    assert sign_in_of(visitor(), "/sign-in") is None
    assert sign_in_of(visitor(made.person()), "/schemes") is None


def test_nobody_is_told_to_be_signed_in_who_is_not() -> None:
    """A page that leads to signing in says only to who has signed in that they are."""
    said = "U bent ingelogd voor uzelf"
    assert said not in visitor().get("/applications/new").content.decode()
    assert said in visitor(made.person()).get("/applications/new").content.decode()


def test_every_page_of_the_menu_may_be_opened_by_who_has_it() -> None:
    """With a mandate and a second factor no entry of the menu of any role leads to a refusal."""
    for place, kind in enumerate(OF_ROLES):
        person = made.person(name=f"Persoon {place}")
        made.mandate(person)
        made.role(person, kind)
        client = visitor(person)
        for address in menu_of(client) or []:
            assert client.get(address).status_code == 200, (kind, address)


def test_a_role_that_is_over_gives_no_pages_and_two_roles_give_each_once() -> None:
    """What has ended counts no more; what two roles share stands there once."""
    person = made.person()
    made.role(person, RoleKind.ADMINISTRATOR, ends_on=made.LONG_AGO)
    assert menu_of(visitor(person)) == EVERYBODY
    made.role(person, RoleKind.ASSESSOR)
    made.role(person, RoleKind.AUDITOR)
    pages = menu_of(visitor(person)) or []
    assert len(pages) == len(set(pages))
    assert set(pages) == {*OF_ROLES[RoleKind.ASSESSOR], *OF_ROLES[RoleKind.AUDITOR], *EVERYBODY}


def test_the_page_of_a_visitor_has_no_menu_and_not_a_sign_more() -> None:
    """Without a session the page is the same to the letter as before somebody signed in, and as with a session that ended."""
    before = visitor().get("/").content
    assert menu_of(visitor()) is None
    client = visitor(made.person())
    assert menu_of(client) == EVERYBODY
    Session.objects.all().delete()
    assert client.get("/").content == before


def test_the_page_that_one_is_on_is_marked_and_the_menu_signs_out() -> None:
    """In the menu the page itself is named as current; its button ends the session."""
    client = visitor(made.person())
    page = client.get("/account").content.decode()
    assert re.search(r'dl-me__link" href="/account" aria-current="page"', page)
    client.post("/account/sign-out")
    assert menu_of(client) is None


def test_somebody_who_is_blocked_has_no_menu() -> None:
    """Blocked means signed out: no page is offered."""
    person = made.person()
    client = visitor(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert menu_of(client) is None


def test_without_a_database_the_page_is_there_without_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that gives no answer takes the menu away and not the page."""
    client = visitor(made.person())

    def broken(*_given: object) -> frozenset[str]:
        raise DatabaseError

    monkeypatch.setattr(own_pages, "kinds_of_role", broken)
    assert menu_of(client) is None
