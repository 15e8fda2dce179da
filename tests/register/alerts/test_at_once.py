"""Two processes hold a round at the same moment, in two real transactions."""

import threading
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from doorleren.register.commands import send_alerts as rounds
from doorleren.register.models import Alert
from tests.register.alerts.scene import Site, asked, confirmed, day, welding

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 1.0
"""Seconds that one waits for the other before it sends; with the lock the other never comes."""


@contextmanager
def _unlocked(wanted):
    """Take the alert without holding it."""
    with transaction.atomic():
        yield wanted.first()


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Site:
    """A site with one alert that has news."""
    made = Site(tmp_path)
    made.receive(welding("L1"), at=day(1, hour=5))
    made.round(day(1, hour=6))
    confirmed()
    made.receive(welding("L2"), at=day(2))
    return made


def both_at_once(monkeypatch, site: Site, at: datetime) -> None:
    """Two rounds; each waits with its first mail until the other is as far."""
    both_are_sending = threading.Barrier(2)
    send = rounds.Post.send

    def send_when_both_are(post, message):
        with suppress(threading.BrokenBarrierError):  # the other is passing by
            both_are_sending.wait(PATIENCE)
        send(post, message)

    monkeypatch.setattr(rounds.Post, "send", send_when_both_are)

    def work() -> None:
        try:
            site.round(at)
        finally:
            connection.close()

    processes = [threading.Thread(target=work) for _ in range(2)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()


@pytest.mark.parametrize("locked", [True, False], ids=["as it is", "with the lock taken out"])
def test_two_rounds_at_once_send_one_mail(site, monkeypatch, mailoutbox, locked):
    """With the lock the mail goes once; with the lock taken out it goes twice."""
    if not locked:
        monkeypatch.setattr(rounds, "claimed", _unlocked)
    both_at_once(monkeypatch, site, day(2))
    assert len(mailoutbox) == (1 if locked else 2)
    site.round(day(2, hour=10))
    assert len(mailoutbox) == (1 if locked else 2)


@pytest.mark.parametrize("locked", [True, False], ids=["as it is", "with the lock taken out"])
def test_two_rounds_at_once_ask_once(site, monkeypatch, mailoutbox, locked):
    """The question to confirm is sent under the same lock."""
    Alert.objects.all().delete()
    asked("q=frezen")
    if not locked:
        monkeypatch.setattr(rounds, "claimed", _unlocked)
    both_at_once(monkeypatch, site, day(1))
    assert len(mailoutbox) == (1 if locked else 2)
