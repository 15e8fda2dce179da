"""`doorleren audit`: the chain is checked and written out, and old views go, as somebody types it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.acts import SITE, Party, digest
from doorleren.audit.checkpoints import FILE, keep_checkpoint
from doorleren.audit.models import Act, View
from doorleren.audit.viewing import kept_days, note_views
from doorleren.cli import audit
from doorleren.cli.program import WITH_THE_SITE, _parser
from doorleren.core.days import day_of
from doorleren.people.file_keys import destroy_key
from tests.audit.test_acts import tamper, three
from tests.cli.test_contract import faults

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
        "destroyed": 0, "destroyed_under": [],
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


def exported(folder: Path) -> tuple[Path, Path]:
    """Write the record out with its checkpoints, as who carries both elsewhere does."""
    keep_checkpoint(folder / "kept", at=datetime.now(UTC))
    path = folder / "acts.jsonl"
    assert run("export", str(path)) == 0
    return path, folder / "kept" / FILE


def test_an_export_is_verified_against_checkpoints(capsys: Any, tmp_path: Path) -> None:
    """Whole it is said to be whole, by as many checkpoints; tampered with, by its writing or its end, the act is named with exit code 1."""
    acts = three()
    path, kept = exported(tmp_path)
    capsys.readouterr()
    assert run("verify", str(path), "--checkpoints", str(kept)) == 0
    assert capsys.readouterr().out == f"The export is whole: {Act.objects.count()} acts, as 1 checkpoints have it\n"
    whole = path.read_bytes()
    before, last = Act.objects.filter(pk__lt=acts[0].pk).count(), acts[-1].pk
    for forged, act, wrong in (
        (whole.replace(b'"cents":100', b'"cents":999,"cents":100', 1), acts[0].pk, f"form of line {before + 1}"),
        (whole.replace(b'"cents":100', b'"cents":\xff', 1), acts[0].pk, f"form of line {before + 1}"),
        (whole.replace(b'"cents":100', b'"cents":999', 1), acts[0].pk, "content"),
        (b"".join(whole.splitlines(keepends=True)[:-1]), last, "checkpoint"),
    ):  # fmt: skip
        path.write_bytes(forged)
        assert run("verify", str(path), "--checkpoints", str(kept), "--json") == 1
        told = json.loads(capsys.readouterr().out)
        assert (told["whole"], told["broken_at"], told["wrong"], faults("audit", told)) == (False, act, wrong, [])
        assert run("verify", str(path), "--checkpoints", str(kept)) == 1
        assert f"broken at act {act}: " in capsys.readouterr().out


def test_without_the_checkpoints_that_were_named_nothing_is_said(capsys: Any, tmp_path: Path) -> None:
    """Checkpoints that cannot be read are told with exit code 2, one file that is not there too; without an export there is none to name."""
    three()
    path, kept = exported(tmp_path)
    whole = kept.read_bytes()
    kept.write_bytes(b"{}\n")
    assert run("verify", str(path), "--checkpoints", str(kept)) == 2
    assert "line 1 of the checkpoints" in capsys.readouterr().err
    kept.write_bytes(whole.replace(b"\n", b"\r") + whole)
    assert run("verify", str(path), "--checkpoints", str(kept)) == 2
    assert "line 1 of the checkpoints" in capsys.readouterr().err
    with pytest.raises(FileNotFoundError):
        run("verify", str(path), "--checkpoints", str(tmp_path / "none"))
    assert run("verify", "--checkpoints", str(kept)) == 2
    assert "without EXPORT" in capsys.readouterr().err
    own = tmp_path / "checkpoints"
    own.mkdir()
    (own / FILE).write_bytes(b"{}\n")
    assert run("verify") == 2
    assert "line 1 of" in capsys.readouterr().err


def test_it_says_under_which_act_content_was_destroyed(
    capsys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each file whose key was destroyed the act, kind and id are told, of the record and of its export alike; in words the first ones."""
    at = datetime.now(UTC)
    under = {one: destroy_key(Party("case", one), by=SITE, at=at) for one in ("12", "11", "13")}
    path, _ = exported(tmp_path)
    files = [{"act": act, "kind": "case", "id": one} for one, act in under.items()]
    for words in ((), (str(path),)):
        capsys.readouterr()
        assert run("verify", *words, "--json") == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["destroyed"], told["destroyed_under"], faults("audit", told)) == (3, files, [])
        monkeypatch.setattr(audit, "MOST_NAMED", 2)
        assert run("verify", *words) == 0
        assert capsys.readouterr().out.splitlines()[1:] == [
            "The content of 3 files was destroyed, each under an act of this record:",
            f"  case 12, under act {under['12']}", f"  case 11, under act {under['11']}", "  and 1 more; --json names them all",
        ]  # fmt: skip


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
