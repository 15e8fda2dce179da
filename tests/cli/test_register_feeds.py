"""`doorleren register pull` and `publish`, as somebody types them."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from doorleren.cli import register
from doorleren.cli.program import _parser
from doorleren.core.places import index_folder
from doorleren.register import publishing
from doorleren.register.feeds import due_now
from doorleren.register.models import Activity, Delivery, Source
from doorleren.register.search.versions import current

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: Any) -> Path:
    """A home of its own for each test."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    return tmp_path


def run(*words: str) -> int:
    """Runs a command in this process, with the database of the test."""
    return register.run(_parser().parse_args(["register", *words]))


def source(home: Path, name: str, content: str = "code,titel\nA,Lassen\n", **more: Any) -> Source:
    """A source with a folder of its own."""
    folder = home / "feeds" / name
    folder.mkdir(parents=True)
    (folder / "offer.csv").write_text(content)
    told = {"form": "csv", "address": str(folder), "every_hours": 24, "provider_kvk": "12345678", "provider_name": "S"}
    return Source.objects.create(name=name, **told | more)


def test_what_is_due_is_pulled_and_told(home: Path, capsys: Any) -> None:
    """Each source that is due is one line with its counts, and the index is made anew; a second time nothing is due."""
    source(home, "school")
    source(home, "by hand", every_hours=None)
    assert run("pull") == 0
    assert "school: 1 new, 0 changed, 0 unchanged, 0 refused" in capsys.readouterr().out
    assert current(index_folder(home, "activities")) is not None
    assert run("pull") == 0
    assert capsys.readouterr().out == "0 sources pulled\n"
    assert Delivery.objects.count() == 1


def test_one_source_is_pulled_whether_it_is_due_or_not(home: Path, capsys: Any) -> None:
    """Named, a source without a schedule is pulled, again and again."""
    source(home, "by hand", every_hours=None)
    assert [run("pull", "--source", "by hand") for _ in range(2)] == [0, 0]
    assert "1 unchanged" in capsys.readouterr().out


def test_a_delivery_that_fails_is_told_with_its_reason(home: Path, capsys: Any) -> None:
    """Exit code 1, with the reason and the number of the delivery; nothing comes in."""
    source(home, "school", "code,titel\nA,\nB,\n")
    assert run("pull") == 1
    assert "not taken in. 2 of 2 rows were refused" in capsys.readouterr().out
    assert not Activity.objects.exists()


def test_a_source_that_is_not_there_is_one_clear_line(capsys: Any) -> None:
    """An unknown name is refused with exit code 2 and one line that names it."""
    assert run("pull", "--source", "nobody") == 2
    assert "“nobody”" in capsys.readouterr().err


def test_the_open_data_is_published_now(home: Path, capsys: Any) -> None:
    """One line says how many and where, and under which licence; the day is there."""
    source(home, "school")
    run("pull")
    assert run("publish") == 0
    assert "1 activities written to" in capsys.readouterr().out
    assert publishing.published_days(home)[0].trainings == 1


@pytest.mark.parametrize("words", [("pull",), ("publish",)])
def test_while_the_site_is_at_it_the_command_says_so(home: Path, capsys: Any, monkeypatch: Any, words: Any) -> None:
    """When another process has the turn nothing is done, exit code 1 and one line."""

    @contextmanager
    def not_mine(_work: int) -> Any:
        yield False

    source(home, "school")
    for module in (due_now, publishing):
        monkeypatch.setattr(module, "turn", not_mine)
    assert run(*words) == 1
    assert "another process" in capsys.readouterr().err
    assert not Delivery.objects.exists()
