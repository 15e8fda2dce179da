"""The site with the trial scheme for offers, its round, a provider with somebody who acts for it, and an applicant."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.models import Application
from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.offers import made
from tests.people import made as people
from tests.web.provider.visitor import Visitor
from tests.web.site import with_schemes


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site, with the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    yield from with_schemes(settings, tmp_path)


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


@pytest.fixture
def draft(known: Library, round_: Round, oost: Organisation, nadia: Visitor) -> Application:
    """Nadia's draft for the short training."""
    return made.draft_of_learner(known, round_, Person.objects.get(name="Nadia"))
