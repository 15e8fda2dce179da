"""Days as people and systems write them; whether 01/02/2026 is in January or February is decided per column.

Where a column may hold months, "09/2027" and "sept 2027" are the first day of that month, for an end the last, and
"week 12 2027" its Monday or Sunday; who reads the row says so in a remark. A season or a quarter is no day: nobody can say which one was meant.

One cell may hold several days of several runs, or the first and the last: see `several_days`.

Named months, years in front and days above twelve leave no doubt. Where a whole column leaves doubt, the other
columns of the file decide, and without those the day comes first, as is usual in the Netherlands.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from doorleren.register.intake.faults import Misread

YEARS_BACK, YEARS_AHEAD = 50, 20
"""How far from the day of reading a day may lie before it is a slip of the pen."""

_MONTHS = (
    "jan january januari janvier januar", "feb february februari fevrier februar", "mar mrt maa march maart mars marz",
    "apr april avril", "may mei mai", "jun june juni juin", "jul july juli juillet", "aug august augustus aout",
    "sep sept september septembre", "okt oct october oktober octobre", "nov november novembre",
    "dec december decembre dezember",
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}

ANY_TIME = frozenset({
    "doorlopend", "continu", "elk moment", "op elk moment", "ieder moment", "op ieder moment", "altijd", "flexibel", "flexibele start",
    "dagelijks", "wekelijks", "direct", "in overleg", "op aanvraag", "nader te bepalen", "n.t.b", "ntb", "tba", "tbd", "to be announced", "volgt", "datum volgt", "nog niet bekend", "nnb", "à définir", "ongoing", "rolling", "any time", "anytime",
    "flexible", "open", "continuous", "on demand", "on request", "always", "laufend", "jederzeit", "nach vereinbarung", "toute l'année",
    "en continu", "sur demande", "entrées et sorties permanentes",
})  # fmt: skip
"""What stands for a day where something starts whenever one likes, or is settled later: no day is told, and none is wrong."""

APART = re.compile(r"\s*[;|\n\r]+\s*|\s+(?:en(?!\s+met\b)|and|et|und|of|or|&|/|\+)\s+", re.I)
"""What stands between two days in one cell; a comma does too, but also within a day."""
UNTIL = re.compile(
    r"\s*\bt\.?/?m\b\.?\s*|\s*[–—→]\s*|\s+(?:tot(?: en met)?|until|till?|to|through|thru|bis(?: zum)?|au|à|jusqu'au|-+>?)\s+",
    re.I,
)
"""What stands between the first day and the last; a hyphen without spaces does too, but also within a day."""

_TIME = re.compile(
    r"(?:[T\s]+\d{1,2}:\d{2}.*|\s+\d{1,2}\.\d{2}(?:\s*(?:-|–|tot)\s*\d{1,2}\.\d{2})?\s*(?:uur|u|h)\b.*)\Z", re.I
)
"""The time of the day, with what follows it; with a point only where it says that it is one."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\Z", re.A)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)\Z", re.A)
_NUMBERS = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)\Z", re.A)
_DAY_MONTH = re.compile(
    r"(?:[a-z]{2,10}\.?,?\s+)?(\d{1,2})(?:e|st|nd|rd|th|\.)?(?:\s+|[/.-])([a-z]{3,10})\.?,?[\s/.-]+'?(\d{4}|\d\d)\Z"
)
_LEAD = re.compile(
    r"(?:(?:per|vanaf|van|op|start(?:t|datum)?|begint|from|starts|as of|a partir d[eu]|des le|le|du|de|ab|vom|am)(?:\s+op)?\s*:?\s+)+"
)
_MONTH_NUMBER = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})\Z", re.A)
_NUMBER_MONTH = re.compile(r"(\d{4})\s?[-/.]\s?(\d{1,2})\Z", re.A)
_NAMED_MONTH = re.compile(r"([a-z]{3,10})\.?,?[\s/-]*'?(\d{4}|(?<=')\d\d)\Z", re.A)
_WEEK = re.compile(r"(?:week|wk|kw|semaine)\.?\s*(\d{1,2})[\s,/-]+(\d{4})\Z|(\d{4})-?w(\d{1,2})\Z", re.A)
_MONTH_DAY = re.compile(r"(?:[a-z]{3,10}\.?,?\s+)?([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z", re.A)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days make sense: those around `today`; `month_first` for a column that writes 01/31/2026.

    `months` says that a month alone is read too, as its first day, or its last where something ends.
    """

    today: date
    month_first: bool = False
    months: bool = False

    @property
    def allowed(self) -> dict[str, str]:
        """Say what a day may look like, and between which years."""
        first, last = self.today.year - YEARS_BACK, self.today.year + YEARS_AHEAD
        year = self.today.year
        nl, en = (f", of een maand, zoals 09-{year}", f", or a month, such as {year}-09") if self.months else ("", "")
        return {
            "nl": f"een bestaande dag van {first} tot en met {last}, zoals 31-01-{year}{nl}",
            "en": f"an existing day from {first} to {last}, such as {year}-01-31{en}",
        }

    def read(self, text: str) -> date:
        """Read a day; raises Misread for what is none, or lies absurdly far away."""
        if self.months and (found := self.month_of(text)):
            return self._checked(*found, 1)
        if self.months and (week := _week_of(text)):
            return self._monday(*week)
        return self._checked(*self._parts(text))

    def _monday(self, year: int, week: int) -> date:
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError as error:
            raise Misread(self.allowed) from error
        return self._checked(monday.year, monday.month, monday.day)

    def _checked(self, year: int, month: int, day: int) -> date:
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise Misread(self.allowed) from error
        if not self.today.year - YEARS_BACK <= year <= self.today.year + YEARS_AHEAD:
            raise Misread(self.allowed)
        return found

    def read_end(self, text: str) -> date | None:
        """Read the last day of something; years from 2099 on are the way in which systems write "no end"."""
        if self.months and (named := self.month_of(text)):
            first = self._checked(*named, 1)
            return first.replace(day=monthrange(first.year, first.month)[1])
        if self.months and (week := _week_of(text)):
            return self._monday(*week) + timedelta(days=6)
        year, _month, _day = self._parts(text)
        return None if 2099 <= year <= 9999 else self.read(text)

    def month_of(self, text: str) -> tuple[int, int] | None:
        """Give the year and the month of a text that names a month alone; None for any other text."""
        text = _LEAD.sub("", without_accents(text.strip()[:40].lower()))
        if found := _MONTH_NUMBER.match(text):
            return int(found[2]), int(found[1])
        if found := _NUMBER_MONTH.match(text):
            return int(found[1]), int(found[2])
        if (found := _NAMED_MONTH.match(text)) and found[1] in MONTHS:
            return self._year(found[2]), MONTHS[found[1]]
        return None

    def _parts(self, text: str) -> tuple[int, int, int]:
        text = _LEAD.sub("", without_accents(_TIME.sub("", text.strip())[:40].lower()))
        if found := _YEAR_FIRST.match(text):
            return int(found[1]), int(found[3]), int(found[4])
        if found := _NUMBERS.match(text):
            one, two, year = int(found[1]), int(found[3]), self._year(found[4])
            return (year, one, two) if self.month_first else (year, two, one)
        if found := _COMPACT.match(text):
            return int(found[1]), int(found[2]), int(found[3])
        return self._named(text)

    def _year(self, digits: str) -> int:
        """Give a year; one of two digits is the last that does not lie too far ahead: 26 is 2026, 85 is 1985."""
        year = int(digits)
        if len(digits) > 2:
            return year
        return year + (2000 if year <= (self.today.year + YEARS_AHEAD) % 100 else 1900)

    def _named(self, text: str) -> tuple[int, int, int]:
        if (found := _DAY_MONTH.match(text)) and found[2] in MONTHS:
            return self._year(found[3]), MONTHS[found[2]], int(found[1])
        if (found := _MONTH_DAY.match(text)) and found[1] in MONTHS:
            return int(found[3]), MONTHS[found[1]], int(found[2])
        raise Misread(self.allowed)


def without_accents(text: str) -> str:
    """Give a text with plain letters: "février" is "fevrier"."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@lru_cache(maxsize=8192)
def says_month(text: str) -> bool:
    """Whether a text names a month or a week, and no day of it."""
    return Calendar(date.min).month_of(text) is not None or _week_of(text) is not None


def _week_of(text: str) -> tuple[int, int] | None:
    """Give the year and the week of a text that names a week, by ISO 8601."""
    found = _WEEK.match(_LEAD.sub("", without_accents(text.strip()[:40].lower())))
    return None if found is None else (int(found[2] or found[3]), int(found[1] or found[4]))


def is_any_time(text: str) -> bool:
    """Whether a text says that there is no fixed day."""
    return len(text) < 50 and text.strip(" .!*").lower() in ANY_TIME


def month_first(values: Iterable[str]) -> bool | None:
    """Say whether the values of a column put the month first; None if they do not tell, or contradict each other."""
    day_seen = month_seen = False
    for value in (
        part.strip()
        for whole in values
        for piece in APART.split(whole)
        for end in UNTIL.split(piece)
        for part in end.split(",")
    ):
        if found := _NUMBERS.match(_TIME.sub("", value.strip())):
            day_seen = day_seen or int(found[1]) > 12
            month_seen = month_seen or int(found[3]) > 12
    return None if day_seen == month_seen else month_seen
