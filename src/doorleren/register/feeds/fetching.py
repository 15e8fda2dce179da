"""Fetching what a source has: a file or an endpoint over http or https into a folder of ours, or the newest of its folder.

Everything that can go wrong outside is one error, `NotFetched`, with a sentence. Nothing here knows the database.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from doorleren.register.feeds.connecting import SCHEMES, NotFetched
from doorleren.register.feeds.endpoint import download_courses
from doorleren.register.feeds.visiting import Limits, Visit, too_large

ENDINGS = {"csv": (".csv", ".txt"), "edudex": (".json",), "ooapi": (".json",)}
"""What the name of a file in a folder ends with, per form."""

FILES = (".json", ".zip", ".gz")
"""An address of the Open Onderwijs API that ends so is a file; any other is where an endpoint begins."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file to read, and the name by which people know it."""

    path: Path
    name: str


def fetch(
    address: str, form: str, into: Path, limits: Limits | None = None, *, today: date, authorization: str = ""
) -> Fetched:  # fmt: skip
    """Fetch what the address has: over http(s) into the folder `into`, or where it lies. Raises NotFetched.

    `today` says which offerings of an endpoint are asked; `authorization` is the header for who asks for one.
    """
    limits = limits or Limits()
    scheme = address.split("://")[0].lower() if "://" in address else ""
    if scheme in SCHEMES:
        return _over_the_web(address, form, into, Visit(limits, authorization), today)
    if scheme:
        raise NotFetched(
            f"Een adres begint met http:// of https://, of is een map. Gegeven is {scheme}://.",
            f"An address starts with http:// or https://, or is a folder. Given is {scheme}://.",
        )
    return _newest(Path(address), form, limits)


def _over_the_web(address: str, form: str, into: Path, visit: Visit, today: date) -> Fetched:
    path = into / f"fetched{ENDINGS.get(form, ('.bin',))[0]}"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise NotFetched("Het adres is geen adres (geen bestand).", "The address is no address (no file).") from error
    if form == "ooapi" and not parts.path.lower().endswith(FILES):
        download_courses(address, path, visit, today=today)
        return Fetched(path, f"{parts.hostname}{parts.path.rstrip('/')}/courses"[:300])
    visit.download(address, path)
    return Fetched(path, parts.path.rsplit("/", 1)[-1] or address[:300])


def _newest(folder: Path, form: str, limits: Limits) -> Fetched:
    """Give the newest whole file of the form in a folder; names with a dot in front are still being written."""
    try:
        files = [
            one
            for one in folder.iterdir()
            if one.is_file() and not one.name.startswith(".") and one.name.lower().endswith(ENDINGS.get(form, ()))
        ]
        found = max(((one.stat().st_mtime_ns, one.name, one.stat().st_size, one) for one in files), default=None)
    except OSError as error:
        raise NotFetched(
            f"De map is niet te lezen ({type(error).__name__}).", f"The folder cannot be read ({type(error).__name__})."
        ) from error
    if found is None:
        raise NotFetched("De map heeft geen bestand van deze vorm.", "The folder has no file of this form.")
    _, name, size, path = found
    if size > limits.size:
        raise too_large(limits.size)
    if not size:
        raise NotFetched("Het bestand is leeg.", "The file is empty.")
    return Fetched(path, name)
