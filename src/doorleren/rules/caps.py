"""The caps of a round: what its tracks leave to one applicant, adviser or activity in a day or a year. Pure.

Read from the file as it is: a condition that looks at a fact which counts a day or a year, the times a year of
`[stacking]`, and for whom an application counts once. The most of a round itself is its ceiling (round_pots.py).
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doorleren.core.days import day_of
from doorleren.rules.versions import Round, Version

COUNTED = re.compile(r"\b\w+\.\w+_(?:today|this_year)\b")
"""Facts that say what somebody or something had in a day or a year, by how they are named."""
PER_YEAR = "stacking.per_calendar_year"
ONCE = ".once"
"""What the id of a cap ends with that says for whom an application counts; before it is the track. In words: rules/once.py."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap: the id of its condition, the condition to the letter, and the parameters that it names as they are at the opening.

    Each parameter in pairs of its id and its value as text. The times a year of `[stacking]` have the id PER_YEAR; for whom
    an application by a track counts once has the id of the track with ".once".
    """

    id: str
    rule: str
    values: tuple[tuple[str, str], ...] = ()


def caps_of(version: Version, opened: Round) -> tuple[Cap, ...]:
    """Give the caps on who files in a round of a version, each once, in the order of the file."""
    on = day_of(opened.opens)
    asked = dict.fromkeys(one for track in version.tracks if track.id in opened.tracks for one in track.conditions)
    found = [
        Cap(one.id, one.when, _values(version, one.when, on)) for one in asked if one.when and COUNTED.search(one.when)
    ]
    times = version.stacking.per_calendar_year
    return (
        *found,
        *([] if times is None else [Cap(PER_YEAR, PER_YEAR, ((PER_YEAR, str(times)),))]),
        *_once(version, opened),
    )


def _once(version: Version, opened: Round) -> list[Cap]:
    """Give what the tracks of a round say of for whom an application counts once; nothing of those that are silent."""
    on = day_of(opened.opens)
    said = [(one.id, one.once) for one in version.tracks if one.id in opened.tracks and one.once is not None]
    return [
        Cap(
            f"{track}{ONCE}",
            f"{once.times or 'once'} for one {once.who} in one {once.within}",
            _values(version, once.times, on),
        )
        for track, once in said
    ]


def _values(version: Version, rule: str, on: date) -> tuple[tuple[str, str], ...]:
    """Give the parameters that a rule names, with their values on a day; one without a value then is left out."""
    named = sorted(set(re.findall(r"(?<![\w.\"])\w+(?![\w.\"])", rule)) & version.parameters.keys())
    dated = ((name, version.parameters[name].on(on)) for name in named)
    return tuple((name, _text(one.value)) for name, one in dated if one is not None)


def _text(value: Fraction | date | frozenset[str]) -> str:
    return " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
