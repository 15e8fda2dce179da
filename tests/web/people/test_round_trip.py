"""Signing in from the button to the account, with the real demo provider on loopback."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from doorleren.audit.models import Act
from doorleren.people.demo import PEOPLE
from doorleren.people.models import Identity, NationalNumber, Person, RoleKind, Session
from tests.web.markup import Markup
from tests.web.people.browsers import Browser

ROLE_WORDS = {
    RoleKind.PARTICIPANT: "deelnemer", RoleKind.CAREER_ADVISER: "loopbaanadviseur", RoleKind.PROVIDER: "opleider",
    RoleKind.EMPLOYER: "werkgever", RoleKind.LEAD_PARTNER: "penvoerder", RoleKind.DESK_ADVISER: "adviseur van een loket",
    RoleKind.ASSESSOR: "beoordelaar", RoleKind.DECIDER: "beslisser", RoleKind.PAYMASTER: "betaler",
    RoleKind.AUDITOR: "controleur", RoleKind.POLICY_MAKER: "beleidsmaker", RoleKind.ADMINISTRATOR: "beheerder",
}  # fmt: skip


def account(browser: Browser) -> Markup:
    reply = browser.client.get("/account")
    assert reply.status_code == 200, reply.headers.get("Location")
    return Markup(reply.content.decode())


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.subject)
def test_everybody_of_the_demo_signs_in(browser: Browser, one) -> None:
    """Each demo person is found back, sees their name, role and mandate, and leaves an act in the record."""
    reply = browser.sign_in(one.subject)
    assert (reply.status_code, reply["Location"]) == (302, "/account")
    page = account(browser)
    assert page.faults == []
    assert f"U bent ingelogd als {one.name}." in page.words
    assert ROLE_WORDS[one.role] in page.words
    if one.organisation:
        assert f"KvK-nummer {one.organisation[0]}" in page.words
    assert ("Met een tweede factor." in page.words) is one.official
    assert Person.objects.count() == len(PEOPLE)
    assert Act.objects.latest("id").act == "signed_in"


def test_the_list_of_people(browser: Browser) -> None:
    """The provider's page lists every demo person as a button, is well made, and asks for no password."""
    browser.sign_in("nadia")
    page = browser.page
    assert re.findall(r'name="sub" value="(\w+)"', page) == [one.subject for one in PEOPLE]
    assert all(one.name in page for one in PEOPLE)
    assert [fault for fault in Markup(page).faults if "style" not in fault] == []
    assert "<input" not in page
    assert "Kies een demopersoon" in page
    assert '<link rel="icon" href="data:image/svg+xml,' in page, (
        "no browser asks the provider for a file that it does not have"
    )


def test_the_list_speaks_the_language_of_the_visitor(browser: Browser) -> None:
    """Who comes from the English pages sees the list in English and returns to an English account."""
    reply = browser.client.post("/en/sign-in", {"way": "demo"})
    way_back = browser.choose(reply["Location"], "nadia")
    assert "Choose a demo person" in browser.page
    assert browser.come_back(way_back)["Location"] == "/en/account"


def test_the_number_is_sealed_on_the_way_in(browser: Browser) -> None:
    """The demo participant's number reaches the database hashed and sealed, and no page shows it."""
    browser.sign_in("nadia")
    kept = NationalNumber.objects.get()
    assert kept.person == Identity.objects.get(subject="nadia").person
    assert "999990019" not in kept.sealed + kept.lookup + account(browser).page


def test_the_provider_is_asked_properly(browser: Browser) -> None:
    """State, nonce, a code challenge (S256) and the level are sent along, and all but the level differ each time."""
    asked = [parse_qs(urlsplit(browser.leave(way="demo")).query) for _ in range(2)]
    for one in asked:
        assert one["code_challenge_method"] == ["S256"]
        assert one["response_type"] == ["code"]
        assert one["acr_values"] == ["http://eidas.europa.eu/LoA/substantial"]
        assert one["redirect_uri"] == ["http://localhost/sign-in/callback"]
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))


