"""The site with the trial scheme among its schemes, its round, and people who apply."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.people.models import Organisation
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications import made, partners
from tests.applications.evidence.conftest import MORE
from tests.applications.partners import LEAD, SECOND
from tests.decisions import made as decisions
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.provider.visitor import Visitor
from tests.web.site import with_schemes


@pytest.fixture(autouse=True)
def known(settings: Any, tmp_path: Path) -> Iterator[Library]:
    """The library of the site: all its own schemes, and the trial scheme in a folder that DOORLEREN_SCHEMES names."""
    made.library(tmp_path / "schemes")
    yield from with_schemes(settings, tmp_path)


@pytest.fixture
def evidence(known: Library, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A folder of documents, and a trial scheme that asks more evidence."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"e" * 32
    settings.DOORLEREN_SCANNER = None
    made.library(tmp_path / "schemes", made.FILE + MORE)
    web_known.library.cache_clear()
    yield
    web_known.library.cache_clear()


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """The round of the trial scheme, announced and open."""
    return made.a_round(known, opened=True)


@pytest.fixture
def round_of_law(db: None, known: Library, tmp_path: Path, settings: Any) -> Round:
    """The round of the scheme under a framework of law, on a site that keeps documents."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"e" * 32
    settings.DOORLEREN_SCANNER = None
    decisions.library(tmp_path)
    web_known.library.cache_clear()
    return decisions.applications.a_round(web_known.library(), opened=True)


@pytest.fixture
def filed(round_of_law: Round) -> Filed:
    """Nadia's case."""
    return Filed(web_known.library(), round_of_law)


@pytest.fixture
def nadia(db: None) -> Visitor:
    """Somebody who is signed in, for nobody but herself."""
    return Visitor(people.person(name="Nadia"))


@pytest.fixture
def joint(known: Library, tmp_path: Path) -> Library:
    """The library of the site with the trial scheme for partnerships too."""
    partners.library(tmp_path / "schemes")
    web_known.library.cache_clear()
    return web_known.library()


@pytest.fixture
def together(db: None, joint: Library) -> Round:
    """Its round, open."""
    return partners.a_round(joint)


@pytest.fixture
def firm(db: None) -> Organisation:
    """The lead partner."""
    return people.organisation(LEAD)


@pytest.fixture
def leila(firm: Organisation) -> Visitor:
    """Of the lead partner."""
    return Visitor(partners.partner(firm, "Leila"))


@pytest.fixture
def place(leila: Visitor, together: Round) -> str:
    """The address of her draft, with the lead partner and one more as members."""
    leila.post("/applications/start", {"round": together.pk, "as": f"joint:{LEAD}"})
    place = leila.place
    leila.post(f"{place}/members", {"kvk": LEAD, "kind": "employer"})
    leila.post(f"{place}/members", {"kvk": SECOND, "kind": "employer", "name": "Bakkerij Bol"})
    return place
