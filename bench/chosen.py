"""The six schemes of the comparison, each on one day: for persons and employers, with sets, days, shares and a loan.

The hand-written opponents follow these versions to the letter; `agreement` says where they no longer do.
"""

from datetime import date

from doorleren.rules.library import Library
from doorleren.rules.settled import Settled

SIX = {
    "nl-leert-door-ontwikkeladvies": date(2021, 1, 15),
    "tijdelijk-scholingsbudget-ww": date(2020, 9, 15),
    "slim-regeling": date(2021, 3, 10),
    "omscholing-naar-krapteberoepen": date(2021, 10, 1),
    "stap-budget": date(2023, 3, 1),
    "levenlanglerenkrediet": date(2023, 3, 1),
}

FULLEST = date(2021, 9, 1)
"""The day on which most schemes are in force."""


def six(library: Library) -> list[Settled]:
    """Settle the six, in the order in which the opponents answer."""
    found = []
    for name, day in SIX.items():
        version = library.scheme(name).on(day)
        assert version is not None, f"{name} is no longer in force on {day}"
        found.append(library.settled(version, day))
    return found
