"""What the tests of payments share: keys for sealing, a round with a ceiling, and tables emptied after what was committed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import Case
from doorleren.payments.commands.post import post
from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round as announced
from tests.decisions import made as decisions
from tests.decisions.objecting import Staff
from tests.decisions.test_recovering import paid
from tests.decisions.test_settling import PROVEN
from tests.payments.made import AT, US, ceiling, emptied
from tests.payments.paying import Scene, a_scene
from tests.payments.test_afterwards import GRANTED, by_the_bank, followed
from tests.rounds.made import a_round


@pytest.fixture(autouse=True)
def identity_keys(settings: Any) -> None:
    """Keys of this test only."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()


@pytest.fixture
def outbox(tmp_path: Path, settings: Any) -> Path:
    """An outbox of this test only."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture
def round_(db: None) -> Round:
    """A round with a ceiling of 1,000 euros in the ledger."""
    made = a_round()
    post(ceiling(made, 100_000), by=US, at=AT)
    return made


@pytest.fixture
def life(db: None, tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case of which the whole grant was paid as an advance."""
    staff, case = followed(tmp_path, PROVEN)
    assert by_the_bank(case) == GRANTED
    paid(case, staff)
    return staff, case


@pytest.fixture
def emptied_after(transactional_db: None) -> Iterator[None]:
    """Empties the tables after a test that commits; the guards refuse it to Django."""
    yield
    emptied()


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme of the tests of decisions."""
    return decisions.library(tmp_path)


@pytest.fixture
def scene(db: None, known: Library) -> Scene:
    """Three granted cases of which an advance is to be paid."""
    return a_scene(known, announced(known, opened=True))
