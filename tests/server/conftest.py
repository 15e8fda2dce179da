"""What the tests of the server share: short folders, and processes that are ended whatever happens."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plugin_database import roomy_folder

from tests.server.openers import Opener
from tests.server.sites import Site, free_port, made_before


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder with a short path, for one database."""
    folder = Path(tempfile.mkdtemp(prefix="dl-", dir=roomy_folder()))
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def ran_before(home: Path) -> None:
    """Makes `home` one in which a site ran before."""
    made_before(home)


@pytest.fixture
def opener() -> Iterator[Callable[..., Opener]]:
    """Starts openers; ends those that still run."""
    started: list[Opener] = []

    def start(home: Path, *flags: str) -> Opener:
        started.append(Opener(home, *flags))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def site(home: Path) -> Iterator[Callable[..., Site]]:
    """Starts sites on the folder `home`, each on a port of its own; ends those that still run."""
    started: list[Site] = []

    def start(**variables: str) -> Site:
        started.append(Site(home, free_port(), **variables))
        return started[-1]

    yield start
    for one in started:
        one.end()
