"""The clock of the site: the one place under `web` that asks what time it is. Pages hand the moment on."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Give this moment, with its zone."""
    return timezone.now()
