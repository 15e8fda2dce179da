"""A visit to the site in a browser of its own: what was asked of whom, and what went wrong."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, expect

PATIENCE_MS = 15_000
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WANTED_STATUS = (200, 304)
# All but the menu, which would lie on the page.
UNFOLD = "document.querySelectorAll('details:not(.dl-me)').forEach(one => one.open = true)"
expect.set_options(timeout=PATIENCE_MS)


class Visit:
    """One person with a clean browser. `faults`: errors, refusals by the policy, requests elsewhere; `requests`: all of them."""

    def __init__(self, browser: Browser, base: str, width: int, height: int, **settings: Any) -> None:
        self.base = base
        self.faults: list[str] = []
        self.requests: list[Request] = []
        self.missing_wanted = False
        self.context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            reduced_motion="reduce",
            **settings,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("request", self._note)
        self.page.on("response", lambda answer: self._judge(answer.status, answer.url))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on(
            "console",
            lambda message: (
                self.faults.append(f"console: {message.text}")
                if message.type in {"error", "warning"} and not self.missing_wanted
                else None
            ),
        )

    def open(self, address: str, *, status: int = 200) -> Page:
        """Goes to an address of the site and waits until it has loaded."""
        self.missing_wanted = status >= 400
        answer = self.page.goto(address)
        assert answer is None or answer.status == status, address  # None: the same page with another fragment
        return self.page

    def unfold(self) -> None:
        """Opens every fold of the page."""
        self._ask(UNFOLD)

    def axe(self, source: str) -> list[str]:
        """What axe-core finds wrong on the page as it stands, one line each."""
        if not self._ask("'axe' in window"):
            self._ask(source)
        found = self._ask("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES)
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self._ask("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def received(self) -> int:
        """Bytes over the wire so far, headers included."""
        sizes = [request.sizes() for request in self.requests]
        return sum(max(one["responseBodySize"], 0) + one["responseHeadersSize"] for one in sizes)

    def end(self) -> None:
        """Closes the browser window."""
        self.context.close()

    def _ask(self, script: str, given: object = None) -> Any:
        """Runs a script on the page once it has loaded: where a click has just led to it, it has no element yet."""
        self.page.wait_for_load_state()
        return self.page.evaluate(script, given)

    def _note(self, request: Request) -> None:
        self.requests.append(request)
        if f"{urlsplit(request.url).scheme}://{urlsplit(request.url).netloc}" != self.base:
            self.faults.append(f"asked elsewhere: {request.url}")

    def _judge(self, status: int, url: str) -> None:
        if status not in WANTED_STATUS and not self.missing_wanted:
            self.faults.append(f"{status}: {url}")
