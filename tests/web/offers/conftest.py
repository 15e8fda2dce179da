"""The site with the trial scheme for offers, its round, a provider with somebody who acts for it, and an applicant."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import Organisation
from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications import made as applications
from tests.applications.offers import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site, with the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_DAY = applications.TODAY
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_TOKEN_KEY = settings.DOORLEREN_PERSON_KEY = settings.DOORLEREN_RECEIPT_KEY = applications.KEY
    settings.DOORLEREN_INTAKE = None
    web_known.library.cache_clear()
    web_known.portal.cache_clear()
    yield web_known.library()
    web_known.library.cache_clear()
    web_known.portal.cache_clear()


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round of the trial scheme, open."""
    return made.a_round(known)


@pytest.fixture
def oost(db: None) -> Organisation:
    """A provider with three activities, admitted."""
    return made.school()


@pytest.fixture
def sanne(oost: Organisation) -> Visitor:
    """Signed in for the provider."""
    return Visitor(made.teacher(oost))


@pytest.fixture
def olga(oost: Organisation) -> Visitor:
    """Signed in for another provider."""
    return Visitor(made.teacher(made.other_school(), "Olga"))


@pytest.fixture
def nadia(db: None) -> Visitor:
    """Somebody who is signed in, for nobody but herself."""
    return Visitor(people.person(name="Nadia"))
