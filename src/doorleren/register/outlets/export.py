"""One door to all files: writes the register in the form that is asked. Called by the command line; see also `publishing`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from doorleren.core.days import day_of
from doorleren.register.outlets import edudex, elm, ooapi, tables
from doorleren.register.outlets.listed import Listed

FORMS = ("ooapi", "edudex", "elm", "csv", "parquet")
"""What the register can be written as. CSV and Parquet come with a side file that tells the date and the licence."""


def export(
    form: str,
    listed: Iterable[Listed],
    path: Path,
    *,
    base_url: str,
    made_at: datetime,
    licence: tables.Licence = tables.CC0,
) -> int:
    """Write the register to a file in one of `FORMS` and give the number of activities.

    `made_at` is the moment of writing with its time zone: the date of the open data, and by its day in Amsterdam EDU-DEX
    tells whether a run takes applications. Raises ValueError for another form or a moment without a zone.
    """
    if made_at.tzinfo is None:
        raise ValueError(f"made_at: a moment with its time zone is needed, not {made_at.isoformat()}")
    match form:
        case "ooapi":
            return ooapi.write(listed, path, base_url)
        case "edudex":
            return edudex.write(listed, path, base_url, day_of(made_at))
        case "elm":
            return elm.write(listed, path, base_url)
        case "csv":
            return tables.write_csv(listed, path, made_at, licence)
        case "parquet":
            return tables.write_parquet(listed, path, made_at, licence)
        case _:
            raise ValueError(f"format: {', '.join(FORMS)} are allowed, not {form!r}")
