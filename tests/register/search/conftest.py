"""The registers by hand and drawn, built once."""

import pytest

from doorleren.register.search.indexed import Indexed
from doorleren.register.search.searching import Index
from tests.register.search.registers import by_hand, drawn, index_of


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Give the index of the register by hand."""
    return index_of(tmp_path_factory.mktemp("by_hand"), by_hand())


@pytest.fixture(scope="session")
def rows() -> list[Indexed]:
    """Give the drawn register."""
    return drawn(700)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, rows: list[Indexed]) -> Index:
    """Give the index of the drawn register."""
    return index_of(tmp_path_factory.mktemp("drawn"), rows)
