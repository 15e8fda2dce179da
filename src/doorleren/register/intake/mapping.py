"""Which column of a CSV is which field: made once by a person, or guessed to start from; read from and written as JSON.

    {"columns": {"Naam cursus": "title", "Prijs": "price.total"}, "month_first": [], "currency": "EUR", "language": "nl"}

A plain {"Naam cursus": "title"} will do. A column that is not named is left out. A column with codes of its own says
what they mean: "values": {"eveningcourses": {"1": "yes", "2": "no"}}. Codes are never guessed.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doorleren.register.intake.faults import Unreadable
from doorleren.register.intake.targets import TARGETS

LARGEST_FILE = 1_000_000
KEYS = ("columns", "month_first", "currency", "language", "open_data", "values")
MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns by the name in the file, to names in TARGETS.

    `month_first` names the columns whose days put the month first; `currency` is that of the amounts that name none,
    empty where nothing tells it (see currencies.py); `values` says what the codes of a column mean; `language` is that of the texts where no column tells it, guessed from them if it is empty. In which
    language is taught, only a column tells. `guessed` says who made the mapping.
    """

    columns: dict[str, str]
    month_first: tuple[str, ...] = ()
    currency: str = ""
    language: str = ""
    open_data: bool = False
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    guessed: bool = field(default=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Give it as what `read_mapping` reads: print it, mend it, use it the next time."""
        told = {
            "columns": self.columns, "month_first": list(self.month_first), "currency": self.currency,
            "language": self.language,
        }  # fmt: skip
        told |= {"values": self.values} if self.values else {}
        return told | ({"open_data": True} if self.open_data else {})


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a JSON file; raises Unreadable, naming what was given and what is allowed."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("larger than a megabyte")
        return mapping_of(json.loads(path.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(
            f"De kolomindeling {path.name} is niet te lezen: {error}.", f"Mapping {path.name}: {error}."
        ) from error
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(
            f"De kolomindeling {path.name} is geen JSON: {error}.", f"The mapping {path.name} is no JSON: {error}."
        ) from error


def mapping_of(given: object) -> Mapping:
    """Make a mapping of what JSON gave; raises Unreadable."""
    if not isinstance(given, dict):
        raise Unreadable(
            'Een kolomindeling is een object, zoals {"Naam": "title"}.',
            'A mapping is an object, such as {"Name": "title"}.',
        )
    whole = given if isinstance(given.get("columns"), dict) else {"columns": given}
    for key in whole:
        if key not in KEYS:
            raise _refused("de kolomindeling", "the mapping", key, KEYS)
    columns = whole["columns"]
    for name, target in columns.items():
        if not isinstance(target, str) or target not in TARGETS:
            raise _refused(f"kolom {name!r}", f"column {name!r}", target, tuple(TARGETS))
    often = Counter(columns.values())
    for target, times in often.items():
        if times > 1 and not TARGETS[target].adds:
            names = ", ".join(repr(name) for name, other in columns.items() if other == target)
            raise Unreadable(
                f"Maar één kolom kan {target} zijn; nu zijn het {names}.",
                f"Only one column can be {target}; given are {names}.",
            )
    months, currency, language = whole.get("month_first", []), whole.get("currency", ""), whole.get("language", "")
    if not isinstance(months, list) or any(one not in columns for one in months):
        raise _refused("month_first", "month_first", months, tuple(columns))
    if not isinstance(currency, str) or (currency and not (len(currency) == 3 and currency.isalpha())):
        raise _refused("currency", "currency", currency, ("EUR", "USD", "GBP"))
    if not isinstance(language, str) or (language and not (2 <= len(language) <= 3 and language.isalpha())):
        raise _refused("language", "language", language, ("nl", "en"))
    ours = whole.get("open_data", False)
    if not isinstance(ours, bool):
        raise _refused("open_data", "open_data", ours, ("true", "false"))
    values = _values(whole.get("values", {}), columns)
    return Mapping(dict(columns), tuple(months), currency.upper(), language.lower(), ours, values)


def _values(given: object, columns: dict[str, str]) -> dict[str, dict[str, str]]:
    """Give what the codes of columns mean, as texts by text; raises Unreadable."""
    if not isinstance(given, dict) or any(name not in columns for name in given):
        raise _refused("values", "values", given, tuple(columns))
    for name, meant in given.items():
        if (
            not isinstance(meant, dict)
            or len(meant) > MOST_VALUES
            or not all(isinstance(one, str) and len(one) <= 1000 for one in (*meant, *meant.values()))
        ):
            raise _refused(f"values, {name}", f"values, {name}", meant, ('{"1": "ja", "2": "nee"}',))
    return {name: dict(meant) for name, meant in given.items()}


def check_columns(mapping: Mapping, header: Sequence[str]) -> None:
    """Refuse a mapping that names a column that the file does not have; raises Unreadable."""
    for name in mapping.columns:
        if name not in header:
            raise _refused("de kolomindeling", "the mapping", name, tuple(header))


def _refused(nl: str, en: str, given: object, allowed: tuple[str, ...]) -> Unreadable:
    listed = ", ".join(allowed)
    return Unreadable(
        f"In {nl} is gegeven {str(given)[:80]!r}; toegestaan is: {listed}.",
        f"In {en}: given {str(given)[:80]!r}; allowed is: {listed}.",
    )
