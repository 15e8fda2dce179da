"""An assessor in a browser, with and without a script: takes a case from the list, undoes that, takes it again, and asks to complete."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.national_number import new_keys
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.journeys.visits import Visit
from tests.web.officer.cases_made import Bureau
from tests.web.officer.desk import Desk

PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Bureau]:
    """The trial scheme with evidence on a site that knows it, its body, and a case that came in."""
    library = made.library(tmp_path, made.UNDER_LAW)
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_HOME = (tmp_path / "schemes",), tmp_path
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    yield Bureau(library, a_round(library, opened=True))
    known.library.cache_clear()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def begin(request: Any, bureau: Bureau, browser: Browser) -> Iterator[Callable[[Desk], Visit]]:
    """Begins visits, each in a browser of its own, which must stay clean."""
    size, scripted = request.param
    server, begun = LiveServer("127.0.0.1"), []

    def of(desk: Desk) -> Visit:
        visit = Visit(browser, server.url, *size, java_script_enabled=scripted)
        begun.append(visit)
        cookie = next(iter(desk.client.cookies.values()))
        visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        return visit

    yield of
    for visit in begun:
        visit.end()
    server.stop()
    assert [fault for visit in begun for fault in visit.faults if not fault.startswith("302: ")] == []  # after a form


def taken(page: Page, reference: str, clean: Callable[[], None]) -> None:
    """From the menu to a case of nobody: taken by keyboard, given back, and taken again."""
    page.get_by_role("link", name="Zaken", exact=True).first.click()
    expect(page.get_by_text("Neem een zaak die van niemand is")).to_be_visible()
    clean()
    page.get_by_role("link", name="Van niemand (1)").click()
    clean()
    page.get_by_label(f"Kies {reference}").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Neem deze zaken zelf").press("Enter")
    expect(page.get_by_text("1 zaak is nu van u.")).to_be_visible()
    page.get_by_role("button", name="Maak dit ongedaan").click()
    expect(page.get_by_text("De toewijzing is ongedaan gemaakt.")).to_be_visible()
    page.get_by_label(f"Kies {reference}").check()
    page.get_by_role("button", name="Neem deze zaken zelf").click()
    page.get_by_role("link", name="Van mij (1)").click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("Deze zaak is van u.")).to_be_visible()
    clean()


def asked(visit: Visit, clean: Callable[[], None]) -> None:
    """Ask to complete: a wrong day is told, the letter is seen before it is made."""
    page = visit.page
    page.get_by_role("link", name="Om aanvulling vragen").click()
    visit.missing_wanted = True
    page.get_by_label("Tot en met welke dag?").fill("gisteren")
    page.get_by_role("button", name="Bekijk wat er gaat gebeuren").click()
    expect(page.get_by_role("alert")).to_contain_text("U vulde in: gisteren.")
    clean()
    visit.missing_wanted = False
    page.get_by_label("de offerte van de opleider").check()
    page.get_by_label("Tot en met welke dag?").fill((now().date() + timedelta(days=21)).strftime("%d-%m-%Y"))
    page.get_by_role("button", name="Bekijk wat er gaat gebeuren").click()
    expect(page.get_by_role("heading", name="Wij missen nog iets bij uw aanvraag")).to_be_visible()
    clean()
    page.get_by_role("button", name="Ja, vraag dit").click()
    expect(page.get_by_text("De vraag om aanvulling staat klaar.")).to_be_visible()
    expect(page.get_by_text("wacht op verzending")).to_be_visible()
    clean()


def test_taken_from_the_list_and_asked_to_complete(
    begin: Callable[[Desk], Visit], bureau: Bureau, axe: str, request: Any
) -> None:
    """An assessor takes a case, undoes that, takes it again and asks to complete it; a colleague is asked why they look."""
    scripted = "without" not in request.node.callspec.id

    def clean(visit: Visit) -> None:
        if scripted:
            visit.unfold()
            assert visit.axe(axe) == [], visit.page.url
        assert visit.sideways() <= 0, visit.page.url

    fatima = begin(bureau.fatima)
    taken(fatima.open("/account"), bureau.case.reference, lambda: clean(fatima))
    asked(fatima, lambda: clean(fatima))
    fatima.page.get_by_role("link", name="Beoordelen", exact=True).click()
    clean(fatima)

    joost = begin(bureau.joost)
    page = joost.open(bureau.at)
    page.get_by_label("ik vervang een collega").check()
    clean(joost)
    page.get_by_role("button", name="Open het dossier").click()
    expect(page.get_by_text("Nadia")).to_be_visible()
    expect(page.get_by_text("Deze zaak is van Fatima.")).to_be_visible()
