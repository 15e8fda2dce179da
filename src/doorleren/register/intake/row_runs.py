"""The runs of one row of a CSV: one, or several where its cells hold several days, each with the day of the same place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doorleren.register.entries import Run
from doorleren.register.intake import checks
from doorleren.register.intake.faults import Fault
from doorleren.register.intake.several_days import Several

MOST_RUNS = 500
"""Runs of one row, where every one is given at every place."""

_OTHERS = ("ends_on", "enrol_from", "enrol_until")
_ENDS = {"starts_on": "ends_on", "enrol_from": "enrol_until"}
"""What the last day of a range is, by what its first day is."""


def runs_of(number: int, told: Mapping[str, Any]) -> tuple[tuple[Run, ...], list[Fault]]:
    """Give the runs of a row; `told` is by the name of a target behind "run.".

    Three starts with three ends are three runs. Where the numbers differ nobody can say which end is whose: the starts
    stand, the others are left out with a remark. The last day of a range ("12-14 maart 2027") is the end, unless a
    column of its own tells that. One place is that of every run; as many places as starts are one each, and otherwise
    every run is given at every place. A postcode beside several places is left out with a remark.
    """
    places = told.get("place", "")
    if isinstance(places, str):
        return _at_one_place(number, told)
    told = {name: value for name, value in told.items() if name != "place"}
    faults = []
    if postcode := told.pop("postcode", ""):
        faults.append(checks.postcode_of_one(number, postcode, len(places)))
    runs, wrong = _at_one_place(number, told) if told else ((Run(),), [])
    if len(runs) == len(places) > 1:
        return tuple(replace(run, place=place) for run, place in zip(runs, places, strict=True)), [*faults, *wrong]
    if len(runs) > 1:
        faults.append(checks.every_start_everywhere(number, places, len(runs)))
    found = tuple(replace(run, place=place) for run in runs or (Run(),) for place in places)
    return found[:MOST_RUNS], [*faults, *wrong]


def _at_one_place(number: int, told: Mapping[str, Any]) -> tuple[tuple[Run, ...], list[Fault]]:
    """Give the runs of a row that names one place, or none."""
    if not any(isinstance(value, Several) for value in told.values()):
        return (Run(**told),), []
    told = _alone(_with_lasts(told))
    if not any(isinstance(value, Several) for value in told.values()):
        return (Run(**told),), []
    starts = _days(told.get("starts_on"))
    rest, faults, beside = dict(told), [], {}
    rest.pop("starts_on", None)
    for name in _OTHERS:
        others = _days(rest.pop(name, None))
        if len(others) == len(starts):
            beside[name] = others
        elif others:
            faults.append(checks.days_differ(number, f"run.{name}", len(others), len(starts)))
    runs = [
        Run(**rest, starts_on=start, **{name: others[place] for name, others in beside.items()})
        for place, start in enumerate(starts)
        if start is not None
    ]
    return tuple(dict.fromkeys(runs)) or ((Run(**rest),) if rest else ()), faults


def _with_lasts(told: Mapping[str, Any]) -> dict[str, Any]:
    """Put the last days of ranges where they belong."""
    found = dict(told)
    for first, last in _ENDS.items():
        value = told.get(first)
        if isinstance(value, Several) and value.ends and last not in told:
            found[last] = Several(value.ends)
    return found


def _alone(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give the only day of a cell as such."""
    return {
        name: value.days[0] if isinstance(value, Several) and len(value.days) == 1 else value
        for name, value in told.items()
    }


def _days(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Several):
        return value.days
    return () if value is None else (value,)
