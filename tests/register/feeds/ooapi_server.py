"""A real endpoint of the Open Onderwijs API on loopback, whose list is in pages; each of its answers can be spoilt."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.register.feeds.server import _Quiet

ROOT = "/ooapi/v5"
ORGANIZATION = {
    "organizationId": "o-1", "primaryCode": {"codeType": "identifier", "code": "school"}, "shortName": "school",
    "name": [{"language": "nl-NL", "value": "Vakschool Oost"}], "organizationType": "institute",
    "otherCodes": [{"codeType": "x-kvk", "code": "12345678"}],
}  # fmt: skip


def course(number: int) -> dict[str, Any]:
    """A course as the list has it: its organisation by id, its offerings elsewhere."""
    return {
        "courseId": f"c-{number}", "primaryCode": {"codeType": "identifier", "code": f"L{number}"},
        "name": [{"language": "nl-NL", "value": f"Lassen {number}"}], "organization": "o-1", "abbreviation": "L",
        "description": [{"language": "nl-NL", "value": "U leert lassen."}], "teachingLanguage": "nld", "level": "undefined",
    }  # fmt: skip


def offering(number: int, cents: int) -> dict[str, Any]:
    """An offering of a course with a day and a price, as a number with a point."""
    return {
        "offeringId": f"o-{number}", "course": f"c-{number}", "startDate": "2026-09-01", "endDate": "2026-12-01",
        "priceInformation": [{"costType": "total costs", "amount": cents / 100, "currency": "EUR"}],
    }  # fmt: skip


Spoil = Callable[[str, dict[str, Any]], tuple[int, bytes] | None]
"""Gives another answer for an address (path below the root with the number of its page) and its page; None: as it is."""


@dataclass
class Endpoint:
    """What the endpoint has, how it is spoilt, which authorization it asks for, and what was asked of it."""

    courses: list[dict[str, Any]] = field(default_factory=lambda: [course(number) for number in range(1, 6)])
    programs: list[dict[str, Any]] | None = None
    size: int = 2
    spoil: Spoil = lambda _place, _page: None
    authorization: str | None = None
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, question: dict[str, list[str]]) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        place = path.removeprefix(ROOT).strip("/")
        number = int(question.get("pageNumber", ["1"])[0])
        self.asked.append(f"{place} {number}")
        if place == "organizations":
            items = [ORGANIZATION]
        elif place == "courses":
            items = self.courses
        elif place == "programs":
            if self.programs is None:
                return 404, b"{}"
            items = self.programs
        else:
            named = place.split("/")[1].replace("p-", "c-")
            items = [offering(int(named.removeprefix("c-")), 19_995)]
        last = -(-len(items) // self.size)
        page = {
            "pageSize": self.size, "pageNumber": number, "hasPreviousPage": number > 1, "hasNextPage": number < last,
            "totalPages": last, "items": items[(number - 1) * self.size : number * self.size],
        }  # fmt: skip
        return self.spoil(f"{place} {number}", page) or (200, json.dumps(page).encode())


@contextmanager
def endpoint_on_loopback(**told: Any) -> Iterator[Endpoint]:
    """Serves an endpoint until the end of the block."""
    endpoint = Endpoint(**told)

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            parts = urlsplit(self.path)
            status, body = endpoint.answer(parts.path, parse_qs(parts.query))
            if endpoint.authorization and self.headers.get("Authorization") != endpoint.authorization:
                status, body = 401, b"{}"
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    server = _Quiet(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    endpoint.address = f"http://127.0.0.1:{server.server_port}{ROOT}"
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
