"""Days on which a term does not end: Saturdays, Sundays, and the holidays that the Algemene termijnenwet names."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from doorleren.core.texts import Texts

SATURDAY = 5
WEEKEND = ({"nl": "zaterdag", "en": "Saturday"}, {"nl": "zondag", "en": "Sunday"})
EQUATED = {"nl": "met een feestdag gelijkgesteld", "en": "equated with a holiday"}


class RestDays:
    """The days that are no working days. `names` are the holidays of the act, `equated` what a decree adds to them."""

    def __init__(self, names: Collection[str], equated: Collection[date] = ()) -> None:
        self._names = frozenset(names)
        self._equated = frozenset(equated)

    def why(self, day: date) -> Texts | None:
        """Say which holiday or day of the weekend the day is; None for a working day."""
        if day in self._equated:
            return EQUATED
        for name in _holidays(day.year).get(day, ()):
            if name["nl"] in self._names:
                return name
        return WEEKEND[day.weekday() - SATURDAY] if day.weekday() >= SATURDAY else None

    def next_working_day(self, day: date) -> date:
        """Give the day itself, or the first after it that is a working day."""
        while self.why(day):
            day += timedelta(days=1)
        return day

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from the first to the last day, both included."""
        return sum(not self.why(first + timedelta(days=n)) for n in range((last - first).days + 1))


@cache
def _holidays(year: int) -> dict[date, tuple[Texts, ...]]:
    dutch, english = (
        country_holidays("NL", years=year, categories=("public", "optional"), language=language)
        for language in ("nl", "en_US")
    )
    return {
        day: tuple({"nl": nl, "en": en} for nl, en in zip(dutch.get_list(day), english.get_list(day), strict=True))
        for day in dutch
    }
