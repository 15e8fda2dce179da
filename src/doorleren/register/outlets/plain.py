"""What several outlets write alike: amounts, durations, addresses, clean text, days, and the register's own terms."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote, urlsplit, urlunsplit

from doorleren.core.days import add_months
from doorleren.register.entries import Entry, Run
from doorleren.register.intake import texts
from doorleren.register.intake.faults import Misread

OWN = "doorleren"
"""The key under which a standard's free room holds the register's own terms."""

DAYS_A_MONTH = 30
"""For the part of a month in standards that count days; the exact number of months goes along among our own terms."""

LONGEST_ADDRESS = 2048

_NO_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DUTCH_POSTCODE = re.compile(r"\s*[1-9][0-9]{3}\s*[A-Za-z]{2}\s*")
_ESCO_NUMBER = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def clean(text: str) -> str:
    """Give the text with U+FFFD for each sign that XML and UTF-8 cannot hold (control signs, half surrogates)."""
    return _NO_TEXT.sub("\ufffd", text)


def comes_back(value: str | tuple[str, ...]) -> bool:
    """Say whether a reader of a standard gives a text, or each of a list, back to the letter: no markup, no loose space."""
    try:
        every = (value,) if isinstance(value, str) else value
        return all(texts.clean(one) == one == clean(one) and not texts.is_untold(one) for one in every)
    except Misread:
        return False


def shortened(text: str, most: int) -> str:
    """Give at most that many signs of a text; a text that is cut ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def vat_cents(cents: int, rate: Decimal) -> int:
    """Give the VAT within an amount that includes it, half a cent up: amount x rate / (100 + rate). 12100 at 21: 2100."""
    return int((cents * rate / (100 + rate)).quantize(Decimal(1), ROUND_HALF_UP))


def iso_duration(months: Decimal) -> str:
    """Write a number of months as ISO 8601, the part of a month as days of thirty to the month: 1.5 gives "P1M15D"."""
    whole, days = int(months), round((months - int(months)) * DAYS_A_MONTH)
    return f"P{whole}M{days}D" if days and whole else f"P{days}D" if days else f"P{whole}M"


def web_address(text: str) -> str | None:
    """Give a http(s) address with everything outside ASCII encoded; None for what is no address of a page."""
    try:
        parts = urlsplit(text.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not re.fullmatch("[A-Za-z0-9.-]+", host):
        return None
    path, query, fragment = (
        quote(_STRAY_PERCENT.sub("%25", clean(part)), safe="/%:@!$&'()*+,;=~-._?")
        for part in (parts.path, parts.query, parts.fragment)
    )
    address = urlunsplit((parts.scheme.lower(), host + port, path, query, fragment))
    return address if len(address) <= LONGEST_ADDRESS else None


def esco_address(kind: str, name: str) -> str | None:
    """Give the address of an ESCO concept by its address or its number; kind is "occupation" or "skill"."""
    if _ESCO_NUMBER.fullmatch(name):
        return f"http://data.europa.eu/esco/{kind}/{name.lower()}"
    return name if re.fullmatch("http://data.europa.eu/esco/[A-Za-z0-9/._-]+", name) else None


def is_dutch_postcode(postcode: str) -> bool:
    """Say whether it is a full Dutch postcode, four digits and two letters, which tells the country."""
    return bool(_DUTCH_POSTCODE.fullmatch(postcode))


def last_day(run: Run, months: Decimal | None) -> tuple[date, bool] | None:
    """Give the last day of a run and whether it was told; None for a run without a first day.

    A last day that was not told is the first day plus the whole months of the duration, or else the first day itself.
    """
    if run.starts_on is None:
        return None
    if run.ends_on is not None:
        return run.ends_on, True
    try:
        return add_months(run.starts_on, int(months or 0)), False
    except (ValueError, OverflowError):  # beyond the calendar
        return run.starts_on, False


def dated(entry: Entry) -> list[Run]:
    """Give the runs that have a first day, in order of days."""
    return sorted((run for run in entry.runs if run.starts_on), key=lambda run: (run.starts_on or date.min, run.place))


def told(record: object, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give what a record (Entry, PricePart, Run ...) tells as plain JSON; numbers with decimals become exact text."""
    values = (
        (field.name, getattr(record, field.name)) for field in fields(cast(Any, record)) if field.name not in without
    )
    return {name: plain(value) for name, value in values if value is not None and value not in ("", ())}


def plain(value: object) -> Any:
    """Give a value of a record as plain JSON: records as `told`, days as ISO 8601, decimals as exact text."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return told(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return clean(value) if isinstance(value, str) else value


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of an older one only when it is whole, so that readers never see half of it."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
