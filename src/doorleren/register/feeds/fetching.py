"""Fetching what a source has: a file over http or https into a folder of ours, or the newest file of its folder.

Everything that can go wrong outside is one error, `NotFetched`, with a sentence. Nothing here knows the database.
"""

import http.client
import time
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from doorleren.core.texts import Texts

ENDINGS = {"csv": (".csv", ".txt"), "edudex": (".json",), "ooapi": (".json",)}
"""What the name of a file in a folder ends with, per form."""

SCHEMES = ("http", "https")
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long fetching may take in all, how long it may be silent (seconds), and how large a file may be (bytes)."""

    seconds: float = 600
    silent_seconds: float = 30
    size: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file to read, and the name by which people know it."""

    path: Path
    name: str


class NotFetched(Exception):
    """Nothing usable was fetched; `texts` says why."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(nl)
        self.texts: Texts = {"nl": nl, "en": en}


def fetch(address: str, form: str, into: Path, limits: Limits | None = None) -> Fetched:
    """Fetch what the address has: over http(s) into the folder `into`, or where it lies. Raises NotFetched."""
    limits = limits or Limits()
    scheme = address.split("://")[0].lower() if "://" in address else ""
    if scheme in SCHEMES:
        return _download(address, into / f"fetched{ENDINGS.get(form, ('.bin',))[0]}", limits)
    if scheme:
        raise NotFetched(
            f"Een adres begint met http:// of https://, of is een map. Gegeven is {scheme}://.",
            f"An address starts with http:// or https://, or is a folder. Given is {scheme}://.",
        )
    return _newest(Path(address), form, limits)


class _StaysOnTheWeb(HTTPRedirectHandler):
    """Follows a redirect to http and https only (urllib would also follow one to ftp), and never from https to http."""

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> IO[bytes] | None:
        """Look at where the redirect leads before urllib does, so that the sentence is ours."""
        scheme = urlsplit(headers.get("location", "")).scheme.lower() or req.type
        if scheme not in SCHEMES or (req.type, scheme) == ("https", "http"):
            fp.close()
            raise NotFetched(
                f"Het adres stuurt door naar {scheme}. Dat wordt niet gevolgd: alleen http en https, en van https alleen https.",
                f"The address redirects to {scheme}. That is not followed: only http and https, and from https only https.",
            )
        return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _StaysOnTheWeb)


def _download(address: str, path: Path, limits: Limits) -> Fetched:
    until = time.monotonic() + limits.seconds
    try:
        request = Request(address, headers={"User-Agent": "doorleren"})  # noqa: S310 - the scheme was looked at
        with _opener().open(request, timeout=min(limits.silent_seconds, limits.seconds)) as response:
            if response.status != http.client.OK:
                raise _wrong_status(response.status)
            _write(response, path, limits, until)
    except HTTPError as error:
        error.close()
        raise _wrong_status(error.code) from error
    except TimeoutError as error:
        raise _too_slow(limits) from error
    except (URLError, http.client.HTTPException, OSError, ValueError) as error:
        if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
            raise _too_slow(limits) from error
        raise NotFetched(
            f"Het adres geeft geen bestand ({type(error).__name__}).",
            f"The address gives no file ({type(error).__name__}).",
        ) from error
    return Fetched(path, urlsplit(address).path.rsplit("/", 1)[-1] or address[:300])


def _write(response: http.client.HTTPResponse, path: Path, limits: Limits, until: float) -> None:
    """Write what comes in, one arrival at a time, so that a slow drip ends at the time limit."""
    length = response.headers.get("Content-Length", "")
    promised = int(length) if length.isascii() and length.isdigit() else None
    if promised is not None and promised > limits.size:
        raise _too_large(limits)
    size = 0
    with path.open("wb") as file:
        while arrived := response.read1(_AT_ONCE):
            size += len(arrived)
            if size > limits.size:
                raise _too_large(limits)
            if time.monotonic() > until:
                raise _too_slow(limits)
            file.write(arrived)
    if promised is not None and size != promised:
        raise NotFetched(
            f"De verbinding brak af: {size} van {promised} bytes kwamen aan.",
            f"The connection broke off: {size} of {promised} bytes arrived.",
        )
    if not size:
        raise NotFetched("Het bestand is leeg.", "The file is empty.")


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
        raise _too_large(limits)
    if not size:
        raise NotFetched("Het bestand is leeg.", "The file is empty.")
    return Fetched(path, name)


def _wrong_status(status: int) -> NotFetched:
    return NotFetched(
        f"Het adres antwoordt met status {status}, niet 200.", f"The address answers status {status}, not 200."
    )


def _too_slow(limits: Limits) -> NotFetched:
    return NotFetched(
        f"Het ophalen duurde langer dan {limits.seconds:g} seconden, of er kwam {limits.silent_seconds:g} seconden niets.",
        f"Fetching took longer than {limits.seconds:g} seconds, or nothing came for {limits.silent_seconds:g} seconds.",
    )


def _too_large(limits: Limits) -> NotFetched:
    return NotFetched(
        f"Het bestand is groter dan {limits.size} bytes.", f"The file is larger than {limits.size} bytes."
    )
