"""An adviser in a browser, with and without a script: a bundle with one wrong row, what came of each, and the participant's yes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import RoleKind
from doorleren.web import known
from tests.applications.bundles import made
from tests.applications.bundles.made import NUMBERS
from tests.applications.made import AT, KEY, TODAY
from tests.journeys.visits import Visit
from tests.people import made as people
from tests.web.adviser.conftest import KEYS
from tests.web.provider.visitor import Visitor

PHONE, DESKTOP = (360, 740), (1280, 900)
HEAD = "kenmerk;bsn;naam;geboortedatum;person.labour_market_link\r\n"
ROWS = "".join(f"klant-{place};{NUMBERS[place]};Nadia Bakker;01-04-1985;ja\r\n" for place in (0, 1))
WRONG = f"klant-2;{NUMBERS[2]};;2031-01-01;ja\r\n"


@pytest.fixture
def home(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """A site that knows the trial scheme for advisers, whose round is open."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_DAY = (tmp_path / "schemes",), TODAY
    settings.DOORLEREN_HOME, settings.DOORLEREN_IDENTITY_KEYS = tmp_path, KEYS
    settings.DOORLEREN_PERSON_KEY, settings.DOORLEREN_SIGNING_KEY = KEY, made.SIGNING
    settings.DOORLEREN_RECEIPT_KEY = made.SIGNING.public_key().public_bytes_raw()
    settings.DOORLEREN_INTAKE = None
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    made.a_round(known.library(), made.LIMITED)
    yield
    known.library.cache_clear()


@pytest.fixture
def tom(home: None) -> Visitor:
    """The adviser, signed in; the cookie is lent to the browser."""
    return Visitor(made.adviser()[0])


@pytest.fixture
def nadia(home: None) -> Visitor:
    """Somebody whom the adviser registers, signed in with her own number."""
    person = know_by_number(NUMBERS[0], name="Nadia", at=AT)
    people.role(person, RoleKind.PARTICIPANT)
    return Visitor(person)


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def one(request: Any, tom: Visitor, nadia: Visitor, browser: Browser) -> Iterator[Visit]:
    """A visit that must stay clean; nobody is signed in yet."""
    size, scripted = request.param
    server = LiveServer("127.0.0.1")
    visit = Visit(browser, server.url, *size, java_script_enabled=scripted)
    yield visit
    visit.end()
    server.stop()
    assert [fault for fault in visit.faults if not fault.startswith("302: ")] == []  # after each form


def sign_in(visit: Visit, who: Visitor) -> None:
    """Lend somebody's cookie to the browser."""
    cookie = next(iter(who.client.cookies.values()))
    visit.context.clear_cookies()
    visit.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visit.base}])


def handed_in(page: Page, *, registers: int) -> None:
    """Paste the rows, look them over and hand them in."""
    page.get_by_label("Of plak de rijen hier").fill(HEAD + ROWS + WRONG)
    page.get_by_role("button", name="Kijk de rijen na").click()
    expect(page.get_by_text("Uw bundel heeft 3 rijen.")).to_be_visible()
    page.get_by_role("button", name=f"Registreer {registers} deelnemers").click()


def test_one_wrong_row_stops_no_other(one: Visit, tom: Visitor, nadia: Visitor, axe: str) -> None:
    """Two of three rows are registered, the third says what lacks, again gives the same, and a participant confirms."""
    sign_in(one, tom)
    page, wide = one.open("/account"), []
    page.get_by_role("link", name="Mensen registreren").click()
    expect(page.get_by_label("Of plak de rijen hier")).to_be_visible()
    wide.append(one.sideways())
    handed_in(page, registers=2)
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="klant-0")).to_contain_text("wacht op bevestiging door de deelnemer")
    expect(rows.filter(has_text="klant-1")).to_contain_text("geregistreerd")
    expect(rows.filter(has_text="klant-2")).to_contain_text("De naam ontbreekt")
    expect(page.get_by_role("link", name="geweigerd")).to_be_visible()
    expect(page.get_by_text(NUMBERS[0])).to_have_count(0)
    wide.append(one.sideways())
    where = page.url
    one.open("/bundles")
    handed_in(page, registers=0)
    assert page.url == where

    sign_in(one, nadia)
    one.open("/applications")
    page.get_by_role("link", name="Aanmeldingen voor mij").click()
    page.get_by_role("button", name="Dit klopt").click()
    expect(page.get_by_text("U hebt gezegd dat dit klopt.")).to_be_visible()
    wide.append(one.sideways())
    sign_in(one, tom)
    one.open(where)
    expect(rows.filter(has_text="klant-0")).to_contain_text("bevestigd door de deelnemer")
    assert [width for width in wide if width > 0] == []
