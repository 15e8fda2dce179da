"""Whose pages: each role what the table says and nothing more, never one's own organisation, and reading writes nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.people.models import IN_ORGANISATION, Assurance, Organisation, RoleKind
from doorleren.register.models import Activity, AdmissionDecision, FormerPrice, Provider
from tests.people import made
from tests.web.officer.visitor import KVK, Visitor, official

School = tuple[Provider, Activity]
ACTS = ("admit", "refuse", "suspend", "remove")
SEE = frozenset({RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.AUDITOR})
OTHERS = tuple(kind for kind in RoleKind if kind not in SEE)


def pages(school: School) -> Iterator[str]:
    yield "/officer/admissions"
    yield f"/officer/admissions/providers/{school[0].pk}"
    yield f"/officer/admissions/activities/{school[1].pk}"


def acts(school: School) -> Iterator[str]:
    for one in list(pages(school))[1:]:
        yield from (f"{one}/{act}" for act in ACTS)


def former_price(school: School) -> str:
    return f"/officer/admissions/activities/{school[1].pk}/former-price"


def somebody(kind: RoleKind, **proof: object) -> Visitor:
    person = official(kind, "Iemand")
    if kind in IN_ORGANISATION:
        made.mandate(person)
    return Visitor(person, **proof)  # type: ignore[arg-type]


def left() -> tuple[int, int]:
    return AdmissionDecision.objects.count(), FormerPrice.objects.count()


def test_a_visitor_is_led_to_signing_in(school: School) -> None:
    """Who is not signed in is led there from every page, and a form of such a one is refused."""
    client = Client(headers={"host": "localhost"})
    for path in (*pages(school), *acts(school)):
        assert client.get(path)["Location"].startswith("/sign-in?next=%2Fofficer"), path
    assert {client.post(path).status_code for path in (*acts(school), former_price(school))} == {403}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_roles_are_refused_with_the_reason(school: School, kind: RoleKind) -> None:
    """A role that has nothing to do with admission sees no page and sends no form, and reads that its role may not."""
    visitor, before = somebody(kind), left()
    for path in (*pages(school), *acts(school)):
        page = visitor.open(path)
        assert (visitor.status, "geen rol die dit mag" in page.words) == (403, True), path
    for path in (*acts(school), former_price(school)):
        visitor.send(path, reason="x", checks="participants_are_guided", confirmed="1", seen="1")
        assert visitor.status == 403, path
    assert left() == before


@pytest.mark.parametrize("kind", sorted(SEE - {RoleKind.DECIDER}))
def test_who_does_not_decide_sees_and_cannot_act(school: School, kind: RoleKind) -> None:
    """Who assesses or audits opens the pages, is offered no act, and is refused each with the reason."""
    visitor, before = somebody(kind), left()
    for path in pages(school):
        page = visitor.open(path)
        assert visitor.status == 200, path
        assert not any(link.endswith(ACTS) for link in page.links), path
    for path in acts(school):
        page = visitor.open(path)
        assert (visitor.status, "geen rol die dit mag" in page.words) == (403, True), path
        visitor.send(path, reason="x", checks="participants_are_guided", confirmed="1", seen="1")
        assert visitor.status == 403, path
    assert left() == before


def test_an_auditor_notes_no_price(school: School) -> None:
    """The history is there to see; the form for a former price is not, and sending it is refused."""
    visitor = somebody(RoleKind.AUDITOR)
    page = visitor.open(f"/officer/admissions/activities/{school[1].pk}")
    assert "De prijs door de tijd" in page.words
    assert "Noteer deze prijs" not in page.words
    visitor.send(former_price(school), on="1-1-2020", price="1", source="s")
    assert (visitor.status, FormerPrice.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("proof", "words"),
    [({"second_factor": False}, "tweede factor"), ({"assurance": Assurance.LOW}, "hoger betrouwbaarheidsniveau")],
    ids=["second factor", "assurance"],
)
def test_the_proof_has_to_be_strong(school: School, proof: dict[str, object], words: str) -> None:
    """Without a second factor or with a low assurance not even the list opens."""
    visitor = somebody(RoleKind.DECIDER, **proof)
    for path in (*pages(school), *acts(school)):
        page = visitor.open(path)
        assert (visitor.status, words in page.words) == (403, True), path


def test_deciding_asks_fresh_proof_and_looking_does_not(school: School) -> None:
    """Who signed in six minutes ago may look; the form of a decision leads to signing in once more and back."""
    visitor = somebody(RoleKind.DECIDER, minutes_ago=6)
    assert {visitor.client.get(path).status_code for path in pages(school)} == {200}
    for path in acts(school):
        page = visitor.open(path)
        assert visitor.status == 403
        assert any("renew=1" in link and path.replace("/", "%2F") in link for link in page.links), path


@pytest.mark.parametrize("belongs", ["mandate", "role"])
def test_an_official_of_the_same_organisation_is_refused(school: School, belongs: str) -> None:
    """Without bias (Awb 2:4): no page on one's own organisation opens, no form is taken; the reason says why."""
    person = official(RoleKind.DECIDER)
    own = Organisation.objects.create(kvk=KVK, name="Vakschool Oost")
    if belongs == "mandate":
        made.mandate(person, own)
    else:
        made.role(person, RoleKind.PROVIDER, organisation=own)
    visitor, before = Visitor(person), left()
    for path in (*list(pages(school))[1:], *acts(school)):
        page = visitor.open(path)
        assert (visitor.status, "U hoort zelf bij deze opleider." in page.words) == (403, True), path
    for path in (*acts(school), former_price(school)):
        page = visitor.send(path, reason="x", checks="participants_are_guided", confirmed="1", seen="1")
        assert (visitor.status, "U hoort zelf bij deze opleider." in page.words) == (403, True), path
    assert left() == before


def test_reading_writes_nothing(joost: Visitor, school: School) -> None:
    """No page that is only opened asks the database to write, but for the log of who viewed."""
    for path in (*pages(school), *acts(school)):
        with CaptureQueriesContext(connection) as asked:
            joost.open(path)
        assert joost.status == 200, path
        wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]
        assert [one for one in wrote if not one.startswith('INSERT INTO "audit_view" ')] == [], path


def test_a_form_of_another_site_is_refused(joost: Visitor, school: School) -> None:
    """A POST without the token of this site is refused everywhere, and nothing happens."""
    forged = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    forged.cookies = joost.client.cookies
    before = left()
    assert {forged.post(path, {"confirmed": "1"}).status_code for path in (*acts(school), former_price(school))} == {
        403
    }
    assert left() == before


def test_numbers_that_cannot_be_are_not_found(joost: Visitor) -> None:
    """A number that nothing has, or beyond the database's own, is no error of the site."""
    for path in ("activities", "providers"):
        for number in ("0", "9" * 30):
            assert joost.client.get(f"/officer/admissions/{path}/{number}").status_code == 404


def test_the_account_leads_to_the_list(joost: Visitor, db: None) -> None:
    """Who has a role in admission finds the work list from the account; who has not does not."""
    assert "/officer/admissions" in joost.open("/account").links
    assert "/officer/admissions" not in somebody(RoleKind.PAYMASTER).open("/account").links
