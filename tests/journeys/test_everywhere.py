"""What holds on every page and in every state: accessible, nothing sideways, light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from doorleren.web import known
from tests.journeys.finder import Finder
from tests.journeys.pages import every_scheme, kinds_of_page
from tests.journeys.profiles import EMPLOYEE, SLIM_DAY, SMALL_FIRM, STAP_DAY
from tests.journeys.visits import Visit

DESKTOP, PHONE, WIDER_PHONE = (1200, 800), (320, 640), (390, 844)
ZOOMED = (320, 200)  # 1280 by 800 at 400%
MOST_BYTES = 150_000
# Chromium 150 leaves a container within a fieldset without boxes when the page arrives in pieces.
CONTAINERS_IN_FIELDSETS = """() => [...document.querySelectorAll('fieldset, fieldset *')]
  .filter(one => getComputedStyle(one).containerType !== 'normal').map(one => one.className)"""


def first_question(visit: Visit) -> Finder:
    return Finder(visit, on=STAP_DAY)


def in_the_middle(visit: Visit) -> Finder:
    finder = first_question(visit)
    for _ in range(4):
        finder.answer(EMPLOYEE)
    return finder


def with_plan(visit: Visit) -> Finder:
    return Finder.answered(visit, EMPLOYEE, STAP_DAY)


def finished(visit: Visit) -> Finder:
    nothing_more = dict.fromkeys(known.library().vocabulary.facts, "unknown")
    del nothing_more["asker.role"]
    finder = Finder.answered(visit, nothing_more | SMALL_FIRM, SLIM_DAY, "employer")
    expect(finder.page.get_by_text("Wij hebben genoeg gevraagd.")).to_be_visible()
    return finder


def with_a_mistake(visit: Visit) -> Finder:
    finder = Finder.answered(visit, EMPLOYEE | {"person.birth_date": "1985-13-45"}, STAP_DAY)
    expect(finder.page.locator(".dl-error-summary")).to_be_visible()
    return finder


def on_one_page(visit: Visit) -> Finder:
    finder = in_the_middle(visit)
    finder.turn_to_all_at_once()
    return finder


STATES: dict[str, Callable[[Visit], Finder]] = {
    "first-question": first_question,
    "in-the-middle": in_the_middle,
    "with-plan": with_plan,
    "finished": finished,
    "with-a-mistake": with_a_mistake,
    "on-one-page": on_one_page,
}


def faults_of(visit: Visit, axe: str, name: str) -> list[str]:
    """What is wrong with the page; axe-core sees it with every fold open."""
    found = [f"{visit.sideways()} px sideways"] if visit.sideways() else []
    found += [f"may lose its boxes while loading: {one}" for one in visit.page.evaluate(CONTAINERS_IN_FIELDSETS)]
    visit.unfold()
    found += visit.axe(axe) + ([f"{visit.sideways()} px sideways, unfolded"] if visit.sideways() else [])
    return [f"{name}: {one}" for one in found]


def test_a_container_within_a_fieldset_is_found(visit, axe):
    """The check that keeps containers out of fieldsets sees one that is put there."""
    one = visit()
    first_question(one)
    one.page.evaluate("document.querySelector('fieldset .dl-question__body').style.containerType = 'inline-size'")
    assert [fault for fault in faults_of(one, axe, "one") if "dl-question__body" in fault]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_finder_is_accessible(visit, axe, state, size):
    """axe-core finds nothing and nothing scrolls sideways, whatever the visitor has done so far."""
    one = visit(*size)
    STATES[state](one)
    assert faults_of(one, axe, state) == []


@pytest.mark.parametrize(
    ("language", "size"),
    [("", DESKTOP), ("", PHONE), ("/en", DESKTOP), ("/en", WIDER_PHONE)],
    ids=["desktop", "phone", "english", "english-wider-phone"],
)
def test_every_kind_of_page_is_accessible(visit, axe, language, size):
    """axe-core finds nothing and nothing scrolls sideways on any kind of page, in both languages."""
    one = visit(*size)
    found = []
    for name, address in kinds_of_page().items():
        one.open(language + address)
        found += faults_of(one, axe, name)
    one.open(f"{language}/nothing", status=404)
    found += faults_of(one, axe, "404")
    assert found == []


@pytest.mark.parametrize("part", [0, 1, 2])
def test_every_scheme_has_an_accessible_page(visit, axe, part):
    """On a phone, with every fold open, no page of any scheme has a fault of axe-core or scrolls sideways."""
    one = visit(*PHONE)
    found = []
    for address in every_scheme()[part::3]:
        one.open(address)
        one.unfold()
        found += [f"{address}: {fault}" for fault in one.axe(axe)]
        found += [f"{address}: sideways"] if one.sideways() else []
    assert found == []


def test_at_four_hundred_percent_nothing_scrolls_sideways(visit):
    """A window of 1280 by 800 at 400%: no page scrolls sideways, and the finder can be used."""
    one = visit(*ZOOMED)
    for name, address in kinds_of_page().items():
        one.open(address)
        assert one.sideways() == 0, name
    finder = Finder(one, on=STAP_DAY)
    finder.answer(EMPLOYEE)
    assert one.sideways() == 0


@pytest.mark.parametrize("name", [*kinds_of_page(), "with-plan"])
def test_no_page_is_heavy(visit, name):
    """A first visit with everything (page, styles, font, scripts, pictures) stays under 150 kB on the wire."""
    one = visit()
    if name == "with-plan":
        finder = with_plan(one)
        one.requests.clear()
        one.context.new_cdp_session(one.page).send("Network.clearBrowserCache")
        finder.page.get_by_role("button", name="English").click()  # a whole page with all answers
        expect(one.page.locator("html")).to_have_attribute("lang", "en")
    else:
        one.open(kinds_of_page()[name])
    one.page.wait_for_load_state("networkidle")
    assert 10_000 < one.received() < MOST_BYTES
