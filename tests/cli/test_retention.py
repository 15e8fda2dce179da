"""`doorleren retention`: what is due on a day, destroying it, and how much goes by rule alone, before and after."""

import json
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.cases.models import Case
from doorleren.cli import retention as command
from doorleren.cli.program import _parser
from doorleren.core.days import NotAMoment
from tests.cases import made
from tests.cli.test_contract import faults
from tests.payments import rows as accounts

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    """Run the command in this process, with the database of the test."""
    return command.run(_parser().parse_args(["retention", *words]))


@pytest.fixture
def case() -> Case:
    """A case of the general act, closed on 2 March 2026 and so kept until 2 March 2033."""
    staff, one = made.Staff(), made.a_case(made.version("awb"))
    staff.do(one, "assessed", "refused", "closed")
    return one


def test_what_is_due_on_a_day(case: Case, capsys: Any) -> None:
    """The day after the last day it is named with its term and source, before that not; in words and as JSON."""
    assert run("list", "--on", "2033-03-02", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == []
    assert run("list", "--on", "2033-03-03", "--json") == 0
    (told,) = [one for one in json.loads(capsys.readouterr().out)["due"] if one["kind"] == "case"]
    assert (told["number"], told["began_on"], told["kept_until"]) == (case.pk, "2026-03-02", "2033-03-02")
    assert (told["term"], told["source"][:14]) == ("retention-yearly", "Awb, art. 4:69")
    run("list", "--on", "2033-03-03")
    assert "1 cases" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["released", "unsubmitted", "accounts", "payments"])
def test_destroying_reports(what: str, settings: Any, tmp_path: Any, capsys: Any) -> None:
    """Where nothing is due the report says 0."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path, b"s" * 32
    assert run("destroy", what, "--json") == 0
    assert json.loads(capsys.readouterr().out)["destroyed"] == 0
    run("destroy", what)
    assert f"Destroyed: 0 ({what})" in capsys.readouterr().out


def test_bank_accounts_are_listed_and_destroyed(settings: Any, tmp_path: Any, capsys: Any) -> None:
    """One that was given long ago, of somebody without a case, is named beforehand with its term, and counted when it went."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path, b"s" * 32
    old = accounts.of_long_ago()
    assert run("list", "--on", "2026-05-01", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)["due"]
    assert (told["kind"], told["number"], told["term"]) == ("payee_account", old.pk, "retention-payments")
    run("list", "--on", "2026-05-01")
    assert (
        "1 bank accounts, 0 files for the bank, 0 closed entries of the bank, refused rows of 0 bundles"
        in capsys.readouterr().out
    )
    assert run("destroy", "payments", "--json") == 0
    assert json.loads(capsys.readouterr().out)["destroyed"] == 1
    old.refresh_from_db()
    assert old.sealed == ""


def test_how_much_goes_and_went_by_rule(settings: Any, tmp_path: Any, capsys: Any) -> None:
    """An account that is due is counted ahead on the first day, and in the report once it went; both also in words, and where there is nothing."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path, b"s" * 32

    def asked(*words: str) -> Any:
        assert run(*words, "--json") == 0
        return fitting(capsys)

    assert (asked("ahead")["days"], asked("report")["days"]) == ([], [])
    old = accounts.of_long_ago()
    told = asked("ahead", "--on", "2026-05-01")
    assert (told["until"], told["days"]) == ("2026-05-31", [{"on": "2026-05-01", "kind": "payee_account", "count": 1}])
    assert {one["kind"]: (one["length"], one["unit"]) for one in told["kinds"]}["payee_account"] == (7, "years")
    run("ahead")
    assert "1 payee_account" in capsys.readouterr().out
    asked("list")
    assert asked("destroy", "payments")["destroyed"] == 1
    (told,) = asked("report")["days"]
    act = Act.objects.get(act="destroyed", subject_id=str(old.pk)).pk
    assert (told["kind"], told["count"], told["first_act"], told["last_act"]) == ("payee_account", 1, act, act)
    run("report")
    assert "1 payee_account" in capsys.readouterr().out
    run("ahead")
    assert capsys.readouterr().out.endswith("nothing\n")


def fitting(capsys: Any) -> Any:
    """Read what was printed, which fits the published schema."""
    told = json.loads(capsys.readouterr().out)
    assert faults("retention", told) == []
    return told


def test_a_day_that_is_none() -> None:
    """A day that cannot be read is refused."""
    with pytest.raises(NotAMoment):
        run("list", "--on", "gisteren")
    with pytest.raises(NotAMoment):
        run("report", "--on", "gisteren")
