"""A draft of a partnership whose rules count participants."""

from pathlib import Path

import pytest

from doorleren.rules.library import Library
from tests.applications.partnerships.conftest import firm, lead, round_
from tests.applications.plans import made

__all__ = ["firm", "lead", "round_"]


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme for partnerships, that asks for 20 participants."""
    return made.library(tmp_path / "schemes")
