"""Officials of each kind, and a site with their pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import RoleKind
from doorleren.people.national_number import new_keys
from doorleren.register.models import Activity, Provider
from tests.applications.made import a_round
from tests.web.officer.case_lives import Life
from tests.web.officer.cases_made import Bureau, scheme_known
from tests.web.officer.visitor import Visitor, applied, official


@pytest.fixture(autouse=True)
def _the_site(settings: Any, tmp_path: Path) -> None:
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_HOME = tmp_path


@pytest.fixture
def bureau(settings: Any, tmp_path: Path, db: None) -> Iterator[Bureau]:
    """The trial scheme on a site that knows it, and its body."""
    with scheme_known(settings, tmp_path) as library:
        yield Bureau(library, a_round(library, opened=True))


@pytest.fixture
def life(settings: Any, tmp_path: Path, db: None) -> Iterator[Life]:
    """The trial scheme on a site that knows it, a case that came in, and its officials."""
    with scheme_known(settings, tmp_path) as library:
        yield Life(Bureau(library, a_round(library, opened=True)))


@pytest.fixture
def joost(db: None) -> Visitor:
    """Who decides, signed in this minute with a second factor."""
    return Visitor(official(RoleKind.DECIDER))


@pytest.fixture
def fatima(db: None) -> Visitor:
    """Who assesses."""
    return Visitor(official(RoleKind.ASSESSOR, "Fatima"))


@pytest.fixture
def school(db: None) -> tuple[Provider, Activity]:
    """A school that is admitted, with an activity that waits for a decision."""
    return applied()
