"""The register as Open Onderwijs API version 5: programs, courses, their offerings, organisations, pages, and the service.

An activity that is a whole programme is a program there, any other a course; both have one layout of identifiers.

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
    comes_back,
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
"""What `expand` may name for a course or a program."""
EXPANDABLE_OFFERING = ("course", "program", "organization")
"""What `expand` may name for an offering."""
PROGRAMME = "programme"
"""The kind of an activity that is a program in the standard."""

_NAMES = UUID("5d0c64f4-3c1c-5b0e-9a5e-0c1f7a3f2b61")
_COURSES = 0x6C656572_6C6F_8000_8 << 60  # an identifier of version 8 (RFC 9562): our own layout, the number last
_LARGEST = (1 << 60) - 1
_OFFERINGS = 0x6C656572_6C6F_8001_8 << 60  # the number of the activity, and 24 bits that tell its runs apart
_RUN_BITS = 24

MODES = {"online": "online", "blended": "hybrid", "on_site": "situated"}
LEVELS = {
    "entree": "secondary vocational education 1",
    "mbo2": "secondary vocational education 2",
    "mbo3": "secondary vocational education 3",
    "mbo4": "secondary vocational education 4",
    "ad": "associate degree",
}
ROUTES = {"associate_degree": "associate degree", "bachelor": "bachelor", "master": "master"}
PACES = {"full_time": "full-time", "part_time": "part-time", "dual": "dual training"}
SECTORS = dict.fromkeys(("entree", "mbo2", "mbo3", "mbo4"), "secondary vocational education") | {
    "ad": "higher professional education", "hbo": "higher professional education", "wo": "university education",
}  # fmt: skip
IN_THE_STANDARD = ("title", "description", "learning_outcomes")
"""What our own terms leave to the standard, where a reader of it gets the text back to the letter."""


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


def offering_number(identifier: str) -> int | None:
    """Give the number of the activity that an offering is of, by the identifier of the offering; None for a foreign one."""
    try:
        value = UUID(identifier).int
    except ValueError:
        return None
    return (value & _LARGEST) >> _RUN_BITS if value & ~_LARGEST == _OFFERINGS else None


def organization_id(code: str) -> str:
    """Give the identifier of the provider with this code, the same for ever."""
    return str(uuid5(_NAMES, "organization " + clean(code)))


def level(entry: Entry) -> str:
    """Give the level in the standard's words: by mbo level, by route, by NLQF level 6 and 7, else "undefined"."""
    by_level = LEVELS.get(entry.level or "") or ROUTES.get(entry.route or "")
    if by_level is None and entry.level in ("hbo", "wo"):
        by_level = {6: "bachelor", 7: "master"}.get(entry.nlqf_level or entry.eqf_level or 0)
    return by_level or "undefined"


def activity(listed: Listed, base_url: str, *, expand: Iterable[str] = ()) -> dict[str, Any]:
    """Give the Program of a whole programme, the Course of anything else."""
    return (
        program(listed, base_url, expand=expand)
        if is_program(listed.entry)
        else course(listed, base_url, expand=expand)
    )


def is_program(entry: Entry) -> bool:
    """Say whether an activity is a program in the standard."""
    return entry.kind == PROGRAMME


def course(listed: Listed, base_url: str, *, expand: Iterable[str] = ()) -> dict[str, Any]:
    """Give a Course; with "organization" in `expand` the whole organisation instead of its identifier."""
    return {"courseId": course_id(listed.number)} | _activity(listed, base_url, expand)


def program(listed: Listed, base_url: str, *, expand: Iterable[str] = ()) -> dict[str, Any]:
    """Give a Program, with what the standard asks of programs alone: pace, level of qualification, sector, degree."""
    entry = listed.entry
    made: dict[str, Any] = {"programId": course_id(listed.number), "programType": "program"}
    made |= _activity(listed, base_url, expand)
    if entry.intensity in PACES:
        made["modeOfStudy"] = PACES[entry.intensity]
    if step := entry.nlqf_level or entry.eqf_level:
        made["levelOfQualification"] = str(step)
    if entry.level in SECTORS:
        made["sector"] = SECTORS[entry.level]
    if entry.route == "associate_degree" and entry.goal == "diploma":
        made["qualificationAwarded"] = "AD"
    return made


