"""The portal as people use it: from words to a training and a comparison, with and without answers, by mouse and by keyboard."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.portal_site import READY
from tests.journeys.test_everywhere import DESKTOP, MOST_BYTES, PHONE, WIDER_PHONE, faults_of
from tests.journeys.test_keyboard import tab_to
from tests.journeys.visits import Visit
from tests.server.openers import ROOT
from tests.server.sites import free_port

ANSWERS = {"person.birth_date.day": "1", "person.birth_date.month": "4", "person.birth_date.year": "1985",
           "person.work_status": "employee"}  # fmt: skip
SHARED = f"#answers={urlencode(ANSWERS)}"
PRINTED_PAGE = re.compile(rb"/Type\s*/Page\b")
LONG_NOTES = "Neem uw diploma's mee naar het gesprek. " * 10


@dataclass(frozen=True)
class PortalSite:
    """Where the portal listens."""

    port: int


@pytest.fixture(scope="module")
def site() -> Iterator[PortalSite]:
    """The pages with the stand-in of the register, instead of the whole site."""
    port = free_port()
    command = [sys.executable, "-m", "tests.journeys.portal_site", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert READY in process.stdout.readline()
            yield PortalSite(port)
        finally:
            process.kill()


def with_answers(visit: Visit, address: str) -> Page:
    """Opens a page with answers behind the #, and waits until they are in its form."""
    page = visit.open(address + SHARED)
    wait_for_answers(page)
    return page


def wait_for_answers(page: Page) -> None:
    """Waits until the page says that it reckons with the visitor's answers."""
    expect(page.locator(".dl-mine button[formaction], .dl-sheet__given").first).to_be_attached()


def named(words: str, what: str) -> re.Pattern[str]:
    """The name of a link or button whose last words are only heard."""
    return re.compile(rf"^{words}\s*: {what}$")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_words_to_a_training_and_a_comparison(visit, script):
    """Search, tick two boxes of a facet, choose two trainings, compare them, take one out, and look at the other."""
    page = visit(java_script_enabled=script).open("/trainings")
    page.get_by_role("searchbox").fill("e")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found [role=status]")).to_have_text("48 opleidingen gevonden.")
    for value in ("hospitality", "ict"):
        page.locator(f"input[name=sector][value={value}]").check()
        if script:
            page.wait_for_url(f"**sector={value}**")
    if not script:
        page.get_by_role("button", name="Laat zien").click()
    expect(page.locator("#found [role=status]")).to_have_text("24 opleidingen gevonden.")
    assert parse_qs(urlsplit(page.url).query)["sector"] == ["ict", "hospitality"]
    for title in ("Gastvrij werken 2", "Leren programmeren 3"):
        page.get_by_role("link", name=named("Vergelijk", title)).click()
        expect(page.get_by_role("link", name=named("Niet meer vergelijken", title))).to_be_visible()
    page.get_by_role("link", name="Vergelijk", exact=True).click()
    expect(page.get_by_role("table")).to_contain_text("Leren programmeren 3")
    page.get_by_role("link", name=named("Haal weg", "Gastvrij werken 2")).click()
    expect(page.get_by_role("table")).not_to_contain_text("Gastvrij werken 2")
    page.get_by_role("link", name=named("Bekijk", "Leren programmeren 3")).click()
    expect(page.locator("h1")).to_have_text("Leren programmeren 3")


