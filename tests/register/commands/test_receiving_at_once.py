"""Two deliveries of the same provider at the same moment, in two real transactions."""

import threading
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from doorleren.register.commands import staging
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.models import Activity

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 1.0
"""Seconds that one waits for the other after comparing; with the lock the other never comes."""
SCHOOL = ProviderEntry("12345678", "Vakschool Oost", kvk="12345678")


def deliver(code: str, title: str) -> str:
    """Deliver one activity; say what became of it."""
    try:
        rows = [Received(1, Entry(SCHOOL.code, code, title), SCHOOL)]
        outcome = receive_delivery(rows, source=title, form="csv", by="test", at=datetime(2026, 11, 22, 9, tzinfo=UTC))
    except IntegrityError:
        return "broken off"
    return "new" if outcome.new else "changed" if outcome.changed else "unchanged"


@pytest.mark.parametrize(
    ("locked", "came_to"),
    [(True, ["changed", "new"]), (False, ["broken off", "new"])],
    ids=["as it is", "without the lock"],
)
def test_two_deliveries_at_once(monkeypatch, locked, came_to):
    """With the lock on their provider the second delivery finds what the first brought and changes it; without it one is broken off."""
    deliver("L1", "Lassen")
    both_have_compared = threading.Barrier(2)
    compare = staging._compare

    def compare_when_both_have_compared(cursor):
        compare(cursor)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock
            both_have_compared.wait(PATIENCE)

    monkeypatch.setattr(staging, "_compare", compare_when_both_have_compared)
    if not locked:
        monkeypatch.setattr(staging, "_PROVIDERS", "SELECT 1")  # the provider is there already
    found: list[str] = []

    def work(title: str) -> None:
        try:
            found.append(deliver("L2", title))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(title,)) for title in ("Frezen", "Draaien")]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(found) == came_to
    assert Activity.objects.filter(code="L2").count() == 1
