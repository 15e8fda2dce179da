"""What results can be narrowed by, in words: the groups of boxes to tick, and the choices made, ready to take away."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from doorleren.register.search.asking import FACETS
from doorleren.web import known
from doorleren.web.portal.asking import RADII_KM, RADIUS, Search
from doorleren.web.public.questions import language, value_label
from doorleren.web.public.scheme_cards import version_for
from doorleren.web.public.values import euros

SHOWN_AT_ONCE = 7
OPEN_AT_FIRST = ("sector", "to_pay", "distance")
IN_ORDER = ("level", "to_pay", "start_month", "distance", "combinable")
"""Facets whose values have an order of their own; the others stand by number of results."""

FACT_OF = {
    "sector": "training.target_sector", "level": "training.level", "delivery": "training.delivery",
    "goal": "training.goal", "region": "person.region", "recognition": "provider.recognition",
}  # fmt: skip
"""The facts of the vocabulary whose words a facet uses."""

NEEDS = {"region": "postcodes", "shortage_occupation": "shortages"}
"""The kind of reference data without which a facet is empty."""

COMBINABLE = ("work", "care", "evening", "any_time", "any_place")


def groups(
    search: Search, counts: Mapping[str, Mapping[str, int]], lacking: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Give the groups to choose from: per facet its name, and its values with their counts.

    A facet without a value is left out, unless it is empty because reference data lacks (`lacking`): then it says so.
    """
    found = []
    for facet in FACETS:
        if facet == "distance":
            options = _radii(search, counts.get(facet))
        else:
            options = _options(facet, counts.get(facet, {}), search.query.chosen.get(facet, ()))
        lacks = _lacks(facet) if NEEDS.get(facet) in lacking and not options else ""
        if options or lacks:
            found.append(_group(facet, options, lacks))
    return found


def _group(facet: str, options: list[dict[str, Any]], lacks: str) -> dict[str, Any]:
    """Describe a group: boxes to tick, or for the distance one of several; `field` is the name in the address."""
    shown = len(options) if facet == "distance" else SHOWN_AT_ONCE
    chosen = any(one["chosen"] and one["value"] for one in options)
    return {
        "name": facet,
        "field": RADIUS if facet == "distance" else facet,
        "box": "radio" if facet == "distance" else "checkbox",
        "title": titles()[facet],
        "open": chosen or (facet in OPEN_AT_FIRST and not lacks),
        "options": options[:shown],
        "more": options[shown:],
        "more_open": any(one["chosen"] for one in options[shown:]),
        "lacks": lacks,
    }


def _lacks(facet: str) -> str:
    """Say why a facet has no values."""
    if facet == "region":
        return _("Niet bekend: er zijn geen postcodes ingeladen.")
    return _("Niet bekend: er is geen lijst van tekortberoepen ingeladen.")


def choices(search: Search) -> list[dict[str, str]]:
    """Give what was chosen, in words, each with the search that is left without it."""
    chosen = [(facet, value) for facet in FACETS for value in search.query.chosen.get(facet, ())]
    if search.query.within_km is not None:
        chosen.append((RADIUS, str(search.query.within_km)))
    return [
        {
            "label": value_words("distance" if facet == RADIUS else facet, value),
            "search": search.without(facet, value).written(),
        }
        for facet, value in chosen
    ]


def titles() -> dict[str, str]:
    """Name the facets."""
    return _titles(language())


@lru_cache(maxsize=8)
def _titles(spoken: str) -> dict[str, str]:
    """Name them in the language of the page, which the key of the cache names; every group of boxes asks."""
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
    return _("tot en met %(amount)s") % {"amount": euros(most)} if most else _("niets")


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
    spoken = language()
    options = [
        {"value": value, "label": _words(facet, value, spoken), "count": count, "chosen": value in chosen}
        for value, count in values.items()
    ]
    if facet in IN_ORDER:
        return sorted(options, key=lambda one: _place(facet, one["value"]))
    return sorted(options, key=lambda one: (-one["count"], one["label"]))


def _radii(search: Search, bands: Mapping[str, int] | None) -> list[dict[str, Any]]:
    """List how far away one may look, each with all that is no farther; nothing while no distance can be told.

    Counted is what is left of the search without the radius; of what is given online only no distance is known.
    """
    if bands is None or not search.query.postcode:
        return []
    within, radii = search.query.within_km, []
    for most in RADII_KM:
        count = sum(number for band, number in bands.items() if band.isdecimal() and int(band) <= most)
        radii.append(
            {"value": str(most), "label": value_words("distance", str(most)), "count": count, "chosen": within == most}
        )
    return [{"value": "", "label": _("maakt niet uit"), "count": None, "chosen": within is None}, *radii]


def _place(facet: str, value: str) -> tuple[Any, ...]:
    if facet == "level":
        levels = known.library().vocabulary.facts["training.level"].values
        return (levels.index(value) if value in levels else len(levels), value)
    if facet == "combinable":
        return (COMBINABLE.index(value) if value in COMBINABLE else len(COMBINABLE), value)
    if value.isdecimal():
        return (0, int(value))
    return (1, 0, value) if facet != "start_month" or value == "any_time" else (0, 0, value)
