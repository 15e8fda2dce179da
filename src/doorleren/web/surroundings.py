"""The clock of the site: the one place under `web` that asks what time it is. Pages hand the moment on."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Give this moment, with its zone; in a demo that shows another day, on that day (server/clock.py)."""
    ahead: timedelta = settings.DOORLEREN_AHEAD
    return timezone.now() + ahead


def machine_now() -> datetime:
    """Give this moment by the clock of the machine: for sessions and for the proof of who somebody is, in a demo too."""
    return timezone.now()


def on_the_site(at: datetime) -> datetime:
    """Give a moment by the clock of the machine as the site has it."""
    ahead: timedelta = settings.DOORLEREN_AHEAD
    return at + ahead
