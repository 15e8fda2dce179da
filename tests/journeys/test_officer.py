"""An official and a provider, each in a browser of their own: refused with a reason, applied again, admitted with a cap."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from plugin_database import roomy_folder

from tests.journeys.visits import Visit
from tests.server.sites import Site, free_port, made_before

PHONE, DESKTOP = (375, 740), (1200, 900)
REASON = "De lessen hebben geen begeleiding. Beschrijf die."
WORKSHOP = "90000018"
"""The provider that the demo person Sanne speaks for."""

Begin = Callable[..., Visit]


@pytest.fixture(scope="module")
def demo() -> Iterator[Site]:
    """`doorleren serve` with its own database and the people of the demo."""
    folder = Path(tempfile.mkdtemp(prefix="dlo-", dir=roomy_folder()))
    made_before(folder / "home")
    site = Site(folder / "home", free_port())
    try:
        yield site.wait()
    finally:
        site.stop()
        site.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def begin(demo: Site, browser: Browser) -> Iterator[Begin]:
    """Begins visits of people from the demo list; at the end none may have complained, but of the way past the provider."""
    begun: list[Visit] = []

    def sign_in(name: str, size: tuple[int, int]) -> Visit:
        visit = Visit(browser, f"http://127.0.0.1:{demo.port}", *size)
        begun.append(visit)
        page = visit.open("/sign-in")
        visit.missing_wanted = True  # the demo provider has no icon for its tab
        page.get_by_role("button", name="Inloggen").click()
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()
        visit.missing_wanted = False
        return visit

    yield sign_in
    for one in begun:
        one.end()
    wanted = ("302: ", "asked elsewhere: http://127.0.0.1:")
    assert [fault for one in begun for fault in one.faults if not fault.startswith(wanted)] == []


def accessible(visit: Visit, axe: str) -> None:
    """What stands on the screen now has no fault that axe-core finds, and is no wider than the window."""
    assert (visit.axe(axe), max(visit.sideways(), 0)) == ([], 0), visit.page.url


def waiting(visit: Visit) -> Page:
    """From the account to the first activity of the workshop that waits."""
    page = visit.open("/account")
    page.get_by_role("link", name="Toelating tot het register").click()
    page.get_by_label("Naam of KvK-nummer").fill(WORKSHOP)
    page.get_by_role("button", name="Zoeken").click()
    return page


def test_refused_applied_again_and_admitted(begin: Begin, axe: str) -> None:
    """The provider reads the check, the reason and how to object, applies again, and is admitted with a most a year."""
    joost = begin("Joost Mulder", DESKTOP)
    page = waiting(joost)
    accessible(joost, axe)
    link = page.get_by_role("row").get_by_role("link").first
    title, address = link.inner_text(), link.get_attribute("href") or ""
    link.click()
    accessible(joost, axe)
    page.get_by_role("link", name="Weiger").click()
    accessible(joost, axe)
    page.get_by_label("Reden").fill(REASON)
    joost.missing_wanted = True
    page.get_by_role("button", name="Bekijk wat u gaat doen").click()
    expect(page.get_by_role("alert")).to_contain_text("Noem de toets waaraan niet is voldaan.")
    expect(page.get_by_label("Reden")).to_have_value(REASON)
    accessible(joost, axe)
    page.get_by_label("deelnemers krijgen ondersteuning").check()
    page.get_by_role("button", name="Bekijk wat u gaat doen").click()
    joost.missing_wanted = False
    expect(page.get_by_text("U weigert vandaag de toelating")).to_be_visible()
    accessible(joost, axe)
    page.get_by_role("button", name="Ja, weiger").click()
    expect(page.get_by_role("status")).to_contain_text("Uw besluit is genomen.")
    expect(page.get_by_role("heading", name="Stand: geweigerd")).to_be_visible()

    sanne = begin("Sanne Visser", PHONE)
    other = sanne.open(f"/provider/activities/{address.rsplit('/', 1)[-1]}")
    expect(other.get_by_role("heading", name="Toelating: geweigerd")).to_be_visible()
    for words in (REASON, "deelnemers krijgen ondersteuning en begeleiding", "bezwaar bij Uitvoerder van de demo"):
        expect(other.get_by_text(words).first).to_be_visible()
    accessible(sanne, axe)
    other.get_by_role("button", name="Vraag toelating van deze opleiding").click()
    expect(other.get_by_role("status")).to_contain_text("Uw aanmelding is ontvangen.")

    page = waiting(joost)
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Laat toe").click()
    page.get_by_label("Ten hoogste per jaar").fill("25")
    page.get_by_role("button", name="Bekijk wat u gaat doen").click()
    expect(page.get_by_text("ten hoogste 25 subsidies")).to_be_visible()
    page.get_by_role("button", name="Ja, laat toe").click()
    expect(page.get_by_role("heading", name="Stand: toegelaten")).to_be_visible()
    other = sanne.open(f"/provider/activities/{address.rsplit('/', 1)[-1]}")
    expect(other.get_by_text("Ten hoogste 25 subsidies per jaar.").first).to_be_visible()


def test_the_pages_on_a_phone(begin: Begin, axe: str) -> None:
    """List, provider, activity and former prices are accessible and never wider than a phone; who assesses is offered no act."""
    fatima = begin("Fatima el Idrissi", PHONE)
    for kind in ("provider", "activity"):
        page = fatima.open(f"/officer/admissions?kind={kind}")
        accessible(fatima, axe)
        page.get_by_role("row").get_by_role("link").first.click()
        fatima.unfold()
        expect(page.get_by_text("Alleen een beslisser neemt een besluit.")).to_be_visible()
        accessible(fatima, axe)
    page.get_by_label("Op welke dag gold deze prijs?").fill("1-2-2024")
    page.get_by_label("Prijs met btw").fill("900")
    page.get_by_label("Waar gevonden?").fill("folder uit 2024")
    page.get_by_role("button", name="Noteer deze prijs").click()
    expect(page.get_by_role("status")).to_contain_text("De eerdere prijs is genoteerd.")
    expect(page.get_by_role("rowheader", name="1 februari 2024")).to_be_visible()


def test_the_language_stays_in_the_first_row(begin: Begin) -> None:
    """At no width does the switch of language fall below the name of the site, with the menu of own pages beside it, in either language."""
    joost = begin("Joost Mulder", DESKTOP)
    for address in ("/trainings", "/en/trainings"):
        page = joost.open(address)
        for width in (320, 390, 768, 1024, 1087, 1088, 1100, 1160, 1216, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            boxes = [page.locator(one).bounding_box() or {} for one in (".dl-brand", ".dl-me", ".dl-languages")]
            tops = [one["y"] for one in boxes]
            assert max(tops) < tops[0] + boxes[0]["height"], (address, width)
            assert joost.sideways() <= 0, (address, width)


@pytest.mark.parametrize("size", [(320, 640), (768, 1024), (1280, 800)], ids=["320", "768", "1280"])
def test_the_own_pages_by_keyboard(begin: Begin, axe: str, size: tuple[int, int]) -> None:
    """In the head of any page Enter opens the menu of one's own pages, Escape closes it, and it leads to the work and out."""
    joost = begin("Joost Mulder", size)
    page = joost.open("/trainings")
    summary = page.locator(".dl-me > summary")
    link = page.locator(".dl-me").get_by_role("link", name="Toelating tot het register")
    summary.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    accessible(joost, axe)
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    link.press("Enter")
    page.wait_for_url("**/officer/admissions")
    summary.click()
    page.locator(".dl-me").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()
    joost.open("/trainings")
    expect(page.locator(".dl-me")).to_have_count(0)
