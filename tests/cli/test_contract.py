"""What the commands print keeps to the contract: names, words and the published JSON Schemas."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from doorleren.cli.cases import cases_of
from doorleren.core.days import Asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.library import open_library
from doorleren.rules.profile import Profile, plain, read_json, read_profile
from tests.cli.conftest import Run
from tests.cli.profile_schema import profile_schema, written

FOLDER = Path(__file__).parents[2] / "docs" / "contract"
LIBRARY = open_library()
DAYS = [
    "2014-06-01",
    "2019-03-01",
    "2020-08-15",
    "2021-06-01",
    "2022-03-01",
    "2023-03-17T10:00",
    "2024-03-01",
    "2025-03-10",
    "2030-01-01",
]


def schema_of(name: str) -> Draft202012Validator:
    """Give the validator of a published schema."""
    return Draft202012Validator(
        json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8")), format_checker=FormatChecker()
    )


def faults(name: str, content: Any) -> list[str]:
    """Say where content does not fit a schema."""
    return [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"
        for fault in schema_of(name).iter_errors(content)
    ]


def as_json(profile: Profile) -> dict[str, dict[str, Any]]:
    """Write a profile as the JSON object it was read from."""
    content: dict[str, dict[str, Any]] = {}
    for name, value in profile.items():
        table, _, short = name.partition(".")
        content.setdefault(table, {})[short] = plain(LIBRARY.vocabulary.facts[name], value)
    return content


SCHEMAS = sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_strict(name: str) -> None:
    """Each published schema is valid (draft 2020-12), and no object in it allows a name that it does not know."""
    content = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(content)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [one for one in objects(content) if "additionalProperties" not in one] == []


def objects(part: Any) -> list[dict[str, Any]]:
    """Give the objects that a schema describes."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    found = [one for value in inner for one in objects(value)]
    return [part, *found] if isinstance(part, dict) and "properties" in part and "type" in part else found


def test_there_is_a_schema_of_everything() -> None:
    """The profile and the output of each command with --json have a schema."""
    assert SCHEMAS == ["audit", "check", "figures", "plan", "profile", "receipt", "retention", "schemes"]


def test_the_schema_of_a_profile_is_the_vocabulary() -> None:
    """The published schema of a profile is what the vocabulary makes of it (`python -m tests.cli.profile_schema`)."""
    assert (FOLDER / "profile.schema.json").read_text("utf-8") == written(profile_schema(LIBRARY.vocabulary))


@pytest.mark.parametrize("scheme", list(LIBRARY.places))
def test_answers_fit_the_schema(scheme: str) -> None:
    """The answer to each worked example fits the schema of check, in both languages, and its profile that of a profile."""
    for case in cases_of(LIBRARY, scheme):
        for language in ("nl", "en"):
            answer = answer_as_dict(check(LIBRARY, case.profile, case.asked, [scheme]), LIBRARY.vocabulary, language)
            assert faults("check", answer) == []
        content = as_json(case.profile)
        assert faults("profile", content) == []
        assert read_profile(read_json(json.dumps(content)), LIBRARY.vocabulary) == case.profile


@pytest.mark.parametrize("on", DAYS)
def test_the_commands_fit_their_schemas(on: str, run: Run, profile_file: Callable[[Any], Path]) -> None:
    """`check`, `plan` and `schemes` with --json print what their schemas say, for an empty and a filled profile."""
    filled = {
        "person": {"birth_date": "1985-04-01", "work_status": "employee"},
        "training": {"price": 800, "kind": "course"},
    }
    for content in ({"training": {"price": "0"}}, filled):
        path = profile_file(content)
        checked = run("check", path, "--on", on, "--json")
        assert (checked.code, checked.err, faults("check", checked.json())) == (0, "", [])
        planned = run("plan", path, "--on", on, "--json", "--language", "en")
        assert (planned.code, planned.err, faults("plan", planned.json())) == (0, "", [])
    for extra in ((), ("--coverage",)):
        listed = run("schemes", "--on", on, "--json", *extra)
        assert (listed.code, faults("schemes", listed.json())) == (0, [])
        assert all(("coverage" in one) == bool(extra) for one in listed.json())


def test_figures_fit_their_schema(run: Run) -> None:
    """`figures --json` prints all relations as its schema says."""
    ran = run("figures", "--json")
    assert (ran.code, faults("figures", ran.json())) == (0, [])
    assert [one["relation"] for one in ran.json()] == [f"K{number:02d}" for number in range(1, 36)]


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        ({}, True),
        ({"person": None, "training": {"price": None}}, True),
        ({"training": {"price": "699.95", "kind": "n/a"}}, True),
        ({"training": {"price": "699.955"}}, False),
        ({"training": {"price": -1}}, False),
        ({"training": {"kind": "kourse"}}, False),
        ({"person": {"birthday": "1985-04-01"}}, False),
        ({"person": {"birth_date": "1985-02-30"}}, False),
        ({"planet": {}}, False),
        ([], False),
    ],
)
def test_the_schema_of_a_profile_says_what_the_reader_says(
    content: Any, fits: bool, run: Run, profile_file: Callable[[Any], Path]
) -> None:
    """What the schema allows is read, and what it refuses is refused."""
    assert (faults("profile", content) == []) == fits
    assert run("check", profile_file(content), "--on", "2022-03-01").code == (0 if fits else 2)


