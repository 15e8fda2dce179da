"""Keys of the test only, and sequences that begin at the same number, so that a simulation within a test can be repeated."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.cases.retention import _sets_its_own
from doorleren.people.national_number import new_keys
from doorleren.schemes.queries import version_of
from doorleren.simulation.running import Simulation

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
        version_of.cache_clear()  # what was read by a number that another row has now
        _sets_its_own.cache_clear()


def not_seen(wanted: Iterable[str], seed: str, steps: int, *, turns: int = 4, season: int = 1) -> set[str]:
    """Simulate anew, each time with another seed, until all of these acts were done or stand in a case; give those that never were.

    What is rare in one life is not in several. Each holds everything, and is undone.
    """
    missing = set(wanted)
    for turn in range(turns):
        with transaction.atomic():
            ran = Simulation(f"{seed}-{turn}" if turn else seed, season=season).run(steps)
            transaction.set_rollback(True)
        assert ran.violations == []
        missing -= ran.done.keys() | ran.happened.keys()
        if not missing:
            break
    return missing


def sequences_begin_anew() -> None:
    """Let every number begin at one million; undone with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) FROM pg_sequences")
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {name} RESTART WITH 1000000")
