"""The schemes as the site knows them, opened once per process, and today: what every page and the API start from."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from doorleren.core.days import Asked, NotAMoment, read_asked
from doorleren.register.portal import Portal
from doorleren.rules.instruments import Instrument, load_instruments
from doorleren.rules.library import Library, open_library
from doorleren.shipped import folder


@lru_cache(maxsize=1)
def library() -> Library:
    """Give the library. Raises SchemeFault if a scheme file is wrong."""
    return open_library(settings.DOORLEREN_SCHEMES)


@lru_cache(maxsize=1)
def portal() -> Portal:
    """Give the portal on the index of this site."""
    return Portal(library(), settings.DOORLEREN_HOME)


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """Give the overview of all instruments."""
    return load_instruments(folder("schemes") / "instruments.toml")


def today() -> date:
    """Give today in Amsterdam, or the day that the demo shows."""
    shown: date | None = settings.DOORLEREN_DAY
    return shown or timezone.localdate()


def asked(text: str | None) -> Asked:
    """Give the day or moment that was named; today if it is empty or no day."""
    try:
        return read_asked(text) if text else Asked(today())
    except NotAMoment:
        return Asked(today())
