"""A visitor without a browser: the pages of the site in both languages, and all schemes with their versions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doorleren.register.commands.load_demo import load_demo
from doorleren.register.commands.rebuild_index import rebuild_index
from doorleren.web import known
from doorleren.web.public import applying
from tests.web.markup import Markup


@pytest.fixture
def visit():
    """Opens an address and gives (status, Markup)."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=True)

    def open_page(address: str, **given: object) -> tuple[int, Markup]:
        reply = client.get(address, **given)
        return reply.status_code, Markup(reply.content.decode())

    return open_page


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """The static files need not be built or collected for a page to be read."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def no_rounds_without_a_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of verdicts that is read without a database knows of no round to apply in."""
    if not {"db", "transactional_db"} & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        monkeypatch.setattr(applying, "rounds", dict)


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The demo register with its index, in a home of its own."""
    settings.DOORLEREN_HOME = tmp_path
    known.portal.cache_clear()
    load_demo(at=datetime.now(UTC))
    rebuild_index(known.library(), tmp_path, today=known.today())
    yield
    known.portal.cache_clear()
