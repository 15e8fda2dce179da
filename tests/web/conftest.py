"""A visitor without a browser: the pages of the site in both languages, and all schemes with their versions."""

from pathlib import Path

import pytest
from django.test import Client

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
