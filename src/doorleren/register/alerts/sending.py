"""Sending one mail at a time: each alert is held until its mail is marked, and what is wrong with one stops no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from doorleren.core.days import day_of
from doorleren.register.alerts.post import ServerAway
from doorleren.register.alerts.recording import record_given_up
from doorleren.register.alerts.rules import is_given_up
from doorleren.register.models import Alert

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What was done at once: mails that asked to confirm, mails about what is new, addresses that refused theirs."""

    invited: int = 0
    mailed: int = 0
    refused: int = 0


@contextmanager
def one_by_one(number: int) -> Iterator[None]:
    """Let what is wrong with one alert be no reason to leave out the others."""
    try:
        yield
    except (ServerAway, DatabaseError):
        raise
    except Exception:  # whatever it is, the next alert is another person
        log.exception("alert %s could not be done", number)


@contextmanager
def claimed(wanted: QuerySet[Alert]) -> Iterator[Alert | None]:
    """Hold the one alert until its mail is marked; None when it is not due any more or another process holds it."""
    with transaction.atomic():
        yield wanted.select_for_update(skip_locked=True).first()


def refused(alert: Alert, *, at: datetime) -> None:
    """Note that the address refused its mail today; the alert ends when it did so too often. The caller holds it."""
    alert.failures += 1
    if is_given_up(alert.failures):
        number = alert.pk
        Alert.objects.filter(pk=number).delete()
        record_given_up(number, at=at)
        return
    alert.looked_on = day_of(at)
    alert.save(update_fields=["looked_on", "failures"])
