"""A visitor of the portal without a browser; the register behind it is the stand-in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from doorleren.web.portal import register
from tests.web.markup import Markup
from tests.web.portal import stand_in

ANSWERS = {"person.birth_date.day": "1", "person.birth_date.month": "4", "person.birth_date.year": "1985",
           "person.work_status": "employee"}  # fmt: skip


@pytest.fixture(autouse=True)
def _the_portal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "portal", lambda: stand_in)


@pytest.fixture
def post() -> Callable[..., tuple[int, Markup]]:
    """Sends a form, without a token, and gives (status, Markup)."""
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)

    def send(address: str, **given: Any) -> tuple[int, Markup]:
        fields = {name.replace("__", "."): value for name, value in given.items()}
        reply = client.post(address, ANSWERS | fields)
        return reply.status_code, Markup(reply.content.decode())

    return send
