"""Reading about schemes: one scheme, two versions beside each other, the overview, the figures, and what is not there."""

import pytest
from playwright.sync_api import expect

from doorleren.web import known
from tests.journeys.pages import some_scheme


def test_from_the_home_page_to_a_scheme_and_its_history(visit):
    """From the first page to the list, by searching to a scheme, and on to the comparison of its versions."""
    page = visit().open("/")
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Regelingen").click()
    page.get_by_role("searchbox").fill("stap-budget")
    page.locator("#name-stap-budget a").click()
    expect(page.locator("h1")).to_have_text("STAP-budget")
    page.locator("a[href*='/compare']").first.click()
    expect(page.locator("h1")).to_have_text("Wat is er veranderd?")
    expect(page.locator("main")).to_contain_text("gewijzigd")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_overview_filters(visit, script):
    """A choice above the overview leaves what fits, at once with script, after the button without; the address can be shared."""
    page = visit(java_script_enabled=script).open("/overview")
    page.select_option("#filter-kind", "desk")
    if not script:
        page.get_by_role("button", name="Zoeken").click()
    page.wait_for_url("**kind=desk**")
    desks = sum(one.kind == "desk" for one in known.instruments())
    expect(page.locator("#list [role=status]")).to_contain_text(f"{desks} van de")


@pytest.mark.parametrize("address", ["/schemes", "/overview"])
def test_an_empty_list_says_why_and_offers_a_way_on(visit, address):
    """Nothing fits: the page says so and leads back to everything."""
    page = visit().open(f"{address}?q=zzzz")
    expect(page.get_by_text("Niets past bij deze keuzes.")).to_be_visible()
    page.get_by_role("link", name="Laat alles zien").click()
    expect(page.get_by_text("Niets past bij deze keuzes.")).to_have_count(0)


def test_the_figures_show_words_result_and_verdict(visit):
    """Each relation between figures stands there; choosing a verdict leaves those with that verdict."""
    page = visit().open("/figures")
    all_ = page.locator(".dl-relation").count()
    assert all_ >= 35
    page.locator(".dl-figures-tally a").first.click()
    page.wait_for_load_state()
    assert 0 < page.locator(".dl-relation").count() < all_


@pytest.mark.parametrize("address", ["/nothing", "/schemes/nothing", "/finder/nobody", "/en/nothing"])
def test_what_is_not_there_has_a_page_with_a_way_on(visit, address):
    """An address that does not exist says so in the house style, with the navigation."""
    page = visit().open(address, status=404)
    expect(page.get_by_role("navigation").first).to_be_visible()
    page.locator("main a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_version_that_was_replaced_says_which_text_it_is(visit):
    """The page of an older version names its day, and links to the versions around it."""
    scheme, old, new = some_scheme()
    page = visit().open(f"/schemes/{scheme}/versions/{old}")
    expect(page.locator(f"a[href$='/versions/{new}']").first).to_be_attached()
