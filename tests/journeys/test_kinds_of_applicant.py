"""An employer, a training provider with enrolments and a region apply in a browser, with and without a script, each to a receipt."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.models import RoleKind
from doorleren.server.intake.keys import read_keys
from tests.applications import made
from tests.applications.offers import made as offers
from tests.applications.partners import partner
from tests.applications.test_region import FILE as PLAN_OF_A_REGION
from tests.journeys.test_application import entering  # noqa: F401 - the real intake
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.provider.visitor import Visitor
from tests.web.site import with_schemes

PHONE, DESKTOP = (360, 740), (1280, 900)
RETRAINING = """
id = "omscholingsproef"
version = "2026-01-01"
published_on = 2026-01-01
in_force = { from = 2026-01-01 }
name = { nl = "Omscholingsproef", en = "Trial scheme for retraining" }
body = { executes = "Proefbureau" }
[source]
order = { cite = "Staatscourant 2026, 4", weight = "binding" }
[procedure]
kind = "grant_settle"
[[parameter]]
id = "most"
unit = "euro"
values = [{ from = 2026-01-01, value = 3750, source = "order" }]
[[parameter]]
id = "small"
unit = "person"
values = [{ from = 2026-01-01, value = 250, source = "order" }]
[[track]]
id = "retrains"
applicant = "employer"
beneficiary = "employer"
payee = "employer"
reporter = "employer"
[track.amount]
kind = "share"
is = "min(most, training.price)"
[[track.condition]]
id = "small_firm"
when = "employer.employees <= small"
nl = "uw bedrijf heeft ten hoogste 250 werknemers"
source = "order"
[[track.condition]]
id = "priced"
when = "applies(training.price)"
nl = "de omscholing heeft een prijs"
source = "order"
[[round]]
id = "voorjaar"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-06-30T17:00:00+02:00
ceiling_money = 1000000
source = "order"
"""


@pytest.fixture
def home(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    """A home with keys of its own, and a site that knows three trial schemes, whose rounds are open."""
    made.library(tmp_path / "schemes", RETRAINING, "omscholingsproef")
    made.library(tmp_path / "schemes", PLAN_OF_A_REGION)
    offers.library(tmp_path / "schemes")
    keys = read_keys(tmp_path)
    for library in with_schemes(
        settings, tmp_path, TOKEN_KEY=keys.tokens, RECEIPT_KEY=keys.public,
        EVIDENCE_KEY=made.KEY, EVIDENCE=tmp_path / "evidence", SCANNER=None,
    ):  # fmt: skip
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        made.a_round(library, "omscholingsproef", opened=True)
        made.a_round(library, made.SCHEME, "2026", opened=True)
        offers.a_round(library)
        yield tmp_path


@pytest.fixture
def emre(home: Path) -> Visitor:
    """Acts for a firm, signed in; made before there is a browser."""
    return Visitor(partner(people.organisation("90000053"), "Emre", RoleKind.EMPLOYER))


@pytest.fixture
def sanne(home: Path) -> Visitor:
    """Acts for a school with activities in the register."""
    return Visitor(offers.teacher(offers.school()))


@pytest.fixture
def ilse(home: Path) -> Visitor:
    """Acts for the centre municipality of a region."""
    return Visitor(partner(people.organisation("90000075"), "Ilse"))


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def one(
    request: Any,
    emre: Visitor,
    sanne: Visitor,
    ilse: Visitor,
    entering: None,  # noqa: F811 - the fixture
    browser: Browser,
) -> Iterator[Visit]:
    """A visit that must stay clean; nobody is signed in yet."""
    server = LiveServer("127.0.0.1")
    visit = Visit(browser, server.url, *request.param[0], java_script_enabled=request.param[1])
    yield visit
    visit.end()
    server.stop()
    assert [fault for fault in visit.faults if not fault.startswith(("302: ", "201: ", "204: "))] == []


def begin(visit: Visit, who: Visitor, scheme: str) -> Page:
    """Lend somebody's cookie to the browser and start a draft."""
    cookie = next(iter(who.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visit.base}])
    page = visit.open("/applications/new")
    page.get_by_role("button", name=re.compile(f"Vraag aan.*{scheme}")).click()
    page.get_by_role("button", name="Begin met aanvragen").click()
    return page


def submit(visit: Visit, page: Page) -> int:
    """Put the draft ready, submit it, and give its number; the ticket is there."""
    assert visit.sideways() <= 0
    page.get_by_role("button", name="Alles klopt, zet klaar").click()
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    assert visit.sideways() <= 0
    return int(re.findall(r"/applications/(\d+)", page.url)[0])


def test_an_employer(one: Visit, emre: Visitor) -> None:
    """An employer answers what is asked of the firm and of the training, and gets a receipt for the firm."""
    page = begin(one, emre, "Omscholingsproef")
    expect(page.get_by_text("Voor Bedrijf 90000053")).to_be_visible()
    told = {"employer.employees": "40", "training.price": "2.500"}
    for _group in told:
        page.wait_for_load_state()
        for fact, value in told.items():
            field = page.locator(f"[name='{fact}']:not([type=checkbox])")
            if field.count() and not field.input_value():
                field.fill(value)
        page.get_by_role("button", name="Bewaar en ga verder").click()
    submit(one, page)


def test_a_provider_with_enrolments(one: Visit, sanne: Visitor) -> None:
    """A school lists a training with who pays the rest, applies with the list, and enrols somebody in it at no cost."""
    page = begin(one, sanne, "Aanbodproef")
    page.get_by_role("link", name="Aanbod van opleidingen").first.click()
    listed = page.locator("[name=activity] option", has_text="Rekenen voor de baan").get_attribute("value")
    page.locator("[name=activity]").select_option(listed)
    page.get_by_label("Deelnemers").fill("30")
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    page.get_by_role("link", name="Vragen en antwoorden").click()
    page.get_by_role("group").get_by_text("Ja", exact=True).first.click()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    number = submit(one, page)
    page = one.open(f"/provider/enrolments/{number}")
    page.locator("[name=activity]").select_option(listed)
    page.get_by_label("Naam").fill("Özlem Berg")
    page.get_by_label("Geboortedatum").fill("01-04-1990")
    page.get_by_label("Burgerservicenummer").fill("111222333")
    page.get_by_role("button", name="Schrijf in").click()
    expect(page.get_by_text("De deelnemer is ingeschreven.")).to_be_visible()
    assert one.sideways() <= 0


def test_a_region(one: Visit, ilse: Visitor) -> None:
    """A municipality says for which region it files, and applies with the plan of the year."""
    page = begin(one, ilse, "Proefregeling regio")
    choice = page.locator("[name='region.code']:not([type=checkbox])").first
    if choice.evaluate("one => one.tagName") == "SELECT":
        choice.select_option("AM05")
    else:
        page.get_by_text("Twente", exact=True).click()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    submit(one, page)
