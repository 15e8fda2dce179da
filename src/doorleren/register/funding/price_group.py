"""The price group of a short online training (C34): derived from study load and duration, and explained in a sentence.

The least values come from `law/price-groups.toml`: a parameter of a scheme file that is named there, or an assumption
of ours, which the explanation says. Called by `facts` (the fact `training.price_group`) and by the training's page.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from doorleren.core import logic
from doorleren.core.texts import Texts, in_language
from doorleren.register.entries import Entry
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library, parameter_of
from doorleren.shipped import folder

MEASURES = ("study_hours", "duration_months")
"""What a group may ask a least value of: fields of an entry."""

_measures_of = attrgetter(*MEASURES)
MOST_PLACED = 10_000
"""Of how many values of the measures the group is remembered: a whole register has far fewer."""

WORDS = {
    "study_hours": {"nl": "een studielast van {least} of meer", "en": "a study load of {least} or more"},
    "duration_months": {"nl": "een duur van {least} of langer", "en": "a duration of {least} or longer"},
}
UNITS = {
    "study_hours": {"nl": ("uur", "uur"), "en": ("hour", "hours")},
    "duration_months": {"nl": ("maand", "maanden"), "en": ("month", "months")},
}
"""The unit of a measure, for one and for more."""

NOT_TOLD = {
    "study_hours": {"nl": "de studielast", "en": "the study load"},
    "duration_months": {"nl": "de duur", "en": "the duration"},
}


@dataclass(frozen=True, slots=True)
class Least:
    """The least value that a group asks of a measure, in hours or months; `assumption` says why, where it is ours."""

    measure: str
    value: Fraction
    assumption: Texts = field(default_factory=dict)

    def reached(self, entry: Entry) -> bool | None:
        """Say whether the activity reaches it; None if it does not tell."""
        told = getattr(entry, self.measure)
        return None if told is None else bool(told * self.value.denominator >= self.value.numerator)


@dataclass(frozen=True, slots=True)
class Group:
    """One price group: its id, what it is for, and the least values it asks."""

    id: str
    text: Texts
    least: tuple[Least, ...]

    def fits(self, entry: Entry) -> bool | None:
        """Say whether the activity reaches every least value; None if that cannot be said."""
        return logic.every(one.reached(entry) for one in self.least)


@dataclass(frozen=True, slots=True)
class Placed:
    """The group of an activity (None: it cannot be said), with the sentence that explains it, per language.

    `assumptions` are the least values of ours that the answer rests on; a page shows them as such.
    """

    id: str | None
    text: Texts
    assumptions: tuple[Texts, ...]
    source: Texts


@dataclass(frozen=True, slots=True)
class PriceGroups:
    """The groups that hold on a day, lowest first."""

    groups: tuple[Group, ...]
    source: Texts
    _placed_before: dict[tuple[Any, ...], str | None] = field(default_factory=dict, repr=False, compare=False)

    def place(self, entry: Entry) -> str | None:
        """Name the highest group that an activity reaches; None while a higher one is still open, or none fits."""
        told = _measures_of(entry)
        if told not in self._placed_before:
            if len(self._placed_before) >= MOST_PLACED:
                self._placed_before.clear()
            self._placed_before[told] = self._place(entry)
        return self._placed_before[told]

    def _place(self, entry: Entry) -> str | None:
        highest = self._highest(entry)
        return None if highest is None or highest.fits(entry) is None else highest.id

    def group(self, entry: Entry) -> Placed:
        """Put an activity in its group, with the sentence that explains it."""
        highest = self._highest(entry)
        if highest is None:
            return Placed(None, {"nl": "geen prijsgroep past", "en": "no price group fits"}, (), self.source)
        if highest.fits(entry) is None:
            return self._open(entry, highest)
        above = self.groups.index(highest) + 1
        return self._placed(highest, self.groups[above : above + 1])

    def _highest(self, entry: Entry) -> Group | None:
        """Give the highest group that the activity does not fail."""
        return next((one for one in reversed(self.groups) if one.fits(entry) is not False), None)

    def _placed(self, one: Group, above: Sequence[Group]) -> Placed:
        asked = [*one.least, *(least for group in above for least in group.least)]
        text = {language: _sentence(one, above, language) for language in ("nl", "en")}
        return Placed(one.id, text, tuple(least.assumption for least in asked if least.assumption), self.source)

    def _open(self, entry: Entry, one: Group) -> Placed:
        silent = [least.measure for least in one.least if least.reached(entry) is None]
        missing = {language: ", ".join(NOT_TOLD[name][language] for name in silent) for language in ("nl", "en")}
        text = {
            "nl": f"de prijsgroep is nog niet te zeggen: de opleider heeft niet verteld wat {missing['nl']} is",
            "en": f"the price group cannot be said yet: the provider has not told {missing['en']}",
        }
        return Placed(None, text, (), self.source)


def _sentence(one: Group, above: Sequence[Group], language: str) -> str:
    """Say what the group is, what the activity reached for it, and what the next group asks."""
    both, group = {"nl": (" en ", "prijsgroep"), "en": (" and ", "price group")}[language]
    own = both.join(_asked(least, language) for least in one.least)
    text = f"{group} {one.id}: {in_language(one.text, language)}"
    if own:
        text += {"nl": f", met {own}", "en": f", with {own}"}[language]
    for other in above:
        higher = both.join(_asked(least, language) for least in other.least)
        text += {"nl": f"; groep {other.id} vraagt {higher}", "en": f"; group {other.id} asks {higher}"}[language]
    return text


def _asked(least: Least, language: str) -> str:
    one, more = UNITS[least.measure][language]
    number = str(least.value.numerator) if least.value.denominator == 1 else f"{float(least.value):g}"
    number = number.replace(".", ",") if language == "nl" else number
    return WORDS[least.measure][language].format(least=f"{number} {one if least.value == 1 else more}")


def price_groups_on(library: Library, on: date, path: Path | None = None) -> PriceGroups | None:
    """Read the price groups that hold on a day; None before the first.

    Raises SchemeFault where the file names a measure that does not exist, or a scheme or parameter that is not there
    on the day that the table begins.
    """
    content = _content(path or folder("law") / "price-groups.toml")
    tables = [table for table in content["table"] if table["from"] <= on]
    if not tables:
        return None
    table = max(tables, key=lambda one: one["from"])
    groups = tuple(
        Group(row["id"], {"nl": row["nl"], "en": row["en"]}, _least(row, library, table["from"]))
        for row in table["group"]
    )
    return PriceGroups(groups, content["source"])


def _least(row: Mapping[str, Any], library: Library, starts: date) -> tuple[Least, ...]:
    unknown = set(row) - {"id", "nl", "en", *MEASURES}
    if unknown:
        raise SchemeFault(
            f"price-groups.toml, group {row['id']}: {sorted(unknown)[0]} is none of {', '.join(MEASURES)}"
        )
    found = []
    for measure in MEASURES:
        told = row.get(measure)
        if told is None:
            continue
        if "scheme" in told:
            value = parameter_of(library, told["scheme"], told["parameter"], starts)
        else:
            value = Fraction(told["value"])
        found.append(Least(measure, value, told.get("assumption", {})))
    return tuple(found)


@lru_cache(maxsize=4)
def _content(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)
