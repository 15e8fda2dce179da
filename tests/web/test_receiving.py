"""Files of forms: only pages that say so take one, and nobody's body is read before they may send it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from doorleren.people.models import Organisation
from doorleren.web.receiving import FORM_WITH_FILES, Taking
from tests.people import made
from tests.web.provider.visitor import Visitor, provider

HUGE = 190_000_000
EDGE = "edge"
FORM = f"{FORM_WITH_FILES}; boundary={EDGE}"
FILE = (
    f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
    f"Content-Type: text/csv\r\n\r\ntitle;price\r\n\r\n--{EDGE}--\r\n"
).encode()
TAKE_FILES = {
    "applications-bundles-preview": [], "applications-delivery-give": [1], "applications-evidence": [1],
    "applications-file-write": [1, "objection"], "officer-payment-bank": [], "provider-participants-preview": [1],
    "provider-recognitions": [], "provider-uploads": [],
}  # fmt: skip
"""Every page with a form for a file, and numbers for its address."""


class Body(io.BytesIO):
    """A body that counts what was read of it, and never holds what its length says."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        self.taken += len(part)
        return part


def send(client: Client, address: str, raw: bytes = FILE * 100, announced: int = HUGE) -> tuple[int, int]:
    """Post a form with a file; gives the status, and how many bytes were read."""
    body = Body(raw)
    reply = client.generic("POST", address, b"-", FORM, **{"wsgi.input": body, "CONTENT_LENGTH": str(announced)})  # type: ignore[arg-type]
    return reply.status_code, body.taken


def stranger() -> Client:
    """Give a client of nobody, whose forms are looked at as those of a browser."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def pages(patterns: Any) -> Iterator[URLPattern]:
    """Give every page of the site."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages(one.url_patterns)
        else:
            yield one


def test_the_pages_that_take_files() -> None:
    """They are those of the list above and no other, each with a limit and a question who may send."""
    found = {
        one.name: one.callback.takes_files
        for one in pages(get_resolver().url_patterns)
        if hasattr(one.callback, "takes_files")
    }
    assert set(found) == set(TAKE_FILES)
    assert all(isinstance(one, Taking) and one.most > 0 and callable(one.who) for one in found.values())


@pytest.mark.parametrize("name", TAKE_FILES)
def test_of_who_is_not_signed_in_nothing_is_read(name: str, db: None) -> None:
    """A page that takes files answers a stranger 403 before the first byte of a large body is read, the token of the form among it."""
    assert send(stranger(), reverse(name, args=TAKE_FILES[name])) == (403, 0)


@pytest.mark.parametrize("name", TAKE_FILES)
def test_of_who_has_no_access_nothing_is_read(name: str, db: None) -> None:
    """Nor of somebody who is signed in and may not send a file there: refused, or told that there is no such page."""
    nobody = Visitor(made.person(name="Niemand"))
    status, taken = send(nobody.client, reverse(name, args=TAKE_FILES[name]))
    assert (status in (403, 404), taken) == (True, 0)


def test_who_may_is_read(db: None) -> None:
    """The control: of a provider the same body is read as far as it goes."""
    own = Visitor(provider("Sanne", Organisation.objects.create(kvk="87654321", name="Werkplaats")))
    status, taken = send(own.client, reverse("provider-uploads"), FILE, len(FILE))
    assert (status, taken) == (302, len(FILE))


def test_a_small_body_of_who_may_not_is_let_go(db: None) -> None:
    """It is read and its file passed over, so that a browser whose session was over reads why."""
    assert send(stranger(), reverse("provider-uploads"), FILE, len(FILE)) == (403, len(FILE))


@pytest.mark.parametrize("address", ["/sign-in", "/account/sign-out", "/officer/cases"])
def test_a_page_without_files_takes_none(address: str, db: None, tmp_path: Any, settings: Any) -> None:
    """A file to any other page is refused and lies nowhere; a form that is too large is not read at all."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    for one in (stranger(), Client(headers={"host": "localhost"})):
        status, taken = send(one, address, FILE.replace(b"title;price", b"x" * 4_000_000), 4_000_000 + len(FILE) - 11)
        assert status in (302, 400, 403, 405)
        assert taken < 1_000_000
        assert send(one, address) == (400, 0)
    assert list(tmp_path.iterdir()) == []
