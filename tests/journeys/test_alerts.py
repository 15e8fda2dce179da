"""Somebody who tries the demo asks for mails about a search, reads the mail there, says yes, and stops again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.register.models import Alert
from doorleren.web.portal import register
from tests.journeys.visits import Visit
from tests.web.portal import stand_in

PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture
def base(settings: Any, tmp_path: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pages of a demo without a mail server, on a port of this process; its trainings are the stand-in."""
    monkeypatch.setattr(register, "portal", lambda: stand_in)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.DOORLEREN_MAILBOX = settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.DOORLEREN_ALERTS = True
    server = LiveServer("127.0.0.1")
    settings.DOORLEREN_SITE = server.url
    yield server.url
    server.stop()


def mail_of(page: Page) -> None:
    """Looks until the mail is there: it leaves just after the answer."""
    for _ in range(50):
        if page.get_by_role("link", name="/trainings/alerts/confirm/").count():
            return
        page.wait_for_timeout(100)
        page.reload()
    raise AssertionError("no mail came")


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_a_search_to_a_mail_and_back(
    base: str, browser: Browser, axe: str, size: tuple[int, int], script: bool
) -> None:
    """The whole way works by mouse and keyboard, with and without a script, and every page on it is accessible."""
    visit = Visit(browser, base, *size, java_script_enabled=script)
    found: list[str] = []

    def look() -> None:
        found.extend(visit.axe(axe) if script else [])
        found.extend([f"sideways: {visit.page.url}"] if visit.sideways() > 0 else [])

    page = visit.open("/trainings")
    page.get_by_role("searchbox").fill("lassen")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found [role=status]")).to_contain_text("gevonden")
    look()
    visit.missing_wanted = True  # a mistake is answered with 422
    page.get_by_label("Uw e-mailadres").fill("ada")
    page.get_by_role("button", name="Mail mij").click()
    expect(page.get_by_label("Uw e-mailadres")).to_have_attribute("aria-invalid", "true")
    look()
    visit.missing_wanted = False
    page.get_by_label("Uw e-mailadres").fill("ada@voorbeeld.nl")
    page.get_by_label("Uw e-mailadres").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw e-mail")
    look()
    page.get_by_role("link", name="Lees de post hier.").click()
    mail_of(page)
    look()
    page.get_by_role("link", name="/trainings/alerts/confirm/").click()
    look()
    page.get_by_role("button", name="Ja, mail mij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De e-mails staan aan")
    look()
    page.get_by_role("link", name="Toch niet").click()
    look()
    page.get_by_role("button", name="Ja, stop de e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De e-mails zijn gestopt")
    look()
    page.get_by_role("link", name="Toch houden").click()
    expect(page.get_by_text("Uw zoekvraag: “lassen”")).to_be_visible()
    visit.end()
    assert [fault for fault in visit.faults if not fault.startswith("302: ")] == []  # after each form
    assert found == []


@pytest.fixture(autouse=True)
def _nobody_is_left(base: str) -> Iterator[None]:
    """At the end no address is kept."""
    yield
    assert not Alert.objects.exists()
