"""The pages in the machine's real Chromium: accessible, nothing sideways, light, and quiet under the security policy."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, sync_playwright

from doorleren.web import known

AXE = Path(__file__).resolve().parents[2] / "front" / "test-assets" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LARGEST_PAGE_BYTES = 150_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not AXE.exists(), reason="the front end is not built (make install)"),
]


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The site on a port of its own, without a database."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def addresses() -> list[str]:
    """Every kind of page, with the scheme that has most versions."""
    scheme = max(known.library().schemes.values(), key=lambda one: len(one.versions))
    place, old, new = f"/schemes/{scheme.id}", scheme.versions[0].version, scheme.versions[-1].version
    pages = ["/", "/schemes", "/schemes?q=zzzz", "/overview", "/figures", "/finder/person"]
    return [*pages, place, f"{place}/versions/{old}", f"{place}/compare?old={old}&new={new}"]


def opened(browser: Browser, address: str, width: int) -> tuple[Page, list[str]]:
    """Open a page with everything unfolded; give it with what the browser complained of."""
    page, complaints = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return page, complaints


@pytest.mark.parametrize(("language", "width"), [("", 1200), ("", 390), ("", 320), ("/en", 1200)])
def test_axe_finds_nothing_and_nothing_goes_sideways(site: str, browser: Browser, language: str, width: int) -> None:
    """At three widths, and in the other language, with all folds open: no finding of axe, no scrolling sideways, no complaint."""
    wrong = []
    for address in addresses():
        page, complaints = opened(browser, site + language + address, width)
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        found = [(one["id"], one["nodes"][0]["target"]) for one in result["violations"]]
        sideways = page.evaluate("document.documentElement.scrollWidth") > width
        if found or sideways or complaints:
            wrong.append((address, found, sideways, complaints))
        page.close()
    assert wrong == []


def test_no_page_is_heavy(site: str, browser: Browser) -> None:
    """A first visit with everything (page, styles, font, scripts, pictures) stays under 150 kB on the wire."""
    for address in addresses():
        context = browser.new_context()
        page, received = context.new_page(), []
        page.on("requestfinished", lambda request, received=received: received.append(request.sizes()))
        page.goto(site + address, wait_until="networkidle")
        total = sum(max(one["responseBodySize"], 0) + one["responseHeadersSize"] for one in received)
        context.close()
        assert 10_000 < total < LARGEST_PAGE_BYTES, address


def test_a_filter_works_while_typing(site: str, browser: Browser) -> None:
    """With the script the list follows a choice at once, and the address with it, so that it can be shared."""
    page, complaints = opened(browser, f"{site}/overview", 1200)
    page.select_option("#filter-kind", "desk")
    page.wait_for_url("**kind=desk**")
    desks = sum(one.kind == "desk" for one in known.instruments())
    page.wait_for_function(
        "count => document.querySelector('#list [role=status]').innerText.startsWith(count + ' ')", arg=str(desks)
    )
    assert complaints == []
    page.close()
