"""The runs of one row of a CSV: one, or several where its cells hold several days, each with the day of the same place."""

from collections.abc import Mapping
from typing import Any

from doorleren.register.entries import Run
from doorleren.register.intake import checks
from doorleren.register.intake.days import Several
from doorleren.register.intake.faults import Fault

_OTHERS = ("ends_on", "enrol_from", "enrol_until")


def runs_of(number: int, told: Mapping[str, Any]) -> tuple[tuple[Run, ...], list[Fault]]:
    """Give the runs of a row; `told` is by the name of a target behind "run.".

    Three starts with three ends are three runs. Where the numbers differ nobody can say which end is whose: the starts
    stand, the others are left out with a remark. The place is that of every run.
    """
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


def _days(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Several):
        return value.days
    return () if value is None else (value,)
