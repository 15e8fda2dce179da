"""Between an entry and the columns in which the database keeps it; nothing else knows both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from doorleren.register.entries import PRICE_PARTS, Entry, PricePart, Run

_RENAMED = {"delivery": "delivery_form"}
"""Fields whose column has another name: a version has a delivery already."""

_ELSEWHERE = frozenset({"provider", "code", "prices", "runs"})

CONTENT_FIELDS = tuple(one.name for one in fields(Entry) if one.name not in _ELSEWHERE)
PRICE_COLUMNS = tuple(f"{part}_{what}" for part in PRICE_PARTS for what in ("cents", "vat"))
CONTENT_COLUMNS = tuple(_RENAMED.get(name, name) for name in CONTENT_FIELDS) + PRICE_COLUMNS
"""The columns of a version that say what an entry says, in the order of `content_values`."""

_CENTS = len(CONTENT_FIELDS)
"""Where the parts of the price begin among CONTENT_COLUMNS: cents and VAT in turn."""

RUN_COLUMNS = tuple(one.name for one in fields(Run))
_LISTS = ("learning_outcomes", "occupations", "skills")
_LISTS_AT = tuple(map(CONTENT_FIELDS.index, _LISTS))
_content_of, _run_of = attrgetter(*CONTENT_FIELDS), attrgetter(*RUN_COLUMNS)


def content_values(entry: Entry) -> list[Any]:
    """Give what stands in CONTENT_COLUMNS; a part of the price that is not told is None."""
    values = list(_content_of(entry))
    for place in _LISTS_AT:
        values[place] = _array(values[place])
    told = {one.part: one for one in entry.prices}
    for part in PRICE_PARTS:
        one = told.get(part)
        values += [None, None] if one is None else [one.cents, one.vat]
    return values


def _array(texts: tuple[str, ...]) -> str:
    """Write texts as PostgreSQL writes an array; the driver, which asks of each what it is, takes ten times as long."""
    if not texts:
        return "{}"
    return '{"' + '","'.join([one.replace("\\", "\\\\").replace('"', '\\"') for one in texts]) + '"}'


def run_values(run: Run) -> tuple[Any, ...]:
    """Give what stands in RUN_COLUMNS."""
    values: tuple[Any, ...] = _run_of(run)
    return values


def entry_of(provider: str, code: str, columns: Mapping[str, Any], runs: tuple[Run, ...]) -> Entry:
    """Make the entry again from the columns of its version and its runs."""
    return entry_in_order(provider, code, [columns[name] for name in CONTENT_COLUMNS], runs)


def entry_in_order(provider: str, code: str, values: Sequence[Any], runs: tuple[Run, ...]) -> Entry:
    """Make the entry again from what stands in CONTENT_COLUMNS, in that order, and its runs."""
    content = dict(zip(CONTENT_FIELDS, values, strict=False))
    for name in _LISTS:
        content[name] = tuple(content[name])
    told = zip(PRICE_PARTS, values[_CENTS::2], values[_CENTS + 1 :: 2], strict=True)
    prices = tuple(PricePart(part, cents, vat) for part, cents, vat in told if cents is not None)
    return Entry(provider, code, prices=prices, runs=runs, **content)


def fingerprint(entry: Entry) -> str:
    """Give 32 letters that change when anything told changes; a field added later with nothing told changes nothing.

    How a number is written is nothing told: 6, 6.0 and the 6.000000 of the database are one duration.
    """
    return blake2b(told_text(_evenly_written(entry)).encode(), digest_size=16).hexdigest()


_CENT = Decimal("0.01")


def _evenly_written(entry: Entry) -> Entry:
    """Write a duration in hundredths and a rate of VAT without decimals, as importers do, unless that would round."""
    months = entry.duration_months
    if isinstance(months, Decimal) and months.as_tuple().exponent != -2:
        entry = replace(entry, duration_months=_shortest(months, _CENT))
    if any(one.vat is not None and one.vat.as_tuple().exponent != 0 for one in entry.prices):
        prices = (one if one.vat is None else replace(one, vat=_shortest(one.vat, Decimal(1))) for one in entry.prices)
        entry = replace(entry, prices=tuple(prices))
    return entry


def _shortest(number: Decimal, step: Decimal) -> Decimal:
    """Give the number with the decimals of `step`, or with as many more as it needs."""
    if not number.is_finite():
        return number
    rounded = number.quantize(step)
    return rounded if rounded == number else number.normalize()


def told_text(entry: Entry) -> str:
    """Give what is told as `repr` of a list of pairs of name and value would, in two thirds of its time.

    The fingerprints in databases are of this text: never write it in another way.
    """
    told = [
        f"{begin}{value!r})"
        for begin, value, empty in zip(_BEGINS, _content_of(entry), _EMPTIES, strict=True)
        if value is not empty and value != empty
    ]
    if entry.prices:
        told.append(f"('prices', {_tuple(_PRICE % _price_of(one) for one in entry.prices)})")
    if entry.runs:
        told.append(f"('runs', {_tuple(_RUN % _run_of(one) for one in entry.runs)})")
    return f"[{', '.join(told)}]"


def _tuple(written: Iterable[str]) -> str:
    parts = list(written)
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _as_written(kind: type) -> str:
    """Give what `repr` of a dataclass writes, with %r for its values."""
    return f"{kind.__name__}({', '.join(f'{one.name}=%r' for one in fields(kind))})"


_PRICE, _RUN = _as_written(PricePart), _as_written(Run)
_price_of = attrgetter(*(one.name for one in fields(PricePart)))
_BEGINS = tuple(f"({name!r}, " for name in CONTENT_FIELDS)
_EMPTIES: tuple[Any, ...] = _content_of(Entry("", "", ""))