def test_a_box_that_is_taken_away_as_a_choice_is_no_longer_ticked(visit):
    """Taking a choice away above the results clears its box, although it was ticked by hand, and it stays away."""
    page = with_answers(visit(), "/trainings?q=e")
    page.locator("input[name=sector][value=ict]").check()
    expect(page.locator("#found [role=status]")).to_have_text("12 opleidingen gevonden.")
    page.get_by_role("button", name=named("ICT", "haal weg")).click()
    expect(page.locator("#found [role=status]")).to_have_text("48 opleidingen gevonden.")
    expect(page.locator("input[name=sector][value=ict]")).not_to_be_checked()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_answers_go_along_from_a_training_to_the_search_and_back(visit, script):
    """An answer given on the page of a training stays through comparison, search, choices, paging and another training."""
    page = visit(java_script_enabled=script).open("/trainings/5")
    page.locator("input[name='person.work_status'][value=employee]").check()
    page.get_by_role("button", name="Reken opnieuw").click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")
    page.get_by_role("button", name="Vergelijk met andere").click()
    expect(page.get_by_role("table")).to_contain_text("Lassen 5")
    page.get_by_role("button", name="Voeg een opleiding toe").click()
    wait_for_answers(page)
    page.get_by_role("searchbox").fill("e")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found [role=status]")).to_have_text("48 opleidingen gevonden.")
    page.get_by_role("button", name="Volgende bladzijde").click()
    expect(page.get_by_role("button", name="Naar de eerste bladzijde")).to_be_visible()
    expect(page.get_by_text("1 opleiding gekozen om te vergelijken.")).to_be_visible()
    page.locator(".dl-training__foot button").first.click()
    expect(page.get_by_text("2 opleidingen gekozen om te vergelijken.")).to_be_visible()
    expect(page.get_by_role("button", name="Naar de eerste bladzijde")).to_be_visible()
    page.locator(".dl-training h3 button").first.click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")
    page.get_by_role("button", name="Terug naar de resultaten").click()
    expect(page.get_by_role("button", name="Naar de eerste bladzijde")).to_be_visible()
    expect(page.get_by_text("2 opleidingen gekozen om te vergelijken.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_one_question_on_the_results_shows_what_is_left_to_pay(visit, script):
    """The question on the results is answered there: the search stays, prices are after funding, and no address has the answer."""
    page = visit(java_script_enabled=script).open("/trainings?q=lassen")
    question = page.locator("#one-question")
    question.get_by_label("in loondienst").check()
    question.get_by_role("button", name="Reken opnieuw").click()
    wait_for_answers(page)
    expect(page.locator("#found [role=status]")).to_have_text("12 opleidingen gevonden.")
    expect(page.locator(".dl-training").first).to_contain_text("nog te betalen")
    expect(page.locator("#one-question h2")).to_have_text("Nog één vraag")
    assert "employee" not in page.url
    assert parse_qs(urlsplit(page.url).query) == {"q": ["lassen"]}
    page.locator("#one-question").get_by_role("button", name="Weet ik niet").click()
    expect(page.locator("#one-question")).to_contain_text("band met de Nederlandse arbeidsmarkt")
    page.locator(".dl-training h3 button").first.click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")


def test_a_word_that_was_taken_for_a_place_is_looked_for_itself(visit):
    """The page tells what it understood of the words; one click looks for the word, and the search keeps that."""
    page = visit().open("/trainings?q=lassen+leiden")
    expect(page.locator("#found")).to_contain_text("Wij zochten in Leiden en tot 25 km daaromheen.")
    page.get_by_role("link", name="Zoek het woord “leiden” zelf").click()
    expect(page.locator("#found")).not_to_contain_text("Wij zochten in Leiden")
    expect(page.get_by_role("searchbox")).to_have_value("lassen leiden")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found")).not_to_contain_text("Wij zochten in Leiden")


def test_going_back_and_forth_keeps_answers_and_search(visit):
    """The buttons of the browser lead through the searches, each with its own choices and with the answers."""
    page = with_answers(visit(), "/trainings?q=e")
    for value, total in (("hospitality", "12"), ("ict", "24")):
        page.locator(f"input[name=sector][value={value}]").check()
        expect(page.locator("#found [role=status]")).to_have_text(f"{total} opleidingen gevonden.")
        page.wait_for_function(f"history.state?.answers?.includes('{value}')")
    page.locator(".dl-training h3 button").first.click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")
    for total in ("24", "12"):
        page.go_back()
        expect(page.locator("#found [role=status]")).to_have_text(f"{total} opleidingen gevonden.")
        wait_for_answers(page)
        page.wait_for_function("Boolean(history.state?.answers)")
    page.go_forward()
    expect(page.locator("#found [role=status]")).to_have_text("24 opleidingen gevonden.")


def test_no_answer_stands_in_an_address(visit):
    """Through search, training, comparison, advice and back, no address and no header holds an answer; nothing is kept."""
    one = visit()
    page = with_answers(one, "/trainings?q=e")
    page.locator("input[name=sector][value=ict]").check()
    expect(page.locator("#found [role=status]")).to_have_text("12 opleidingen gevonden.")
    page.locator(".dl-training h3 button").first.click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")
    page.get_by_role("button", name="Vergelijk met andere").click()
    expect(page.get_by_role("table")).to_be_visible()
    with_answers(one, "/advice")
    told = re.compile(r"1985|employee|person\.|birth_date|answers=")
    for request in one.requests:
        sent = [urlsplit(request.url)._replace(fragment="").geturl(), *request.all_headers().values()]
        assert not [text for text in sent if told.search(text)], request.url
    assert any("birth_date" in (request.post_data or "") for request in one.requests)
    assert one.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_comparison_is_shared_by_its_link(visit):
    """The link on the clipboard opens the same comparison, and holds no answers when there are none."""
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    page = one.open("/trainings/compare?with=1&with=7")
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.locator("[data-share-said]")).to_contain_text("klembord")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/trainings/compare?with=1&with=7")


def test_from_words_to_a_training_by_keyboard(visit):
    """Tab, Space and Enter lead from the search through a box to a training, and every stop can be seen."""
    page = visit().open("/trainings")
    hidden = tab_to(page, "input[type=search]")
    page.keyboard.type("e")
    page.keyboard.press("Enter")
    expect(page.locator("#found [role=status]")).to_have_text("48 opleidingen gevonden.")
    hidden += tab_to(page, "input[name=sector][value=ict]")
    page.keyboard.press("Space")
    expect(page.locator("#found [role=status]")).to_have_text("12 opleidingen gevonden.")
    expect(page.locator("input[name=sector][value=ict]")).to_be_focused()
    hidden += tab_to(page, ".dl-training h3 a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Leren programmeren")
    assert hidden == []


def test_enter_in_the_search_field_searches(visit):
    """With answers on the page Enter searches in the language of the page, and presses no other button."""
    page = with_answers(visit(), "/trainings")
    page.get_by_role("searchbox").fill("lassen")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/trainings?q=lassen")
    expect(page.locator("html")).to_have_attribute("lang", "nl")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_way_to_another_occupation(visit, script):
    """Two occupations, one skill that somebody has after all, and on to a training that may be shorter."""
    page = visit(java_script_enabled=script).open("/occupations")
    page.get_by_label("Wat doet u nu").fill("kok")
    page.get_by_label("Waar wilt u naartoe").fill("lasser")
    page.get_by_role("button", name="Laat de weg zien").click()
    page.get_by_role("checkbox", name="metaal lassen").check()
    if not script:
        page.get_by_role("button", name="Reken opnieuw").click()
    expect(page.get_by_text("kan korter: u kunt al een deel").first).to_be_visible()
    expect(page.locator(".dl-training").first).to_contain_text("met hulp misschien nog")
    page.locator(".dl-training a").first.click()
    expect(page.locator("#cost")).to_be_visible()


def test_answers_go_along_the_way_to_another_occupation(visit):
    """With answers the way shows what is left to pay, keeps them when a skill is ticked, and takes them to a training."""
    page = with_answers(visit(), "/occupations?from=kok&to=lasser")
    expect(page.locator(".dl-training").first).to_contain_text("nog te betalen")
    page.get_by_role("checkbox", name="metaal lassen").check()
    expect(page.get_by_text("kan korter: u kunt al een deel").first).to_be_visible()
    assert "employee" not in page.url
    page.locator(".dl-training h3 button").first.click()
    expect(page.locator("#cost")).to_contain_text("nog te betalen")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_an_advice_fits_on_one_page(visit, script):
    """An adviser answers, searches, puts three trainings in and writes a note; the advice takes one sheet of paper."""
    page = visit(java_script_enabled=script).open("/advice")
    page.locator("input[name='person.work_status'][value=employee]").check()
    page.get_by_label("Zoek een opleiding").fill("lassen")
    page.get_by_label("Zoek een opleiding").press("Enter")
    for number in (5, 10, 15):
        page.get_by_role("button", name=named("Zet erin", f"Lassen {number}")).click()
        expect(page.locator("#advice")).to_contain_text(f"Lassen {number}")
    expect(page.get_by_text("Het advies heeft 3 opleidingen.")).to_be_visible()
    page.get_by_role("textbox", name="Uw eigen woorden").fill(LONG_NOTES)
    page.get_by_role("button", name="Zet in het advies").click()
    expect(page.locator("#advice")).to_contain_text("Neem uw diploma's mee")
    expect(page.locator("#advice")).to_contain_text("in loondienst")
    assert len(PRINTED_PAGE.findall(page.pdf(format="A4"))) == 1


STATES: dict[str, Callable[[Visit], object]] = {
    "start": lambda one: one.open("/trainings"),
    "results": lambda one: one.open("/trainings?q=e&postcode=3511&sector=ict&with=3&size=10"),
    "with-a-mistake": lambda one: one.open("/trainings?q=e&postcode=abc"),
    "nothing-found": lambda one: one.open("/trainings?q=zzzz"),
    "results-with-answers": lambda one: with_answers(one, "/trainings?q=e&with=3&sector=ict"),
    "training": lambda one: one.open("/trainings/5"),
    "training-with-answers": lambda one: with_answers(one, "/trainings/6"),
    "compare": lambda one: one.open("/trainings/compare?with=1&with=2&with=9&with=12"),
    "compare-nothing": lambda one: one.open("/trainings/compare"),
    "compare-with-answers": lambda one: with_answers(one, "/trainings/compare?with=1&with=2"),
    "occupations": lambda one: one.open("/occupations?from=zzz"),
    "the-way": lambda one: one.open("/occupations?from=kok&to=hovenier&can=s4"),
    "the-way-with-answers": lambda one: with_answers(one, "/occupations?from=por&to=lasser"),
    "advice": lambda one: one.open("/advice"),
    "advice-with-answers": lambda one: with_answers(one, "/advice"),
    "english": lambda one: one.open("/en/trainings?q=e"),
    "gone": lambda one: one.open("/trainings/999", status=404),
}


@pytest.mark.parametrize("size", [DESKTOP, WIDER_PHONE, PHONE], ids=["1200", "390", "320"])
def test_every_state_is_accessible(visit, axe, size):
    """axe-core finds nothing and nothing scrolls sideways in any state of the portal, folds open and closed."""
    one = visit(*size)
    found = []
    for name, opened in STATES.items():
        opened(one)
        found += faults_of(one, axe, name)
    assert found == []


SMALL_PHONE = (360, 740)
RING = 5
"""Pixels that the line around a field in focus takes: its width and the room between."""

TOO_NEAR = """least => [...document.querySelectorAll('label[for]')].flatMap(label => {
  const field = document.getElementById(label.htmlFor), [a, b] = [label, field].map(one => one.getBoundingClientRect());
  return a.height && b.top >= a.top + a.height / 2 && b.top - a.bottom < least ? [`${label.textContent}: ${b.top - a.bottom}`] : [];
})"""


@pytest.mark.parametrize("language", ["", "/en"], ids=["nl", "en"])
def test_the_first_result_begins_in_sight_on_a_phone(visit, language):
    """On 360 by 740 a training begins in sight: with a question, with filters chosen and one to compare, and with answers."""
    one, begins = visit(*SMALL_PHONE), "document.querySelector('.dl-training').getBoundingClientRect().top"
    assert one.open(f"{language}/trainings?q=e").evaluate(begins) < 600
    assert one.open(f"{language}/trainings?q=e&sector=ict&level=hbo&with=3").evaluate(begins) < 700
    assert with_answers(one, f"{language}/trainings?q=e").evaluate(begins) < 600


def test_on_a_phone_the_question_and_the_filters_wait_behind_a_button_each(visit):
    """The button of the filters says how many were chosen; the one question opens, is answered, and prices follow."""
    page = visit(*SMALL_PHONE).open("/trainings?q=e&sector=ict&sector=hospitality")
    expect(page.locator("#narrow > summary")).to_have_text("Filters (2 gekozen)")
    expect(page.locator("#one-question")).to_be_hidden()
    page.locator("#mine > summary").click()
    page.locator("#one-question").get_by_label("in loondienst").check()
    page.locator("#one-question").get_by_role("button", name="Reken opnieuw").click()
    wait_for_answers(page)
    expect(page.locator(".dl-training").first).to_contain_text("nog te betalen")
    expect(page.locator("#mine > summary")).to_have_text("Uw antwoord (1)")


@pytest.mark.parametrize("size", [SMALL_PHONE, (768, 1024), (1280, 800)], ids=["360", "768", "1280"])
def test_the_ring_around_a_field_leaves_its_label_free(visit, size):
    """In the search, the way to another occupation, the advice and the filter of schemes no label is under the focus."""
    one = visit(*size)
    for address in (
        "/trainings?q=e",
        "/trainings?q=e&postcode=abc",
        "/occupations?from=zzz",
        "/advice",
        "/schemes",
        "/terms",
    ):
        assert one.open(address).evaluate(TOO_NEAR, RING) == [], address


def test_a_label_that_touches_its_field_is_found(visit):
    """The check on labels sees one that is put against its field."""
    page = visit(*SMALL_PHONE).open("/trainings?q=e")
    page.evaluate("document.querySelector('#q-q').style.marginBlockStart = '0'")
    assert len(page.evaluate(TOO_NEAR, RING)) == 1


def test_a_comparison_of_four_is_short_on_a_phone(visit):
    """Four trainings take a table of at most four screens, with numbers that stay in sight and no name twice in a row."""
    page = visit(*SMALL_PHONE).open("/trainings/compare?with=1&with=2&with=9&with=12")
    table = page.get_by_role("table")
    assert (table.bounding_box() or {})["height"] < 4 * SMALL_PHONE[1]
    expect(page.get_by_role("columnheader")).to_have_text(
        ["Onderdeel", "1Hovenier worden 1", "2Gastvrij werken 2", "3Zorg op maat 9", "4Gastvrij werken 12"]
    )
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^Opleider")))
    expect(row.get_by_role("cell")).to_have_count(4)
    page.get_by_role("rowheader", name="Verder").scroll_into_view_if_needed()
    head = page.locator("thead").bounding_box()
    assert head is not None
    assert head["y"] == 0
    drawn = page.evaluate("document.elementFromPoint(180, 8).closest('thead') !== null")
    assert drawn, "something lies on the legend"


def test_the_boxes_stand_beside_the_results_where_there_is_room(visit):
    """On a wide screen the boxes are in sight at once; on a phone they wait behind one line, and the results come first."""
    wide, narrow = visit(*DESKTOP).open("/trainings?q=e"), visit(*PHONE).open("/trainings?q=e")
    box = "input[name=sector][value=ict]"
    expect(wide.locator(box)).to_be_visible()
    expect(wide.locator("#narrow > summary")).to_be_hidden()
    expect(narrow.locator(box)).to_be_hidden()
    narrow.locator("#narrow > summary").click()
    expect(narrow.locator(box)).to_be_visible()


@pytest.mark.parametrize("state", ["results", "training", "advice"])
def test_no_page_of_the_portal_is_heavy(visit, state):
    """A first visit with everything stays under 150 kB on the wire."""
    one = visit()
    one.open({"results": "/trainings?q=e&size=50", "training": "/trainings/5", "advice": "/advice"}[state])
    one.page.wait_for_load_state("networkidle")
    assert 10_000 < one.received() < MOST_BYTES
