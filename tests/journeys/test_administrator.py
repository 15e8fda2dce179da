"""An administrator in a browser, past the demo provider: gives a role, sees it work, ends it; an auditor reads it back."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from plugin_database import roomy_folder

from tests.journeys.visits import Visit
from tests.server.sites import Site, free_port, made_before

PHONE, DESKTOP = (375, 740), (1280, 900)


@pytest.fixture
def base() -> Iterator[str]:
    """`doorleren serve` with a database of its own, and so with the demo."""
    folder = Path(tempfile.mkdtemp(prefix="dla-", dir=roomy_folder()))
    made_before(folder / "home")
    site = Site(folder / "home", free_port())
    try:
        yield f"http://127.0.0.1:{site.wait().port}"
    finally:
        site.stop()
        site.end()
        shutil.rmtree(folder, ignore_errors=True)


class Somebody:
    """A visit of somebody who signed in from the demo's list."""

    def __init__(self, browser: Browser, base: str, name: str, size: tuple[int, int] = DESKTOP) -> None:
        self.visit = Visit(browser, base, *size)
        self.page: Page = self.visit.open("/sign-in")
        self.page.get_by_role("button", name="Inloggen").first.click()
        self.page.get_by_role("button", name=name).click()
        expect(self.page.get_by_role("heading", name="Mijn account")).to_be_visible()

    def follow(self, name: str) -> Page:
        """Go to a page from one's account."""
        self.visit.open("/account").get_by_role("link", name=name).first.click()
        return self.page

    def fine(self, axe: str) -> list[str]:
        """What axe-core finds on this page, and whether it is wider than the window."""
        found = self.visit.axe(axe)
        return found + (["sideways"] if self.visit.sideways() > 0 else [])


def test_a_role_is_given_used_ended_and_read_back(base: str, browser: Browser, axe: str) -> None:
    """Otto gives Mei a role, who has it at once and loses it when he ends it; Carlo sees both acts and who looked."""
    otto, mei = Somebody(browser, base, "Otto Brouwer"), Somebody(browser, base, "Mei van Dam")
    page = otto.follow("Rollen en machtigingen")
    found = otto.fine(axe)
    page.get_by_role("link", name="Geef iemand een rol").click()
    page.get_by_label("Wie krijgt de rol?").fill("mei van dam")
    page.get_by_label("Welke rol?").select_option("beoordelaar")
    found += otto.fine(axe)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Mei van Dam")).to_be_visible()
    found += otto.fine(axe)
    page.get_by_role("button", name="Ja, geef deze rol").click()
    expect(page.get_by_role("status")).to_contain_text("De rol is gegeven.")

    expect(mei.visit.open("/account").get_by_text("beoordelaar")).to_be_visible()
    mei.follow("Toelating tot het register")
    expect(mei.page.get_by_role("heading", level=1)).to_contain_text("Toelating")

    page.get_by_label("Naam van de persoon").fill("Mei")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("row", name="beoordelaar").get_by_role("link", name="Beëindig").click()
    found += otto.fine(axe)
    page.get_by_role("button", name="Ja, beëindig").click()
    expect(page.get_by_role("status")).to_contain_text("Dit is beëindigd.")
    mei.visit.open("/officer/admissions", status=403)
    expect(mei.page.get_by_text("geen rol die dit mag")).to_be_visible()

    carlo = Somebody(browser, base, "Carlo Dijkstra", PHONE)
    page = carlo.follow("Logboek van handelingen")
    page.get_by_label("Wie (nummer of hele naam)").fill("Otto Brouwer")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("cell", name="rol gegeven", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="rol beëindigd", exact=True)).to_be_visible()
    found += carlo.fine(axe)
    page.get_by_role("button", name="Controleer de hele keten").click()
    expect(page.get_by_role("status")).to_contain_text("De keten is heel.")
    found += carlo.fine(axe)
    page = carlo.follow("Logboek van inzage")
    expect(page.get_by_role("link", name="Otto Brouwer").first).to_be_visible()
    found += carlo.fine(axe)
    for one in (otto, mei, carlo):
        one.visit.end()
    assert found == []


def test_the_pages_of_sources_are_accessible(base: str, browser: Browser, axe: str) -> None:
    """axe-core finds nothing on the list, the form with mistakes, a source that failed and its delivery, on a phone."""
    otto = Somebody(browser, base, "Otto Brouwer", PHONE)
    page = otto.follow("Bronnen")
    found = otto.fine(axe)
    page.get_by_role("link", name="Voeg een bron toe").click()
    otto.visit.missing_wanted = True
    page.get_by_label("Om de hoeveel uur ophalen?").fill("vaak")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul een heel getal in")
    found += otto.fine(axe)
    page.get_by_label("Naam van de bron").fill("Havenschool")
    page.get_by_label("Adres").fill(f"{base}/nergens.csv")
    page.get_by_label("Om de hoeveel uur ophalen?").fill("24")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status")).to_contain_text("De bron is bewaard.")
    page.get_by_role("button", name="Haal nu op").click()
    expect(page.get_by_text("status 404")).to_be_visible()
    found += otto.fine(axe)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Levering van")).to_be_visible()
    found += otto.fine(axe)
    otto.visit.end()
    assert found == []
