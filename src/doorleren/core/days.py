"""Days and moments: whole years and months between days, and a moment or day in Amsterdam."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that can be asked about; no scheme is older, and days before and after them can still be reckoned with."""


class NotAMoment(ValueError):
    """The text is neither a day nor a moment."""


def years_between(start: date, end: date) -> int:
    """Count whole years from start to end; who is born on 29 February is a year older on 1 March."""
    return ((end.year - start.year) * 10000 + (end.month - start.month) * 100 + end.day - start.day) // 10000


def months_between(start: date, end: date) -> int:
    """Count whole months from start to end (floor): 31 January to 28 February is 0."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def add_months(day: date, months: int) -> date:
    """Move a day by months; a day that the month lacks becomes its last day (31 January + 1: 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(at: datetime) -> date:
    """Give the day of a moment in Amsterdam, whatever its zone: half past eleven in the evening by UTC is the day after."""
    return at.astimezone(AMSTERDAM).date()


def midnight(day: date) -> datetime:
    """Give the moment at which a day begins in Amsterdam."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)


def on_day(at: datetime, day: date | None) -> datetime:
    """Give a moment as it would be on another day: the same time by the clocks of Amsterdam. Unchanged for None."""
    if day is None:
        return at
    local = at.astimezone(AMSTERDAM)
    return datetime.combine(day, local.time(), AMSTERDAM).astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class Asked:
    """When a question is about: a day in Amsterdam, and the moment in it if one was named."""

    day: date
    moment: datetime | None = None

    @property
    def begins(self) -> datetime:
        """Give the first instant asked about."""
        return self.moment or datetime.combine(self.day, time(), AMSTERDAM)

    @property
    def ends(self) -> datetime:
        """Give the instant after the last one asked about; for a moment the next microsecond."""
        if self.moment:
            return (self.moment.astimezone(UTC) + timedelta(microseconds=1)).astimezone(AMSTERDAM)
        return datetime.combine(self.day + timedelta(days=1), time(), AMSTERDAM)

    def __str__(self) -> str:
        """Write the day, or the moment with its zone, as the answer prints it."""
        return self.moment.isoformat() if self.moment else self.day.isoformat()


def read_day(text: str) -> date:
    """Read a day as YYYY-MM-DD and in no other way (not by its week). Raises ValueError."""
    if not WRITTEN_DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def read_asked(text: str) -> Asked:
    """Read "2020-08-15" as a day or "2023-03-17T10:00" as a moment (Amsterdam unless it names a zone).

    Raises NotAMoment for anything else.
    """
    try:
        if len(text) == len("2020-08-15"):
            return _within_reach(Asked(read_day(text)))
        read_day(text[:10])
        moment = datetime.fromisoformat(text)
    except NotAMoment:
        raise
    except ValueError as error:
        raise NotAMoment(f"{text!r} is not a day (2020-08-15) or a moment (2023-03-17T10:00)") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise NotAMoment(f"{text!r} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    moment = moment.replace(tzinfo=AMSTERDAM) if moment.tzinfo is None else moment.astimezone(AMSTERDAM)
    return Asked(moment.date(), moment)


def _within_reach(asked: Asked) -> Asked:
    if not FIRST_YEAR <= asked.day.year <= LAST_YEAR:
        raise NotAMoment(f"{asked.day} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return asked


MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


def written_day(day: date, language: str) -> str:
    """Write a day in full, in Dutch or English: "25 december 2026"."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
