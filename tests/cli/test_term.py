"""`doorleren term`: a term with its calculation, in words and as JSON, and what it says of bad input."""

import json

import pytest

from doorleren.cli.program import main
from doorleren.core.days import read_day


def test_a_term_is_shown_with_its_steps(capsys):
    """The last day stands there, with the holiday that moved it and the articles."""
    assert main(["term", "2026-11-13", "objection"]) == 0
    said = capsys.readouterr().out
    assert "laatste dag: 2026-12-28" in said
    assert "Eerste kerstdag" in said
    assert "art. 6:7" in said


def test_as_json_it_holds_the_same(capsys):
    """The JSON has the days and the steps, in the language that was asked for."""
    assert main(["term", "2026-11-13", "objection", "--json", "--language", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["first"], told["last"]) == ("2026-11-14", "2026-12-28")
    assert read_day(told["steps"][-1]["day"]) == read_day(told["last"])
    assert told["steps"][0]["text"].startswith("The term begins")


def test_standing_still_and_an_extension_count(capsys):
    """Days that the term stood still are added, and so is the extension."""
    asked = [
        "term",
        "2026-01-05",
        "objection-decision",
        "--extended",
        "--suspended",
        "2026-01-06..2026-01-13",
        "--json",
    ]
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["last"] == "2026-04-07"  # 12 weeks and 7 days, then Easter Monday


def test_the_kinds_are_listed(capsys):
    """`doorleren term list` names every kind."""
    assert main(["term", "list"]) == 0
    assert "objection: bezwaar maken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["22-11-2026", "objection"], "DAY: given is '22-11-2026'"),
        (["2026-11-22", "forever"], "kind: given is 'forever', allowed are: leave-out"),
        (["2026-11-22"], "kind: given is ''"),
        (["2026-11-22", "decision", "--suspended", "2026-11-23"], "--suspended: given is '2026-11-23'"),
    ],
    ids=["day", "kind", "no-kind", "suspended"],
)
def test_bad_input_names_the_field(capsys, given, said):
    """One line on standard error says what was given and what is allowed, with exit code 2."""
    assert main(["term", *given]) == 2
    assert said in capsys.readouterr().err
