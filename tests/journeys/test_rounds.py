"""An opening day in small in a browser, with and without a script: two officials open a round, a crowd empties it, everybody sees."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import Place, Round, Ticket
from doorleren.server.intake.keys import read_keys
from doorleren.server.rush.crowd import come_forward
from doorleren.server.rush.people import tokens
from doorleren.web import known
from doorleren.web.surroundings import now
from tests.applications import made
from tests.journeys.test_application import entering  # noqa: F401 - the real intake
from tests.journeys.visits import Visit
from tests.web.officer.desk import Desk, with_role

PHONE, DESKTOP = (360, 740), (1280, 900)
PEOPLE, POT = 200, 50_000
FILE = made.FILE.replace('ring_fenced = { for = "employer", money = 40000 }\n', "").replace(
    "ceiling_money = 100000", f"ceiling_money = {POT}"
)


@pytest.fixture
def row(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Round]:
    """A round of the trial scheme that is announced and not open yet, and a site that knows it."""
    made.library(tmp_path / "schemes", FILE.replace("closes = 2026-04-30T17:00:00+02:00\n", ""))
    settings.DOORLEREN_SCHEMES, settings.DOORLEREN_HOME = (tmp_path / "schemes",), tmp_path
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    known.library.cache_clear()
    yield made.a_round(known.library())
    known.library.cache_clear()


@pytest.fixture
def home(row: Round, tmp_path: Path) -> Path:
    """Where the keys of the intake are."""
    return tmp_path


@pytest.fixture
def joost(row: Round) -> Desk:
    """Who decides in the body of the round."""
    return Desk(with_role(RoleKind.DECIDER, "Joost", row.body))


@pytest.fixture
def mirjam(row: Round) -> Desk:
    """Who decides there too."""
    return Desk(with_role(RoleKind.DECIDER, "Mirjam", row.body))


@pytest.fixture(params=[(PHONE, False), (DESKTOP, True)], ids=["without-script", "with-script"])
def begin(
    request: Any,
    joost: Desk,
    mirjam: Desk,
    entering: None,  # noqa: F811 - the fixture
    browser: Browser,
) -> Iterator[Callable[[Desk | None], Visit]]:
    """Begins visits, each in a browser of its own, which must stay clean."""
    size, scripted = request.param
    server, begun = LiveServer("127.0.0.1"), []

    def of(desk: Desk | None) -> Visit:
        begun.append(Visit(browser, server.url, *size, java_script_enabled=scripted))
        if desk is not None:
            cookie = next(iter(desk.client.cookies.values()))
            begun[-1].context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        return begun[-1]

    yield of
    for visit in begun:
        visit.end()
    server.stop()
    assert [fault for visit in begun for fault in visit.faults if not fault.startswith("302: ")] == []  # after a form


def apart(act: Callable[[], object]) -> None:
    """Do something in a thread of its own, for the browser has a loop in this one."""

    def done() -> None:
        act()
        connection.close()

    thread = threading.Thread(target=done)
    thread.start()
    thread.join()


def rush(round_: int, port: int, home: Path) -> None:
    """Let the crowd submit over HTTP, and give places as the allocator does."""
    until = int(now().timestamp()) + 3600
    some = [one.encode() for one in tokens(round_, PEOPLE, 1, until, read_keys(home).tokens)]
    asyncio.run(come_forward(some, port, 8, home / "answers"))
    while allocate(round_, at=now()):
        pass


def test_two_people_open_and_a_crowd_empties(
    begin: Callable[[Desk | None], Visit], row: Round, joost: Desk, mirjam: Desk, home: Path, settings: Any
) -> None:
    """Before the second official nobody gets in; after the crowd the money is gone to what fits, and the public page says so."""
    anybody = begin(None)
    page = anybody.open(f"/rounds/{row.pk}")
    expect(page.get_by_text("gaat nog open").first).to_be_visible()

    first = begin(joost)
    desk = first.open("/account")
    desk.get_by_role("link", name="Aanvraagtijdvakken").first.click()
    desk.get_by_role("link", name="Proefregeling").first.click()
    desk.get_by_role("link", name="Openen", exact=True).click()
    desk.get_by_label("Waarom").fill("Het is tijd.")
    desk.get_by_role("button", name="Bekijk wat u gaat voorstellen").click()
    desk.get_by_role("button", name="Ja, stel dit voor").click()
    expect(desk.get_by_text("Een collega moet het vrijgeven").first).to_be_visible()
    assert first.sideways() <= 0

    second = begin(mirjam)
    other = second.open(f"/officer/rounds/{row.pk}")
    other.get_by_role("link", name="Bekijk en geef vrij").click()
    other.get_by_role("button", name="Ja, geef vrij").click()
    expect(other.get_by_text("Vrijgegeven door Mirjam").first).to_be_visible()
    page.reload()  # the browser keeps a page of some seconds ago
    expect(page.get_by_text("nu open").first).to_be_visible()

    port, told = urlsplit(settings.DOORLEREN_INTAKE).port, {}
    apart(lambda: rush(row.pk, port or 0, home))
    apart(
        lambda: told.update(tickets=Ticket.objects.count(), places=list(Place.objects.values_list("outcome", "cents")))
    )
    inside = [cents for outcome, cents in told["places"] if outcome == "inside"]
    assert (told["tickets"], len(told["places"])) == (PEOPLE, PEOPLE)
    assert POT * 100 - 100_000 < sum(inside) <= POT * 100
    page.reload()
    expect(page.get_by_text("het geld is op").first).to_be_visible()
    assert anybody.sideways() <= 0
