"""From when until when in one text: "12-14 maart 2027", "28 dec t/m 3 jan 2028", "March 12-14, 2027", "sept 2027 - jan 2028".

What one of the two lacks (a month, a year) is that of the other: the first day is the last one before the second that
it can be. Two days alone are a range only where both can be read so; everything else is no range.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from doorleren.register.intake.days import MONTHS, UNTIL, says_month, without_accents
from doorleren.register.intake.faults import Misread

Bound = Callable[[str], date | None]
"""Reads a text as a day: None where it says that there is no fixed one. Raises Misread."""

LONGEST = 100
"""Signs of a text that may be a range."""

_LEAD = re.compile(r"\s*(?:van(?:af)?|from|between|tussen|du|de|vom|von)\s+", re.I)
_CLOCK = re.compile(
    r"[T\s,]+(?:om |at )?(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?=\s*(?:uur|u|h)\b))\s*(?:uur|u|h|am|pm|Z)?\s*\Z",
    re.I,
)
_HYPHEN = re.compile(r"-")
_DAY = re.compile(r"(?:([^\W\d]{2,10})\.?,?\s+)?(\d{1,2})(?:e|st|nd|rd|th|\.)?\Z")
"""A day of a month that stands elsewhere, with the day of the week or without."""

_NUMBERS = re.compile(r"\d{1,2}\s?([-/.])\s?\d{1,2}\.?\Z")
_DAY_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_A_CLOCK = re.compile(r"\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Range:
    """The first and the last day (None: no end); `months` are the parts that name a month, with the day they were read as."""

    first: date
    last: date | None
    months: tuple[tuple[str, date], ...] = ()


def range_of(text: str, first: Bound, last: Bound) -> Range | None:
    """Read a text that holds a first and a last day; None for any other text. `first` and `last` read a day alone.

    A hyphen without spaces parts only what is no day by itself: "12-03-2027" stays one.
    """
    if len(text) > LONGEST:
        return None
    told = next(_found(_parted(text, UNTIL), first, last), None)
    if told is not None or "-" not in text or _read(first, text) is not None:
        return told
    return next(_found(_parted(text, _HYPHEN), first, last), None)


def _parted(text: str, sign: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Give the text in two, at each place where a first and a last day may meet; without the times of the day."""
    bare = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    for found in sign.finditer(bare):
        two = [_CLOCK.sub("", part).strip(" ,") for part in (bare[: found.start()], bare[found.end() :])]
        if all(two) and not any(map(_A_CLOCK.search, two)):
            yield two[0], two[1]


def _found(pairs: Iterator[tuple[str, str]], first: Bound, last: Bound) -> Iterator[Range]:
    for one, other in pairs:
        read = _months(one, other, first, last) if says_month(other) else _days(one, other, first, last)
        if read is not None and (read.last is None or read.first <= read.last):
            yield read


def _months(one: str, other: str, first: Bound, last: Bound) -> Range | None:
    """Read a range of months: "maart - juni 2027" has one year for both."""
    if without_accents(one.lower()).rstrip(".") in MONTHS and (year := _YEAR.search(other)):
        one = f"{one} {year[0]}"
    begin, end = _read(first, one) if says_month(one) else None, _read(last, other)
    return None if begin is None or end is None else Range(begin, end, ((one, begin), (other, end)))


def _days(one: str, other: str, first: Bound, last: Bound) -> Range | None:
    if (found := _DAY_YEAR.match(other)) and _day_alone(one) is None:
        begin = _read(first, f"{one} {found[2]}")  # March 12-14, 2027
        return None if begin is None else _ending(begin, _on(begin, int(found[1])))
    begin, end = None if says_month(one) else _read(first, one), _read(last, other)
    if begin is not None and end is None and not _YEAR.search(other):
        return _ending(begin, _after(begin, other, last))
    if end is None:
        return Range(begin, None) if begin is not None and _endless(other, last) else None
    if begin is None:
        begin = _before(end, one, first) if (day := _day_alone(one)) is None else _on(end, day)
    return None if begin is None else Range(begin, end)


def _day_alone(text: str) -> int | None:
    found = _DAY.match(text)
    return int(found[2]) if found and without_accents((found[1] or "").lower()) not in MONTHS else None


def _ending(begin: date, end: date | None) -> Range | None:
    return None if end is None else Range(begin, end)


def _on(like: date, day: int) -> date | None:
    """Give a day of the month of another."""
    try:
        return like.replace(day=day)
    except ValueError:
        return None


def _before(end: date, one: str, first: Bound) -> date | None:
    """Read a day without a year as the last one that is not behind another: "28 dec" before 3 January 2028 is of 2027."""
    told = (_in_year(one, year, first) for year in (end.year, end.year - 1))
    return next((day for day in told if day is not None and day <= end), None)


def _after(begin: date, other: str, last: Bound) -> date | None:
    """Read a day without a year as the first one that is not before another."""
    told = (_in_year(other, year, last) for year in (begin.year, begin.year + 1))
    return next((day for day in told if day is not None and day >= begin), None)


def _in_year(text: str, year: int, read: Bound) -> date | None:
    if _YEAR.search(text):
        return None
    found = _NUMBERS.match(text)
    return _read(read, f"{text.rstrip('.')}{found[1]}{year}" if found else f"{text} {year}")


def _endless(text: str, last: Bound) -> bool:
    """Whether a text is a last day that stands for none, as 31-12-2099 does."""
    try:
        return bool(_YEAR.search(text)) and last(text) is None
    except Misread:
        return False


def _read(read: Bound, text: str) -> date | None:
    try:
        return read(text)
    except Misread:
        return None
