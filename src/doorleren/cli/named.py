"""Naming a scheme on the command line: an id that does not exist gets the nearest ones."""

from collections.abc import Iterable
from difflib import get_close_matches

from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library


def require_schemes(library: Library, names: Iterable[str]) -> None:
    """Refuse ids that no scheme has. Raises SchemeFault that names the nearest."""
    for name in names:
        if name not in library.places:
            close = ", ".join(get_close_matches(name, library.places, n=3)) or "see `doorleren schemes`"
            raise SchemeFault(f"scheme: given {name!r}, allowed is the id of a scheme ({close})")
