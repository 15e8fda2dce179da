"""`doorleren register`: import, search, export and rebuild, as somebody types it."""

import json
from datetime import date
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest

from doorleren.cli import register, register_arguments
from doorleren.cli.program import _parser
from doorleren.cli.rebuilding import rebuilt
from doorleren.core.days import NotAMoment
from doorleren.core.places import index_folder
from doorleren.register.models import Activity, Delivery
from doorleren.register.outlets.export import FORMS
from doorleren.register.search import versions
from doorleren.rules.library import open_library
from tests.repository.sources import ROOT

pytestmark = pytest.mark.django_db
EXAMPLES = ROOT / "examples" / "register"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: Any) -> Path:
    """A home of its own for each test."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    return tmp_path


def run(*words: str) -> int:
    """Runs a command in this process, with the database of the test."""
    return register.run(_parser().parse_args(["register", *words]))


def test_a_file_is_imported_found_and_exported(capsys: Any, home: Path) -> None:
    """A CSV with guessed columns comes in, is found by a word of its title, and goes out in every form."""
    assert run("import", str(EXAMPLES / "opleidingen.csv"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["new"] == Activity.objects.count() > 0
    assert told["mapping"]["columns"]
    assert min(told["seconds"][part] for part in ("register", "index")) > 0
    title = Activity.objects.select_related("current").first().current.title
    assert run("search", title.split()[-1], "--json") == 0
    assert title in [one["title"] for one in json.loads(capsys.readouterr().out)["hits"]]
    for form in FORMS:
        path = home / f"out.{form}"
        assert run("export", "--format", form, str(path)) == 0
        assert path.stat().st_size


def test_a_search_goes_out_from_a_place(capsys: Any, tmp_path: Path) -> None:
    """A place is as good as a postcode, a radius keeps what is near, and what cannot be one is a clear line."""
    file = tmp_path / "some.csv"
    file.write_text("code;titel;plaats\n1;Lassen;Utrecht\n2;Lassen;Groningen\n3;Lassen;\n", "utf-8")
    assert run("import", str(file)) == 0
    capsys.readouterr()
    assert run("search", "lassen", "--postcode", "Zeist", "--radius", "25", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["title"], round(one["km"])) for one in told["hits"]] == [("Lassen", 8)]
    assert run("search", "lassen", "--postcode", "3511") == 0
    assert "not known here" in capsys.readouterr().out
    assert run("search", "lassen", "--limit", "2", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], len(told["hits"])) == (3, 2)
    wrong = (
        ("--limit", "0"),
        ("--postcode", "Zeizt"),
        ("--radius", "25"),
        ("--postcode", "35112"),
        ("--postcode", "Zeist", "--radius", "0"),
    )
    for words, said in zip(wrong, ("--limit", "nearest is Zeist", "--postcode", "35112", "--radius"), strict=True):
        assert run("search", "lassen", *words) == 2
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1
        assert said in lines[0]


def test_a_search_can_be_asked_for_another_day(capsys: Any, tmp_path: Path) -> None:
    """What remains to pay follows the day that is named; a day that is none is one clear line."""
    (tmp_path / "some.csv").write_text("code;titel;prijs\n1;Lassen;500\n", "utf-8")
    assert run("import", str(tmp_path / "some.csv")) == 0
    capsys.readouterr()
    paid = {}
    for day in ("1990-01-01", "2022-03-01"):
        assert run("search", "lassen", "--on", day, "--json") == 0
        paid[day] = json.loads(capsys.readouterr().out)["hits"][0]["to_pay"]
    assert paid["1990-01-01"] == "500.00"
    assert float(paid["2022-03-01"]) < 500
    with pytest.raises(NotAMoment):
        run("search", "lassen", "--on", "gisteren")


def test_nothing_found_names_what_else_to_try(capsys: Any, tmp_path: Path) -> None:
    """No line of the suggestions is left without words."""
    (tmp_path / "some.csv").write_text("code;titel\n1;Lassen\n", "utf-8")
    assert run("import", str(tmp_path / "some.csv")) == 0
    capsys.readouterr()
    assert run("search", "qqqqqq", "--postcode", "Zeist", "--radius", "5") == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Perhaps:")]
    assert "Perhaps:  (" not in "".join(told)


def test_a_dry_run_changes_nothing(capsys: Any) -> None:
    """A dry run says what would change and leaves the register empty."""
    assert run("import", str(EXAMPLES / "edudex.json"), "--dry-run") == 0
    assert "zouden zijn" in capsys.readouterr().out
    assert not Delivery.objects.exists()


def test_a_bad_row_is_told_and_the_rest_comes_in(capsys: Any, tmp_path: Path) -> None:
    """A row with a price that is none is refused with its number, field, what was given and what is allowed."""
    file = tmp_path / "some.csv"
    file.write_text("code;titel;prijs\n1;Lassen;100\n2;Metselen;veel\n", "utf-8")
    assert run("import", str(file), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["refused"]) == (1, 1)
    assert (told["errors"][0]["row"], told["errors"][0]["given"]) == (3, "veel")
    assert told["errors"][0]["allowed"]


def test_an_import_speaks_one_language_and_the_words_of_the_file(capsys: Any, tmp_path: Path) -> None:
    """Headings and faults are all Dutch or all English, and name the column as the file does; codes in JSON stay."""
    file = tmp_path / "some.csv"
    file.write_text("Code;Naam cursus;Prijs (EUR)\n1;Lassen;veel\n2;Koken;10\n2;Bakken;10\n3;;10\n", "utf-8")
    said, told = {}, {}
    for language in ("nl", "en"):
        assert run("import", str(file), "--dry-run", "--language", language) == 1
        said[language] = capsys.readouterr().out
        assert run("import", str(file), "--dry-run", "--json", "--language", language) == 1
        told[language] = json.loads(capsys.readouterr().out)["errors"]
    assert "kolom 'Prijs (EUR)': gegeven is 'veel'" in said["nl"]
    assert "column 'Prijs (EUR)': given 'veel'" in said["en"]
    assert "kolom 'Naam cursus'" in said["nl"]
    assert "kolom 'Code'" in said["nl"]
    for word in ("price.", "given", "allowed", "Refused", "rows"):
        assert word not in said["nl"].split("seconden")[1]
    for word in ("toegestaan", "kolom", "Geweigerd", "geweigerd"):
        assert word not in said["en"]
    assert (
        [one["field"] for one in told["nl"]] == [one["field"] for one in told["en"]] == ["price.total", "code", "title"]
    )
    assert {one["column"] for one in told["en"]} == {"Prijs (EUR)", "Code", "Naam cursus"}
    assert run("import", str(tmp_path / "none.csv"), "--language", "en") == 2
    assert "Cannot open" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"],
)
def test_a_file_that_is_none_is_one_clear_line(capsys: Any, tmp_path: Path, content: bytes) -> None:
    """An empty file, noise and XML are refused as a whole with exit code 2 and one line."""
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    assert run("import", str(file)) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_an_import_waits_while_the_site_builds_the_index(capsys: Any, home: Path) -> None:
    """With the index being built by another, an import builds it again after that, so that what came in is found."""
    held, over = Event(), Event()

    def another() -> None:
        with versions.new_version(index_folder(home, "activities")):
            held.set()
            over.wait(10)

    other = Thread(target=another)
    other.start()
    assert held.wait(10)
    Timer(0.5, over.set).start()
    assert run("import", str(EXAMPLES / "opleidingen.csv")) == 0
    other.join()
    assert run("search", "lassen") == 0
    assert "0 trainings" not in capsys.readouterr().out


def test_who_has_waited_long_enough_is_told(home: Path) -> None:
    """While another never ends, the wait does, with the reason."""
    with versions.new_version(index_folder(home, "activities")), pytest.raises(versions.BuildRunning):
        rebuilt(open_library(), date(2026, 9, 1), patience=0.3)


def test_a_search_without_an_index_says_so(capsys: Any) -> None:
    """Before anything was imported the search is refused with the reason."""
    assert run("search", "lassen") == 2
    assert "index" in capsys.readouterr().err


def test_the_help_names_the_forms_there_are() -> None:
    """The forms in the help are those that can be written."""
    assert set(register_arguments.EXPORTS) == set(FORMS)
