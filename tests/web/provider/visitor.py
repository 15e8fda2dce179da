"""A provider who is signed in, without a browser: opens pages, sends forms, uploads files."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doorleren.people.models import Assurance, Organisation, Person, RoleKind
from tests.people import made
from tests.web.markup import Markup

BACKEND = "doorleren.people.backend.SignInBackend"


class Visitor:
    """Somebody with a session; `status` and `place` are those of the last answer."""

    def __init__(self, person: Person | None, assurance: Assurance = Assurance.SUBSTANTIAL) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.status, self.place = 0, ""
        if person is not None:
            self.client.force_login(person, backend=BACKEND)
            session = self.client.session
            session["proof"] = {
                "assurance": assurance.value, "second_factor": False, "proven_at": datetime.now(UTC).isoformat(),
            }  # fmt: skip
            session.save()

    def open(self, address: str) -> Markup:
        return self._answer(self.client.get(address))

    def send(self, address: str, **fields: Any) -> Markup:
        """Post fields; two lines below in a name are a point, one line is itself. Follows where it leads."""
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return self._answer(self.client.post(address, named))

    def post(self, address: str, fields: dict[str, Any]) -> Markup:
        return self._answer(self.client.post(address, fields))

    def upload(self, content: str | bytes, name: str = "aanbod.csv", kvk: str = "") -> Markup:
        raw = content.encode() if isinstance(content, str) else content
        return self._answer(self.client.post("/provider/uploads", {"file": SimpleUploadedFile(name, raw), "kvk": kvk}))

    def _answer(self, reply: Any) -> Markup:
        self.status = reply.status_code
        if reply.status_code == 302:
            self.place = reply["Location"]
            if self.place.startswith("/provider"):
                return self.open_after(self.place)
        page = Markup(reply.content.decode())
        assert page.faults == []
        return page

    def open_after(self, address: str) -> Markup:
        reply = self.client.get(address)
        page = Markup(reply.content.decode())
        assert page.faults == []
        assert reply.status_code == 200, page.words
        return page


def provider(name: str, organisation: Organisation, **given: Any) -> Person:
    """Somebody with the role of provider and a mandate for an organisation."""
    person = made.person(name=name)
    made.mandate(person, organisation, **given)
    made.role(person, RoleKind.PROVIDER, organisation=organisation)
    return person
