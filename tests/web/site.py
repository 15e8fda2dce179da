"""The site of a test: which schemes it has, on which day, with which keys."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doorleren.people.national_number import new_keys
from doorleren.rules.library import Library
from doorleren.web import known
from tests.applications.made import KEY, TODAY


def with_schemes(settings: Any, home: Path, **other: Any) -> Iterator[Library]:
    """Give the library of a site whose own schemes lie in `home`/schemes; for a fixture. `other` settings by name."""
    told = {
        "SCHEMES": (home / "schemes",), "HOME": home, "DAY": TODAY, "IDENTITY_KEYS": new_keys(), "TOKEN_KEY": KEY,
        "PERSON_KEY": KEY, "RECEIPT_KEY": KEY, "INTAKE": None,
    }  # fmt: skip
    for name, value in (told | other).items():
        setattr(settings, f"DOORLEREN_{name}", value)
    _forget()
    yield known.library()
    _forget()


def _forget() -> None:
    known.library.cache_clear()
    known.portal.cache_clear()
