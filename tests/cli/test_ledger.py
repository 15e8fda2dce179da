"""`doorleren ledger check`: whether the ledger holds and the sums of each round, as somebody types it."""

import json
from typing import Any

import pytest

from doorleren.cli import ledger
from doorleren.cli.program import WITH_THE_SITE, _parser
from doorleren.payments.commands.post import post_all
from doorleren.rounds.models import Round
from tests.payments.made import AT, US, ceiling, event, unguarded
from tests.payments.made import run as broken_by
from tests.rounds.made import a_round

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    """Runs a command in this process, with the database of the test."""
    return ledger.run(_parser().parse_args(["ledger", *words]))


@pytest.fixture
def granted() -> Round:
    """A round of 1,000 euros with a grant of 700."""
    one = a_round()
    post_all(
        [ceiling(one, 100_000), event("reserve", 70_000, "1", one), event("grant", 70_000, "1", one)], by=US, at=AT
    )
    return one


def test_a_ledger_that_holds(granted: Round, capsys: Any) -> None:
    """Exit code 0, what was looked at, and the figures of the round."""
    assert run("check") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "The ledger holds: 3 transactions of 6 postings"
    assert second == (
        f"round {granted.pk} (s r): ceiling 1000.00, available 300.00, reserved 0.00, granted 700.00, paid 0.00, released 0.00"
    )


def test_as_json(granted: Round, capsys: Any) -> None:
    """The same as an object, amounts in euros."""
    assert run("check", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["transactions"], told["postings"], told["breaks"]) == (True, 3, 6, [])
    (one,) = told["rounds"]
    assert (one["round"], one["code"], one["ceiling"], one["granted"], one["paid"]) == (
        granted.pk, "r", "1000.00", "700.00", "0.00",
    )  # fmt: skip


def test_a_break_is_named_first(granted: Round, capsys: Any) -> None:
    """Exit code 1 and the first break, in words and as JSON."""
    with unguarded():
        broken_by("UPDATE payments_posting SET cents = cents + 1 WHERE cents = 70000")
    assert run("check") == 1
    assert capsys.readouterr().out.startswith(
        "The ledger is broken at ledger: total_zero (all postings together add up"
    )
    assert run("check", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["holds"], told["breaks"][0]["invariant"], told["broken"]["transaction_zero"]) == (
        False,
        "total_zero",
        2,
    )


def test_the_database_is_started_for_it() -> None:
    """The command is one that reads the database."""
    assert "ledger" in WITH_THE_SITE
