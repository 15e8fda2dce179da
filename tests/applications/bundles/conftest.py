"""The library with the trial scheme of advisers, and an adviser."""

from pathlib import Path

import pytest

from doorleren.people.models import Organisation, Person
from doorleren.rules.library import Library
from tests.applications.bundles import made


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme."""
    return made.library(tmp_path / "schemes")


@pytest.fixture
def tom(db: None) -> tuple[Person, Organisation]:
    """A qualified adviser with a firm."""
    return made.adviser()
