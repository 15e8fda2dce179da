"""The site with the trial scheme of advisers, its round, and an adviser who is signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.web.provider.visitor import Visitor
from tests.web.site import with_schemes

KEYS = "lookup:" + "A" * 43 + "= seal:" + "B" * 43 + "="


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site, with the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    receipts = made.SIGNING.public_key().public_bytes_raw()
    yield from with_schemes(
        settings, tmp_path, IDENTITY_KEYS=KEYS, RECEIPT_KEY=receipts, SIGNING_KEY=made.SIGNING
    )  # fmt: skip


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
