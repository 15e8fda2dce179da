"""`doorleren audit`: the chain is checked and written out, and old views go, as somebody types it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import Party, digest
from doorleren.audit.models import Act, View
from doorleren.audit.viewing import kept_days, note_views
from doorleren.cli import audit
from doorleren.cli.program import WITH_THE_SITE, _parser
from doorleren.core.days import day_of
from tests.audit.test_acts import tamper, three

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test, without checkpoints."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))


def run(*words: str) -> int:
    """Runs a command in this process, with the database of the test."""
    return audit.run(_parser().parse_args(["audit", *words]))


def test_a_whole_chain_is_said_to_be_whole(capsys: Any) -> None:
    """Exit code 0 and the number of acts, in words and as JSON."""
    last = three()[-1]
    assert run("verify") == 0
    assert (
        capsys.readouterr().out
        == f"The chain is whole: {Act.objects.count()} acts, as 0 checkpoints outside the database have it\n"
    )
    assert run("verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "acts": Act.objects.count(), "whole": True, "whole_until": last.pk, "broken_at": None, "wrong": None, "checkpoints": 0,
        "destroyed": 0,
    }  # fmt: skip


def test_a_broken_chain_is_told_with_its_place(capsys: Any) -> None:
    """Exit code 1 and the act at which it is broken, in words and as JSON."""
    first, second, _third = three()
    tamper(f"UPDATE audit_act SET act = 'x' WHERE id = {second.pk}")
    assert run("verify") == 1
    assert f"broken at act {second.pk}: its content was changed" in capsys.readouterr().out
    assert run("verify", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["whole_until"], told["broken_at"], told["wrong"]) == (
        False,
        first.pk,
        second.pk,
        "content",
    )


def test_the_export_can_be_checked_without_us(capsys: Any, tmp_path: Path) -> None:
    """Each line holds an act from which its hash follows, oldest first, to a file and to standard output alike."""
    three()
    path = tmp_path / "acts.jsonl"
    assert run("export", str(path)) == 0
    assert f"{Act.objects.count()} acts written" in capsys.readouterr().err
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [one["id"] for one in lines] == list(Act.objects.order_by("id").values_list("pk", flat=True))
    before = ""
    for one in lines:
        assert one["previous"] == before
        before = one["hash"]
        assert digest(Act(**{**one, "at": datetime.fromisoformat(one["at"])})) == before
        assert one["at"].endswith("+00:00")
    assert run("export") == 0
    assert capsys.readouterr().out == path.read_text("utf-8")


def test_old_views_are_swept(capsys: Any) -> None:
    """What was kept long enough goes, what is fresh stays."""
    now = datetime.now(UTC)
    for age in (0, kept_days(day_of(now)) + 1):
        note_views([Party("prices", "1")], by=Party("person", "1"), page="x", at=now - timedelta(days=age))
    before = View.objects.count()
    assert run("sweep") == 0
    assert "views were kept long enough" in capsys.readouterr().out
    assert View.objects.count() < before
    assert View.objects.filter(at=now).exists()


def test_it_starts_the_database_where_it_does_not_run() -> None:
    """The command is among those for which the site is opened."""
    assert "audit" in WITH_THE_SITE
