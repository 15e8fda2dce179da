"""What the lists of administrators and auditors share: reading an address, and the filter, table and paging they show.

What cannot be asked is left out, as if it was not asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import get_language

from doorleren.core.days import AMSTERDAM
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread

LONGEST = 200
LARGEST_NUMBER = 2**63 - 1


def given(values: Mapping[str, str]) -> dict[str, str]:
    """Give what an address or form says, trimmed and without what no text holds."""
    return {name: str(values[name]).replace("\x00", "")[:LONGEST].strip() for name in values}


def number(text: str) -> int | None:
    """Read a number of a row; None for what is none."""
    return min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdecimal() and len(text) < 40 else None


def typed_day(text: str, today: date) -> date | None:
    """Read a day as people write it; None for nothing. Raises Misread."""
    return Calendar(today).read(text) if text else None


def known_day(text: str, today: date) -> date | None:
    """Read a day of a filter; None for nothing and for what is no day."""
    try:
        return typed_day(text, today)
    except Misread:
        return None


def written_day(day: date | None) -> str:
    """Write a day in the language of the page; nothing for none."""
    return _written(day, get_language()) if day else ""


@lru_cache(maxsize=4096)
def _written(day: date, _spoken: str | None) -> str:
    """Write it once per language, which is that of the page."""
    return date_format(day, "j F Y")


def written_moment(at: datetime) -> str:
    """Write a moment to the second, in Amsterdam."""
    there = at.astimezone(AMSTERDAM)
    return f"{there.day}-{there.month}-{there.year} {there:%H:%M:%S}"


def field(name: str, kind: str, label: str, told: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """Describe a field of provider/field.html (kind: "line", "text", "choice") or officer/filter.html, with its value."""
    return {"name": name, "kind": kind, "label": label, "value": told.get(name, ""), **more}


def table(
    name: str, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str | Mapping[str, Any]]]
) -> dict[str, Any]:  # fmt: skip
    """Describe a table of components/table.html; a cell is words, or a mapping with what that template reads."""
    return {
        "id": name,
        "caption": caption,
        "columns": [{"label": label} for label in columns],
        "rows": [
            {"cells": [_cell(one, label) for one, label in zip(cells, columns, strict=True)]} for cells in rows
        ],
    }  # fmt: skip


def _cell(one: str | Mapping[str, Any], label: str) -> dict[str, Any]:
    return {"label": label, **({"text": one} if isinstance(one, str) else one)}


def paging(request: HttpRequest, name: str, on: int | None) -> dict[str, str]:
    """Give the addresses of the first page (if this is not it) and of the next (if there is one) of a list by key."""
    asked = {key: value for key, value in given(request.GET).items() if value and key != name}
    following = f"?{urlencode({**asked, name: on})}" if on is not None else ""
    first = (f"?{urlencode(asked)}" if asked else request.path) if request.GET.get(name) else ""
    return {"first": first, "following": following}
