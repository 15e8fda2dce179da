"""Keys of the test only, and sequences that begin at the same number, so that a simulation within a test can be repeated."""

from typing import Any

import pytest
from django.db import connection

from doorleren.people.national_number import new_keys

DIES_OPEN = pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
"""What crashes closes nothing: a cursor of the server may stay open, as it does when a process dies."""


@pytest.fixture(autouse=True)
def own_surroundings(settings: Any) -> None:
    """Keys of this test only."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_FILE_KEY = b"f" * 32


@pytest.fixture(autouse=True)
def same_draws(request: pytest.FixtureRequest) -> None:
    """Let a seed come to the same whatever ran before: what is drawn among rows goes by their numbers."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        sequences_begin_anew()


def sequences_begin_anew() -> None:
    """Let every number begin at one million; undone with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) FROM pg_sequences")
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {name} RESTART WITH 1000000")
