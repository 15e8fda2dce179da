"""Several days in one cell: the starts of several runs ("5-1-2027; 1-3-2027"), from when until when ("12-14 maart 2027"), or both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from doorleren.core.texts import Texts
from doorleren.register.intake.day_ranges import Bound, range_of
from doorleren.register.intake.days import APART, says_month
from doorleren.register.intake.faults import Misread

_YEARLESS = re.compile(r"(?:[^\W\d]+\.?\s+)?\d{1,2}(?:e|st|nd|rd|th|\.)?\s+[^\W\d]{3,}\.?\Z|[^\W\d]{3,}\.?\s+\d{1,2}\Z")
_NO_YEAR = re.compile(r"\D*(?:\d{1,2}(?!\d)\D*)+\Z")
_CLOCK = re.compile(r"(?:\d{1,2}[:.]\d{2}|\s|-|–|uur|u|h|am|pm|om|at|tot)+\Z", re.I)


@dataclass(frozen=True, slots=True)
class Several:
    """Several days in one cell, in its order; None stands where a part is no day, or says that there is no fixed one.

    `ends` are the last days beside them, None for a day alone; empty where no part tells one. `wrong` holds the parts
    that cannot be read, with what is allowed; `months` those that name a month, with their day.
    """

    days: tuple[date | None, ...]
    wrong: tuple[tuple[str, Texts], ...] = ()
    months: tuple[tuple[str, date], ...] = ()
    ends: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of a cell says: its day, the last one beside it, and the months that were read as a day."""

    day: date | None
    end: date | None = None
    months: tuple[tuple[str, date], ...] = ()


@dataclass(slots=True)
class _Cell:
    """Reads the parts of one cell; remembers what it read, and what it could not."""

    first: Bound
    last: Bound
    one: Bound
    seen: dict[str, _Part | Misread] = field(default_factory=dict)

    def part(self, text: str) -> _Part:
        """Read a day, or from when until when. Raises Misread."""
        if text not in self.seen:
            try:
                self.seen[text] = self._part(text)
            except Misread as error:
                self.seen[text] = error
        found = self.seen[text]
        if isinstance(found, Misread):
            raise found
        return found

    def _part(self, text: str) -> _Part:
        ranged = range_of(text, self.first, self.last)
        if ranged is not None:
            return _Part(ranged.first, ranged.last, ranged.months)
        day = self.one(text)
        return _Part(day, None, ((text, day),) if day is not None and says_month(text) else ())

    def reads(self, text: str) -> bool:
        """Whether a text can be read."""
        try:
            self.part(text)
        except Misread:
            return False
        return True


def read_all(text: str, first: Bound, last: Bound, *, ends: bool = False) -> date | Several | None:
    """Read a cell with one day or several, or with from when until when; raises Misread where not one can be read.

    `first` and `last` read a day as the first and as the last of something; with `ends` the cell is asked for last days,
    and of a range its last day counts. The parts are read first, because a day with a time behind it lets anything
    follow; a text of which only the whole reads ("Monday, March 1, 2027") is one day.
    """
    cell = _Cell(first, last, last if ends else first)
    if not (APART.search(text.strip()) or "," in text):
        found = cell.part(text)
        return _told([found], {}, ends=ends) if found.end else found.day
    parts: list[_Part] = []
    wrong: dict[int, tuple[str, Texts]] = {}
    for part in _parts_of(text, cell):
        if _CLOCK.match(part):
            continue
        try:
            parts.append(cell.part(part))
        except Misread as error:
            wrong[len(parts)] = (part, error.allowed)
            parts.append(_Part(None))
    wrong = _with_year(parts, wrong, cell)
    told = any(one.day for one in parts)
    if wrong or not told:
        try:
            return cell.one(text)
        except Misread:
            if not told:
                raise
    return _told(parts, wrong, ends=ends)


def _told(parts: list[_Part], wrong: dict[int, tuple[str, Texts]], *, ends: bool) -> date | Several | None:
    """Give the only day as such, and else all that was read."""
    months = tuple(one for part in parts for one in part.months)
    if ends:
        parts = [_Part(part.end or part.day) for part in parts]
    if len(parts) == 1 and not months and not parts[0].end:
        return parts[0].day
    lasts = tuple(part.end for part in parts) if any(part.end for part in parts) else ()
    return Several(tuple(part.day for part in parts), tuple(wrong.values()), months, lasts)


def _with_year(
    parts: list[_Part], wrong: dict[int, tuple[str, Texts]], cell: _Cell
) -> dict[int, tuple[str, Texts]]:  # fmt: skip
    """Read "5 jan" before "1 mrt 2027" in the year of what follows, if it comes before that; give what stays wrong."""
    for place in range(len(parts) - 2, -1, -1):
        following = parts[place + 1].day
        if place not in wrong or following is None or not _lacks_a_year(wrong[place][0]):
            continue
        try:
            read = cell.part(f"{wrong[place][0]} {following.year}")
        except Misread:
            continue
        if read.day is not None and (read.end or read.day) < following:
            parts[place] = read
    return {place: one for place, one in wrong.items() if parts[place].day is None}


def _lacks_a_year(text: str) -> bool:
    """Whether a text is a day, or a first and a last day, without a year: "5 jan", "12-14 maart"."""
    return bool(_YEARLESS.match(text)) or (
        len(text) < 40 and any(map(str.isalpha, text)) and bool(_NO_YEAR.match(text))
    )


def _parts_of(text: str, cell: _Cell) -> Iterator[str]:
    """Part a cell at what stands between days; at a comma where what stands before it is a day by itself."""
    for piece in APART.split(text.strip()):
        waiting: list[str] = []
        for part in piece.split(","):
            waiting.append(part)
            whole = ",".join(waiting).strip()
            if cell.reads(whole):
                yield whole
                waiting = []
            elif len(waiting) > 1 and cell.reads(part.strip()):
                yield from (one.strip() for one in waiting)
                waiting = []
            elif _CLOCK.match(part.strip()):
                waiting = []
        rest = [one for part in waiting if (one := part.strip(" ."))]
        if rest and all(map(_lacks_a_year, rest)):
            yield from rest
        elif rest:
            yield ", ".join(rest)
