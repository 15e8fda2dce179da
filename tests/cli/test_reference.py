"""`doorleren reference import` and `doorleren occupations`: reference data comes in, and names find occupations."""

import io
from pathlib import Path
from typing import Any

import pytest

from doorleren.cli import occupations, reference
from doorleren.cli.program import _parser
from doorleren.register.models import Occupation, Postcode, ShortageOccupation

pytestmark = pytest.mark.django_db

OCCUPATIONS = """id,isco08,code,preferred_label,alt_labels,description
11111111-0000-0000-0000-000000000001,7212,7212.1,lasser,autogeen lasser|laswerker,Lassers verbinden metaal.
11111111-0000-0000-0000-000000000002,5141,5141.1,kapper,coiffeur,Kappers knippen haar.
"""
POSTCODES = """pc4,postbus,gemeentecode,gemeente_2024,amr_code,arbeidsmarktregio,amr_bron,plaats,lat,lon
3511,N,GM0344,Utrecht,AM16,Midden-Utrecht,x,Utrecht,52.09,5.11
nix,N,GM0344,Utrecht,AM16,Midden-Utrecht,x,Utrecht,52.09,5.11
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: Any) -> Path:
    """A home of its own for each test."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path / "home"))
    return tmp_path


def bring(home: Path, kind: str, text: str) -> int:
    """Imports a file with some text."""
    file = home / f"{kind}.csv"
    file.write_text(text, "utf-8")
    return reference.run(_parser().parse_args(["reference", "import", kind, str(file)]))


def ask(names: str, monkeypatch: Any, *words: str) -> int:
    """Asks for the occupations of some names."""
    monkeypatch.setattr("sys.stdin", io.StringIO(names))
    return occupations.run(_parser().parse_args(["occupations", *words]))


def test_names_find_occupations_line_by_line(home: Path, capsys: Any, monkeypatch: Any) -> None:
    """After an import each name has a line with ids, best first; a name that means nothing has an empty line."""
    assert bring(home, "occupations", OCCUPATIONS) == 0
    capsys.readouterr()
    assert ask("Laswerker\nkaper\nqqqq\n", monkeypatch) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].split()[0].endswith("1")
    assert lines[1].split()[0].endswith("2")
    assert lines[2] == ""


def test_an_import_replaces_what_was_there(home: Path) -> None:
    """A second import is the whole truth: what it lacks is gone."""
    bring(home, "occupations", OCCUPATIONS)
    bring(home, "occupations", "\n".join(OCCUPATIONS.splitlines()[:2]) + "\n")
    assert list(Occupation.objects.values_list("label", flat=True)) == ["lasser"]


def test_a_bad_row_is_told_and_the_rest_is_in_use(home: Path, capsys: Any) -> None:
    """A postcode that is none is refused with its line; exit code 1, and the other one is there."""
    assert bring(home, "postcodes", POSTCODES) == 1
    assert "nix" in capsys.readouterr().out
    assert Postcode.objects.get().region_code == "AM16"


def test_a_file_of_something_else_changes_nothing(home: Path, capsys: Any) -> None:
    """A file without the columns of its kind is one line and exit code 2; what was there stays."""
    bring(home, "occupations", OCCUPATIONS)
    capsys.readouterr()
    assert bring(home, "occupations", "a,b\n1,2\n") == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert Occupation.objects.count() == 2


def test_a_list_of_shortage_occupations_comes_in(home: Path, capsys: Any) -> None:
    """A list of codes with a day is in use after the import, and a code that is none is refused with its line."""
    assert bring(home, "shortages", "code,listed_from\n7212,2026-01-31\nlasser,2026-01-31\n") == 1
    assert "lasser" in capsys.readouterr().out
    assert ShortageOccupation.objects.get().code == "7212"


def test_without_an_import_the_answer_says_how(capsys: Any, monkeypatch: Any) -> None:
    """Before anything was imported the command says which command comes first."""
    assert ask("lasser\n", monkeypatch) == 2
    assert "reference import occupations" in capsys.readouterr().err
