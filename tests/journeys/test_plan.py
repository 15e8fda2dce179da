"""A lead partner fills in a plan in a browser with and without a script, by the keyboard, and adjusts it after submission."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.plans.commands.set_plan import set_plan
from doorleren.people.national_number import new_keys
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications import made, partners
from tests.applications.made import submitted
from tests.applications.plans import made as plans
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PHONE = (360, 740)


@pytest.fixture
def lead(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[partners.Lead]:
    """Leila of the lead partner, whose draft lacks nothing but a plan."""
    plans.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), made.TODAY
    settings.DOORLEREN_HOME, settings.DOORLEREN_IDENTITY_KEYS = tmp_path, new_keys()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    firm = people.organisation(partners.LEAD)
    leila = partners.partner(firm, "Leila")
    round_ = partners.a_round(known.library())
    one = partners.Lead(known.library(), partners.draft(known.library(), round_, firm, leila), leila)
    one.whole()
    yield one
    known.library.cache_clear()


@pytest.fixture
def adjusting(lead: partners.Lead) -> partners.Lead:
    """The same, submitted with a plan."""
    number, by = lead.application.pk, lead.by["by"]
    set_plan(number, [plans.CARE, plans.TECH], seen=0, library=lead.known, by=by, at=now())
    freeze_draft(number, sensitive={}, person_key=made.KEY, today=made.TODAY, library=lead.known, by=by, at=now())
    submitted(lead.application)
    return lead


@pytest.fixture
def leila(lead: partners.Lead) -> Visitor:
    """Signed in; made before there is a browser."""
    return Visitor(lead.person)


def visiting(leila: Visitor, browser: Browser, server: LiveServer, **settings: Any) -> Visit:
    """Open a browser as Leila; her cookie is lent to it."""
    visit = Visit(browser, server.url, *PHONE, **settings)
    cookie = next(iter(leila.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    return visit


@pytest.fixture
def server(lead: partners.Lead) -> Iterator[LiveServer]:
    """The pages on a port of this process."""
    one = LiveServer("127.0.0.1")
    yield one
    one.stop()


@pytest.mark.parametrize("script", [False, True], ids=["without-script", "with-script"])
def test_filling_in_by_keyboard(
    lead: partners.Lead, leila: Visitor, server: LiveServer, browser: Browser, script: bool
) -> None:
    """A path is typed with the keys alone; a wrong range is said at its field, mended, and the sums are shown."""
    visit = visiting(leila, browser, server, java_script_enabled=script)
    page = visit.open(f"/applications/{lead.application.pk}/members")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_label("Naam van het pad").first.focus()
    for text in ("Naar de zorg", "winkelmedewerker", "helpende"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    for chosen in (True, False, False, True, False):
        if chosen:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    for text in ("50", "20", "1.500"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Bewaar het plan").press("Enter")
    page.get_by_role("link", name="Het hoogste aantal is lager dan het laagste aantal.").press("Enter")
    expect(page.get_by_label("Hoogstens hoeveel mensen").first).to_have_attribute("aria-invalid", "true")
    assert visit.sideways() <= 0
    page.get_by_label("Hoogstens hoeveel mensen").first.fill("80")
    page.keyboard.press("Enter")
    expect(page.get_by_text("50 tot en met 80").first).to_be_visible()
    expect(page.get_by_text("scholing, begeleiding naar ander werk")).to_be_visible()
    assert visit.sideways() <= 0
    visit.end()


def test_adjusting_is_accessible(
    adjusting: partners.Lead, leila: Visitor, server: LiveServer, browser: Browser, axe: str
) -> None:
    """After submission both plans stand on one page; axe-core finds nothing on it, also with an error, at any step."""
    visit = visiting(leila, browser, server)
    page, found = visit.open(f"/applications/{adjusting.application.pk}/plan"), []
    visit.missing_wanted = True  # the browser says that the answer to a wrong form is 422
    page.get_by_label("Hoogstens hoeveel mensen").first.fill("200")
    page.get_by_text("Laat het aantal mensen schatten").first.click()
    page.get_by_label("Hoeveel mensen doen dit werk nu?").first.fill("1.800")
    page.get_by_label("Sector die mensen zoekt").first.select_option("zorg en welzijn")
    found += visit.axe(axe)
    page.get_by_role("button", name="Bewaar de aanpassing").click()
    expect(
        page.get_by_role("link", name="Schrijf op waarom u het plan aanpast, met hooguit 1.000 tekens.")
    ).to_be_visible()
    found += visit.axe(axe)
    page.get_by_label("Waarom past u het plan aan?").fill("Meer mensen willen dit.")
    page.get_by_role("button", name="Bewaar de aanpassing").click()
    expect(page.get_by_text("25 tot en met 62")).to_be_visible()
    expect(page.get_by_text("25 tot en met 212")).to_be_visible()
    expect(page.get_by_text("Reden: Meer mensen willen dit.")).to_be_visible()
    expect(page.get_by_text("hoogstens 1.800")).to_be_visible()
    page.get_by_text("Waar de schatting op rust").click()
    expect(page.get_by_text("Mensen die dit werk nu doen: 1.800.")).to_be_visible()
    found += visit.axe(axe)
    assert visit.sideways() <= 0
    visit.end()
    assert found == []
