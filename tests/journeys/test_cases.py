"""Officials in a browser, with and without a script: a case taken, completed, assessed, granted, objected to, and decided by another."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

import doorleren.web
from doorleren.core.days import day_of
from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications.made import a_round
from tests.decisions import made
from tests.journeys.visits import Visit
from tests.web.officer.cases_made import Bureau, many
from tests.web.officer.desk import Desk

PHONE, DESKTOP = (360, 740), (1280, 900)
STYLE = Path(doorleren.web.__file__).parent / "static" / "doorleren" / "doorleren.css"


class Staffed(Bureau):
    """A body with a second decider, who is there before any browser opens."""

    def __init__(self, library: Any, round_: Any) -> None:
        super().__init__(library, round_)
        self.sanne = self.desk(RoleKind.DECIDER, "Sanne")


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Staffed]:
    """The trial scheme with evidence on a site that knows it, its body, and a case that came in."""
    library = made.library(tmp_path, made.UNDER_LAW)
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_HOME = (tmp_path / "schemes",), tmp_path
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    yield Staffed(library, a_round(library, opened=True))
    known.library.cache_clear()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def begin(request: Any, bureau: Staffed, browser: Browser) -> Iterator[Callable[[Desk], Visit]]:
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


def place_follows(round_: int) -> None:
    """Let the place follow what was completed, as the site does by itself."""
    beside(lambda: fill_freed(round_, at=now()))


def beside(work: Callable[[], object]) -> None:
    """Let something be done in a thread, because the browser has this one."""

    def done() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(done).result()


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
    page.get_by_label("Ontbreekt dit, of vraagt u uitleg?").select_option("lacks")
    page.get_by_label("Tot en met welke dag?").fill((day_of(now()) + timedelta(days=21)).strftime("%d-%m-%Y"))
    page.get_by_role("button", name="Bekijk wat er gaat gebeuren").click()
    expect(page.get_by_role("heading", name="Wij missen nog iets bij uw aanvraag")).to_be_visible()
    clean()
    page.get_by_role("button", name="Ja, vraag dit").click()
    expect(page.get_by_text("De vraag om aanvulling staat klaar.")).to_be_visible()
    expect(page.get_by_text("wacht op verzending")).to_be_visible()
    clean()


def assessed(page: Page, clean: Callable[[], None]) -> None:
    """Assess: everything is met, and what nobody can compute has a ground; what was computed is unfolded by keyboard."""
    page.get_by_role("link", name="Beoordelen", exact=True).click()
    page.get_by_text("Voldaan volgens de regels").press("Enter")
    page.wait_for_load_state()
    for yes in page.locator("input[type=radio][value=yes]").all():
        yes.check()
    page.locator("[name=ground-honest]").fill("de offerte is van na de aanvraag")
    page.get_by_role("button", name="Bekijk de uitkomst").click()
    clean()
    page.get_by_role("button", name="Ja, leg dit vast").click()
    expect(page.get_by_text("De beoordeling is vastgelegd.")).to_be_visible()


def did(page: Page, name: str, button: str, said: str, clean: Callable[[], None], **fields: str) -> None:
    """Do an act from the list on the case page, unfolded by keyboard where need be: fill in, look at what will happen, and press."""
    page.wait_for_load_state()
    if not page.get_by_role("link", name=name, exact=True).is_visible():
        page.get_by_text("Andere handelingen").press("Enter")
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()
    for field, text in fields.items():
        page.locator(f"[name={field}]").fill(text)
    for choice in page.locator("main select").all():
        choice.select_option(index=1)
    clean()
    page.get_by_role("button", name="Bekijk wat er gaat gebeuren").click()
    expect(page.get_by_role("heading", name="Dit gaat er gebeuren")).to_be_visible()
    clean()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(said)).to_be_visible()


def test_from_the_list_to_a_decision_on_objection(
    begin: Callable[[Desk], Visit], bureau: Staffed, axe: str, request: Any
) -> None:
    """A case is taken, completed, assessed by one, granted by another, objected to, and decided on by a third; each sees why."""
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

    did(fatima.open(bureau.at), "Aanvulling ontvangen", "Ja, noteer dit", "aangevuld.", lambda: clean(fatima))
    place_follows(bureau.round.pk)
    assessed(fatima.page, lambda: clean(fatima))
    did(joost.open(bureau.at), "Verlenen", "Ja, verleen", "Het besluit is genomen.", lambda: clean(joost))
    noted = {"words": "Ik vroeg om meer.", "received_on": day_of(now()).strftime("%d-%m-%Y")}
    did(fatima.open(bureau.at), "Bezwaar ontvangen op papier", "Ja, noteer het bezwaar", "Dit is vastgelegd.",
        lambda: clean(fatima), **noted)  # fmt: skip
    expect(
        joost.open(bureau.at).get_by_text("U hebt in deze zaak beslist. Een ander moet dit doen.").first
    ).to_be_attached()
    sanne = begin(bureau.sanne)
    page = sanne.open(bureau.at)
    page.get_by_label("er is een bezwaar").check()
    page.get_by_role("button", name="Open het dossier").click()
    expect(page.get_by_text("Ik vroeg om meer.")).to_be_visible()
    did(
        page,
        "Bezwaar ongegrond",
        "Ja, verklaar ongegrond",
        "Dit is vastgelegd.",
        lambda: clean(sanne),
        words="u kreeg alles",
    )
    expect(page.locator("[aria-labelledby=history]").get_by_text("bezwaar ongegrond").first).to_be_visible()


def test_taken_from_a_long_list_by_keyboard(bureau: Staffed, begin: Callable[[Desk], Visit]) -> None:
    """The first of fifty cases is ticked, and within ten stops a way past the others leads to the button that takes it."""
    beside(lambda: many(bureau.case, 49))
    page = begin(bureau.fatima).open("/officer/cases?official=all")
    page.locator("input[name=cases]").first.focus()
    page.keyboard.press("Space")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#q-assign":
            break
    expect(page.get_by_role("link", name="Naar wat u hebt aangevinkt").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Neem deze zaken zelf")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 zaak is nu van u.")).to_be_visible()


@pytest.mark.parametrize("width", [240, 280, 400, 860])
def test_an_amount_stands_on_one_line_beside_long_words(width: int, browser: Browser) -> None:
    """In a list of facts of any width, words as long as those of a loan leave an amount room on one line."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    words = "Nog terug te betalen volgens het plan van terugbetaling, voor het eerst op 31 januari"
    facts = (
        f'<dl class="utrecht-data-list dl-facts"><div><dt>{words}</dt><dd><span>€\u00a012.345,67</span></dd></div></dl>'
    )
    page.set_content(f'<section style="inline-size: {width}px">{facts}</section>')
    page.add_style_tag(path=STYLE)
    assert page.evaluate("document.querySelector('dd span').getClientRects().length") == 1
    assert page.evaluate("document.querySelector('section').scrollWidth") <= width
    page.close()
