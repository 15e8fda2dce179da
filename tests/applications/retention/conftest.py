"""A site with folders of its own, officials, and a file that is due in ten years."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Application
from doorleren.cases.models import Case
from doorleren.people.models import Person
from doorleren.people.national_number import keys, new_keys
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.retention import made
from tests.cases.made import Staff


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Folders and keys of this test only."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    settings.DOORLEREN_FILE_KEY = b"k" * 32
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of documents."""
    return Store(tmp_path / "evidence", b"s" * 32)


@pytest.fixture
def staff(db: None) -> Staff:
    """Officials of the body."""
    return Staff()


@pytest.fixture
def one(known: Library, round_: Round, nadia: Person) -> Application:
    """An application with nothing in it yet."""
    return applications.draft(known, round_, nadia)


@pytest.fixture
def shut(round_: Round) -> Round:
    """The round, opened and closed on 30 April 2026."""
    open_gate(round_.pk, by=applications.US, at=applications.AT)
    close_gate(round_.pk, by=applications.US, at=made.SHUT)
    return round_


@pytest.fixture
def needles(one: Application, nadia: Person, store: Store) -> list[str]:
    """The application with a row in every table; the texts by which they are found."""
    return made.fill(one, nadia, store, keys())


@pytest.fixture
def case(one: Application, needles: list[str], staff: Staff) -> Case:
    """Its case, closed."""
    return made.a_case_of(one, staff)
