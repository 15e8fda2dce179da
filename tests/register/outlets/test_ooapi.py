"""Open Onderwijs API version 5, against the component schemas of the standard."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012

from doorleren.register.outlets import ooapi
from doorleren.register.outlets.ooapi_description import description
from tests.register.outlets.catalogue import (
    BARE,
    BARE_PROVIDER,
    BASE,
    FULL,
    FULL_PROVIDER,
    SPECS,
    listed,
    needs_specs,
    varied,
)

Findings = Callable[[str, Any], list[str]]


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Give what the standard has against a value, by the name of a component schema."""
    document = yaml.load(
        (SPECS / "ooapi_v5.yaml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    registry: Registry[Any] = Registry().with_resource(
        "urn:ooapi", Resource(json.loads(json.dumps(document, default=str)), DRAFT4)
    )

    def find(name: str, value: Any) -> list[str]:
        schema = {"$ref": f"urn:ooapi#/components/schemas/{name}"}
        checker = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
        return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(value)]

    return find


@needs_specs
def test_every_component_is_valid(findings: Findings) -> None:
    """Courses, expanded courses, offerings, organisations, pages and the service keep to the standard's own schemas."""
    for one in varied():
        assert findings("Course", ooapi.course(one, BASE)) == []
        assert findings("CourseExpanded", ooapi.course(one, BASE, expand=["organization"])) == []
        assert findings("Program", ooapi.program(one, BASE)) == []
        assert findings("ProgramExpanded", ooapi.program(one, BASE, expand=["organization"])) == []
        assert findings("Organization", ooapi.organization(one.provider)) == []
        kind = "ProgramOffering" if ooapi.is_program(one.entry) else "CourseOffering"
        for offering in ooapi.offerings(one):
            assert findings(kind, offering) == []
            whole = ooapi.expanded(offering, one, BASE, ooapi.EXPANDABLE_OFFERING)
            assert findings(kind, whole) == []
            assert ooapi.offering_number(offering["offeringId"]) == one.number
            assert [found for cost in offering.get("priceInformation", []) for found in findings("Cost", cost)] == []
            assert [found for place in offering.get("addresses", []) for found in findings("Address", place)] == []
    assert findings("Service", ooapi.about(BASE, "post@doorleren.example")) == []
    assert findings("Pagination", ooapi.page([], page_size=10, page_number=1, total=0)) == []


@needs_specs
def test_the_validator_is_awake(findings: Findings) -> None:
    """A course with a word of our own for the level and a broken identifier is found out."""
    broken = ooapi.course(listed(BARE, BARE_PROVIDER), BASE) | {"level": "hard", "courseId": "7"}
    assert len(findings("Course", broken)) == 2


def test_our_own_description_fits_what_we_give() -> None:
    """Every reference in our OpenAPI document leads somewhere, and all that we write is valid against its schemas."""
    document = description(BASE)
    registry: Registry[Any] = Registry().with_resource("urn:ours", Resource(document, DRAFT202012))

    def valid(name: str, value: Any) -> None:
        Draft202012Validator({"$ref": f"urn:ours#/components/schemas/{name}"}, registry=registry).validate(value)

    for name in json.dumps(document).split('"#/')[1:]:
        found: Any = document
        for step in name.split('"')[0].split("/"):
            found = found[step]
    for one in varied():
        course, offers = ooapi.course(one, BASE), ooapi.offerings(one)
        valid("Programs", ooapi.page([ooapi.program(one, BASE)], page_size=10, page_number=1, total=1))
        valid("Program", ooapi.program(one, BASE, expand=["organization"]))
        for offer in offers:
            valid("Offering", ooapi.expanded(offer, one, BASE, ooapi.EXPANDABLE_OFFERING))
        valid("Courses", ooapi.page([course], page_size=10, page_number=1, total=1))
        valid("Course", ooapi.course(one, BASE, expand=["organization"]))
        valid("Offerings", ooapi.page(offers, page_size=10, page_number=1, total=len(offers)))
        valid("Organizations", ooapi.page([ooapi.organization(one.provider)], page_size=10, page_number=1, total=1))
    valid("Service", ooapi.about(BASE, "post@doorleren.example"))


@needs_specs
def test_our_addresses_and_parameters_are_those_of_the_standard() -> None:
    """Each address of ours is one of the standard's, and each parameter has its name there."""
    words = (SPECS / "ooapi_v5.yaml").read_text("utf-8")
    for path, item in description(BASE)["paths"].items():
        assert f"\n  {path}:\n" in words
        assert all(f"name: {one['name']}\n" in words for one in item["get"]["parameters"] if "name" in one)


@pytest.mark.parametrize("number", [0, 1, 200_000, 2**60 - 1])
def test_a_course_is_found_by_its_identifier(number: int) -> None:
    """The number of an activity can be read from its identifier, which is a real UUID of version 8."""
    identifier = ooapi.course_id(number)
    assert (ooapi.course_number(identifier), UUID(identifier).version) == (number, 8)


@pytest.mark.parametrize("identifier", ["", "7", "nil", "6c656572-6c6f-8000-9000-000000000007", str(UUID(int=7))])
def test_a_foreign_identifier_is_no_course(identifier: str) -> None:
    """An identifier that we did not make gives no number."""
    assert ooapi.course_number(identifier) is None


def test_nothing_told_is_lost() -> None:
    """Price parts with their VAT, runs, codes and exact durations are there to read back."""
    course = ooapi.course(listed(FULL, FULL_PROVIDER), BASE)
    own = course["ext"]["doorleren"]
    assert course["primaryCode"]["code"] == "LAS 1/b"
    assert own["prices"][2] == {"part": "material", "cents": 1090, "vat": "9.5"}
    assert own["duration_months"] == "4.5"
    assert own["runs"][2] == {"place": "Zwolle", "enrol_until": "2024-04-01"}
    assert own["assumed"] == []
    assert (course["validFrom"], course["validTo"]) == ("2024-01-01", "2026-01-01")  # the first day that it is over
    assert [one["value"] for one in course["description"]] == [FULL.description]


