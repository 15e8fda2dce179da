"""The waiting room in a browser, with its real process: from before the opening to one's own place, and what it says in trouble."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Round
from doorleren.server.intake.process import WAITING_ROOM, free_port, intake
from doorleren.web.public import waiting
from tests.journeys.visits import Visit
from tests.rounds.made import AT, US, a_round, frozen, tickets

PHONE, DESKTOP = (360, 740), (1280, 900)
LONGEST_MS = 121_000


@pytest.fixture
def row(transactional_db: None) -> Round:
    """A round that is announced and not open yet."""
    return a_round(opened=False)


@pytest.fixture
def room(row: Round, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[bytes]"]:
    """The real process of the waiting room, on the database of this test, which it has looked at."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    monkeypatch.setenv("DATABASE_URL", url)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    waiting._pages.clear()
    port = free_port()
    with intake(port, WAITING_ROOM) as process:
        settings.DOORLEREN_WAITING = settings.DOORLEREN_WAITING_PUBLIC = f"http://127.0.0.1:{port}"
        until(lambda: urlopen(f"{settings.DOORLEREN_WAITING}/waiting/{row.pk}", timeout=5).close() is None)
        yield process
    waiting._pages.clear()


@pytest.fixture
def base(room: "subprocess.Popen[bytes]") -> Iterator[str]:
    """The pages on a port of this process, on the database of the test."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


def until(holds: Any, seconds: float = 20.0) -> None:
    """Wait until something holds and raises nothing."""
    end = time.monotonic() + seconds
    while True:
        try:
            assert holds()
            return
        except (OSError, AssertionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def apart(act: Callable[[], object]) -> None:
    """Do something with the database in a thread of its own, for the browser has a loop in this one."""

    def done() -> None:
        act()
        connection.close()

    thread = threading.Thread(target=done)
    thread.start()
    thread.join()


def told(settings: Any, row: Round, text: str) -> Any:
    """Give a claim: the room tells this text."""

    def claim() -> bool:
        with urlopen(f"{settings.DOORLEREN_WAITING}/waiting/{row.pk}", timeout=5) as answer:
            return text in answer.read().decode()

    return claim


def state(page: Page, name: str) -> None:
    """Hold the page to showing exactly the part of one state."""
    expect(page.locator(f"[data-state={name}]")).to_be_visible()
    expect(page.locator("[data-state]:visible")).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_waiting_to_a_place(
    base: str, browser: Browser, room: Any, row: Round, settings: Any, axe: str, size: tuple[int, int]
) -> None:
    """Not open, then open without a reload, then in with two before; when the room is gone the page says that it does not know."""
    visit = Visit(browser, base, *size)
    visit.page.clock.install()
    page = visit.open(f"/rounds/{row.pk}/waiting#key={frozen(row.pk, 3).key}")
    state(page, "announced")
    expect(page.locator("[data-place=out]")).to_be_visible()
    assert visit.axe(axe) == []
    apart(lambda: open_gate(row.pk, by=US, at=AT))
    apart(lambda: tickets(row, [(1000, "")] * 3))
    until(told(settings, row, '"tickets":3'))
    page.clock.fast_forward(LONGEST_MS)
    state(page, "open")
    expect(page.locator("[data-place=in]")).to_contain_text("voor die van u binnenkwamen: 2")
    expect(page.locator("[data-tickets]")).to_have_text("3")
    assert visit.axe(axe) == []
    visit.missing_wanted = True
    room.terminate()
    room.wait()
    for _ in range(3):
        page.clock.fast_forward(LONGEST_MS)
        page.wait_for_timeout(300)
    state(page, "unknown")
    visit.end()
    assert [one for one in visit.faults if not one.startswith(f"asked elsewhere: {settings.DOORLEREN_WAITING}/")] == []


def test_without_a_script(base: str, browser: Browser, row: Round) -> None:
    """The page alone says how it stands, hides what it cannot know, and loads itself again."""
    visit = Visit(browser, base, *PHONE, java_script_enabled=False)
    page = visit.open(f"/rounds/{row.pk}/waiting")
    state(page, "announced")
    expect(page.locator("[data-place]:visible")).to_have_count(0)
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    visit.end()
    assert visit.faults == []
