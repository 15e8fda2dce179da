"""The project's own library of schemes, opened once per test process; tests only read it."""

import pytest
from hypothesis import HealthCheck, settings

from doorleren.rules.library import Library, open_library

# The machine may be busy with other tests: slow is no fault here.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def library() -> Library:
    """Give the schemes, vocabulary and law of the project."""
    return open_library()
