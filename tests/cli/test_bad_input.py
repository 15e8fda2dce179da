"""Bad input: exit code 2, nothing on standard output, and one clear line that names the fact, what was given and what is allowed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

PROFILES: dict[str, tuple[bytes, list[str]]] = {
    "no JSON": (b"{person: 1}", ["profile", "JSON object"]),
    "cut off": (b'{"person": {', ["profile", "JSON object"]),
    "empty file": (b"", ["profile", "JSON object"]),
    "no text": (b"\xff\xfe\x00", ["profile", "JSON object"]),
    "a list": (b"[]", ["profile", "list", "JSON object"]),
    "a number": (b"5", ["profile", "int", "JSON object"]),
    "null": (b"null", ["profile", "NoneType", "JSON object"]),
    "nested without end": (b'{"a":' * 100_000, ["profile", "JSON object"]),
    "unknown table": (b'{"planet": {"mass": 3}}', ["planet", "person, training, employer"]),
    "unknown fact": (b'{"person": {"birthday": "1985-04-01"}}', ["person.birthday", "'1985-04-01'", "did you mean person.birth_date"]),
    "table that is none": (b'{"person": 5}', ["person", "5", "a table of facts"]),
    "a value in a list of tables": (b'{"person": [{"birth_date": "1985-04-01"}]}', ["person", "a table of facts"]),
    "enum typo": (b'{"training": {"kind": "kourse"}}', ["training.kind", "'kourse'", "course, module, programme"]),
    "enum in capitals": (b'{"training": {"kind": "Course"}}', ["training.kind", "'Course'", "course"]),
    "enum as a list": (b'{"training": {"kind": ["course"]}}', ["training.kind", "course"]),
    "three decimals": (b'{"training": {"price": 699.955}}', ["training.price", "699.955", "at most 2 decimals"]),
    "three decimals in a text": (b'{"training": {"price": "699.955"}}', ["training.price", "'699.955'", "at most 2 decimals"]),
    "negative money": (b'{"training": {"price": -1}}', ["training.price", "-1", "zero or more"]),
    "negative number": (b'{"person": {"insured_months": -6}}', ["person.insured_months", "-6", "zero or more"]),
    "half a number": (b'{"person": {"insured_months": 6.5}}', ["person.insured_months", "6.5", "a whole number"]),
    "too large": (b'{"training": {"price": 1e13}}', ["training.price", "1000000000000"]),
    "too large to count": (b'{"training": {"price": 1e999999999}}', ["training.price", "1000000000000"]),
    "too many digits": (b'{"training": {"price": ' + b"9" * 5000 + b"}}", ["profile", "JSON object"]),
    "NaN": (b'{"training": {"price": NaN}}', ["NaN", "numbers that exist"]),
    "infinity": (b'{"training": {"price": -Infinity}}', ["-Infinity", "numbers that exist"]),
    "NaN as text": (b'{"training": {"price": "NaN"}}', ["training.price", "'NaN'", "a number"]),
    "comma for a point": (b'{"training": {"price": "699,95"}}', ["training.price", "'699,95'", "699.95"]),
    "a truth for money": (b'{"training": {"price": true}}', ["training.price", "True", "a number"]),
    "a text for a truth": (b'{"training": {"recognised": "yes"}}', ["training.recognised", "'yes'", "true, false"]),
    "a number for a truth": (b'{"training": {"recognised": 1}}', ["training.recognised", "1", "true, false"]),
    "a day that is not there": (b'{"person": {"birth_date": "1985-02-29"}}', ["person.birth_date", "'1985-02-29'", "YYYY-MM-DD"]),
    "a day in another form": (b'{"person": {"birth_date": "01-04-1985"}}', ["person.birth_date", "'01-04-1985'", "YYYY-MM-DD"]),
    "a week for a day": (b'{"person": {"birth_date": "1985-W14-1"}}', ["person.birth_date", "'1985-W14-1'", "YYYY-MM-DD"]),
    "a year for a day": (b'{"person": {"birth_date": 1985}}', ["person.birth_date", "1985", "YYYY-MM-DD"]),
    "a text for a set": (b'{"provider": {"recognition": "ocw"}}', ["provider.recognition", "'ocw'", "a list of ocw"]),
    "a member that is not there": (b'{"provider": {"recognition": ["ocw", "iso"]}}', ["provider.recognition", "'iso'", "a list of ocw"]),
    "a fact named twice": (b'{"training": {"price": 1, "price": 2}}', ["price", "named twice", "each name once"]),
    "a table named twice": (b'{"training": {}, "training": {}}', ["training", "named twice", "each name once"]),
    "an empty code": (b'{"person": {"region": ""}}', ["person.region", "''"]),
}  # fmt: skip


@pytest.mark.parametrize("command", ["check", "plan"])
@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_that_does_not_fit_is_refused(
    name: str, command: str, run: Run, profile_file: Callable[[Any], Path]
) -> None:
    """Each fault in a profile is told in one line with its fact, what was given and what is allowed, and code 2."""
    content, words = PROFILES[name]
    ran = run(command, profile_file(content), "--on", "2022-03-01", "--json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("doorleren: ")
    assert len(ran.err) < 2000
    assert [word for word in words if word not in ran.err] == []


@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_file_that_is_not_there(command: str, run: Run, tmp_path: Path) -> None:
    """A file that is absent, or a folder, is named with what is wrong with it."""
    for path in (tmp_path / "absent.json", tmp_path):
        ran = run(command, path)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert str(path) in ran.err


@pytest.mark.parametrize(
    "on", ["yesterday", "2022-02-30", "01-03-2022", "2022-03", "2022-03-01T25:00", "", "0001-01-01"]
)
@pytest.mark.parametrize(
    "command", [("check", "PROFILE"), ("plan", "PROFILE"), ("schemes",), ("scheme", "stap-budget")]
)
def test_a_day_that_is_none(command: tuple[str, ...], on: str, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """What is no day or moment for --on is told with what was given."""
    path = profile_file({"training": {"price": 500}})
    ran = run(*(str(path) if word == "PROFILE" else word for word in command), "--on", on)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert repr(on) in ran.err or on in ran.err


@pytest.mark.parametrize("command", [("check", "PROFILE", "--scheme"), ("scheme",), ("cases", "--scheme")])
def test_a_scheme_that_does_not_exist(command: tuple[str, ...], run: Run, profile_file: Callable[[Any], Path]) -> None:
    """The id of no scheme is told with the nearest ids."""
    path = profile_file({})
    ran = run(*(str(path) if word == "PROFILE" else word for word in command), "stap-budgt")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "'stap-budgt'" in ran.err
    assert "stap-budget" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("check",),
        ("check", "a.json", "b.json"),
        ("check", "--jsn", "a.json"),
        ("check", "a.json", "--language", "fr"),
    ],
)
def test_arguments_that_do_not_fit(arguments: tuple[str, ...], run: Run) -> None:
    """Arguments that do not fit get the usage and code 2."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: doorleren" in ran.err


def test_a_plan_needs_a_price(run: Run, profile_file: Callable[[Any], Path]) -> None:
    """A plan without a known price names the fact that is missing."""
    ran = run("plan", profile_file({}), "--json")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "training.price" in ran.err
