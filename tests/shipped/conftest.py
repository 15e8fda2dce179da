"""The project's own library of schemes, opened once per test process; tests only read it."""

import pytest

from doorleren.rules.library import Library, open_library


@pytest.fixture(scope="session")
def library() -> Library:
    """Give the schemes, vocabulary and law of the project."""
    return open_library()
