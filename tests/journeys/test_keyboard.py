"""Whole journeys with the keyboard alone: every stop is visible, and the focus lands where the next step is."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.finder import Finder
from tests.journeys.profiles import EMPLOYEE, STAP_DAY

# What shows where the focus is: the element itself, or the tile around it.
RING = """() => {
  const one = document.activeElement, rings = [one, one.closest('.dl-option, .dl-choice')].filter(Boolean);
  const shown = rings.some(part => { const style = getComputedStyle(part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; });
  const box = one.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return [one.tagName, one.innerText || one.name || '', shown, seen];
}"""
MOST_STOPS = 150


def tab_to(page: Page, selector: str) -> list[str]:
    """Presses Tab until the selector has the focus; gives the stops on the way that nobody can see."""
    hidden = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        tag, words, ring, seen = page.evaluate(RING)
        if not (ring and seen):
            hidden.append(f"{tag} {words[:60]!r} ring={ring} seen={seen}")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return hidden
    raise AssertionError(f"{MOST_STOPS} stops and not at {selector}")


def test_from_the_first_page_to_an_answer_by_keyboard(visit):
    """Tab, arrows, Space and Enter lead from the first page through the first questions; the focus follows the question."""
    page = visit().open("/")
    hidden = tab_to(page, "a[href='/finder/person']:not(nav a, footer a)")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=shown]")).to_be_attached()
    for _ in range(6):
        name = page.locator("input[name=shown]").input_value()
        hidden += _answer(page, name)
        expect(page.locator("input[name=shown]")).not_to_have_value(name)
        new = page.locator("input[name=shown]").input_value()
        expect(page.locator(f"#asked-q-{new.replace('.', '-')}")).to_be_focused()
        expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert hidden == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_enter_in_a_field_presses_on_and_not_the_other_language(visit, scripts):
    """Enter in a field sends the answer in the language of the page, although the language's button stands before it."""
    finder = Finder(visit(java_script_enabled=scripts), "employer")
    finder.answer_until(lambda finder: finder.shown == "employer.employees", {})
    finder.field("employer.employees").fill("35")
    finder.field("employer.employees").press("Enter")
    expect(finder.page.locator("input[name=shown]")).not_to_have_value("employer.employees")
    expect(finder.page.locator("html")).to_have_attribute("lang", "nl")


def _answer(page: Page, name: str) -> list[str]:
    wanted = EMPLOYEE.get(name)
    if page.locator(f"input[type=radio][name='{name}']").count():
        hidden = tab_to(page, f"input[name='{name}']")
        target = f"input[name='{name}'][value='{wanted or 'unknown'}']"
        page.keyboard.press("Space")
        while not page.evaluate("selector => document.activeElement.matches(selector)", target):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        return hidden
    if page.locator(f"select[name='{name}']").count():
        hidden = tab_to(page, f"select[name='{name}']")
        page.keyboard.press("End")
        return hidden + _press(page, "form button[type=submit]")
    if not isinstance(wanted, str):
        return _press(page, "button[name=skip]")
    if page.locator(f"input[name='{name}.day']").count():
        hidden = []
        for part, text in zip(("day", "month", "year"), reversed(wanted.split("-")), strict=True):
            hidden += tab_to(page, f"input[name='{name}.{part}']")
            page.keyboard.type(text)
    else:
        hidden = tab_to(page, f"input[name='{name}'][inputmode]")
        page.keyboard.type(wanted)
    page.keyboard.press("Enter")
    return hidden


def _press(page: Page, selector: str) -> list[str]:
    hidden = tab_to(page, selector)
    page.keyboard.press("Enter")
    return hidden


def test_every_stop_of_the_outcome_can_be_seen(visit):
    """From the question to the end of a long outcome: each stop shows its focus within the window."""
    finder = Finder(visit(), on=STAP_DAY)
    finder.answer(EMPLOYEE)
    assert tab_to(finder.page, ".utrecht-page-footer a") == []


def test_the_skip_link_leads_past_the_navigation(visit):
    """The first stop of a page is the link to its contents, and it works."""
    page = visit().open("/schemes")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
