"""A file in a browser, with and without a script: from the list to the letter, to the decision, and an objection in three clicks."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.national_number import new_keys
from doorleren.web import known
from tests.applications import made as applications
from tests.decisions import made
from tests.journeys.visits import Visit
from tests.web.applicant.filed import Filed

PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture
def filed(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Filed]:
    """Nadia's case, decided on, with the letter sent."""
    made.library(tmp_path)
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), applications.TODAY
    settings.DOORLEREN_HOME, settings.DOORLEREN_IDENTITY_KEYS = tmp_path, new_keys()
    settings.DOORLEREN_TOKEN_KEY = settings.DOORLEREN_RECEIPT_KEY = settings.DOORLEREN_PERSON_KEY = applications.KEY
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", applications.KEY
    settings.DOORLEREN_SCANNER = None
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    one = Filed(known.library(), applications.a_round(known.library(), opened=True))
    one.decided()
    settings.DOORLEREN_AHEAD = one.at() + timedelta(days=1) - timezone.now()
    yield one
    known.library.cache_clear()


@pytest.fixture
def base(filed: Filed) -> Iterator[str]:
    """The pages on a port of this process, on the database of the test."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["phone without script", "desktop with script"])
def one(request: Any, filed: Filed, base: str, browser: Browser) -> Iterator[Visit]:
    """A visit as Nadia, which must stay clean; with and without a script."""
    size, scripted = request.param
    visit = Visit(browser, base, *size, java_script_enabled=scripted)
    cookie = next(iter(filed.nadia.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    yield visit
    visit.end()
    assert [fault for fault in visit.faults if not fault.startswith("302: ")] == []


def test_from_the_list_to_an_objection(one: Visit) -> None:
    """One click from the list to the file, one to the letter, and from the decision three to an objection; no page is too wide."""
    page = one.open("/applications")
    wide = []
    page.get_by_role("link", name="Proefregeling leren").click()
    expect(page.get_by_text("toegekend").first).to_be_visible()
    wide.append(one.sideways())
    page.locator("section", has=page.locator("#letters")).locator("h3 a").first.click()
    expect(page.locator("article.dl-letter")).to_contain_text("699,95")
    wide.append(one.sideways())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="Terug naar uw dossier").click()
    page.get_by_role("link", name="Bekijk het besluit").click()
    expect(page.get_by_text("de deelnemer is 18 jaar of ouder")).to_be_visible()
    wide.append(one.sideways())
    page.get_by_role("link", name="Maak bezwaar").click()
    page.get_by_label("Waarom bent u het niet eens").fill("Ik vroeg meer dan dit.")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Ik vroeg meer dan dit.").first).to_be_visible()
    wide.append(one.sideways())
    page.get_by_role("button", name="Verstuur uw bezwaar").click()
    expect(page.get_by_text("Wij hebben uw bezwaar ontvangen.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/file\?done=objection$"))
    expect(page.get_by_text("bezwaar in behandeling")).to_be_visible()
    page.get_by_role("link", name="Wie keek in uw dossier?").click()
    expect(page.get_by_text("Het logboek noemt niemand")).to_be_visible()
    wide.append(one.sideways())
    assert [width for width in wide if width > 0] == []
