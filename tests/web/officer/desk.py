"""An official at a desk, without a browser: signed in with a second factor, opens pages and sends forms."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.people.models import IN_BODY, IN_ORGANISATION, Assurance, Body, Person, RoleKind
from tests.people import made
from tests.web.markup import Markup

BACKEND = "doorleren.people.backend.SignInBackend"


def with_role(kind: RoleKind, name: str = "Otto", body: Body | None = None) -> Person:
    """Somebody with a role: within a body, or within an organisation with its mandate."""
    who = made.person(name=name)
    if kind in IN_BODY:
        made.role(who, kind, body=body or made.body())
    else:
        made.role(who, kind)
    if kind in IN_ORGANISATION:
        made.mandate(who)
    return who


class Desk:
    """Somebody with a session; `status` and `place` (where one was led) are those of the last answer."""

    def __init__(self, person: Person | None, *, second_factor: bool = True, minutes_ago: int = 0) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.person, self.status, self.place = person, 0, ""
        if person is not None:
            self.client.force_login(person, backend=BACKEND)
            self.prove(second_factor=second_factor, minutes_ago=minutes_ago)

    def prove(self, *, second_factor: bool = True, minutes_ago: int = 0) -> None:
        """Say anew how and when it was proven who this is."""
        session = self.client.session
        session["proof"] = {
            "assurance": Assurance.SUBSTANTIAL.value,
            "second_factor": second_factor,
            "proven_at": (datetime.now(UTC) - timedelta(minutes=minutes_ago)).isoformat(),
        }
        session.save()

    def open(self, address: str, /, **asked: Any) -> Markup:
        return self._answer(self.client.get(address, asked))

    def send(self, address: str, /, **fields: Any) -> Markup:
        return self._answer(self.client.post(address, fields))

    def _answer(self, reply: Any) -> Markup:
        self.status, self.place = reply.status_code, reply.headers.get("Location", "")
        page = Markup(reply.content.decode())
        assert page.faults == []
        return page


def whose_in(page: Markup) -> str:
    """Give the field of a form that says for whom its page was made."""
    return re.findall(r'name="whose" value="([^"]*)"', page.page)[0]  # type: ignore[no-any-return]


def counts(but: tuple[str, ...] = ("audit_view", "people_session")) -> dict[str, int]:
    """Count the rows of every table, but those that a GET may write."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in but]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables))
        return dict(cursor.fetchall())


def queries(ask: Callable[[], object]) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
