"""Our own open data as a delivery: its columns have our names, so nothing is guessed and nothing is lost.

A cell that somebody changed in a spreadsheet (1.250,00, 31-01-2027, ja) is read as in any other CSV.
"""

from collections.abc import Callable, Sequence
from typing import Any

from doorleren.register.entries import PRICE_PARTS
from doorleren.register.intake import lists, own_terms
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.mapping import Mapping
from doorleren.register.intake.targets import TARGETS, Target

NAMES_US = frozenset({"provider", "code", "title", "admitted", "changed_at"})
"""Columns that stand together in our open data and nowhere else."""
NOT_READ = ("number", "admitted", "changed_at")
"""What the register itself says of an activity: no delivery changes it."""
_RENAMED = {"provider": "provider.code", "price": "price.total"} | {
    name: target for part in PRICE_PARTS for name, target in ((part, f"price.{part}"), (f"vat_of_{part}", f"price.{part}.vat"))
}  # fmt: skip

Reader = Callable[[str], Any]


def is_ours(header: Sequence[str]) -> bool:
    """Whether a header is that of our open data, with columns left out or added perhaps."""
    return set(header) >= NAMES_US


def mapping(header: Sequence[str]) -> Mapping:
    """Give the mapping of our open data; a column that it does not have is left out."""
    named = {name: target_of(name) for name in header if name not in NOT_READ}
    return Mapping({name: target for name, target in named.items() if target in TARGETS}, open_data=True, guessed=True)


def target_of(column: str) -> str:
    """Give the target of a column of our open data: "vat_of_tuition" is "price.tuition.vat"."""
    if column in _RENAMED:
        return _RENAMED[column]
    if column.startswith("provider_"):
        return "provider." + column.removeprefix("provider_")
    return column


def reader(target: Target, usual: Reader) -> Reader:
    """Give the function that reads a cell: exactly as we wrote it, or else as `usual` reads the cells of others."""
    most = target.most
    exact: dict[str, Reader] = {
        "text": lambda text: own_terms.as_it_stands(unguarded(text), most),
        "code": lambda text: own_terms.as_it_stands(unguarded(text), most),
        "list": lambda text: lists.read_list(text, own_terms.texts_of) if lists.is_list(text) else usual(text),
        "day": lambda text: _either(own_terms.exact_day, usual, text),
        "end": lambda text: _either(own_terms.exact_day, usual, text),
        "month": lambda text: _either(own_terms.exact_months, usual, text),
        "rate": lambda text: _either(own_terms.exact_rate, usual, text),
    }
    return exact.get(target.kind, usual)


def unguarded(text: str) -> str:
    """Take off the apostrophe that our open data puts before a text that a spreadsheet could run."""
    return text.removeprefix("'")


def _either(exact: Reader, usual: Reader, text: str) -> Any:
    try:
        return exact(text)
    except Misread:
        return usual(text)
