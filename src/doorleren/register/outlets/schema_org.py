"""A training activity as schema.org `Course` with its runs and its price, as JSON-LD inside a page.

The published SHACL of schema.org lets no plain text stand for the properties that it lists itself for a class. So the
purchase is an `OfferForPurchase` and a price part a `UnitPriceSpecification` (both precisely what they are), the way
of teaching an address, places are named and not split into an address, and how a provider is reached is left out.

Content security policy: a script element of this type is data and never run, so `default-src 'self'` needs no change
and no nonce. The text is escaped here, because a page must not escape it again: in a template use it as safe text.
"""

import json
from typing import Any

from doorleren.core.money import euros
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.outlets.elm import PRICE_NAMES
from doorleren.register.outlets.languages import text_tag, two_letters
from doorleren.register.outlets.listed import Listed, activity_address
from doorleren.register.outlets.plain import (
    clean,
    dated,
    esco_address,
    iso_duration,
    last_day,
    web_address,
)  # fmt: skip

CONTEXT = {"@vocab": "http://schema.org/"}
"""Read without fetching anything, by any reader."""

MODES = {
    "online": "http://schema.org/OnlineEventAttendanceMode",
    "blended": "http://schema.org/MixedEventAttendanceMode",
    "on_site": "http://schema.org/OfflineEventAttendanceMode",
}
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def course(listed: Listed, base_url: str) -> dict[str, Any]:
    """Give the Course with provider, offer and one CourseInstance per run."""
    entry, page = listed.entry, activity_address(base_url, listed.number)
    skills = [one for one in (esco_address("skill", name) for name in entry.skills) if one]
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": page,
        "@type": "Course",
        "name": _words(entry.title, entry),
        "description": _words(entry.description, entry),
        "identifier": clean(entry.code),
        "url": page,
        "sameAs": web_address(entry.url),
        "inLanguage": two_letters(entry.language),
        "teaches": [_words(one, entry) for one in entry.learning_outcomes] + [{"@id": one} for one in skills],
        "timeRequired": None if entry.study_hours is None else f"PT{entry.study_hours}H",
        "provider": _organization(listed.provider),
        "dateModified": listed.changed_at.isoformat(),
        "offers": _offer(entry, page) if entry.prices else None,
        "hasCourseInstance": [_instance(run, entry) for run in _runs(entry)],
    }
    if entry.entry_requirements:
        made["coursePrerequisites"] = {"@type": "AlignmentObject", "name": _words(entry.entry_requirements, entry)}
    if entry.certificate:
        credential = {"@type": "EducationalOccupationalCredential", "name": _words(entry.certificate, entry)}
        made["educationalCredentialAwarded"] = credential
    return _filled(made)


def script_text(listed: Listed, base_url: str) -> str:
    """Give the Course as text for `<script type="application/ld+json">`: no `<`, `>` or `&` is left in it."""
    return json.dumps(course(listed, base_url), ensure_ascii=False, allow_nan=False).translate(_ESCAPES)


def _words(text: str, entry: Entry) -> str | dict[str, str]:
    """Give a text of the provider, with its language where `inLanguage`, the one of teaching, does not say it."""
    told, spoken = clean(text), text_tag(entry)
    if not told or not entry.text_language or spoken == two_letters(entry.language):
        return told
    return {"@value": told, "@language": spoken}


def _runs(entry: Entry) -> list[Run]:
    return [*dated(entry), *(run for run in entry.runs if not run.starts_on)]


def _organization(provider: ProviderEntry) -> dict[str, Any]:
    return _filled({
        "@type": "Organization",
        "name": clean(provider.name),
        "identifier": f"KvK {clean(provider.kvk)}" if provider.kvk else clean(provider.code),
        "url": web_address(provider.website),
        "location": [{"@type": "Place", "name": clean(one)} for one in _places(provider)],
    })  # fmt: skip


def _places(provider: ProviderEntry) -> list[str]:
    """Name the places of a provider, its own first; a location with a name by that too."""
    named = [", ".join(filter(None, (one.name, one.place))) for one in provider.locations]
    return list(dict.fromkeys(filter(None, (provider.place, *named))))


def _offer(entry: Entry, page: str) -> dict[str, Any]:
    cents = entry.price_cents or 0
    return {
        "@type": "OfferForPurchase",
        "category": "Paid" if cents else "Free",
        "price": euros(cents),
        "priceCurrency": "EUR",
        "url": page,
        "priceSpecification": [_price(part) for part in entry.prices],
    }


def _price(part: PricePart) -> dict[str, Any]:
    return {
        "@type": "UnitPriceSpecification",
        "name": clean(PRICE_NAMES.get(part.part, part.part)),
        "price": euros(part.cents),
        "priceCurrency": "EUR",
        "valueAddedTaxIncluded": True,
    }


def _instance(run: Run, entry: Entry) -> dict[str, Any]:
    last = last_day(run, None)
    place = clean(run.place or run.postcode)
    return _filled({
        "@type": "CourseInstance",
        "name": _words(entry.title, entry),
        "startDate": run.starts_on.isoformat() if run.starts_on else None,
        "endDate": last[0].isoformat() if last and last[1] else None,
        "duration": None if entry.duration_months is None else iso_duration(entry.duration_months),
        "courseMode": {"@id": MODES[entry.delivery]} if entry.delivery in MODES else None,
        "inLanguage": two_letters(entry.language),
        "location": {"@type": "Place", "name": place} if place else None,
    })  # fmt: skip


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if value not in (None, "", [])}
