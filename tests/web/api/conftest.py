"""What the tests of the interface share: a client without a database, and the published description."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from doorleren.web import known
from doorleren.web.api.description import description


@pytest.fixture(autouse=True)
def _interface_alone(settings: Any) -> None:
    """The interface stands by itself, without the pages and their static files."""
    settings.ROOT_URLCONF = "tests.web.api.site"
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def api() -> Client:
    """A client that minds forged requests, as a browser's would be."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture(scope="session")
def described() -> dict[str, Any]:
    """The OpenAPI description."""
    return description()


@pytest.fixture
def own_schemes(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of schemes as DOORLEREN_SCHEMES would name it; the library is opened anew before and after."""
    settings.DOORLEREN_SCHEMES = (tmp_path,)
    known.library.cache_clear()
    yield tmp_path
    known.library.cache_clear()
