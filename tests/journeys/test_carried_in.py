"""From the finder through signing in to a draft: the answers of a visitor come along, and no server keeps them meanwhile."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people import provider
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.national_number import new_keys
from doorleren.server.demo_provider import demo_provider
from doorleren.web import known
from tests.applications import made
from tests.journeys.finder import Finder, gets
from tests.journeys.test_application import ANSWERS
from tests.journeys.visits import Visit

DESKTOP = (1280, 900)


@pytest.fixture
def site(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """A site that knows the trial scheme, whose round is open, with the demo provider to sign in at."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), made.TODAY
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_IDENTITY_KEYS, settings.OIDC_VERIFY_KID = new_keys(), False
    settings.DOORLEREN_PERSON_KEY = made.KEY
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    made.a_round(known.library(), opened=True)
    enrol_demo_people(at=made.AT)
    with demo_provider() as issuer:
        settings.DOORLEREN_DEMO_PROVIDER = settings.DOORLEREN_OIDC_ISSUER = issuer
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = "doorleren", "demo"
        provider._discovered.cache_clear()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
    provider._discovered.cache_clear()
    known.library.cache_clear()


def sign_in(page: Page) -> None:
    """From the choice to being signed in."""
    page.get_by_role("button", name="Inloggen").first.click()
    page.get_by_role("button", name=re.compile("Nadia")).click()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_answers_come_along(site: str, browser: Browser, script: bool) -> None:
    """Who answers in the finder and signs in only then, starts with those answers: in this tab, or by another one."""
    visit = Visit(browser, site, *DESKTOP, java_script_enabled=script)
    asked: list[Request] = []
    visit.context.on("request", lambda one: asked.append(one))  # those of the other tab too
    finder = Finder(visit)
    finder.answer_until(gets(made.SCHEME), ANSWERS)
    visit.missing_wanted = True  # the demo provider has no icon for its tab
    page = visit.page
    page.locator(f"#scheme-{made.SCHEME}").get_by_role("button", name="Begin een aanvraag").click()
    if script:
        page.get_by_role("link", name="Inloggen", exact=True).last.click()
        sign_in(page)
    else:
        with visit.context.expect_page() as opened:
            page.get_by_role("link", name="Inloggen in een nieuw tabblad").click()
        sign_in(opened.value)
        expect(opened.value.get_by_role("heading", name="Mijn account")).to_be_visible()
        page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Dit vertelde u al")).to_be_visible()
    kept = page.evaluate("Object.keys(sessionStorage)") if script else []
    page.get_by_role("button", name="Begin met aanvragen").click()
    page.wait_for_url("**/applications/*/ready")
    for words in ("1 april 1990", "699,95"):
        expect(page.get_by_text(words).first).to_be_visible()
    told = [(one.url, one.post_data or "") for one in asked]
    visit.end()
    assert kept == []
    addresses = [
        urlsplit(url)._replace(scheme="", netloc="").geturl() for url, _ in told
    ]  # a port may have these digits
    assert not any(re.search(r"69995|699[.,]|699%2C|1990", one) for one in addresses), "an answer stood in an address"
    past = [body for url, body in told if "sign-in" in url or "oauth2" in url]
    assert past
    assert not any("birth_date" in body or "699" in body for body in past), "an answer went along to sign in"
