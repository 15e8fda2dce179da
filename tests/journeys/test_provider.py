"""A provider in a browser, without a script of ours: types a training, uploads a file, mends a row, says yes, and undoes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.models import Organisation
from doorleren.people.national_number import new_keys
from doorleren.register.models import Activity
from tests.journeys.visits import Visit
from tests.web.provider.visitor import Visitor, provider

PHONE, DESKTOP = (360, 740), (1280, 900)
FILE = "Code;Titel;Prijs;KvK-nummer\nL1;Lassen;1250,00;90000018\nL2;Frezen;achthonderd;90000018\n"


@pytest.fixture
def sanne(settings: Any, tmp_path: Path, transactional_db: None) -> Visitor:
    """Signed in; her cookie is lent to the browser, for the way past the demo provider is a journey of its own."""
    settings.ROOT_URLCONF = "tests.web.provider.site"
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_HOME = tmp_path
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return Visitor(provider("Sanne", Organisation.objects.create(kvk="90000018", name="Vakschool De Werkplaats")))


@pytest.fixture
def base(sanne: Visitor) -> Iterator[str]:
    """The pages on a port of this process, on the database of the test."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def one(request: Any, sanne: Visitor, base: str, browser: Browser) -> Iterator[Visit]:
    """A visit as Sanne, which must stay clean."""
    visit = Visit(browser, base, *request.param, java_script_enabled=False)
    cookie = next(iter(sanne.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    yield visit
    visit.end()
    assert [fault for fault in visit.faults if not fault.startswith("302: ")] == []  # after each form


def test_from_a_form_to_an_undone_upload(one: Visit, tmp_path: Path) -> None:
    """The whole way works without JavaScript, and no page scrolls sideways on a phone."""
    page = one.open("/provider")
    page.get_by_role("link", name="Nieuwe opleiding").click()
    page.get_by_label("Titel").fill("Boren")
    page.get_by_role("button", name="Nog een startmoment").click()
    expect(page.get_by_label("Titel")).to_have_value("Boren")
    page.get_by_label("Begint op").nth(1).fill("31-1-2030")
    page.get_by_label("Titel").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("De opleiding staat in het register.")
    assert one.sideways() <= 0

    page.get_by_role("link", name="Mijn opleidingen").first.click()
    page.get_by_role("link", name="Bestanden aanleveren").click()
    (tmp_path / "aanbod.csv").write_text(FILE, "utf-8")
    page.get_by_label("Uw bestand").set_input_files(tmp_path / "aanbod.csv")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.locator("textarea").fill("800")
    assert one.sideways() <= 0
    page.get_by_role("button", name="Bewaar de verbeteringen").click()
    expect(page.get_by_text("0 geweigerd")).to_be_visible()
    page.get_by_role("button", name="Akkoord").click()
    expect(page.get_by_text("Nieuw: 2")).to_be_visible()
    page.get_by_role("link", name="Draai deze levering terug").click()
    page.get_by_role("button", name="Ja, draai terug").click()
    expect(page.get_by_text("is teruggedraaid")).to_be_visible()
    assert one.sideways() <= 0


def test_from_contact_to_a_recognition_with_its_proof(one: Visit) -> None:
    """A provider types where it is, mends a mistake, states a recognition with a document, and takes it back."""
    page = one.open("/provider")
    page.get_by_role("link", name="Gegevens en erkenningen").click()
    page.get_by_label("E-mailadres").fill("info@werkplaats.example")
    page.get_by_role("button", name="Nog een locatie").click()
    page.get_by_label("Plaats").nth(1).fill("Utrecht")
    page.get_by_label("Plaats").nth(1).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Uw gegevens zijn opgeslagen.")
    expect(page.get_by_label("Plaats").nth(1)).to_have_value("Utrecht")

    page.get_by_label("Hoe bent u erkend?").select_option("nlqf")
    page.get_by_label("Document als bewijs").set_input_files(
        {"name": "bewijs.pdf", "mimeType": "text/html", "buffer": b"%PDF-1.4\n%%EOF"}
    )
    page.get_by_role("button", name="Geef op").click()
    expect(page.get_by_text("opgegeven, nog niet bevestigd")).to_be_visible()
    assert one.sideways() <= 0
    page.get_by_role("button", name="Trek in").click()
    expect(page.get_by_text("ingetrokken", exact=True)).to_be_visible()


@pytest.fixture
def places(sanne: Visitor) -> list[str]:
    """Every page with something on it; made before there is a browser, beside which Django refuses the database."""
    sanne.post("/provider/activities/new", {"title": "Boren", "code": "B1", "runs": "0"})
    sanne.upload(FILE)
    preview = sanne.place
    sanne.upload(FILE)
    received = sanne.place
    sanne.send(f"{received}/confirm")
    sanne.post("/provider/details", {"place": "Zeist", "locations": "1", "location-0.place": "Utrecht", "version": ""})
    proof = {"route": "quality_mark", "number": "NRTO-1", "link": "https://nrto.example"}
    sanne.post("/provider/recognitions", proof)
    number = Activity.objects.get(code="B1").pk
    return [
        "/provider", f"/provider/activities/{number}", "/provider/activities/new", "/provider/uploads", preview, received, "/provider/details",
        f"{received}/undo",
    ]  # fmt: skip


def test_every_page_is_accessible(sanne: Visitor, places: list[str], base: str, browser: Browser, axe: str) -> None:
    """axe-core finds nothing on the list, the form with mistakes, the uploads, a preview with mistakes and the undo."""
    visit = Visit(browser, base, *PHONE)
    cookie = next(iter(sanne.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    found = []
    for address in places:
        visit.open(address)
        found += [f"{address}: {fault}" for fault in visit.axe(axe)]
        found += [f"{address}: sideways"] if visit.sideways() > 0 else []
    visit.missing_wanted = True
    visit.open("/provider/activities/new", status=200)
    visit.missing_wanted = True
    visit.page.get_by_role("button", name="Opslaan").last.click()
    visit.page.get_by_role("alert").wait_for()
    found += [f"mistake: {fault}" for fault in visit.axe(axe)]
    visit.end()
    assert found == []
