"""The library with the trial scheme, its round, and somebody to apply."""

from pathlib import Path

import pytest

from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made
from tests.people import made as people


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme."""
    return made.library(tmp_path / "schemes")


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """Its round, announced and not open."""
    return made.a_round(known)


@pytest.fixture
def nadia(db: None) -> Person:
    """Somebody without an organisation."""
    return people.person(name="Nadia")
