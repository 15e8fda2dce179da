"""The OpenAPI document of our endpoints of the Open Onderwijs API: what they take and what they give, in our own words.

The standard's own document describes far more than a register offers (persons, results, rooms, timetables, the courses
within a program) and does not pass a general validator; this one names only what `ooapi.py` writes. It is served at `openapi.json` below the same root.
"""

from typing import Any

from doorleren.register.outlets.ooapi import (
    EXPANDABLE,
    EXPANDABLE_OFFERING,
    LEVELS,
    MODES,
    PACES,
    PAGE_SIZES,
    ROOT,
    ROUTES,
    SECTORS,
)
from doorleren.register.outlets.plain import OWN

Shape = dict[str, Any]

PROBLEMS = {"400": "A question that is not allowed; the text names the parameter", "404": "Nothing by this identifier"}


def description(base_url: str) -> dict[str, Any]:
    """Give the OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Doorleren: Open Onderwijs API",
            "version": "5.0.0",
            "description": "The training register in the words of the Open Onderwijs API, version 5. Reading only.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": base_url.rstrip("/") + ROOT}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "parameters": _parameters(),
            "responses": {code: _problem(words) for code, words in PROBLEMS.items()},
        },
    }


def _paths() -> Shape:
    size, number, needle = _ref("parameters/pageSize"), _ref("parameters/pageNumber"), _ref("parameters/q")
    language, mode = _ref("parameters/teachingLanguage"), _ref("parameters/modeOfDelivery")
    organization = _path_id("organizationId")
    days = [_ref("parameters/since"), _ref("parameters/until")]
    paging, code = [size, number], _ref("parameters/primaryCode")
    courses, programs = (
        [*paging, needle, language, _sort(f"{one}Id", "name", default="name")] for one in ("course", "program")
    )
    courses.append(mode)
    paths = {
        "/": _get("service", "About this service", "Service", []),
        "/courses": _get("courses", "All courses by name", "Courses", [*courses, code]),
        "/programs": _get("programs", "All whole programmes by name", "Programs", [*programs, code]),
        "/organizations": _get(
            "organizations", "All providers by name", "Organizations", [*paging, needle, code, _sort("organizationId", "name", default="name")]
        ),
        "/organizations/{organizationId}": _get("organization", "One provider", "Organization", [organization]),
        "/organizations/{organizationId}/courses": _get(
            "organizationCourses", "The courses of a provider by name", "Courses", [organization, *courses]
        ),
        "/organizations/{organizationId}/programs": _get(
            "organizationPrograms", "The whole programmes of a provider by name", "Programs", [organization, *programs]
        ),
        "/organizations/{organizationId}/offerings": _get(
            "organizationOfferings", "The offerings of a provider by day", "Offerings", [organization, *paging, *days]
        ),
        "/offerings/{offeringId}": _get(
            "offering", "One offering", "Offering", [_path_id("offeringId"), _expand(EXPANDABLE_OFFERING)]
        ),
    }  # fmt: skip
    for name, words in (("course", "Course"), ("program", "Program")):
        one = _path_id(f"{name}Id")
        path = f"/{name}s/{{{name}Id}}"
        paths[path] = _get(name, f"One {name}", words, [one, _expand(EXPANDABLE)])
        paths[f"{path}/offerings"] = _get(
            f"{name}Offerings", f"The offerings of a {name} by day", "Offerings", [one, *paging, *days]
        )
    return paths


def _expand(allowed: tuple[str, ...]) -> Shape:
    schema = {"type": "array", "items": {"enum": list(allowed)}}
    return _query("expand", "What to give whole", schema) | {"explode": False}


def _sort(*names: str, default: str) -> Shape:
    allowed = [sign + name for name in names for sign in ("", "-")]
    schema = {"type": "array", "items": {"enum": allowed}, "default": [default]}
    return _query("sort", "In which order; a minus sign turns it round", schema) | {"explode": False}


def _get(name: str, summary: str, schema: str, parameters: list[Shape]) -> Shape:
    content = {"application/json": {"schema": _ref(f"schemas/{schema}")}}
    answers = {"200": {"description": summary, "content": content}}
    answers |= {code: _ref(f"responses/{code}") for code in PROBLEMS}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def _parameters() -> Shape:
    sizes = {"type": "integer", "enum": list(PAGE_SIZES), "default": PAGE_SIZES[0]}
    return {
        "pageSize": _query("pageSize", "How many items a page has", sizes),
        "pageNumber": _query("pageNumber", "Which page, from 1", {"type": "integer", "minimum": 1, "default": 1}),
        "q": _query("q", "Only items with this text in name, abbreviation or description", {"type": "string"}),
        "primaryCode": _query("primaryCode", "Only the item with this code", {"type": "string"}),
        "teachingLanguage": _query("teachingLanguage", "Only what is taught in this language (ISO 639-2)", _LANGUAGE),
        "modeOfDelivery": _query("modeOfDelivery", "Only what is given in this way", {"enum": list(MODES.values())}),
        "since": _query("since", "Only offerings that start on this day or later; today when left out", _DAY),
        "until": _query("until", "Only offerings that end on this day or earlier", _DAY),
    }


def _schemas() -> Shape:
    schemas = {
        "Service": _object(dict.fromkeys(("specification", "documentation"), _URI) | {"contactEmail": _STRING}),
        "Text": _object({"value": _STRING}, {"language": _STRING}),
        "Code": _object({"codeType": _STRING, "code": _STRING}),
        "Address": _object(
            {"addressType": {"enum": ["visit", "teaching"]}},
            {"street": _STRING, "postalCode": _STRING, "city": _STRING, "additional": _TEXTS},
        ),
        "Cost": _object(
            {"costType": _STRING, "currency": {"const": "EUR"}},
            {"amount": _AMOUNT, "vatAmount": _AMOUNT, "amountWithoutVat": _AMOUNT, "ext": _EXT},
        ),
        "Course": _course(),
        "Program": _program(),
        "Offering": _offering(),
        "Organization": _organization(),
    }
    lists = {"Courses": "Course", "Programs": "Program", "Offerings": "Offering", "Organizations": "Organization"}
    return schemas | {name: _page(item) for name, item in lists.items()}


def _course() -> Shape:
    return _of_activity({"courseId": _UUID}, {})


def _program() -> Shape:
    more = {
        "modeOfStudy": {"enum": list(PACES.values())},
        "levelOfQualification": {"enum": [str(step) for step in range(1, 9)]},
        "sector": {"enum": list(dict.fromkeys(SECTORS.values()))},
        "qualificationAwarded": {"const": "AD"},
    }
    return _of_activity({"programId": _UUID, "programType": {"const": "program"}}, more)


def _of_activity(needed_too: Shape, more_too: Shape) -> Shape:
    levels = [*LEVELS.values(), *ROUTES.values(), "undefined"]
    either = {"oneOf": [_UUID, _ref("schemas/Organization")]}
    needed = needed_too | {
        "primaryCode": _ref("schemas/Code"),
        "name": _TEXTS,
        "abbreviation": _STRING,
        "description": _TEXTS,
        "teachingLanguage": _LANGUAGE,
        "level": {"enum": list(dict.fromkeys(levels))},
        "organization": either,
        "link": _URI,
        "ext": _EXT,
    }
    more = {
        "studyLoad": _object({"studyLoadUnit": {"const": "hour"}, "value": {"type": "integer", "minimum": 0}}),
        "modeOfDelivery": _MODES,
        "duration": _STRING,
        "learningOutcomes": {"type": "array", "items": _TEXTS},
        "admissionRequirements": _TEXTS,
        "qualificationRequirements": _TEXTS,
        "validFrom": _DAY,
        "validTo": _DAY,
    }
    return _object(needed, more | more_too)


def _offering() -> Shape:
    needed = {
        "offeringId": _UUID,
        "primaryCode": _ref("schemas/Code"),
        "offeringType": {"enum": ["course", "program"]},
        "name": _TEXTS,
        "description": _TEXTS,
        "teachingLanguage": _LANGUAGE,
        "resultExpected": {"type": "boolean"},
        "organization": {"oneOf": [_UUID, _ref("schemas/Organization")]},
        "startDate": _DAY,
        "endDate": _DAY,
        "ext": _EXT,
    }
    more = {
        "course": {"oneOf": [_UUID, _ref("schemas/Course")]},
        "program": {"oneOf": [_UUID, _ref("schemas/Program")]},
        "enrollStartDate": _DAY,
        "enrollEndDate": _DAY,
        "modeOfDelivery": _MODES,
        "addresses": {"type": "array", "items": _ref("schemas/Address")},
        "priceInformation": {"type": "array", "items": _ref("schemas/Cost")},
    }
    return _object(needed, more)


def _organization() -> Shape:
    needed = {
        "organizationId": _UUID,
        "primaryCode": _ref("schemas/Code"),
        "organizationType": {"const": "institute"},
        "name": _TEXTS,
        "shortName": _STRING,
        "ext": _EXT,
    }
    addresses = {"type": "array", "items": _ref("schemas/Address")}
    codes = {"type": "array", "items": _ref("schemas/Code")}
    return _object(needed, {"addresses": addresses, "otherCodes": codes, "link": _URI})


def _page(item: str) -> Shape:
    number = {"type": "integer", "minimum": 0}
    needed = {"pageSize": number, "pageNumber": number, "totalPages": number}
    needed |= {name: {"type": "boolean"} for name in ("hasPreviousPage", "hasNextPage")}
    return _object(needed | {"items": {"type": "array", "items": _ref(f"schemas/{item}")}})


def _object(needed: Shape, more: Shape | None = None) -> Shape:
    properties = needed | (more or {})
    return {"type": "object", "required": list(needed), "properties": properties, "additionalProperties": False}


def _query(name: str, words: str, schema: Shape) -> Shape:
    return {"name": name, "in": "query", "description": words, "required": False, "schema": schema}


def _path_id(name: str) -> Shape:
    return {"name": name, "in": "path", "description": "The identifier", "required": True, "schema": _UUID}


def _problem(words: str) -> Shape:
    schema = _object({"status": _STRING, "title": _STRING}, {"detail": _STRING})
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/components/{name}"}


_STRING: Shape = {"type": "string"}
_URI: Shape = {"type": "string", "format": "uri"}
_UUID: Shape = {"type": "string", "format": "uuid"}
_DAY: Shape = {"type": "string", "format": "date"}
_AMOUNT: Shape = {"type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$"}
_LANGUAGE: Shape = {"type": "string", "pattern": "^[a-z]{3}$"}
_TEXTS: Shape = {"type": "array", "minItems": 1, "items": _ref("schemas/Text")}
_MODES: Shape = {"type": "array", "items": {"enum": list(MODES.values())}}
_EXT: Shape = _object({OWN: {"type": "object", "description": "The register's own terms, exactly"}})
