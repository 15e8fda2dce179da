"""The register as Open Onderwijs API version 5: courses, their offerings, organisations, pages, and the service itself.

What the standard demands and nobody told: the level becomes "undefined", the language of teaching "und", a description
the empty text, the last day of an offering the one of `plain.last_day`, the expectation of a result false; the
member `assumed` of our terms names those. A run without a first day is no offering in the standard and prices belong
to offerings there, so each course carries its runs, prices and all other terms of the register under `ext`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from doorleren.core.money import euros
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Run
from doorleren.register.outlets.json_files import write_object
from doorleren.register.outlets.languages import OF_THE_REGISTER, text_tag, three_letters
from doorleren.register.outlets.listed import Listed, activity_address
from doorleren.register.outlets.plain import (
    OWN,
    clean,
    dated,
    iso_duration,
    last_day,
    shortened,
    told,
    vat_cents,
    web_address,
)  # fmt: skip

ROOT = "/ooapi/v5"
"""Where the endpoints live below the address of the site."""

PAGE_SIZES = (10, 20, 50, 100, 250)
"""The sizes of a page that the standard allows; the first is the default."""

EXPANDABLE = ("organization",)
"""What `expand` may name for a course."""

_NAMES = UUID("5d0c64f4-3c1c-5b0e-9a5e-0c1f7a3f2b61")
_COURSES = 0x6C656572_6C6F_8000_8 << 60  # an identifier of version 8 (RFC 9562): our own layout, the number last
_LARGEST = (1 << 60) - 1

MODES = {"online": "online", "blended": "hybrid", "on_site": "situated"}
LEVELS = {
    "entree": "secondary vocational education 1",
    "mbo2": "secondary vocational education 2",
    "mbo3": "secondary vocational education 3",
    "mbo4": "secondary vocational education 4",
    "ad": "associate degree",
}
ROUTES = {"associate_degree": "associate degree", "bachelor": "bachelor", "master": "master"}
IN_THE_STANDARD = ("title", "description", "learning_outcomes")


def course_id(number: int) -> str:
    """Give the identifier of the course with this number in the register; `course_number` reads it back."""
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"number: 0 to {_LARGEST} is allowed, not {number}")
    return str(UUID(int=_COURSES | number))


def course_number(identifier: str) -> int | None:
    """Give the number in the register of a course's identifier; None for an identifier that is not one of ours."""
    try:
        value = UUID(identifier).int
    except ValueError:
        return None
    return value & _LARGEST if value & ~_LARGEST == _COURSES else None


def organization_id(code: str) -> str:
    """Give the identifier of the provider with this code, the same for ever."""
    return str(uuid5(_NAMES, "organization " + clean(code)))


def level(entry: Entry) -> str:
    """Give the level in the standard's words: by mbo level, by route, by NLQF level 6 and 7, else "undefined"."""
    by_level = LEVELS.get(entry.level or "") or ROUTES.get(entry.route or "")
    if by_level is None and entry.level in ("hbo", "wo"):
        by_level = {6: "bachelor", 7: "master"}.get(entry.nlqf_level or entry.eqf_level or 0)
    return by_level or "undefined"


def course(listed: Listed, base_url: str, *, expand: Iterable[str] = ()) -> dict[str, Any]:
    """Give a Course; with "organization" in `expand` the whole organisation instead of its identifier."""
    entry, spoken = listed.entry, text_tag(listed.entry)
    made: dict[str, Any] = {
        "courseId": course_id(listed.number),
        "primaryCode": {"codeType": "identifier", "code": clean(entry.code)},
        "name": [_text(entry.title, spoken)],
        "abbreviation": shortened(clean(entry.code), 256),
        "description": [_text(entry.description, spoken)],
        "teachingLanguage": three_letters(entry.language),
        "level": level(entry),
        "organization": organization(listed.provider)
        if "organization" in expand
        else organization_id(listed.provider.code),
        "link": web_address(entry.url) or activity_address(base_url, listed.number),
    }
    if entry.learning_outcomes:
        made["learningOutcomes"] = [[_text(one, spoken)] for one in entry.learning_outcomes]
    if entry.entry_requirements:
        made["admissionRequirements"] = [_text(entry.entry_requirements, spoken)]
    if entry.certificate:
        made["qualificationRequirements"] = [_text(entry.certificate, spoken)]
    return made | _measures(entry) | {"ext": {OWN: told(entry, IN_THE_STANDARD) | _state(listed, made)}}


