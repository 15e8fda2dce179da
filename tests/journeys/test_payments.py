"""Two paymasters in a browser: one proposes, the other releases, downloads the file, gives it to the bank and reads in its answer."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.payments.models import PaymentFile, PaymentLine
from tests.journeys.visits import Visit
from tests.payments.made import emptied
from tests.payments.paying import entry, statement
from tests.web.officer.desk import Desk
from tests.web.officer.paying_desks import Till, a_till

PHONE, DESKTOP = (390, 800), (1280, 900)


@pytest.fixture
def till(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Till]:
    """A body with two granted cases to be paid; its tables are emptied afterwards, as the guards refuse it to Django."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    try:
        with a_till(settings, tmp_path, 2) as made:
            yield made
    finally:
        emptied()


@pytest.fixture
def begin(till: Till, browser: Browser) -> Iterator[Callable[[Desk, tuple[int, int]], Visit]]:
    """Begins visits, each in a browser of its own, which must stay clean."""
    server, begun = LiveServer("127.0.0.1"), []

    def of(desk: Desk, size: tuple[int, int]) -> Visit:
        visit = Visit(browser, server.url, *size)
        begun.append(visit)
        cookie = next(iter(desk.client.cookies.values()))
        visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        return visit

    yield of
    for visit in begun:
        visit.end()
    server.stop()
    assert [fault for visit in begun for fault in visit.faults if not fault.startswith("302: ")] == []  # after a form


def apart(read: Callable[[], Any]) -> Any:
    """Read something of the database in a thread of its own, for the browser has a loop in this one."""

    def done() -> Any:
        try:
            return read()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


def test_proposed_released_and_paid(begin: Callable[..., Visit], till: Till, axe: str, tmp_path: Path) -> None:
    """From the menu to a run that the bank paid: the file that is downloaded is the one that was released, byte for byte."""

    def clean(visit: Visit) -> None:
        assert visit.axe(axe) == [], visit.page.url
        assert visit.sideways() <= 0, visit.page.url

    wim = begin(till.wim, PHONE)
    page = wim.open("/officer/payments")
    clean(wim)
    page.get_by_role("link", name="Bekijk wat nu kan worden betaald").click()
    clean(wim)
    page.get_by_role("button", name="Bekijk wat u gaat voorstellen").click()
    clean(wim)
    page.get_by_role("button", name="Ja, stel dit voor").click()
    expect(page.get_by_text("U stelde deze betaalrun voor.")).to_be_visible()
    clean(wim)

    ria = begin(till.ria, DESKTOP)
    page = ria.open("/officer/payments")
    page.get_by_role("link", name="Betaalrun").first.click()
    page.get_by_role("button", name="Ja, geef vrij").click()
    expect(page.get_by_text("De betaalrun is vrijgegeven.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download het bestand").click()
    assert hashlib.sha256(taken.value.path().read_bytes()).hexdigest() == apart(PaymentFile.objects.get).digest
    page.get_by_role("button", name="Geef het bestand aan de bank").click()
    expect(page.get_by_text("De bank heeft dit bestand.")).to_be_visible()
    clean(ria)

    answer = tmp_path / "camt.053.xml"
    answer.write_bytes(
        statement(*(entry(one.end_to_end, one.cents) for one in apart(lambda: list(PaymentLine.objects.all()))))
    )
    page.get_by_role("link", name="Betalingen", exact=True).first.click()
    page.get_by_role("link", name="Antwoorden van de bank").click()
    page.get_by_label("Het bestand van de bank").set_input_files(answer)
    clean(ria)
    page.get_by_role("button", name="Lees dit bestand in").click()
    expect(page.get_by_text("geboekt", exact=True)).to_have_count(2)
    clean(ria)
    page.get_by_role("link", name="Betalingen", exact=True).first.click()
    page.get_by_role("link", name="Betaalrun").first.click()
    expect(page.get_by_text("betaald", exact=True)).to_have_count(2)
    expect(page.get_by_text("beantwoord door de bank")).to_be_visible()
