"""What results can be narrowed by, in words: the groups of boxes to tick, and the choices made, ready to take away."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.core.money import euros
from doorleren.register.search.asking import FACETS
from doorleren.web import known
from doorleren.web.portal.asking import Search
from doorleren.web.public.questions import language, value_label
from doorleren.web.public.scheme_cards import version_for
from doorleren.web.templatetags.look import euro

SHOWN_AT_ONCE = 7
OPEN_AT_FIRST = ("sector", "to_pay")
IN_ORDER = ("level", "to_pay", "start_month", "distance", "combinable")
"""Facets whose values have an order of their own; the others stand by number of results."""

FACT_OF = {
    "sector": "training.target_sector", "level": "training.level", "delivery": "training.delivery",
    "goal": "training.goal", "region": "person.region", "recognition": "provider.recognition",
}  # fmt: skip
"""The facts of the vocabulary whose words a facet uses."""

COMBINABLE = ("work", "care", "evening", "any_time", "any_place")


def groups(search: Search, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Give the groups of boxes: per facet with something to choose its name, and its values with their counts."""
    names = titles()
    found = []
    for facet in FACETS:
        chosen = search.query.chosen.get(facet, ())
        if facet == "distance" and not search.query.postcode:
            continue
        options = _options(facet, counts.get(facet, {}), chosen)
        if options:
            found.append({
                "name": facet,
                "title": names[facet],
                "open": bool(chosen) or facet in OPEN_AT_FIRST,
                "options": options[:SHOWN_AT_ONCE],
                "more": options[SHOWN_AT_ONCE:],
                "more_open": any(one["chosen"] for one in options[SHOWN_AT_ONCE:]),
            })  # fmt: skip
    return found


def choices(search: Search) -> list[dict[str, str]]:
    """Give what was chosen, in words, each with the search that is left without it."""
    return [
        {"label": value_words(facet, value), "search": search.without(facet, value).written()}
        for facet in FACETS
        for value in search.query.chosen.get(facet, ())
    ]


def titles() -> dict[str, str]:
    """Name the facets."""
    return {
        "sector": _("Sector"),
        "level": _("Niveau"),
        "delivery": _("Online of op een plek"),
        "goal": _("Diploma of bewijs"),
        "language": _("Taal van de opleiding"),
        "to_pay": _("Wat u zelf betaalt"),
        "start_month": _("Begint in"),
        "distance": _("Afstand"),
        "region": _("Arbeidsmarktregio"),
        "recognition": _("Erkenning van de opleider"),
        "fundable_by": _("Regeling die meebetaalt"),
        "shortage_occupation": _("Beroep met te weinig mensen"),
        "combinable": _("Past bij"),
    }


def value_words(facet: str, value: str) -> str:
    """Say a value of a facet in words; one without words stands as it is."""
    return _words(facet, value, language())


@lru_cache(maxsize=2000)
def _words(facet: str, value: str, spoken: str) -> str:
    """Say it in the language of the page, which the key of the cache names; half a page of words per search otherwise."""
    library = known.library()
    fact = library.vocabulary.facts.get(FACT_OF.get(facet, ""))
    if fact is not None:
        return value_label(fact, value)
    if facet == "fundable_by" and value in library.places:
        return version_for(library.scheme(value), known.today()).called(spoken)
    if facet in ("to_pay", "distance") and value.isdecimal():
        return _up_to(facet, int(value))
    if facet == "start_month":
        return _month(value)
    return _fixed_words().get((facet, value), value)


def _up_to(facet: str, most: int) -> str:
    if facet == "distance":
        return _("tot %(km)s km") % {"km": most}
    return _("tot en met %(amount)s") % {"amount": euro(euros(most))} if most else _("niets")


def _month(value: str) -> str:
    try:
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    except ValueError:
        return _("wanneer u wilt") if value == "any_time" else value


def _fixed_words() -> dict[tuple[str, str], str]:
    return {
        ("to_pay", "more"): _("meer"),
        ("distance", "farther"): _("verder weg"),
        ("shortage_occupation", "yes"): _("ja"),
        ("shortage_occupation", "no"): _("nee"),
        ("combinable", "work"): _("werk"),
        ("combinable", "care"): _("zorg voor anderen"),
        ("combinable", "evening"): _("les in de avond"),
        ("combinable", "any_time"): _("een tijd die u zelf kiest"),
        ("combinable", "any_place"): _("een plek die u zelf kiest"),
    } | {("language", code): name for code, name in languages().items()}


def languages() -> dict[str, str]:
    """Name the languages that trainings are most given in."""
    return {
        "nl": _("Nederlands"), "en": _("Engels"), "de": _("Duits"), "fr": _("Frans"), "es": _("Spaans"),
        "fy": _("Fries"), "pl": _("Pools"), "ar": _("Arabisch"), "tr": _("Turks"), "uk": _("Oekraïens"),
    }  # fmt: skip


def _options(facet: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    """List the values with a result, and those chosen; in their own order, or most results first."""
    values = {
        **{value: count for value, count in counts.items() if count},
        **{one: counts.get(one, 0) for one in chosen},
    }
    options = [
        {"value": value, "label": value_words(facet, value), "count": count, "chosen": value in chosen}
        for value, count in values.items()
    ]
    if facet in IN_ORDER:
        return sorted(options, key=lambda one: _place(facet, one["value"]))
    return sorted(options, key=lambda one: (-one["count"], one["label"]))


def _place(facet: str, value: str) -> tuple[Any, ...]:
    if facet == "level":
        levels = known.library().vocabulary.facts["training.level"].values
        return (levels.index(value) if value in levels else len(levels), value)
    if facet == "combinable":
        return (COMBINABLE.index(value) if value in COMBINABLE else len(COMBINABLE), value)
    if value.isdecimal():
        return (0, int(value))
    return (1, 0, value) if facet != "start_month" or value == "any_time" else (0, 0, value)
