"""A partnership applies in a browser, with and without a script of ours: members, shares, financiers, and a receipt that verifies."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rounds.receipts import verify_receipt
from doorleren.server.intake.keys import read_keys
from doorleren.web import known
from tests.applications import made, partners
from tests.journeys.test_application import entering  # noqa: F401 - the real intake
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture
def home(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    """A home with keys of its own, and a site that knows the trial scheme for partnerships, whose round is open."""
    partners.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), made.TODAY
    settings.DOORLEREN_HOME, settings.DOORLEREN_IDENTITY_KEYS = tmp_path, new_keys()
    keys = read_keys(tmp_path)
    settings.DOORLEREN_TOKEN_KEY, settings.DOORLEREN_RECEIPT_KEY = keys.tokens, keys.public
    settings.DOORLEREN_PERSON_KEY = made.KEY
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    partners.a_round(known.library())
    yield tmp_path
    known.library.cache_clear()


@pytest.fixture
def leila(home: Path) -> Visitor:
    """Of the lead partner, signed in; her cookie is lent to the browser."""
    return Visitor(partners.partner(people.organisation(partners.LEAD), "Leila"))


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def one(
    request: Any,
    leila: Visitor,
    entering: None,  # noqa: F811 - the fixture
    browser: Browser,
) -> Iterator[Visit]:
    """A visit as Leila, which must stay clean."""
    server = LiveServer("127.0.0.1")
    visit = Visit(browser, server.url, *request.param[0], java_script_enabled=request.param[1])
    cookie = next(iter(leila.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    yield visit
    visit.end()
    server.stop()
    refused = [fault for fault in visit.faults if not fault.startswith(("302: ", "201: ", "204: "))]  # after each form
    assert [fault for fault in refused if "422" not in fault] == []  # the one refusal of the journey
    assert len([fault for fault in refused if fault.startswith("422: ")]) <= 1


def add(page: Page, kind: str, kvk: str = "", name: str = "") -> None:
    """Add a member; without a number it is the lead partner."""
    if kvk:
        page.get_by_label("KvK-nummer").fill(kvk)
        page.get_by_label("Naam").fill(name)
    page.get_by_label("Wat voor partij is dit?").select_option(label=kind)
    page.get_by_role("button", name="Voeg toe").click()


def tell(page: Page, cost: str, **size: str) -> None:
    """Tell what is asked of a member."""
    for fact, value in {"eligible_costs": cost, **size}.items():
        page.locator(f"[name='employer.{fact}']:not([type=checkbox])").fill(value)
    page.get_by_role("button", name="Bewaar", exact=True).click()


def test_from_members_to_a_receipt(one: Visit, home: Path) -> None:
    """Three organisations are named, the cost is shared and financed to the cent, and the application is submitted."""
    page, wide = one.open("/applications/new"), []
    page.get_by_role("button", name=re.compile("Vraag aan.*Samenproef")).click()
    page.get_by_role("button", name="Begin met aanvragen").click()
    page.get_by_role("link", name="Leden van het samenwerkingsverband").click()
    add(page, "werkgever")
    tell(page, "600.000", employees="10", turnover="1.000.000")
    add(page, "werkgever", "90000042", "Bakkerij Bol")
    tell(page, "600.000,01", employees="20", turnover="2.000.000")
    add(page, "vakbond", "90000053", "Bond van bakkers")
    tell(page, "0")
    expect(page.get_by_text("nog niet bevestigd door het lid").first).to_be_visible()
    wide.append(one.sideways())

    page.get_by_role("link", name="Ga verder met de kosten").click()
    for name, share in (("Bedrijf", "60"), ("Bakkerij", "40"), ("Bond", "0")):
        page.get_by_label(re.compile(name)).fill(share)
    page.get_by_role("button", name="Bewaar de verdeling").click()
    for row, (kind, amount) in enumerate((("scheme", "720.000"), ("fund", "300.000"), ("own", "180.000"))):
        page.locator(f"[name=kind-{row}]").select_option(kind)
        page.locator(f"[name=amount-{row}]").fill(amount)
    page.locator("[name=kvk-1]").fill(partners.FUND)
    page.locator("[name=name-1]").fill("O&O-fonds Brood")
    page.get_by_role("button", name="Bewaar wie wat betaalt").click()
    expect(page.get_by_text("Er ontbreekt nog € 0,01").first).to_be_visible()
    wide.append(one.sideways())
    page.locator("[name=amount-2]").fill("180.000,01")
    page.get_by_role("button", name="Bewaar wie wat betaalt").click()
    expect(page.get_by_text("Bewaard.")).to_be_visible()

    page.get_by_role("link", name="Verder met de aanvraag").click()
    page.get_by_role("group", name="Zit er een sector met te veel mensen").get_by_text("Ja", exact=True).click()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("button", name="Alles klopt, zet klaar").click()
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar het ontvangstbewijs").click()
    told = json.loads(download.value.path().read_text("utf-8"))
    assert verify_receipt(told, read_keys(home).public).cents == 720_000_01
    assert [width for width in wide if width > 0] == []


@pytest.fixture
def place(leila: Visitor) -> str:
    """The address of a draft with two members; made before there is a browser."""
    leila.post("/applications/start", {"round": Round.objects.get().pk, "as": f"joint:{partners.LEAD}"})
    place = leila.place
    leila.post(f"{place}/members", {"kvk": partners.LEAD, "kind": "employer"})
    leila.post(f"{place}/members/1", {"employer.eligible_costs": "100", "employer.employees": "900"})
    leila.post(f"{place}/members", {"kvk": partners.SECOND, "kind": "employer", "name": "Bakkerij Bol"})
    return place


def test_every_page_is_accessible(leila: Visitor, place: str, browser: Browser, axe: str) -> None:
    """axe-core finds nothing on the pages of applying together, and none is too wide for a phone."""
    server, found = LiveServer("127.0.0.1"), []
    visit = Visit(browser, server.url, *PHONE)
    cookie = next(iter(leila.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    for address in ("/members", "/members/2", "/costs", "/parties"):
        visit.open(place + address)
        found += [f"{address}: {fault}" for fault in visit.axe(axe)]
        found += [f"{address}: sideways"] if visit.sideways() > 0 else []
    visit.end()
    server.stop()
    assert found == []
