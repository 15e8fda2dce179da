"""Between an entry and the columns in which the database keeps it; nothing else knows both."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from doorleren.register.entries import PRICE_PARTS, Entry, PricePart, Run

_RENAMED = {"delivery": "delivery_form"}
"""Fields whose column has another name: a version has a delivery already."""

_ELSEWHERE = frozenset({"provider", "code", "prices", "runs"})

CONTENT_FIELDS = tuple(one.name for one in fields(Entry) if one.name not in _ELSEWHERE)
PRICE_COLUMNS = tuple(f"{part}_{what}" for part in PRICE_PARTS for what in ("cents", "vat"))
CONTENT_COLUMNS = tuple(_RENAMED.get(name, name) for name in CONTENT_FIELDS) + PRICE_COLUMNS
"""The columns of a version that say what an entry says, in the order of `content_values`."""

RUN_COLUMNS = tuple(one.name for one in fields(Run))
_LISTS = frozenset({"learning_outcomes", "occupations", "skills"})


def content_values(entry: Entry) -> list[Any]:
    """Give what stands in CONTENT_COLUMNS; a part of the price that is not told is None."""
    values = [getattr(entry, name) for name in CONTENT_FIELDS]
    values = [list(value) if isinstance(value, tuple) else value for value in values]
    told = {one.part: one for one in entry.prices}
    for part in PRICE_PARTS:
        one = told.get(part)
        values += [None, None] if one is None else [one.cents, one.vat]
    return values


def run_values(run: Run) -> list[Any]:
    """Give what stands in RUN_COLUMNS."""
    return [getattr(run, name) for name in RUN_COLUMNS]


def entry_of(provider: str, code: str, columns: Mapping[str, Any], runs: tuple[Run, ...]) -> Entry:
    """Make the entry again from the columns of its version and its runs."""
    content: dict[str, Any] = {
        name: tuple(columns[column]) if name in _LISTS else columns[column]
        for name, column in zip(CONTENT_FIELDS, CONTENT_COLUMNS, strict=False)
    }
    prices = tuple(
        PricePart(part, columns[f"{part}_cents"], columns[f"{part}_vat"])
        for part in PRICE_PARTS
        if columns[f"{part}_cents"] is not None
    )
    return Entry(provider, code, **content, prices=prices, runs=runs)


def fingerprint(entry: Entry) -> str:
    """Give 32 letters that change when anything told changes; a field added later with nothing told changes nothing."""
    told = [
        (name, value) for name in (*CONTENT_FIELDS, "prices", "runs") if (value := getattr(entry, name)) != _EMPTY[name]
    ]
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


_BLANK = Entry("", "", "")
_EMPTY = {name: getattr(_BLANK, name) for name in (*CONTENT_FIELDS, "prices", "runs")}