def test_schemes_lists_what_is_in_force_on_a_day(run: Run) -> None:
    """With --on the overview has the versions in force on the day, without it every scheme once."""
    on = date(2022, 3, 1)
    listed = run("schemes", "--on", str(on), "--json").json()
    assert [(one["scheme"], one["version"]) for one in listed] == [
        (one.version.id, one.version.version) for one in LIBRARY.in_force(on)
    ]
    assert [one["scheme"] for one in run("schemes", "--json").json()] == list(LIBRARY.places)


def test_coverage_lists_every_condition(run: Run) -> None:
    """The coverage names each condition once, with an expression or the reason why there is none, and adds up."""
    for one in run("schemes", "--json", "--coverage").json():
        assert len(one["coverage"]) == one["conditions"]
        assert sum(condition["when"] is not None for condition in one["coverage"]) == one["computable"]
        assert all((condition["when"] is None) == (condition["why"] is not None) for condition in one["coverage"])


@pytest.mark.parametrize("scheme", list(LIBRARY.places))
def test_a_scheme_is_told_in_words(scheme: str, run: Run) -> None:
    """`scheme ID` names every condition, round, source and the hash of the version, in force or not."""
    for version in LIBRARY.scheme(scheme).versions:
        told = run("scheme", scheme, "--on", str(version.starts))
        assert (told.code, told.err) == (0, "")
        wanted = [one.says("nl") for one in version.conditions()] + [one.id for one in version.rounds]
        wanted += [one.cite for one in version.sources.values()] + [version.digest, version.version]
        assert [words for words in wanted if words not in told.out] == []
    assert "Not in force on 1999-01-01" in run("scheme", scheme, "--on", "1999-01-01").out


def test_cases_run_and_count(run: Run) -> None:
    """`cases` runs all worked examples, none disagrees, and the number is told."""
    ran = run("cases")
    count = sum(len(cases_of(LIBRARY, scheme)) for scheme in LIBRARY.places)
    assert (ran.code, ran.out.strip()) == (0, f"{count} cases of {len(LIBRARY.places)} schemes, 0 disagree")


def test_a_scheme_is_answered_alone_even_if_not_in_force(run: Run, profile_file: Callable[[Any], Path]) -> None:
    """A named scheme is answered on a day without it, with the one reason in_force; unnamed it is left out."""
    path = profile_file({})
    named = run("check", path, "--on", "2019-01-01", "--scheme", "stap-budget", "--json").json()
    assert [
        (one["scheme"], one["verdict"], [reason["condition"] for reason in one["reasons"]]) for one in named["verdicts"]
    ] == [("stap-budget", "not_eligible", ["in_force"])]
    assert named["next_question"] is None
    assert faults("check", named) == []
    assert "stap-budget" not in [
        one["scheme"] for one in run("check", path, "--on", "2019-01-01", "--json").json()["verdicts"]
    ]


def test_each_scheme_is_answered_once(run: Run, profile_file: Callable[[Any], Path]) -> None:
    """Without --scheme the answer has exactly the schemes in force on the day."""
    answer = run("check", profile_file({}), "--on", "2020-08-15", "--json").json()
    assert sorted(one["scheme"] for one in answer["verdicts"]) == [
        one.version.id for one in LIBRARY.in_force(date(2020, 8, 15))
    ]
    assert answer["on"] == "2020-08-15"


def test_words_are_printed_without_json(run: Run, profile_file: Callable[[Any], Path]) -> None:
    """Without --json each command prints lines for a reader, in the language asked for."""
    path = profile_file({"training": {"price": 500}})
    dutch, english = (
        run("check", path, "--on", "2022-03-01", "--scheme", "stap-budget", "--language", one).out
        for one in ("nl", "en")
    )
    assert "UNKNOWN" in dutch
    assert "stap-budget" in dutch
    assert dutch != english
    assert "EUR 500.00" in run("plan", path, "--on", "2022-03-01").out


def test_the_program_reads_standard_input() -> None:
    """`python -m doorleren check -` reads the profile from standard input, with money exact to the cent."""
    ran = subprocess.run(
        [sys.executable, "-m", "doorleren", "check", "-", "--on", "2022-03-01", "--scheme", "stap-budget", "--json"],
        input=b'{"training": {"price": 699.95}}', capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    receipt = json.loads(ran.stdout)["verdicts"][0]["receipt"]
    assert Decimal(receipt["facts"]["training.price"]) == Decimal("699.95")


def test_the_program_leaves_with_code_2_and_one_line() -> None:
    """The program itself, not only the function, ends with code 2 and one line for bad input."""
    ran = subprocess.run([sys.executable, "-m", "doorleren", "check", "-"], input=b"", capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)


def test_a_reader_that_stops_reading_is_no_fault() -> None:
    """When the reader of the output goes away (`| head`), the program ends without a complaint."""
    ran = subprocess.run(
        f"{sys.executable} -m doorleren schemes --json --coverage | head -1",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == (b"[\n", b"")


def test_asking_again_gives_the_same_answer() -> None:
    """The answer depends on nothing but the profile, the day and the files."""
    first, second = (
        answer_as_dict(check(open_library(), {}, Asked(date(2022, 3, 1))), LIBRARY.vocabulary) for _ in range(2)
    )
    assert first == second
