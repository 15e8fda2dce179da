"""A measure whose unit stands in a column beside it: "length" with "length_unit", "studielast" with "studielasteenheid".

Read without its unit, seven weeks would be seven months.
"""

from collections.abc import Mapping, Sequence

from doorleren.register.intake import amounts, headers
from doorleren.register.intake.columns import Column

_UNIT_WORDS = ("unit", "units", "eenheid", "einheit", "unite")
_MEASURED = frozenset({"value", "amount", "waarde", "aantal", "number", "count", "length"})
"""What the name of a measure says beside its subject: "duration value" has its unit in "duration unit"."""
_MEASURES = {"study_hours": {"hour": "study_hours", "ects": "study_hours.ects"}} | {
    "duration_months": {
        "month": "duration_months", "week": "duration_months.weeks", "day": "duration_months.days",
        "year": "duration_months.years", "hour": "study_hours",
    }
}  # fmt: skip
_CREDITS = frozenset({"ec", "ects", "ec's", "studiepunten", "credits"})


def with_units(every: Sequence[Column], chosen: Mapping[int, str]) -> dict[int, str]:
    """Give what each column is once units are looked at; a measure in more than one unit, or an unknown one, is left out."""
    settled: dict[int, str] = {}
    for place, target in chosen.items():
        beside = _unit_column(every, place) if target in _MEASURES else None
        if beside is None:
            settled[place] = target
            continue
        told = {_unit(value) for value in beside.values}
        name = _MEASURES[target].get(told.pop()) if len(told) == 1 else None
        if name is not None and (name == target or name not in chosen.values()):
            settled[place] = name
    return settled


def _unit_column(every: Sequence[Column], place: int) -> Column | None:
    words = [word for word in headers.words_of(every[place].name) if word not in _MEASURED]
    measured = "".join(words)
    whole = "".join(headers.words_of(every[place].name))
    names = {name for base in (measured, whole) if base for word in _UNIT_WORDS for name in (base + word, word + base)}
    for column in every:
        joined = "".join(headers.words_of(column.name))
        if column.values and joined in names:
            return column
    return None


def _unit(value: str) -> str:
    word = value.strip().lower().rstrip(".")
    return "ects" if word in _CREDITS else amounts.UNITS.get(word, "")
