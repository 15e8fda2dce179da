"""Two providers who know nothing of each other, and a site with their pages."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import Organisation
from doorleren.people.national_number import new_keys
from tests.web.provider.visitor import Visitor, provider


@pytest.fixture(autouse=True)
def _the_site(settings: Any, tmp_path: Path) -> None:
    settings.ROOT_URLCONF = "tests.web.provider.site"
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_HOME = tmp_path


@pytest.fixture
def workshop(db: None) -> Organisation:
    """The organisation whose pages these are."""
    return Organisation.objects.create(kvk="90000018", name="Vakschool De Werkplaats")


@pytest.fixture
def sanne(workshop: Organisation) -> Visitor:
    """Signed in for the workshop."""
    return Visitor(provider("Sanne", workshop))


@pytest.fixture
def other(db: None) -> Visitor:
    """Signed in for another provider."""
    return Visitor(provider("Olga", Organisation.objects.create(kvk="12345678", name="Havenschool")))
