"""Values of scheme files as people write them: sums of money, shares, terms, days and lists; and names of parameters."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.rules.versions import ParameterHistory
from doorleren.rules.vocabulary import Vocabulary
from doorleren.shipped import folder
from doorleren.web.public.questions import language, value_label
from doorleren.web.public.words import in_plain
from doorleren.web.templatetags.look import euro

HUNDREDTH = Decimal("0.01")


def day_in_words(day: date) -> str:
    """Write a day in full."""
    return date_format(day, "j F Y")


@lru_cache(maxsize=1)
def written_words() -> Mapping[str, Any]:
    """Read the words that people wrote for ids and English sentences of the files (schemes/words.toml); empty if there are none."""
    path = folder("schemes") / "words.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def parameter_name(history: ParameterHistory) -> tuple[str, bool]:
    """Name a parameter in the language of the page, and say whether the words are in that language.

    What the scheme file calls it goes before the words that all schemes share.
    """
    shared = written_words().get("parameter", {}).get(history.id, {})
    words = history.name.get(language()) or shared.get(language())
    return (words, True) if words else (in_plain(history.id), language() == "en")


def why_not_computed(why: str) -> tuple[str, bool]:
    """Say why nobody can compute a condition, and whether that is in the language of the page."""
    if language() == "en":
        return why, True
    words = written_words().get("why", {}).get(why)
    return (words, True) if words else (why, False)


def number(value: Fraction | int) -> str:
    """Write a number with at most two decimals, with the comma or point of the language; halves go up."""
    exact = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)
    written = f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.2f}".rstrip("0")
    return written if language() == "en" else written.translate(str.maketrans(",.", ".,"))


def money(value: Fraction | int) -> str:
    """Write euros; half cents go up."""
    exact = Fraction(value)
    return euro((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP))


def euros(cents: int) -> str:
    """Write cents as euros for people; for a machine that is core.money.euros."""
    return euro(Decimal(cents) / 100)


def value_in_unit(value: Fraction | date | frozenset[str], unit: str, vocabulary: Vocabulary) -> str:
    """Write a parameter's value with its unit."""
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, frozenset):
        return ", ".join(_member(one, vocabulary) for one in sorted(value)) or _("geen")
    if unit == "euro":
        return money(value)
    if unit == "share":
        return (
            f"{number(value * 100)}%" if (value * 10000).denominator == 1 else f"{value.numerator}/{value.denominator}"
        )
    return " ".join(filter(None, (number(value), _unit(unit, value))))


def _unit(unit: str, value: Fraction) -> str:
    count = 1 if value == 1 else 2
    match unit:
        case "day":
            return ngettext("dag", "dagen", count)
        case "week":
            return ngettext("week", "weken", count)
        case "month":
            return ngettext("maand", "maanden", count)
        case "person":
            return ngettext("persoon", "personen", count)
        case "year":
            return _("jaar")
        case "hour":
            return _("uur")
        case "hour_per_week":
            return _("uur per week")
        case "number":
            return ""
    return in_plain(unit)


def _member(value: str, vocabulary: Vocabulary) -> str:
    """Name a member of a set by the words of the first fact that knows it."""
    for fact in vocabulary.facts.values():
        if value in fact.value_labels:
            return value_label(fact, value)
    return value
