"""Every refusal of the interface: problem details (RFC 9457), with the fact, what was given and what is allowed."""

import json
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from doorleren.rules.faults import ProfileFault

MEDIA_TYPE = "application/problem+json"
INPUT_TYPE = "/api/v1/openapi.json#/components/schemas/InputProblem"
"""Names the kind of problem that has `fact`, `given` and `allowed`, and points to what those mean."""

LONGEST_GIVEN = 200


class Refused(Exception):
    """A request that gets a problem for an answer; `headers` go along (Allow)."""

    def __init__(self, status: int, detail: str, *, headers: dict[str, str] | None = None, **members: Any) -> None:
        """Keep the status, a sentence for people, and further members of the problem."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.members = members

    def content(self) -> dict[str, Any]:
        """Give the members of the problem."""
        title = HTTPStatus(self.status).phrase
        return {"type": "about:blank", "title": title, "status": self.status, "detail": self.detail, **self.members}

    def response(self) -> HttpResponse:
        """Write the problem as an answer."""
        response = HttpResponse(as_json(self.content()), status=self.status, content_type=MEDIA_TYPE)
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = "en"
        for name, value in self.headers.items():
            response[name] = value
        return response


def bad_input(fact: str, given: object, allowed: str, status: int = 400) -> Refused:
    """Refuse a value: a fact of a profile, a field of a body or a parameter of an address."""
    return of_fault(ProfileFault(fact, given, allowed), status)


def of_fault(fault: ProfileFault, status: int = 400) -> Refused:
    """Turn what the rules refuse into a problem."""
    given = shown(fault.given)
    detail = f"{fault.fact}: given {given}, allowed is {fault.allowed}"
    title = "Not found" if status == HTTPStatus.NOT_FOUND else "Input that cannot be read"
    return Refused(status, detail, type=INPUT_TYPE, title=title, fact=fault.fact, given=given, allowed=fault.allowed)


def shown(given: object) -> str:
    """Write what was given as text, shortened: 1985, "wrong" or {"a": 1} become `1985`, `wrong` and `{"a": 1}`."""
    text = str(given) if isinstance(given, str | Decimal) else json.dumps(given, default=str, ensure_ascii=False)
    return text if len(text) <= LONGEST_GIVEN else text[: LONGEST_GIVEN - 1] + "…"


def as_json(content: object) -> bytes:
    """Write JSON in UTF-8; half of a surrogate pair, which UTF-8 lacks, as its escape."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