def test_what_nobody_told_says_so() -> None:
    """A bare activity has no load, price or place, and its terms name what the standard made us fill in."""
    course = ooapi.course(listed(BARE, BARE_PROVIDER), BASE)
    assert not {"studyLoad", "duration", "modeOfDelivery", "validFrom", "learningOutcomes"} & set(course)
    assert (course["level"], course["ext"]["doorleren"]["assumed"]) == ("undefined", ["level", "description"])
    assert ooapi.offerings(listed(BARE, BARE_PROVIDER)) == []


def test_an_offering_keeps_its_identifier() -> None:
    """A run that comes before, or goes, changes no identifier of the others; two runs that look alike have two."""
    run = FULL.runs[0]
    before = ooapi.offerings(listed(replace(FULL, runs=(run,)), FULL_PROVIDER))[0]["offeringId"]
    more = ooapi.offerings(
        listed(replace(FULL, runs=(replace(run, starts_on=date(2024, 1, 1)), run, run)), FULL_PROVIDER)
    )
    assert len({one["offeringId"] for one in more}) == 3
    assert before == more[1]["offeringId"]
    assert ooapi.offering_number(ooapi.course_id(7)) is ooapi.course_number(before) is None


def test_offerings_by_day() -> None:
    """Offerings come in order of days, those outside the asked days and those without a first day stay out."""
    activity = listed(FULL, FULL_PROVIDER)
    days = [(one["startDate"], one["endDate"]) for one in ooapi.offerings(activity)]
    assert days == [("2024-02-01", "2024-06-01"), ("2024-09-02", "2025-01-31")]
    assert [one["startDate"] for one in ooapi.offerings(activity, since=date(2024, 5, 1))] == ["2024-09-02"]
    assert [one["startDate"] for one in ooapi.offerings(activity, until=date(2024, 12, 1))] == ["2024-02-01"]


def test_costs_are_exact() -> None:
    """The whole price is the sum of its parts and the VAT within a part is computed in cents."""
    whole, tuition, *_ = ooapi.offerings(listed(FULL, FULL_PROVIDER))[0]["priceInformation"]
    assert whole["amount"] == "181.95"
    assert (tuition["amount"], tuition["vatAmount"], tuition["amountWithoutVat"]) == ("121.00", "21.00", "100.00")


@pytest.mark.parametrize(
    ("words", "size", "number"), [("pageSize", 11, 1), ("pageSize", 0, 1), ("pageNumber", 10, 0)]
)  # fmt: skip
def test_a_page_that_is_not_allowed(words: str, size: int, number: int) -> None:
    """A size outside the standard's list and a page below one are refused by name."""
    with pytest.raises(ValueError, match=words):
        ooapi.page([], page_size=size, page_number=number, total=0)


def test_pages_know_their_neighbours() -> None:
    """Of 21 items in pages of ten the third page is the last."""
    second, third = (ooapi.page([], page_size=10, page_number=number, total=21) for number in (2, 3))
    assert (second["hasPreviousPage"], second["hasNextPage"], second["totalPages"]) == (True, True, 3)
    assert (third["hasPreviousPage"], third["hasNextPage"]) == (True, False)


@needs_specs
def test_the_file_is_one_page(findings: Findings, tmp_path: Path) -> None:
    """The written file is a page of the standard with every course, and leaves no half file behind."""
    activities = varied()
    count = ooapi.write(iter(activities), tmp_path / "register.json", BASE)
    read = json.loads((tmp_path / "register.json").read_text("utf-8"))
    assert count == read["pageSize"] == len(read["items"]) == len(activities)
    assert (
        findings("Pagination", read)
        == [
            found
            for one in read["items"]
            for found in findings("ProgramExpanded" if "programId" in one else "CourseExpanded", one)
        ]
        == []
    )
    assert [one.name for one in tmp_path.iterdir()] == ["register.json"]
    offers = [offer for one in read["items"] for offer in one["offerings"]]
    assert len(offers) == sum(len(ooapi.offerings(one)) for one in activities) > 10
    assert [found for one in offers for found in findings("CourseOffering", one)] == []


def test_an_empty_register_is_a_file_too(tmp_path: Path) -> None:
    """No activity at all gives a whole file without items."""
    assert ooapi.write([], tmp_path / "empty.json", BASE) == 0
    assert json.loads((tmp_path / "empty.json").read_text("utf-8"))["items"] == []


def test_a_failing_source_leaves_the_old_file(tmp_path: Path) -> None:
    """When the register breaks off halfway, the file of yesterday stands."""
    path = tmp_path / "register.json"
    path.write_text("yesterday", "utf-8")

    def breaks():
        yield listed(BARE, BARE_PROVIDER)
        raise RuntimeError("the connection broke")

    with pytest.raises(RuntimeError, match="broke"):
        ooapi.write(breaks(), path, BASE)
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == ["yesterday"]


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({"level": "entree"}, "secondary vocational education 1"),
        ({"level": "hbo", "nlqf_level": 7}, "master"),
        ({"level": "wo", "route": "bachelor"}, "bachelor"),
        ({"level": "hbo"}, "undefined"),
        ({"level": "none"}, "undefined"),
    ],
)
def test_levels(change: dict[str, Any], level: str) -> None:
    """A level is told by mbo level, route or NLQF, and "hbo" alone is not guessed to be a bachelor."""
    assert ooapi.level(replace(BARE, **change)) == level
