"""What the first rows of a column show: whether its values read as what a field wants, and whether each is another.

Called by the guess of a mapping, and to settle how the days and amounts of a column are written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from doorleren.register.intake import amounts, cip, codes, currencies, days, lists, several_days, several_places, words
from doorleren.register.intake.days import Calendar
from doorleren.register.intake.faults import Misread
from doorleren.register.intake.targets import Target
from doorleren.register.intake.texts import clean, is_untold

SAMPLED = 500
"""Rows that are looked at before the file is read."""

Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its name in the file, and the values told in the first rows, without the untold ones."""

    place: int
    name: str
    values: tuple[str, ...]

    @property
    def distinct(self) -> float:
        """Give the share of values that stand once: 1.0 for an id."""
        return len(set(self.values)) / len(self.values) if self.values else 0.0

    @property
    def length(self) -> float:
        """Give the length of the value in the middle, so that one giant changes nothing."""
        return float(median_low(map(len, self.values))) if self.values else 0.0

    def readable(self, read: Reader) -> float:
        """Give the share of values that a reader can read."""
        return sum(1 for value in self.values if _reads(read, value)) / len(self.values) if self.values else 0.0


def _reads(read: Reader, value: str) -> bool:
    try:
        read(value)
    except Misread as error:
        return error.refuses is False
    return True


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Give the columns of the first rows, in the order of the file."""
    found = []
    for place, name in enumerate(header):
        values = (row[place][:2000].strip() for row in rows if len(row) > place)
        found.append(Column(place, name, tuple(value for value in values if not words.is_untold(value))))
    return found


def reader(target: Target, calendar: Calendar, sign: str = "", currency: str = currencies.EURO) -> Reader:
    """Give the function that reads a value for a target: the value, None for not told, or Misread."""
    most = target.most
    unit = target.kind
    kinds: dict[str, Reader] = {
        "code": lambda text: _code(text, most),
        "text": lambda text: _text(text, most),
        "list": lambda text: _lines(text, most),
        "word": lambda text: _word(target.name.removeprefix("provider."), text),
        "cip": cip.read_cip,
        "level": words.read_level,
        "step": words.read_step,
        "hours": lambda text: amounts.read_hours(text, sign),
        "ects": lambda text: amounts.read_hours(text, sign, amounts.HOURS_PER_ECTS),
        "truth": words.read_truth,
        "language": words.read_language,
        "esco": lists.read_esco,
        "url": lambda text: codes.read_url(text, most),
        "day": lambda text: None if days.is_any_time(text) else calendar.read(text),
        "end": lambda text: None if days.is_any_time(text) else calendar.read_end(text),
        "currency": currencies.read_currency,
        "price": lambda text: amounts.read_cents(text, sign, currency),
        "rate": amounts.read_rate,
        "postcode": codes.read_postcode,
        "kvk": codes.read_kvk,
        "email": codes.read_email,
        "phone": codes.read_phone,
        "runs": lists.read_runs,
        "recognitions": lists.read_recognitions,
        "locations": lists.read_locations,
    }
    if target.name == "run.place":
        return lambda text: several_places.read_places(text, most)
    if target.name.startswith("run.") and unit in ("day", "end"):
        return lambda text: several_days.read_all(text, kinds["day"], kinds["end"], ends=unit == "end")
    return kinds[unit] if unit in kinds else lambda text: amounts.read_months(text, unit.removesuffix("s"), sign)


def _word(field: str, text: str) -> str | None:
    return None if field == "recognition" and words.is_none(text) else words.read_word(field, text)


def _text(text: str, most: int) -> str | None:
    found = clean(text, most)
    return None if is_untold(found) else found


def _code(text: str, most: int) -> str | None:
    found = " ".join(clean(text, most).split())
    return None if is_untold(found) else found


def _lines(text: str, most: int) -> tuple[str, ...]:
    """Part a list by its lines or bars; bullets in front are dropped. A list in JSON is one already."""
    if lists.is_list(text):
        return lists.read_texts(text, most)
    parts = (part.strip(" \t•*·–-") for part in clean(text, most).replace("|", "\n").split("\n"))
    return tuple(part for part in parts if part)


def sign_of(column: Column) -> str:
    """Give the decimal sign that the numbers of a column show."""
    return amounts.decimal_sign(column.values)


def month_first(column: Column) -> bool | None:
    """Say whether the days of a column put the month first, None where they do not tell."""
    return days.month_first(column.values)