def _activity(listed: Listed, base_url: str, expand: Iterable[str]) -> dict[str, Any]:
    """Give what a course and a program have alike."""
    entry, spoken = listed.entry, text_tag(listed.entry)
    made: dict[str, Any] = {
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
    left = tuple(name for name in IN_THE_STANDARD if comes_back(getattr(entry, name)))
    return made | _measures(entry) | {"ext": {OWN: told(entry, left) | _state(listed, made)}}


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
    """Give the offerings of a course or program by day; only from `since` (first day) and up to `until` (last day).

    The standard wants `since` to be today when the question names none: the caller passes that.
    """
    made = []
    for place, (run, identifier) in enumerate(zip(dated(listed.entry), _offering_ids(listed), strict=True)):
        first, last = run.starts_on, last_day(run, listed.entry.duration_months)
        if first is None or last is None or (since and first < since) or (until and last[0] > until):
            continue
        made.append({"offeringId": identifier} | _offering(listed, run, place, last))
    return made


def offering_of(listed: Listed, run: Run, base_url: str = "", *, expand: Iterable[str] = ()) -> dict[str, Any] | None:
    """Give the offering of one run of an activity, the very one of its runs; None where that has no first day."""
    places = [place for place, one in enumerate(dated(listed.entry)) if one is run]
    return expanded(offerings(listed)[places[0]], listed, base_url, expand) if places else None


def expanded(offering: dict[str, Any], listed: Listed, base_url: str, expand: Iterable[str]) -> dict[str, Any]:
    """Put what is offered, and who offers it, whole into an offering where `expand` names them."""
    whole: dict[str, Any] = {}
    if "organization" in expand:
        whole["organization"] = organization(listed.provider)
    if (what := _type(listed.entry)) in expand:
        whole[what] = activity(listed, base_url)
    return offering | whole


def _offering_ids(listed: Listed) -> list[str]:
    """Give an identifier per dated run, made of its first day and place: another run that comes or goes changes nothing."""
    if not 0 <= listed.number < 1 << (60 - _RUN_BITS):
        raise ValueError(f"number: 0 to {(1 << (60 - _RUN_BITS)) - 1} is allowed, not {listed.number}")
    found: dict[int, None] = {}
    for run in dated(listed.entry):
        mark = uuid5(_NAMES, f"offering {run.starts_on} {clean(run.place)}").int % (1 << _RUN_BITS)
        while mark in found:
            mark = (mark + 1) % (1 << _RUN_BITS)
        found[mark] = None
    return [str(UUID(int=_OFFERINGS | listed.number << _RUN_BITS | mark)) for mark in found]


def _type(entry: Entry) -> str:
    return "program" if is_program(entry) else "course"


def _offering(listed: Listed, run: Run, place: int, last: tuple[date, bool]) -> dict[str, Any]:
    entry, spoken = listed.entry, text_tag(listed.entry)
    expected = entry.certificate_value not in (None, "none")
    assumed = [] if last[1] else ["endDate"]
    assumed += [] if entry.certificate_value else ["resultExpected"]
    days = {"startDate": run.starts_on, "endDate": last[0], "enrollStartDate": run.enrol_from}
    made: dict[str, Any] = {
        "primaryCode": {"codeType": "offeringCode", "code": f"{clean(entry.code)}-{place + 1}"},
        "offeringType": _type(entry),
        "name": [_text(entry.title, spoken)],
        "description": [_text(entry.description, spoken)],
        "teachingLanguage": three_letters(entry.language),
        "resultExpected": expected,
        _type(entry): course_id(listed.number),
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
    """Write all courses and programs as one page with organisations whole; give their number.

    The offerings, which the standard has at an address of their own, stand under `offerings` in what they offer.
    """

    def items() -> Iterable[dict[str, Any]]:
        for one in listed:
            made = activity(one, base_url, expand=EXPANDABLE)
            yield made | {"offerings": offerings(one)}

    before = {"pageNumber": 1, "hasPreviousPage": False, "hasNextPage": False, "totalPages": 1}
    return write_object(path, "items", items(), before, size="pageSize")


def _text(value: str, spoken: str) -> dict[str, str]:
    return {"language": spoken, "value": clean(value)}


def _address(kind: str, street: str, postcode: str, place: str) -> dict[str, Any]:
    parts = {"street": street, "postalCode": postcode, "city": place}
    return {"addressType": kind} | {name: clean(value) for name, value in parts.items() if value}
