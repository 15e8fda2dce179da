"""A member of a committee in a browser: declares, sees the total run while giving points, and then what others gave."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.national_number import new_keys
from doorleren.web.surroundings import now
from tests.decisions.scoring import Scoring, library
from tests.journeys.visits import Visit
from tests.web.officer.desk import Desk

PHONE = (360, 740)


@pytest.fixture
def scoring(settings: Any, tmp_path: Path, transactional_db: None) -> Scoring:
    """A round that closed just now, in which the second member has given points already."""
    settings.DOORLEREN_HOME, settings.DOORLEREN_IDENTITY_KEYS = tmp_path, new_keys()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    made = Scoring(library(tmp_path), ("Els", "Finn"), now())
    made.declare(made.members[1], "Els")
    made.give(made.members[1], "Els", 9, 7)
    return made


@pytest.fixture
def cookie(scoring: Scoring) -> Any:
    """The session of the first member; made before there is a browser, whose loop keeps the database out."""
    return next(iter(Desk(scoring.members[0]).client.cookies.values()))


@pytest.fixture
def visit(cookie: Any, browser: Browser) -> Iterator[Visit]:
    """A visit of the first member, with a script."""
    server = LiveServer("127.0.0.1")
    begun = Visit(browser, server.url, *PHONE)
    begun.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    yield begun
    begun.end()
    server.stop()
    assert [fault for fault in begun.faults if not fault.startswith("302: ")] == []  # after a form


def test_the_total_runs_along(scoring: Scoring, visit: Visit, axe: str) -> None:
    """With a script the total follows every digit, what is off the scale counts for nothing, and no button is needed for it."""
    page = visit.open(f"/officer/rounds/{scoring.round.pk}/committee")
    assert visit.axe(axe) == []
    page.get_by_role("link", name=scoring.cases["Els"].reference).click()
    page.get_by_label("Ik heb geen belang bij deze aanvraag.").check()
    assert visit.axe(axe) == []
    page.get_by_role("button", name="Leg uw verklaring vast").click()
    expect(page.get_by_text("Uw verklaring is vastgelegd.")).to_be_visible()
    expect(page.get_by_role("button", name="Reken de score uit")).to_be_hidden()
    expect(page.get_by_text("De punten van anderen ziet u pas")).to_be_visible()
    total, points = page.locator("[data-total]"), page.get_by_label("Punten: ")
    points.nth(0).fill("8")
    expect(total).to_have_text("16")
    points.nth(1).fill("77")
    expect(total).to_have_text("16")
    points.nth(1).fill("7")
    expect(total).to_have_text("23")
    expect(page.locator("[data-filled]")).to_have_text("2")
    for one in page.get_by_label("Waarom: ").all():
        one.fill("helder en haalbaar")
    assert visit.axe(axe) == []
    page.get_by_role("button", name="Leg deze punten vast").click()
    expect(page.get_by_text("Score: 24 van 30.")).to_be_visible()
    visit.unfold()
    expect(page.get_by_text("goed onderbouwd")).to_be_visible()
    assert visit.axe(axe) == []
