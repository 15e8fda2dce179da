"""The site with the trial scheme among its schemes, its round, and people who apply."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site: all its own schemes, and the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_DAY = made.TODAY
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_TOKEN_KEY = settings.DOORLEREN_PERSON_KEY = settings.DOORLEREN_RECEIPT_KEY = made.KEY
    settings.DOORLEREN_INTAKE = None
    web_known.library.cache_clear()
    web_known.portal.cache_clear()
    yield web_known.library()
    web_known.library.cache_clear()
    web_known.portal.cache_clear()


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round of the trial scheme, announced and open."""
    return made.a_round(known, opened=True)


@pytest.fixture
def nadia(db: None) -> Visitor:
    """Somebody who is signed in, for nobody but herself."""
    return Visitor(people.person(name="Nadia"))
