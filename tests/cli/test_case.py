"""`doorleren case show`: a case by its number or reference, with its terms counted; what is none is said in a line."""

import json
from datetime import timedelta
from typing import Any

import pytest

from doorleren.cases.models import Case
from doorleren.cases.references import reference_of
from doorleren.cli import case as command
from doorleren.cli.program import _parser
from tests.cases import made

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    """Run the command in this process, with the database of the test."""
    return command.run(_parser().parse_args(["case", "show", *words]))


@pytest.fixture
def one() -> Case:
    """A case that was refused, with its letter sent."""
    staff, case = made.Staff(), made.a_case()
    staff.do(case, "assessed", "refused")
    staff.do(case, "dispatched", details={"of": 3}, at=made.AT + timedelta(days=1), on=made.day("3-3"))
    return case


def test_a_case_as_json(one: Case, capsys: Any) -> None:
    """Its number and its reference, however typed, give the same facts, acts, terms with steps, and what is possible."""
    told = []
    for asked in (str(one.pk), one.reference, one.reference.lower().replace("-", "")):
        assert run(asked, "--json", "--language", "en") == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1] == told[2]
    assert (told[0]["state"], told[0]["due_on"]) == ("refused", None)
    assert [row["act"] for row in told[0]["acts"]] == ["opened", "assessed", "refused", "dispatched"]
    objection = next(row for row in told[0]["terms"] if row["id"] == "objection")
    assert (objection["last"], objection["whose"]) == ("2026-04-14", "party")
    assert objection["steps"][0]["text"] == "The term begins on 4 March 2026, the day after 3 March 2026."
    assert "objection_received" in told[0]["possible"]


def test_a_case_for_a_reader(one: Case, capsys: Any) -> None:
    """Without JSON it is lines of text that name the acts, their grounds and the steps of the terms."""
    assert run(one.reference) == 0
    printed = capsys.readouterr().out
    for word in (one.reference, "afgewezen", "Awb, art. 4:25 and 4:35", "bezwaar maken: 2026-04-14", "6 weken later"):
        assert word in printed


@pytest.mark.parametrize(("asked", "code", "word"), [
    ("999999999", 1, "there is no case"), (reference_of(12345678), 1, "there is no case"), ("K7M-9QX", 2, "allowed is one"),
    ("case", 2, "or a number"),
])  # fmt: skip
def test_what_is_no_case(asked: str, code: int, word: str, capsys: Any) -> None:
    """A number that is not there and a reference with a slip in it are refused in one line that says what is allowed."""
    assert run(asked) == code
    told = capsys.readouterr().err
    assert word in told
    assert told.count("\n") == 1