def test_one_goes_on_to_where_one_was(browser: Browser) -> None:
    """After signing in the visitor is at the page that they wanted."""
    assert browser.sign_in("nadia", next_to="/schemes?q=x")["Location"] == "/schemes?q=x"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_one_never_goes_on_to_another_site(browser: Browser, elsewhere: str) -> None:
    """An address of another site, however it is written, is forgotten."""
    assert browser.sign_in("nadia", next_to=elsewhere)["Location"] == "/account"


def test_breaking_off_at_the_provider(browser: Browser) -> None:
    """Who says no at the provider comes back to the choice with a sentence, and is not signed in."""
    way_back, _page = browser.ask("POST", browser.leave(way="demo"), "action=deny")
    query = urlsplit(way_back).query
    reply = browser.come_back(f"http://localhost/sign-in/callback?{query}")
    assert reply.status_code == 302
    page = browser.client.get(reply["Location"])
    assert "refused=" in reply["Location"]
    assert "U bent niet ingelogd" in page.content.decode()
    assert not Session.objects.filter(person__isnull=False).exists()


def test_a_way_back_works_once(browser: Browser) -> None:
    """The address that leads back is worth nothing a second time, nor in another browser."""
    way_back = browser.choose(browser.leave(way="demo"), "nadia")
    assert Browser().come_back(way_back)["Location"] == "/sign-in?refused=state"
    assert browser.come_back(way_back)["Location"] == "/account"
    assert browser.come_back(way_back)["Location"] == "/sign-in?refused=state"


def test_a_provider_that_is_gone(browser: Browser, settings) -> None:
    """When the provider does not answer, the page says so instead of failing."""
    settings.DOORLEREN_OIDC_ISSUER = "http://127.0.0.1:1"
    reply = browser.client.post("/sign-in", {"way": "demo"})
    assert reply.status_code == 200
    assert "De inlogdienst geeft geen antwoord" in reply.content.decode()


def test_a_site_without_a_provider(db, settings) -> None:
    """Without a provider the page offers no way in and says why, and pressing anyway does no harm."""
    browser = Browser()
    page = Markup(browser.client.get("/sign-in").content.decode())
    assert page.faults == []
    assert "nog niet verbonden met een inlogdienst" in page.words
    assert "way-digid" not in page.ids
    assert "Inloggen kan op deze site nog niet." in browser.client.post("/sign-in").content.decode()


def test_the_ways_of_a_broker(db, settings, forger) -> None:
    """Without the demo the page offers DigiD, eHerkenning, eIDAS and the officials' own, and asks the broker for it."""
    browser = Browser()
    page = Markup(browser.client.get("/sign-in").content.decode())
    assert {"way-digid", "way-eherkenning", "way-eidas", "way-official"} <= set(page.ids)
    assert page.faults == []
    asked = parse_qs(urlsplit(browser.leave(way="digid")).query)
    assert (asked["idp_hint"], asked["acr_values"]) == (["digid"], ["http://eidas.europa.eu/LoA/low"])


def test_the_form_may_lead_to_the_provider(browser: Browser, demo_issuer: str) -> None:
    """The security policy of the page lets its form lead to the provider, and to nobody else."""
    policy = browser.client.get("/sign-in")["Content-Security-Policy"]
    assert f"form-action 'self' {demo_issuer};" in policy
    assert f"form-action 'self' {demo_issuer}" not in browser.client.get("/schemes")["Content-Security-Policy"]


@pytest.mark.parametrize(("subject", "leads"), [("tom", True), ("bram", True), ("nadia", False)])
def test_an_adviser_finds_the_advice_from_the_account(browser: Browser, subject: str, leads: bool) -> None:
    """Advisers have a way from their account to the page on which they make an advice; others have not."""
    browser.sign_in(subject)
    assert ("/advice" in account(browser).links) is leads
