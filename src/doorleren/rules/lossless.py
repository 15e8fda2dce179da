"""A resolved scheme file as text that gives exactly the same file back: days, moments and decimals keep their kind.

Used where a version is kept for ever, apart from the files that it came from. Pure.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

KINDS: Mapping[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
"""What JSON has no kind for: written as {"$date": "2026-01-01"}."""


def written(content: Any) -> str:
    """Write what TOML can hold as JSON, with sorted keys. Raises TypeError for anything else."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, default=_tagged)


def read(text: str) -> Any:
    """Read what `written` wrote. Raises ValueError for anything else."""
    return json.loads(text, object_hook=_untagged, parse_float=Decimal)


def _tagged(value: Any) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    for kind in (datetime, date, time):  # a datetime is a date as well
        if isinstance(value, kind):
            return {f"${kind.__name__}": value.isoformat()}
    raise TypeError(f"a scheme file holds no {type(value).__name__}")


def _untagged(table: dict[str, Any]) -> Any:
    if len(table) == 1:
        ((key, value),) = table.items()
        if key[:1] == "$" and key[1:] in KINDS:
            return KINDS[key[1:]](value)
    return table
