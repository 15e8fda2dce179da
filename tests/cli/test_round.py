"""`doorleren round`: a round of a scheme's file is opened, shown and closed; what cannot be is said in a line."""

import json
from typing import Any

import pytest

from doorleren.cli import round as command
from doorleren.cli.program import _parser
from doorleren.rounds.models import Round
from doorleren.rules.library import Library, open_library

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def known() -> tuple[str, str]:
    """Find a scheme with a round that has a ceiling in money, and the round."""
    library: Library = open_library()
    return next(
        (scheme.id, opened.id)
        for scheme in library.schemes.values()
        for version in scheme.versions
        for opened in version.rounds
        if opened.ceiling_money is not None
    )


def run(*words: str) -> int:
    """Run a command in this process, with the database of the test."""
    return command.run(_parser().parse_args(["round", *words]))


def test_a_round_from_announcing_to_closing(known: tuple[str, str], capsys: Any) -> None:
    """Before it is opened a round is not announced; opened it has its whole ceiling left; closed it stays closed."""
    states = []
    for act in ("show", "open", "show", "close", "show"):
        assert run(*known, act, "--json") == 0
        states.append(json.loads(capsys.readouterr().out))
    assert [one["state"] for one in states] == ["not_announced", "open", "open", "closed", "closed"]
    row = Round.objects.get()
    assert states[1]["left"] == f"{row.announced['ceiling']['cents'] // 100}.00"
    assert states[1]["announced_hash"] == row.announced_hash
    assert [(one.get("ended"), one.get("gone")) for one in states[2:]] == [
        (None, False),
        ("act", False),
        ("act", False),
    ]


@pytest.mark.parametrize(
    "acts", [["open", "open"], ["close"], ["open", "close", "close"], ["open", "close", "open"]], ids=str
)
def test_acts_out_of_order(known: tuple[str, str], acts: list[str], capsys: Any) -> None:
    """Opening twice, closing what is not open, or opening what was closed is refused with a sentence."""
    codes = [run(*known, act) for act in acts]
    assert codes == [0] * (len(acts) - 1) + [1]
    assert capsys.readouterr().err.startswith("doorleren round: This round")


@pytest.mark.parametrize(("scheme", "code", "word"), [(None, "no-such", "allowed are"), ("no-such", None, "no-such")])
def test_what_does_not_exist(
    known: tuple[str, str], scheme: str | None, code: str | None, word: str, capsys: Any
) -> None:
    """A scheme or round that does not exist is named, with what is allowed; nothing is announced."""
    assert run(scheme or known[0], code or known[1], "open") == 2
    assert word in capsys.readouterr().err
    assert not Round.objects.exists()


def test_every_round_of_every_scheme_can_be_announced(capsys: Any) -> None:
    """Each round in the scheme files, also one with a part set apart, can be opened as it is written."""
    library = open_library()
    for scheme in library.schemes.values():
        for code in {opened.id for version in scheme.versions for opened in version.rounds}:
            assert run(scheme.id, code, "open") == 0, (scheme.id, code)
