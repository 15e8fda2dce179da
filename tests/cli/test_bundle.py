"""`doorleren bundle submit`: a file for an adviser, every row answered; what cannot be is said in a line."""

import json
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.models import Bundle, Qualification
from doorleren.cli import bundle as command
from doorleren.cli.program import _parser
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.demo import ISSUER
from doorleren.people.models import Person
from doorleren.people.national_number import new_keys
from doorleren.rounds.models import Round, Ticket
from tests.applications.bundles import made
from tests.applications.bundles.made import AT, KEY, LIMITED, MOST, NUMBERS, SIGNING

pytestmark = pytest.mark.django_db
HEAD = "reference,national_number,name,birth_date,person.labour_market_link\n"


@pytest.fixture(autouse=True)
def round_(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    """The round with a limit a day, and the people of the demo, of whom the adviser is qualified."""
    settings.DOORLEREN_IDENTITY_KEYS, settings.DOORLEREN_PERSON_KEY = new_keys(), KEY
    settings.DOORLEREN_SIGNING_KEY = SIGNING
    monkeypatch.setenv("DOORLEREN_SCHEMES", str(tmp_path / "schemes"))
    monkeypatch.setenv("DOORLEREN_DAY", "2026-03-10")
    enrol_demo_people(at=AT)
    Qualification.objects.create(
        adviser=tom(), starts_on="2020-01-01", ends_on="2099-01-01", given_by_kind="site", given_at=AT
    )  # fmt: skip
    return made.a_round(made.library(tmp_path / "schemes"), LIMITED)


def tom() -> Person:
    """Give the adviser of the demo."""
    return Person.objects.get(identities__issuer=ISSUER, identities__subject="tom")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file with one row more than the limit of a day."""
    path = tmp_path / "people.csv"
    rows = [f"klant-{place},{NUMBERS[place]},Nadia Bakker,1985-04-01,yes" for place in range(MOST + 1)]
    path.write_text(HEAD + "\n".join(rows), "utf-8")
    return str(path)


def run(*words: str) -> int:
    """Run the command in this process, with the database of the test."""
    return command.run(_parser().parse_args(["bundle", "submit", *words]))


def test_every_row_is_answered(file: str, capsys: Any) -> None:
    """By the name of the demo or the number: three are accepted, the fourth names rule and source; again, word for word."""
    assert run(file, "--as", "tom", "--json") == 1
    first = capsys.readouterr().out
    told = json.loads(first)
    assert [one["outcome"] for one in told["answers"]] == [*["accepted"] * MOST, "refused"]
    assert [one["number"] for one in told["answers"]] == [1, 2, 3, None]
    (fault,) = told["answers"][-1]["faults"]
    assert (fault["rule"], fault["source"]) == ("not_too_many", "Staatscourant 2026, 2, art. 4")
    assert run(file, "--as", str(tom().pk), "--json") == 1
    assert capsys.readouterr().out == first
    assert (Bundle.objects.count(), Ticket.objects.count()) == (1, MOST)


def test_in_words(file: str, capsys: Any) -> None:
    """Without --json there is a line per row and one with the counts; no line has a national number."""
    run(file, "--as", "tom")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == MOST + 2
    assert "not_too_many: Staatscourant 2026, 2, art. 4" in lines[MOST]
    assert lines[-1].endswith("4 rows, accepted 3, already 0, refused 1")
    assert not [line for line in lines if NUMBERS[0] in line or "Nadia" in line]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--as", "nobody"], 2, "--as: given is 'nobody'"), (["--as", "987654321"], 2, "--as"),
        (["--as", "sanne"], 2, "no career adviser"), (["--as", "tom", "--round", "0"], 2, "allowed are"),
        (["--as", "tom", "--organisation", "12345678"], 2, "allowed are: 90000029"),
    ],
    ids=["unknown", "number", "no adviser", "round", "firm"],
)  # fmt: skip
def test_what_cannot_be(words: list[str], code: int, said: str, file: str, capsys: Any) -> None:
    """A wrong argument is named with what is allowed, and nobody is registered."""
    assert run(file, *words) == code
    assert said in capsys.readouterr().err
    assert not Bundle.objects.exists()


def test_a_file_that_is_no_bundle(tmp_path: Path, capsys: Any) -> None:
    """A file without the columns is refused with what is missing."""
    path = tmp_path / "wrong.csv"
    path.write_text("name\nNadia", "utf-8")
    assert run(str(path), "--as", "tom") == 2
    assert "A column is missing: reference, birth_date" in capsys.readouterr().err


def test_an_adviser_without_a_qualification(file: str, capsys: Any) -> None:
    """An adviser whose qualification is over is refused, with the way out."""
    Qualification.objects.all().delete()
    assert run(file, "--as", "tom") == 1
    assert "Ask the executing body" in capsys.readouterr().err
