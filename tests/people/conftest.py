"""What the tests about people share: keys for national numbers, a moment, and people with a role."""

import pytest

from doorleren.people.national_number import new_keys


@pytest.fixture(autouse=True)
def identity_keys(settings):
    """Keys of this test only."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_DEMO_PROVIDER = None