def _measures(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if entry.study_hours is not None:
        made["studyLoad"] = {"studyLoadUnit": "hour", "value": entry.study_hours}
    if entry.duration_months is not None:
        made["duration"] = iso_duration(entry.duration_months)
    if entry.delivery in MODES:
        made["modeOfDelivery"] = [MODES[entry.delivery]]
    if entry.published_from:
        made["validFrom"] = entry.published_from.isoformat()
    if entry.published_until and entry.published_until < date.max:  # the standard's last day no longer counts
        made["validTo"] = (entry.published_until + timedelta(days=1)).isoformat()
    return made


def _state(listed: Listed, made: dict[str, Any]) -> dict[str, Any]:
    told_so = {"level": made["level"] != "undefined", "description": bool(listed.entry.description)}
    told_so["teachingLanguage"] = made["teachingLanguage"] != "und"
    return {
        "number": listed.number,
        "admitted": listed.admitted,
        "changed_at": listed.changed_at.isoformat(),
        "assumed": [name for name, given in told_so.items() if not given],
    }


def offerings(listed: Listed, *, since: date | None = None, until: date | None = None) -> list[dict[str, Any]]:
    """Give the CourseOfferings of a course by day; only from `since` (first day) and up to `until` (last day).

    The standard wants `since` to be today when the question names none: the caller passes that.
    """
    made = []
    for place, run in enumerate(dated(listed.entry)):
        first, last = run.starts_on, last_day(run, listed.entry.duration_months)
        if first is None or last is None or (since and first < since) or (until and last[0] > until):
            continue
        made.append(_offering(listed, run, place, last))
    return made


def _offering(listed: Listed, run: Run, place: int, last: tuple[date, bool]) -> dict[str, Any]:
    entry, spoken = listed.entry, text_tag(listed.entry)
    expected = entry.certificate_value not in (None, "none")
    assumed = [] if last[1] else ["endDate"]
    assumed += [] if entry.certificate_value else ["resultExpected"]
    days = {"startDate": run.starts_on, "endDate": last[0], "enrollStartDate": run.enrol_from}
    made: dict[str, Any] = {
        "offeringId": str(uuid5(UUID(course_id(listed.number)), f"{place} {run.starts_on} {clean(run.place)}")),
        "primaryCode": {"codeType": "offeringCode", "code": f"{clean(entry.code)}-{place + 1}"},
        "offeringType": "course",
        "name": [_text(entry.title, spoken)],
        "description": [_text(entry.description, spoken)],
        "teachingLanguage": three_letters(entry.language),
        "resultExpected": expected,
        "course": course_id(listed.number),
        "organization": organization_id(listed.provider.code),
    }
    made |= {
        name: day.isoformat() for name, day in (days | {"enrollEndDate": run.enrol_until}).items() if day is not None
    }
    if entry.delivery in MODES:
        made["modeOfDelivery"] = [MODES[entry.delivery]]
    if run.place or run.postcode:
        made["addresses"] = [_address("teaching", "", run.postcode, run.place)]
    if entry.prices:
        made["priceInformation"] = _costs(entry)
    return made | {"ext": {OWN: {"run": told(run), "assumed": assumed}}}


def _costs(entry: Entry) -> list[dict[str, Any]]:
    """The whole and its parts; the standard has no amount below zero, so a discount stands under `ext` alone."""
    whole = {"costType": "total costs", "amount": euros(max(entry.price_cents or 0, 0)), "currency": "EUR"}
    return [whole, *(_cost(part) for part in entry.prices)]


def _cost(part: PricePart) -> dict[str, Any]:
    made: dict[str, Any] = {"costType": f"x-{clean(part.part)}", "currency": "EUR"}
    if part.cents >= 0:
        made["amount"] = euros(part.cents)
    if part.vat is not None and part.cents >= 0:
        within = vat_cents(part.cents, part.vat)
        made |= {"vatAmount": euros(within), "amountWithoutVat": euros(part.cents - within)}
    return made | {"ext": {OWN: told(part)}}


def organization(provider: ProviderEntry) -> dict[str, Any]:
    """Give an Organization. Its type is "institute", since "root" is whoever runs the endpoint; the KvK number a code.

    The short name, which the standard demands, is the provider's code.
    """
    made: dict[str, Any] = {
        "organizationId": organization_id(provider.code),
        "primaryCode": {"codeType": "identifier", "code": clean(provider.code)},
        "organizationType": "institute",
        "name": [_text(provider.name, OF_THE_REGISTER)],
        "shortName": shortened(clean(provider.code), 256),
    }
    addresses = [_address("visit", provider.street, provider.postcode, provider.place)]
    for one in provider.locations:
        named = {"additional": [_text(one.name, OF_THE_REGISTER)]} if one.name else {}
        addresses.append(_address("teaching", one.street, one.postcode, one.place) | named)
    if told_of := [one for one in addresses if len(one) > 1]:
        made["addresses"] = told_of
    if link := web_address(provider.website):
        made["link"] = link
    if provider.kvk:
        made["otherCodes"] = [{"codeType": "x-kvk", "code": clean(provider.kvk)}]
    return made | {"ext": {OWN: told(provider)}}


def about(base_url: str, contact_email: str) -> dict[str, Any]:
    """Give the Service, the answer of the address `/` itself."""
    root = base_url.rstrip("/") + ROOT
    return {
        "contactEmail": contact_email,
        "specification": f"{root}/openapi.json",
        "documentation": f"{root}/openapi.json",
    }


def page(items: Sequence[dict[str, Any]], *, page_size: int, page_number: int, total: int) -> dict[str, Any]:
    """Give one page of a list; `items` are those of this page alone, `total` counts them all.

    Raises ValueError for a size that the standard does not allow and for a page below 1.
    """
    if page_size not in PAGE_SIZES:
        raise ValueError(f"pageSize: one of {', '.join(map(str, PAGE_SIZES))} is allowed, not {page_size}")
    if page_number < 1:
        raise ValueError(f"pageNumber: 1 or more is allowed, not {page_number}")
    return {
        "pageSize": page_size,
        "pageNumber": page_number,
        "hasPreviousPage": page_number > 1,
        "hasNextPage": page_number * page_size < total,
        "totalPages": -(-total // page_size),
        "items": list(items),
    }


def write(listed: Iterable[Listed], path: Path, base_url: str) -> int:
    """Write all courses as one page of `/courses` with organisations whole; give their number.

    The offerings, which the standard has at an address of their own, stand in their course under `offerings`.
    """

    def items() -> Iterable[dict[str, Any]]:
        for one in listed:
            made = course(one, base_url, expand=EXPANDABLE)
            yield made | {"offerings": offerings(one)}

    before = {"pageNumber": 1, "hasPreviousPage": False, "hasNextPage": False, "totalPages": 1}
    return write_object(path, "items", items(), before, size="pageSize")


def _text(value: str, spoken: str) -> dict[str, str]:
    return {"language": spoken, "value": clean(value)}


def _address(kind: str, street: str, postcode: str, place: str) -> dict[str, Any]:
    parts = {"street": street, "postalCode": postcode, "city": place}
    return {"addressType": kind} | {name: clean(value) for name, value in parts.items() if value}
