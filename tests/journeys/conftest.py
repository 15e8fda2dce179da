"""A real site and a real browser, once per test process; and visits that must stay clean whatever they do."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from plugin_database import roomy_folder

from doorleren.server.embedded import cluster
from tests.journeys.visits import Visit
from tests.server.sites import Site, free_port

FRONT = Path(__file__).resolve().parents[2] / "front"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is used: the same engine without windows takes a third less time."""
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the journeys; skips them without a browser, unless the set-up was able to bring one."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("DOORLEREN_BROWSER") != "required":
            item.add_marker(
                pytest.mark.skip(reason="no Chromium on this machine: install the package 'chromium-headless-shell'")
            )


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """`doorleren serve` on a free port, with the database of the tests, as the role that owns nothing of it."""
    folder = Path(tempfile.mkdtemp(prefix="dlj-", dir=roomy_folder()))
    application = cluster.application_url(Path(os.environ["DOORLEREN_HOME"]))
    owner = os.environ["DATABASE_URL"]
    site = Site(folder / "home", free_port(), DATABASE_URL=application, DATABASE_OWNER_URL=owner)
    try:
        yield site.wait()
    finally:
        site.stop()
        site.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _playwright() -> Iterator[tuple[Playwright, Browser, asyncio.AbstractEventLoop]]:
    assert CHROMIUM is not None, "the machine can install Chromium and has none: see scripts/browser"
    with sync_playwright() as playwright:
        flags = [*QUIET, ONLY_HERE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield playwright, browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def browser(_playwright: tuple[Playwright, Browser, asyncio.AbstractEventLoop]) -> Iterator[Browser]:
    """The browser, for the time of one test.

    Playwright leaves its event loop running in this thread. Django would then refuse the database to every test
    that follows in the same process, so the loop is put out of sight in between.
    """
    _, browser, loop = _playwright
    asyncio._set_running_loop(loop)
    yield browser
    asyncio._set_running_loop(None)


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Begins visits, each as a new person; at the end none may have complained or asked another machine."""
    begun: list[Visit] = []

    def begin(width: int = 1200, height: int = 800, **settings: object) -> Visit:
        begun.append(Visit(browser, f"http://127.0.0.1:{site.port}", width, height, **settings))
        return begun[-1]

    yield begin
    for one in begun:
        one.end()
    assert [fault for one in begun for fault in one.faults] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; `make front` fetches it."""
    return (FRONT / "test-assets" / "axe.min.js").read_text("utf-8")
