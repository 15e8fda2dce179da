"""Days on which a term does not end: Saturdays, Sundays, and the holidays that the Algemene termijnenwet names."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5


class RestDays:
    """The days that are no working days. `names` are the holidays of the act, `equated` what a decree adds to them."""

    def __init__(self, names: Collection[str], equated: Collection[date] = ()) -> None:
        self._names = frozenset(names)
        self._equated = frozenset(equated)

    def why(self, day: date) -> str:
        """Give the Dutch word for what the day is, or nothing for a working day."""
        if day in self._equated:
            return "met een feestdag gelijkgestelde dag"
        named = [name for name in _holidays(day.year).get(day, ()) if name in self._names]
        if named:
            return named[0]
        return ("zaterdag", "zondag")[day.weekday() - SATURDAY] if day.weekday() >= SATURDAY else ""

    def next_working_day(self, day: date) -> date:
        """Give the day itself, or the first after it that is a working day."""
        while self.why(day):
            day += timedelta(days=1)
        return day

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from the first to the last day, both included."""
        return sum(not self.why(first + timedelta(days=n)) for n in range((last - first).days + 1))


@cache
def _holidays(year: int) -> dict[date, tuple[str, ...]]:
    days = country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    return {day: tuple(days.get_list(day)) for day in days}
