"""An employer and a partnership ask what there is."""

from playwright.sync_api import expect

from tests.journeys.finder import Finder, gets
from tests.journeys.profiles import PARTNERSHIP, PARTNERSHIP_DAY, SLIM_DAY, SMALL_FIRM

SLIM = "slim-regeling"


def test_a_small_firm_finds_its_amount(visit):
    """A firm of 35 people in the window of March 2025: 80% of 18,000 euros and six advices, at most 15,000 euros."""
    finder = Finder(visit(), "employer", on=SLIM_DAY)
    finder.answer_until(lambda one: one.outcome.get(SLIM) == ("get", "€ 15.000"), SMALL_FIRM)
    expect(finder.page.locator(f"#scheme-{SLIM}")).to_contain_text("de werkgever")


def test_a_partnership_finds_its_amount(visit):
    """A partnership with five small firms in September 2020: first asked who it is, then 60% of 300,000 euros."""
    finder = Finder(visit(), "region", on=PARTNERSHIP_DAY)
    assert finder.shown == "asker.role"
    finder.answer_until(gets(SLIM), PARTNERSHIP)
    assert finder.outcome[SLIM] == ("get", "€ 180.000")
    expect(finder.page.locator(f"#scheme-{SLIM}")).to_contain_text("het samenwerkingsverband")
