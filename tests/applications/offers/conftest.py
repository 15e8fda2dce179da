"""The library with the trial scheme for offers, its round, a provider with somebody who acts for it, and an applicant."""

from pathlib import Path

import pytest

from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.offers import made


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme."""
    return made.library(tmp_path / "schemes")


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """Its round, open."""
    return made.a_round(known)


@pytest.fixture
def oost(db: None) -> Organisation:
    """A provider with three activities, admitted."""
    return made.school()


@pytest.fixture
def sanne(oost: Organisation) -> Person:
    """Somebody who acts for the provider."""
    return made.teacher(oost)
