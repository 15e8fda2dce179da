"""Days on which banks carry out payments in euro: the closing days of TARGET, from `law/banking-days.toml`, read once. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from doorleren.rules.shape import Part, part_of
from doorleren.shipped import folder

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing days from a day on: weekends, days of the year as month and day, and so many days from Easter Sunday."""

    since: date
    weekend: bool
    days: frozenset[tuple[int, int]]
    easter: frozenset[int]

    def closes(self, day: date) -> bool:
        """Say whether it closes on a day."""
        by_easter = (day - easter_sunday(day.year)).days in self.easter
        return (self.weekend and day.weekday() >= SATURDAY) or (day.month, day.day) in self.days or by_easter


def read_closings(path: Path) -> tuple[Closing, ...]:
    """Read the file, the newest first. Raises SchemeFault, which names the place, what was given and what is allowed."""
    whole = part_of(path)
    found = sorted((_closing(one) for one in whole.parts("closing")), key=lambda one: one.since, reverse=True)
    whole.finish()
    return tuple(found)


@lru_cache(maxsize=1)
def closings() -> tuple[Closing, ...]:
    """Give the calendars as shipped."""
    return read_closings(folder("law") / "banking-days.toml")


def is_banking_day(day: date) -> bool:
    """Say whether banks carry out payments on a day. Example: Good Friday, 3 April 2026: no."""
    calendar = next((one for one in closings() if one.since <= day), None)
    return calendar is None or not calendar.closes(day)


def next_banking_day(day: date) -> date:
    """Give the day itself, or the first after it on which banks carry out payments. Example: Friday 25 December 2026: Monday the 28th."""
    while not is_banking_day(day):
        day += timedelta(days=1)
    return day


def easter_sunday(year: int) -> date:
    """Give Easter Sunday of a year in the Gregorian calendar, by the method of Meeus, Jones and Butcher. Example: 5 April 2026."""
    cycle, century, rest = year % 19, *divmod(year, 100)
    moon = (19 * cycle + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (cycle + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _closing(part: Part) -> Closing:
    days, easter = part.required("days", list), part.required("easter", list)
    for one in days:
        if not isinstance(one, str) or not _is_month_and_day(one):
            part.refuse("days", one, 'a month and a day as "12-25"')
    for one in easter:
        if not isinstance(one, int) or isinstance(one, bool):
            part.refuse("easter", one, "a whole number of days from Easter Sunday")
    found = Closing(
        part.required("from", date), part.required("weekend", bool),
        frozenset((int(one[:2]), int(one[3:])) for one in days), frozenset(easter),
    )  # fmt: skip
    part.required("source", str)
    part.finish()
    return found


def _is_month_and_day(text: str) -> bool:
    try:
        return len(text) == len("12-25") and bool(date.fromisoformat(f"2000-{text}"))
    except ValueError:
        return False
