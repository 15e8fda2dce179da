"""A draft of the trial scheme, a folder of documents, and giving one."""

from pathlib import Path

import pytest

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made

MORE = """
[[evidence]]
id = "budget"
nl = "de begroting"
stage = "application"
types = ["xlsx", "pdf"]
source = "order"
[[evidence]]
id = "register"
nl = "uw inschrijving"
stage = "application"
types = ["form"]
source = "order"
[[evidence]]
id = "report"
nl = "het verslag"
proves = "delivery"
stage = "settlement"
types = ["pdf"]
source = "order"
[[evidence]]
id = "accounts"
nl = "de jaarrekening"
stage = "application"
types = ["pdf"]
tracks = ["firm"]
source = "order"
"""


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme, which asks more evidence than elsewhere."""
    return made.library(tmp_path / "schemes", made.FILE + MORE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of documents."""
    return Store(tmp_path / "evidence", b"s" * 32)


@pytest.fixture
def one(known: Library, round_: Round, nadia: Person) -> Application:
    """A draft."""
    return made.draft(known, round_, nadia)
