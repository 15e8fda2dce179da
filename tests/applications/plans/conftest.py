"""A draft of a partnership whose rules count participants."""

from pathlib import Path

import pytest

from doorleren.people.models import Organisation
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import partners
from tests.applications.plans import made
from tests.people import made as people


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme for partnerships, that asks for 20 participants."""
    return made.library(tmp_path / "schemes")


@pytest.fixture
def round_(db: None, known: Library) -> Round:
    """Its round, open."""
    return partners.a_round(known)


@pytest.fixture
def firm(db: None) -> Organisation:
    """The lead partner."""
    return people.organisation(partners.LEAD)


@pytest.fixture
def lead(known: Library, round_: Round, firm: Organisation) -> partners.Lead:
    """Leila of the lead partner, with a draft."""
    leila = partners.partner(firm, "Leila")
    return partners.Lead(known, partners.draft(known, round_, firm, leila), leila)
