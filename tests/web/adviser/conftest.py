"""The site with the trial scheme of advisers, its round, and an adviser who is signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications.bundles import made
from tests.applications.made import KEY, TODAY
from tests.web.provider.visitor import Visitor

KEYS = "lookup:" + "A" * 43 + "= seal:" + "B" * 43 + "="


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site, with the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    settings.DOORLEREN_SCHEMES = (tmp_path / "schemes",)
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_DAY = TODAY
    settings.DOORLEREN_IDENTITY_KEYS = KEYS
    settings.DOORLEREN_TOKEN_KEY = settings.DOORLEREN_PERSON_KEY = KEY
    settings.DOORLEREN_RECEIPT_KEY = made.SIGNING.public_key().public_bytes_raw()
    settings.DOORLEREN_SIGNING_KEY = made.SIGNING
    settings.DOORLEREN_INTAKE = None
    web_known.library.cache_clear()
    web_known.portal.cache_clear()
    yield web_known.library()
    web_known.library.cache_clear()
    web_known.portal.cache_clear()


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round with a limit a day, open."""
    return made.a_round(known, made.LIMITED)


@pytest.fixture
def firm(db: None) -> tuple[Person, Organisation]:
    """A qualified adviser and the firm."""
    return made.adviser()


@pytest.fixture
def tom(firm: tuple[Person, Organisation], round_: Round) -> Visitor:
    """The adviser, signed in."""
    return Visitor(firm[0])
