"""An administrator in a browser, without a script of ours, chooses what the columns of a source are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.register.models import Source
from tests.journeys.visits import Visit
from tests.web.officer.desk import Desk, with_role

PHONE, DESKTOP = (360, 740), (1280, 900)
FILE = "Nr;Wat;Hoeveel;Wanneer;Een heel lange kop boven een kolom die niemand zo zou noemen maar die er toch in staat\nL1;Lassen;1250,00;1-2-2027;x\nL2;Frezen;80;1-4-2027;y\n"


@pytest.fixture
def otto(settings: Any, tmp_path: Path, transactional_db: None) -> Desk:
    """Signed in; the cookie is lent to the browser."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_HOME, settings.DOORLEREN_FEEDS_NEARBY = tmp_path, False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    folder = tmp_path / "feeds" / "school"
    folder.mkdir(parents=True)
    (folder / "aanbod.csv").write_text(FILE, "utf-8")
    Source.objects.create(name="De Havenschool", form="csv", address=str(folder), every_hours=24)
    return Desk(with_role(RoleKind.ADMINISTRATOR))


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def one(request: Any, otto: Desk, browser: Browser) -> Iterator[Visit]:
    """A visit as Otto, which must stay clean; the pages are on a port of this process."""
    server = LiveServer("127.0.0.1")
    visit = Visit(browser, server.url, *request.param, java_script_enabled=False)
    cookie = next(iter(otto.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
    yield visit
    visit.end()
    server.stop()
    assert [fault for fault in visit.faults if not fault.startswith("302: ")] == []  # after each form


def test_columns_are_chosen_from_a_sample(one: Visit) -> None:
    """From the source to a sample, a choice per column and back: it works without JavaScript, and nothing scrolls sideways on a phone."""
    page = one.open("/officer/sources")
    page.get_by_role("link", name="De Havenschool").click()
    page.get_by_role("link", name="Kies per kolom wat erin staat").click()
    page.get_by_role("button", name="Haal een voorbeeld van het bestand op").click()
    expect(page.get_by_label("Wat", exact=True)).to_have_value("title")
    assert one.sideways() <= 0
    page.get_by_label("Hoeveel").select_option("price.total")
    page.get_by_label("Munteenheid").select_option("EUR")
    page.get_by_role("button", name="Bewaar deze indeling").click()
    expect(page.get_by_text("De bron is bewaard.")).to_be_visible()
    expect(page.get_by_text("U koos bij 4 kolommen wat erin staat.")).to_be_visible()
    page.get_by_role("link", name="Kies per kolom wat erin staat").click()
    expect(page.get_by_label("Hoeveel")).to_have_value("price.total")
    expect(page.get_by_label("Munteenheid")).to_have_value("EUR")
