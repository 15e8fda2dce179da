"""The scheme without evidence, its round, and an official for each duty."""

from pathlib import Path

import pytest

from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme."""
    return made.library(tmp_path)


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """Its round, open."""
    return a_round(known, opened=True)


@pytest.fixture
def staff(round_: Round) -> dict[str, Person]:
    """Officials of the body of the round."""
    return made.officials(round_.body)
