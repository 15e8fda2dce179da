"""`doorleren payments`: propose, release, write the file, read in the answer, as somebody types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.cli import payments
from doorleren.cli.program import WITH_THE_SITE, _parser
from doorleren.core.days import day_of
from doorleren.people.national_number import new_keys
from tests.applications.made import a_round
from tests.decisions import made
from tests.payments.paying import PAID, Scene, a_scene, status


@pytest.fixture
def scene(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A granted case, and the clock on the day of payment."""
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_OUTBOX = new_keys(), tmp_path
    known = made.library(tmp_path)
    monkeypatch.setattr(payments, "now", lambda: PAID)
    monkeypatch.setattr(payments, "today", lambda: day_of(PAID))
    return a_scene(known, a_round(known, opened=True), 1)


def run(*words: object) -> int:
    """Runs a command in this process, with the database of the test."""
    return payments.run(_parser().parse_args(["payments", *map(str, words)]))


def test_from_proposal_to_answer(scene: Scene, tmp_path: Path, capsys: Any) -> None:
    """One proposes, another releases, the file is written and handed over, the answer is read in once; who was vouched for is in the record."""
    first, second = scene.staff["paymaster"].pk, scene.staff["other"].pk
    assert run("propose", "--as", first, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lines"], told["euros"], told["not_on_it"]) == (1, "699.95", {})
    assert told["pay_on"] == "2026-03-16", "the first day after Sunday on which banks pay"
    assert run("release", told["run"], "--as", first) == 1
    assert "somebody else has to" in capsys.readouterr().err
    assert run("release", told["run"], "--as", second) == 0
    assert "ordered: 1\neuros: 699.95\nleft out: none" in capsys.readouterr().out
    file = tmp_path / "out.xml"
    assert run("file", told["run"], "--as", first, "--output", file) == 0
    assert run("file", told["run"], "--as", first, "--hand", file) == 0
    file.write_bytes(file.read_bytes().replace(b"699.95", b"699.96"))
    capsys.readouterr()
    assert run("file", told["run"], "--as", first, "--hand", file) == 1
    assert "not the one that was released" in capsys.readouterr().err
    from doorleren.payments.models import PaymentLine

    vouched = Act.objects.filter(act="vouched_for", actor_kind="site").order_by("pk")
    assert [(one.subject_id, one.details["command"]) for one in vouched][:3] == [
        (str(first), "payments-propose"), (str(first), "payments-release"), (str(second), "payments-release"),
    ]  # fmt: skip
    file.write_bytes(status(list(PaymentLine.objects.all()), "ACSC"))
    for new in (True, False):
        assert run("import", file, "--as", second, "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["new"], answer["outcomes"]) == (new, {"matched": 1})


WRONG = {
    "official": (["propose", "--as", "nobody-at-all"], "--as"),
    "no_paymaster": (["propose", "--as", "{assessor}"], "--body"),
    "body": (["propose", "--as", "{paymaster}", "--body", "elsewhere"], "--body"),
    "day": (["propose", "--as", "{paymaster}", "--on", "tomorrow"], "--on"),
    "case": (["propose", "--as", "{paymaster}", "--accept", "XXX-XXXX"], "--accept"),
    "run": (["release", "first", "--as", "{paymaster}"], "RUN"),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_input(name: str, scene: Scene, capsys: Any) -> None:
    """Exit code 2 and one line that names the argument, what was given and what is allowed."""
    words, named = WRONG[name]
    told = [word.format(**{role: one.pk for role, one in scene.staff.items()}) for word in words]
    assert run(*told) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert f"{named}: given is" in line
    assert "allowed" in line


def test_a_run_that_is_not_there(scene: Scene, capsys: Any) -> None:
    """Exit code 1 for a run that does not exist."""
    assert run("release", 999999, "--as", scene.staff["other"].pk) == 1
    assert "there is no payment run 999999" in capsys.readouterr().err


def test_the_database_is_started_for_it() -> None:
    """The command is one that reads the database."""
    assert "payments" in WITH_THE_SITE
