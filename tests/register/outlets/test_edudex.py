"""EDU-DEX, against the schema of a program."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from doorleren.register.entries import Run
from doorleren.register.outlets import edudex
from tests.register.outlets.catalogue import (
    BARE,
    BARE_PROVIDER,
    BASE,
    FULL,
    FULL_PROVIDER,
    ON,
    SPECS,
    listed,
    needs_specs,
    varied,
)

Findings = Callable[[Any], list[str]]


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Give what the standard has against a program."""
    document = json.loads((SPECS / "edudex-openapi.json").read_text("utf-8"))
    registry: Registry[Any] = Registry().with_resource("urn:edudex", Resource(document, DRAFT202012))
    schema = {"$ref": "urn:edudex#/components/schemas/imports/properties/program_in"}
    checker = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    return lambda value: [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(value)]


@needs_specs
def test_every_program_is_valid(findings: Findings) -> None:
    """Whatever is told or not, the program keeps to the standard's schema, formats included."""
    for one in varied():
        assert findings(edudex.program(one, BASE, ON)) == []


@needs_specs
def test_the_validator_is_awake(findings: Findings) -> None:
    """A word that the standard does not know and a day that is none are found out."""
    program = edudex.program(listed(FULL, FULL_PROVIDER), BASE, ON)
    program["programClassification"]["degree"] = "very good"
    program["expires"] = "tomorrow"
    assert len(findings(program)) == 2


@needs_specs
def test_the_file_is_a_list_of_programs(findings: Findings, tmp_path: Path) -> None:
    """The written file holds every program, each valid."""
    count = edudex.write(iter(varied()), tmp_path / "programs.json", BASE, ON)
    read = json.loads((tmp_path / "programs.json").read_text("utf-8"))
    assert count == len(read) == len(varied())
    assert [found for one in read for found in findings(one)] == []


def decoded(code: str) -> str:
    """Read a code back as the docstring of `coded` tells a reader to."""
    return re.sub("{([0-9a-f]+)}", lambda found: bytes.fromhex(found[1]).decode(), code)


def test_nothing_told_is_lost() -> None:
    """Codes, price parts, long texts, days and the register's own terms can be read back."""
    program = edudex.program(listed(FULL, FULL_PROVIDER), BASE, ON)
    classified, own = program["programClassification"], program["programFree"]["doorleren"]
    assert decoded(classified["programId"]) == "LAS 1/b"
    assert decoded(classified["orgUnitId"]) == "Roc-Midden/7"
    texts = [(one["subject"], one["descriptionText"]["nl"]) for one in program["programDescriptions"]["subjectText"]]
    assert texts == [
        ("objectives", "U kunt een plaat lassen."),
        ("objectives", "U werkt veilig."),
        ("admission", "Een basisdiploma."),
        ("graduation", "Mbo-certificaat Lassen"),
    ]
    assert [one["amount"] for one in program["programSchedule"]["genericProgramRun"]["cost"]] == [
        "121.00",
        "50.05",
        "10.90",
        "0.00",
    ]
    assert own["prices"][2]["vat"] == "9.5"
    assert (own["kind"], own["certificate_value"], own["provider_entry"]["kvk"]) == (
        "course",
        "mbo_certificate",
        "12345678",
    )


def test_a_long_description_stands_whole_and_escaped() -> None:
    """What is beyond the limit of plain text is cut there, and stands whole as HTML that holds no markup of a provider."""
    long = "<script>alert('x')</script> & meer\n" * 60
    entry = replace(BARE, description=long)
    program = edudex.program(listed(entry, BARE_PROVIDER), BASE, ON)
    told = program["programDescriptions"]
    assert len(told["programDescriptionText"]["nl"]) <= 1200
    assert "<script" not in told["programDescriptionHtml"]["nl"]
    assert unescape(told["programDescriptionHtml"]["nl"].replace("<br>", "")) == long
    assert program["programFree"]["doorleren"]["description"] == long


def test_what_nobody_told_says_so() -> None:
    """A bare activity has the standard's own words for nothing, and its terms name each value that was filled in."""
    program = edudex.program(listed(BARE, BARE_PROVIDER), BASE, ON)
    classified = program["programClassification"]
    assert (classified["degree"], classified["programLevel"], classified["programForm"]) == ("", "none", [])
    assert classified["programDuration"] == {"days": 0}
    assumed = program["programFree"]["doorleren"]["assumed"]
    assert {"programClassification.programDuration", "programClassification.degree"} <= set(assumed)
    assert "programSchedule" in program
    assert program["programSchedule"] == {}


def test_all_told_leaves_only_what_the_register_never_asks() -> None:
    """Of the fullest activity only the two facts that the register does not know are filled in."""
    assert edudex.program(listed(FULL, FULL_PROVIDER), BASE, ON)["programFree"]["doorleren"]["assumed"] == [
        "programAdmission.applicationType",
        "programAdmission.paymentDue",
    ]


@pytest.mark.parametrize(
    ("run", "status", "is_open"),
    [
        (Run(date(2024, 9, 1)), "application opened", True),
        (Run(date(2024, 4, 1)), "application closed", False),
        (Run(date(2024, 9, 1), enrol_from=date(2024, 5, 2)), "application closed", False),
        (Run(date(2024, 9, 1), enrol_until=ON), "application opened", True),
        (Run(date(2024, 9, 1), enrol_until=date(2024, 4, 30)), "application closed", False),
    ],
)
def test_applications_on_a_day(run: Run, status: str, is_open: bool) -> None:
    """A run is open within its period of enrolment, whose last day counts, and until it starts where no period is told."""
    program = edudex.program(listed(replace(BARE, runs=(run,)), BARE_PROVIDER), BASE, ON)
    assert program["programSchedule"]["programRun"][0]["status"] == status
    assert program["programAdmission"]["applicationOpen"] is is_open


def test_an_end_that_nobody_told_is_an_estimate() -> None:
    """A last day that was not told is marked as not final."""
    program = edudex.program(listed(replace(BARE, runs=(Run(date(2024, 9, 1)),)), BARE_PROVIDER), BASE, ON)
    assert program["programSchedule"]["programRun"][0]["endDate"] == {"date": "2024-09-01", "isFinal": False}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=6))
def test_codes_can_be_read_back(code: str) -> None:
    """A code of any signs that fits in the standard's length comes back as it was."""
    written = edudex.coded(code, "-a-z0-9")
    assert re.fullmatch("[-a-z0-9{}]{1,64}", written)
    assert decoded(written) == code


def test_a_code_that_does_not_fit_has_a_number() -> None:
    """Codes too long for the standard stay apart and keep the same number; only the register's own terms tell them."""
    first, second = (edudex.coded("A" * 40 + last, "-a-z0-9") for last in "bc")
    assert first != second
    assert first == edudex.coded("A" * 40 + "b", "-a-z0-9")
    assert len(first) == 36
