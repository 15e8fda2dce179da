"""A site with two trainings that are there before anybody asks."""

from pathlib import Path

import pytest

from tests.register.alerts.scene import Site, day, welding


@pytest.fixture
def site(db: None, tmp_path: Path) -> Site:
    """The first round has been, so that what is there now is old."""
    made = Site(tmp_path)
    made.receive(welding("L1"), welding("H1", "Hovenier"), at=day(1, hour=5))
    made.round(day(1, hour=6))
    return made
