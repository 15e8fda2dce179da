"""What the command line takes from its surroundings: today in Amsterdam, the extra schemes, standard input."""

import os
import sys
from datetime import date, datetime
from pathlib import Path

from doorleren.core.days import AMSTERDAM, Asked, day_of, on_day, read_asked
from doorleren.core.places import home_of


def extra_folders() -> list[Path]:
    """Give the folders of schemes that DOORLEREN_SCHEMES names, separated as in PATH."""
    named = os.environ.get("DOORLEREN_SCHEMES", "")
    return [Path(text) for text in named.split(os.pathsep) if text]


def asked_on(text: str | None) -> Asked:
    """Give the day or moment that was named, else today in Amsterdam. Raises NotAMoment."""
    return read_asked(text) if text is not None else Asked(day_of(datetime.now(AMSTERDAM)))


def now() -> datetime:
    """Give this moment in Amsterdam; in a demo on the day that DOORLEREN_DAY names, as its site has it. Raises NotAMoment."""
    return on_day(datetime.now(AMSTERDAM), _shown_day() if demo() else None)


def demo() -> bool:
    """Say whether this is a demo: asked for by name, or else wherever the database is the embedded one."""
    return (os.environ.get("DOORLEREN_DEMO") or ("0" if os.environ.get("DATABASE_URL") else "1")) == "1"


def today() -> date:
    """Give today in Amsterdam, or the day that DOORLEREN_DAY names for a demo. Raises NotAMoment."""
    return _shown_day() or day_of(now())


def _shown_day() -> date | None:
    text = os.environ.get("DOORLEREN_DAY")
    return read_asked(text).day if text else None


def home() -> Path:
    """Give the folder of everything that is kept here."""
    return home_of(os.environ)


def feeds_nearby() -> bool:
    """Say whether sources may lie on this machine or in its own network."""
    return os.environ.get("DOORLEREN_FEEDS_NEARBY") == "1"


def read_text(path: str) -> bytes:
    """Read a file, or standard input for "-". Raises OSError."""
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
