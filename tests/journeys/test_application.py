"""An application in a browser, without a script of ours: from the round to a receipt that verifies without us."""

import json
import os
import re
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rounds.receipts import verify_receipt
from doorleren.server.intake.keys import read_keys
from doorleren.server.intake.process import free_port, intake
from doorleren.web import known
from tests.applications import made
from tests.applications.evidence import files
from tests.journeys.finder import Finder, gets
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.provider.visitor import Visitor

PHONE, DESKTOP = (360, 740), (1280, 900)


@pytest.fixture
def home(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    """A home with keys of its own, and a site that knows the trial scheme, whose round is open."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), made.TODAY
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    keys = read_keys(tmp_path)
    settings.DOORLEREN_TOKEN_KEY, settings.DOORLEREN_RECEIPT_KEY = keys.tokens, keys.public
    settings.DOORLEREN_PERSON_KEY = settings.DOORLEREN_EVIDENCE_KEY = made.KEY
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_SCANNER = tmp_path / "evidence", None
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    made.a_round(known.library(), opened=True)
    yield tmp_path
    known.library.cache_clear()


@pytest.fixture
def entering(home: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real intake as a process, on the database of this test."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DOORLEREN_HOME", str(home))
    port = free_port()
    with intake(port):
        settings.DOORLEREN_INTAKE = f"http://127.0.0.1:{port}"
        yield


@pytest.fixture
def nadia(home: Path) -> Visitor:
    """Signed in; her cookie is lent to the browser."""
    return Visitor(people.person(name="Nadia"))


@pytest.fixture
def base(nadia: Visitor) -> Iterator[str]:
    """The pages on a port of this process, on the database of the test."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(params=[(PHONE, False), (DESKTOP, False), (DESKTOP, True)], ids=["phone", "desktop", "script"])
def one(request: Any, nadia: Visitor, base: str, entering: None, browser: Browser) -> Iterator[Visit]:
    """A visit as Nadia, which must stay clean; with and without a script."""
    size, scripted = request.param
    visit = Visit(browser, base, *size, java_script_enabled=scripted)
    cookie = next(iter(nadia.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    yield visit
    visit.end()
    assert [fault for fault in visit.faults if not fault.startswith(("302: ", "201: ", "204: "))] == []  # forms, pieces


def withdraw(one: Visit) -> int:
    """Withdraw what was submitted, after a look at the page that asks and the way back; give how much wider than the window that is."""
    page = one.page
    page.get_by_role("link", name="Trek deze aanvraag in").click()
    expect(page.get_by_text("U kunt dit niet terugdraaien.")).to_be_visible()
    wider = one.sideways()
    page.get_by_role("link", name="Nee, terug naar uw aanvraag").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    page.get_by_role("link", name="Trek deze aanvraag in").click()
    page.get_by_role("button", name="Ja, trek mijn aanvraag in").click()
    expect(page.get_by_text("U hebt deze aanvraag ingetrokken.")).to_be_visible()
    return wider


def test_from_the_round_to_a_receipt(one: Visit, home: Path) -> None:
    """A person starts, answers, looks it over, submits, keeps a receipt that verifies, and withdraws once asked; no page is too wide."""
    page = one.open("/applications")
    wide = []
    page.get_by_role("link", name="Nieuwe aanvraag").click()
    page.get_by_role("button", name=re.compile("Vraag aan.*Proefregeling")).click()
    page.get_by_role("button", name="Begin met aanvragen").click()
    page.get_by_label("Dag").fill("1")
    page.get_by_label("Maand").fill("4")
    page.get_by_label("Jaar").fill("1990")
    page.get_by_role("group", name="Hebt u een band").get_by_text("Ja", exact=True).click()
    wide.append(one.sideways())
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.locator("[name='training.price']:not([type=checkbox])").fill("699,95")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("group", name="Bent u burger").get_by_text("Ja", exact=True).click()
    wide.append(one.sideways())
    page.get_by_role("button", name="Alles klopt, zet klaar").click()
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    wide.append(one.sideways())
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar het ontvangstbewijs").click()
    told = json.loads(download.value.path().read_text("utf-8"))
    assert verify_receipt(told, read_keys(home).public).cents == 69995
    wide.append(withdraw(one))
    assert [width for width in wide if width > 0] == []


class Open(BaseHTTPRequestHandler):
    """Stands before the intake as a proxy would: hands tokens on, and lets pages of other origins read the answer."""

    intake = ""

    def do_POST(self) -> None:
        """Hand one token on."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = urllib.request.Request(f"{self.intake}/tickets", body, method="POST")
        with urllib.request.urlopen(asked) as reply:
            answer = reply.read()
        self.send_response(201)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def reached(entering: None, settings: Any) -> Iterator[None]:
    """Browsers reach the intake themselves; the pages know nothing of an intake of their own."""
    Open.intake, settings.DOORLEREN_INTAKE = settings.DOORLEREN_INTAKE, None
    server = ThreadingHTTPServer(("127.0.0.1", 0), Open)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.DOORLEREN_INTAKE_PUBLIC = f"http://127.0.0.1:{server.server_port}"
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ready_draft(nadia: Visitor, home: Path) -> str:
    """What stands ready; made before there is a browser."""
    nadia.post("/applications/start", {
        "round": Round.objects.get().pk, "as": "learner:person", "person.birth_date": "1990-04-01",
        "person.labour_market_link": "true", "training.price": "699,95",
    })  # fmt: skip
    place = nadia.place
    nadia.post(f"{place}/ready", {"person.eu_citizen": "true"})
    return place


def test_with_a_script_the_token_goes_straight_in(
    nadia: Visitor, ready_draft: str, reached: None, base: str, browser: Browser, home: Path, settings: Any
) -> None:
    """With a script the browser itself asks the intake and shows the receipt, without another question to the pages."""
    visit = Visit(browser, base, *DESKTOP)
    cookie = next(iter(nadia.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    page = visit.open(f"{ready_draft}/submit")
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_role("heading", name="Uw aanvraag is ingediend.")).to_be_visible()
    pages = [one.url for one in visit.requests if one.url.startswith(base) and "/static/" not in one.url]
    assert pages == [f"{base}{ready_draft}/submit"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar het ontvangstbewijs").click()
    assert verify_receipt(json.loads(download.value.path().read_text("utf-8")), read_keys(home).public).number == 1
    visit.end()
    tickets = f"{settings.DOORLEREN_INTAKE_PUBLIC}/tickets"
    assert {fault for fault in visit.faults if "blob:" not in fault} == {
        f"asked elsewhere: {tickets}",
        f"201: {tickets}",
    }


def chosen(raw: bytes, name: str = "offerte.pdf") -> Any:
    """Give a file as the browser's own dialogue would."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": raw}


def test_evidence(ready_draft: str, one: Visit) -> None:
    """A wrong file comes back with its reason, a right one is received, downloads as it was, and can be taken away again."""
    page = one.open(f"{ready_draft}/ready")
    page.get_by_role("link", name="Naar uw bewijsstukken").click()
    page.get_by_label("Uw bestand").set_input_files(chosen(files.png(), "foto.pdf"))
    page.get_by_role("button", name="Verstuur dit bestand").click()
    expect(page.get_by_text("een ander soort bestand")).to_be_visible()
    page.get_by_label("Nog een bestand").set_input_files(chosen(files.pdf()))
    page.get_by_role("button", name="Verstuur dit bestand").click()
    link = page.get_by_role("link", name=re.compile("Download.*offerte.pdf"))
    expect(link).to_be_visible()
    assert one.sideways() <= 0
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == files.pdf()
    page.get_by_role("button", name=re.compile("Haal weg.*offerte.pdf")).click()
    expect(link).to_have_count(0)


def test_evidence_over_a_lost_connection(nadia: Visitor, ready_draft: str, base: str, browser: Browser) -> None:
    """With a script a file of several pieces goes on by itself after the connection was gone, and each byte goes once."""
    visit = Visit(browser, base, *DESKTOP)
    cookie = next(iter(nadia.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    page = visit.open(f"{ready_draft}/evidence")
    offsets: list[int] = []

    def pass_on(route: Any) -> None:
        offsets.append(int(route.request.headers["upload-offset"]))
        route.abort() if len(offsets) in (2, 3) else route.continue_()

    page.route("**/content", pass_on)
    raw = files.pdf(b"% " + b"x" * 1_500_000 + b"\n")
    page.get_by_label("Uw bestand").set_input_files(chosen(raw))
    page.get_by_role("button", name="Verstuur dit bestand").click()
    expect(page.get_by_text("Wij gaan vanzelf verder")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Download.*offerte.pdf"))).to_be_visible()
    assert offsets == [0, 524288, 524288, 524288, 1048576]
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download.*offerte.pdf")).click()
    assert download.value.path().read_bytes() == raw
    visit.end()


def test_every_page_is_accessible(
    nadia: Visitor, ready_draft: str, entering: None, base: str, browser: Browser, axe: str, settings: Any
) -> None:
    """axe-core finds nothing on the list, the start, the form, what stands ready and the receipt, and none is too wide."""
    visit = Visit(browser, base, *PHONE)
    cookie = next(iter(nadia.client.cookies.values()))
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
    settings.DOORLEREN_DAY, found = None, []
    for address in (
        "/applications",
        "/applications/new",
        *(f"{ready_draft}{page}" for page in ("?group=person", "/ready", "/evidence", "/withdraw", "/submit")),
    ):
        visit.open(address)
        found += [f"{address}: {fault}" for fault in visit.axe(axe)] + (
            [f"{address}: sideways"] if visit.sideways() > 0 else []
        )
    visit.page.get_by_role("button", name="Dien nu in").click()
    visit.page.get_by_role("status").wait_for()
    found += [f"receipt: {fault}" for fault in visit.axe(axe)]
    visit.end()
    assert found == []


ANSWERS = {
    "person.birth_date": "1990-04-01",
    "person.labour_market_link": "true",
    "person.eu_citizen": "true",
    "training.price": "699,95",
}


def test_from_what_can_i_get_to_a_receipt(one: Visit, home: Path) -> None:
    """The finder leads to the round with the answers: what may be kept of them is not asked again, and a receipt comes out."""
    finder = Finder(one)
    finder.answer_until(gets(made.SCHEME), ANSWERS)
    page, wide = one.page, [one.sideways()]
    page.locator(f"#scheme-{made.SCHEME}").get_by_role("button", name="Begin een aanvraag").click()
    expect(page.get_by_role("heading", name="Dit vertelde u al")).to_be_visible()
    wide.append(one.sideways())
    page.get_by_role("button", name="Begin met aanvragen").click()
    page.get_by_role("group", name="Bent u burger").get_by_text("Ja", exact=True).click()
    page.get_by_role("button", name="Alles klopt, zet klaar").click()
    page.get_by_role("button", name="Dien nu in").click()
    expect(page.get_by_text("Uw aanvraag is ingediend.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar het ontvangstbewijs").click()
    told = json.loads(download.value.path().read_text("utf-8"))
    assert verify_receipt(told, read_keys(home).public).cents == 69995
    wide.append(withdraw(one))
    assert [width for width in wide if width > 0] == []
