"""The steps of counting a term, in words: lengths, and what each step does to the last day. Called by `core/terms.py`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from doorleren.core.days import add_months, written_day
from doorleren.core.texts import Texts

UNITS = ("days", "weeks", "months", "years")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in one unit, with the article that gives it."""

    number: int
    unit: str
    source: str

    def after(self, day: date) -> date:
        """Give the last day of this length when it is counted from the day after `day`."""
        if self.unit in ("months", "years"):
            return add_months(day, self.number * (12 if self.unit == "years" else 1))
        return day + timedelta(days=self.number * (7 if self.unit == "weeks" else 1))

    def before(self, day: date) -> date:
        """Give the first day of this length when it is counted backwards from the day before `day`."""
        if self.unit in ("months", "years"):
            return add_months(day, -self.number * (12 if self.unit == "years" else 1))
        return day - timedelta(days=self.number * (7 if self.unit == "weeks" else 1))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: what it does, the day after it, and where that stands."""

    text: Texts
    day: date
    source: str


WORDS = {
    "nl": {"days": ("dag", "dagen"), "weeks": ("week", "weken"), "months": ("maand", "maanden"), "years": ("jaar", "jaar")},
    "en": {unit: (unit[:-1], unit) for unit in UNITS},
}  # fmt: skip


def written(length: Length, language: str) -> str:
    """Write a length in words: "6 weken"."""
    return f"{length.number} {WORDS[language][length.unit][length.number != 1]}"


dutch = partial(written_day, language="nl")
english = partial(written_day, language="en")


def begun(start: date) -> Step:
    """Say on which day the term begins."""
    day = start + timedelta(days=1)
    text = {
        "nl": f"De termijn begint op {dutch(day)}, de dag na {dutch(start)}.",
        "en": f"The term begins on {english(day)}, the day after {english(start)}.",
    }
    return Step(text, day, "")


def ran(length: Length, day: date) -> Step:
    """Say where its own length ends."""
    text = {
        "nl": f"{written(length, 'nl')} later is {dutch(day)}.",
        "en": f"{written(length, 'en')} later is {english(day)}.",
    }
    return Step(text, day, length.source)


def extended(length: Length, day: date) -> Step:
    """Say where it ends after an extension."""
    text = {
        "nl": f"De termijn is verlengd met {written(length, 'nl')}: {dutch(day)}.",
        "en": f"The term was extended by {written(length, 'en')}: {english(day)}.",
    }
    return Step(text, day, length.source)


def extended_to(day: date, source: str) -> Step:
    """Say that a notice named a later day."""
    text = {
        "nl": f"De termijn is met een bericht verlengd tot en met {dutch(day)}.",
        "en": f"The term was extended by a notice up to and including {english(day)}.",
    }
    return Step(text, day, source)


def stood_still(days: int, asked: date, ended: date, day: date) -> Step:
    """Say where it ends after it stood still."""
    text = {
        "nl": f"De termijn stond {days} dagen stil, na {dutch(asked)} tot en met {dutch(ended)}: {dutch(day)}.",
        "en": f"The term stood still for {days} days, after {english(asked)} up to and including {english(ended)}: {english(day)}.",
    }
    return Step(text, day, "Awb, art. 4:15")


def stays(nl: str, en: str, day: date, source: str) -> Step:
    """Say why its end does not shift."""
    text = {
        "nl": f"Voor {nl} schuift het einde niet door bij een weekend of feestdag: {dutch(day)}.",
        "en": f"For {en} the end does not shift at a weekend or holiday: {english(day)}.",
    }
    return Step(text, day, source)


def on_working_day(day: date, source: str) -> Step:
    """Say that it ends on a working day."""
    return Step({"nl": f"{dutch(day)} is een werkdag.", "en": f"{english(day)} is a working day."}, day, source)


def moved(why: Texts, day: date, source: str) -> Step:
    """Say to which working day it shifts, and why."""
    text = {
        "nl": f"Die dag is een vrije dag ({why['nl']}). De eerste werkdag daarna is {dutch(day)}.",
        "en": f"That day is no working day ({why['en']}). The first one after it is {english(day)}.",
    }
    return Step(text, day, source)


def held(least: int, day: date, source: str) -> Step:
    """Say that it holds enough working days."""
    text = {
        "nl": f"In de termijn vallen ten minste {least} werkdagen: {dutch(day)}.",
        "en": f"The term holds at least {least} working days: {english(day)}.",
    }
    return Step(text, day, source)
