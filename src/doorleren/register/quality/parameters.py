"""What the words of the demands on an offer mean on a day: `law/offer-quality.toml`, sources and assumptions included."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from doorleren.core.texts import Texts
from doorleren.shipped import folder


@dataclass(frozen=True, slots=True)
class Parameters:
    """From a day on: the least number of levels in an offer, and the certificates that have value on the labour market."""

    starts: date
    least_levels: int
    certificate_values: frozenset[str]


def parameters_on(on: date) -> Parameters:
    """Give the parameters of a day; before the first table those of the first, for the demands are no older."""
    past = [one for one in _tables() if one.starts <= on]
    return past[-1] if past else _tables()[0]


@cache
def _tables() -> tuple[Parameters, ...]:
    rows = sorted(_file()["table"], key=lambda row: row["from"])
    return tuple(
        Parameters(row["from"], row["least_levels"]["value"], frozenset(row["certificate_values"]["value"]))
        for row in rows
    )


@cache
def _file() -> dict[str, Any]:
    with (folder("law") / "offer-quality.toml").open("rb") as file:
        return tomllib.load(file)


LETTER: Texts = _file()["source"]
"""The letter that names most of the demands, as a page cites it."""
