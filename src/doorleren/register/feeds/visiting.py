"""Asking a source over http or https, within limits: everything that one pull asks of it is one visit.

Everything that can go wrong outside is one error, `NotFetched`, with a sentence. Nothing here knows the database.
"""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request

from doorleren.register.feeds.connecting import NotFetched, opener

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_ANSWER = 50_000_000
"""Bytes of one answer that is read whole: a page of a list."""
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one pull may take: seconds in all, seconds of silence, bytes in all, and how many questions it may ask.

    `nearby`: it may ask this machine and its own network too, for the demo and for tests.
    """

    seconds: float = 600
    silent_seconds: float = 30
    size: int = 2_000_000_000
    questions: int = 50_000
    nearby: bool = False


class WrongStatus(NotFetched):
    """The address answers, but not with what was asked; `status` is that of HTTP."""

    def __init__(self, status: int) -> None:
        """Keep the status with its sentence."""
        super().__init__(
            f"Het adres antwoordt met status {status}, niet 200.", f"The address answers status {status}, not 200."
        )
        self.status = status


class Visit:
    """All questions of one pull: they share the time, the bytes and the number that the limits allow.

    `authorization` is the header of that name, empty for none. It is sent over https, or to this machine, and does
    not follow a redirect to another site.
    """

    def __init__(self, limits: Limits, authorization: str = "") -> None:
        """Begin: the time runs from here."""
        self.limits = limits
        self.authorization = authorization
        self._until = time.monotonic() + limits.seconds
        self._size = 0
        self._questions = 0

    def download(self, address: str, path: Path) -> None:
        """Write what an address has to a file. Raises NotFetched, also for a file without a byte."""
        with self._answer(address) as response, path.open("wb") as file:
            if not self._read(response, file.write, self.limits.size):
                raise NotFetched("Het bestand is leeg.", "The file is empty.")

    def ask(self, address: str) -> dict[str, Any]:
        """Give the JSON object that an address answers; numbers with a point stay the text they were. Raises NotFetched."""
        parts: list[bytes] = []
        with self._answer(address) as response:
            self._read(response, parts.append, min(LARGEST_ANSWER, self.limits.size))
        try:
            found = json.loads(b"".join(parts).decode("utf-8-sig"), parse_float=str, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise NotFetched(
                f"Het antwoord van {_shown(address)} is geen JSON.", f"The answer of {_shown(address)} is no JSON."
            ) from error
        if not isinstance(found, dict):
            raise NotFetched(
                f"Het antwoord van {_shown(address)} is geen object.", f"The answer of {_shown(address)} is no object."
            )
        return found

    @contextmanager
    def _answer(self, address: str) -> Iterator[http.client.HTTPResponse]:
        self._questions += 1
        if self._questions > self.limits.questions:
            raise NotFetched(
                f"De bron vraagt om meer dan {self.limits.questions} verzoeken.",
                f"The source takes more than {self.limits.questions} requests.",
            )
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._too_slow()
        try:
            with opener(nearby=self.limits.nearby).open(
                self._request(address), timeout=min(self.limits.silent_seconds, left)
            ) as response:
                if response.status != http.client.OK:
                    raise WrongStatus(response.status)
                yield response
        except HTTPError as error:
            error.close()
            raise WrongStatus(error.code) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except (URLError, http.client.HTTPException, OSError, ValueError) as error:
            if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
                raise self._too_slow() from error
            raise NotFetched(
                f"Het adres geeft geen bestand ({type(error).__name__}).",
                f"The address gives no file ({type(error).__name__}).",
            ) from error

    def _request(self, address: str) -> Request:
        request = Request(address, headers={"User-Agent": "doorleren"})  # noqa: S310 - the scheme was looked at
        if self.authorization:
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise NotFetched(
                    "Een geheim gaat alleen over https. Dit adres begint met http.",
                    "A secret goes over https only. This address starts with http.",
                )
            request.add_unredirected_header("Authorization", self.authorization)
        return request

    def _read(self, response: http.client.HTTPResponse, write: Callable[[bytes], object], most: int) -> int:
        """Take what comes in, one arrival at a time, so that a slow drip ends at the time limit; give the bytes."""
        length = response.headers.get("Content-Length", "")
        promised = int(length) if length.isascii() and length.isdigit() else None
        if promised is not None and promised > most:
            raise too_large(most)
        size = 0
        while arrived := response.read1(_AT_ONCE):
            size += len(arrived)
            self._size += len(arrived)
            if size > most or self._size > self.limits.size:
                raise too_large(most)
            if time.monotonic() > self._until:
                raise self._too_slow()
            write(arrived)
        if promised is not None and size != promised:
            raise NotFetched(
                f"De verbinding brak af: {size} van {promised} bytes kwamen aan.",
                f"The connection broke off: {size} of {promised} bytes arrived.",
            )
        return size

    def _too_slow(self) -> NotFetched:
        most, silent = self.limits.seconds, self.limits.silent_seconds
        return NotFetched(
            f"Het ophalen duurde langer dan {most:g} seconden, of er kwam {silent:g} seconden niets.",
            f"Fetching took longer than {most:g} seconds, or nothing came for {silent:g} seconds.",
        )


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _shown(address: str) -> str:
    """Give what people need to recognise an address: its path."""
    return urlsplit(address).path[:200] or "/"


def too_large(most: int) -> NotFetched:
    """Say that there is more than so many bytes."""
    return NotFetched(f"Het bestand is groter dan {most} bytes.", f"The file is larger than {most} bytes.")
