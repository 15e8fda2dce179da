"""The keeper of cases: from a ticket with a place to a letter whose dispatch is noted, with two officials in between."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import CaseAct
from doorleren.core.looks import AT_ONCE, Looked
from doorleren.decisions.commands.propose_batch import propose_batch
from doorleren.decisions.commands.release_batch import release_batch
from doorleren.decisions.models import Decision
from doorleren.payments.balances import round_money
from doorleren.server import cases_keeper
from doorleren.server.cases_keeper import CasesKeeper
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import AT, applied, by

pytestmark = pytest.mark.django_db

LEDGER = 2
"""What the ledger follows of a case that was opened: the ceiling of its round, and what its place reserves."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Let it be the moment of the tests, and letters go into a folder."""
    monkeypatch.setattr(cases_keeper, "now", lambda: AT)
    settings.DOORLEREN_HOME = tmp_path
    settings.DOORLEREN_DEMO = False


def test_the_whole_way(at: None, tmp_path: Path) -> None:
    """What was submitted is opened, assessed, decided on once it was released, sent, and noted; then there is nothing to do."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    applied(known, round_)
    keeper = CasesKeeper(known)
    assert keeper.look() == 2 + LEDGER
    assert keeper.look() == 0
    batch = propose_batch(round_.pk, ["honest"], by=by(staff["decider"]), at=AT)
    assert keeper.look() == 0
    release_batch(batch.pk, batch.list_digest, by=by(staff["second"]), at=AT)
    while keeper.look():
        pass
    acts = CaseAct.objects.order_by("number").values_list("act", "by_kind")
    assert list(acts) == [("opened", "site"), ("assessed", "site"), ("granted", "batch"), ("dispatched", "site")]
    assert round_money(round_.pk).granted == Decision.objects.get().amount_cents


def test_once_a_day_until_all_was_looked_at(at: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked along once a day goes on at the next look where the last one stopped, once for each day, also after a fault."""
    seen: list[int] = []

    def looked(*_: object, after: int, most: int, **__: object) -> Looked:
        seen.append(after)
        if len(seen) == 2:
            raise RuntimeError("no way")
        return Looked(0, after + most if after < 2 * most else None)

    monkeypatch.setattr(cases_keeper, "DAILY", {"looking": looked})
    keeper = CasesKeeper(made.library(tmp_path))
    done = [keeper.look() for _ in range(5)]
    assert seen == [0, AT_ONCE, AT_ONCE, 2 * AT_ONCE]
    assert done == [1, 0, 1, 0, 0]
    monkeypatch.setattr(cases_keeper, "now", lambda: AT + timedelta(days=1))
    keeper.look()
    assert seen[4:] == [0]


def test_parts_of_advances_go_on_at_the_next_look(at: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keeper gives the ledger the case after which it stopped, and begins anew at the end."""
    seen: list[int] = []

    def follow(*_: object, after: int, **__: object) -> Looked:
        seen.append(after)
        return Looked(0, 7 if after == 0 else None)

    monkeypatch.setattr(cases_keeper, "follow", follow)
    keeper = CasesKeeper(made.library(tmp_path))
    for _ in range(3):
        keeper.look()
    assert seen == [0, 7, 0]


def test_what_goes_wrong_is_said(
    at: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """When one kind of work fails it is in the log, and the other kinds go on."""
    known = made.library(tmp_path)
    applied(known, a_round(known, opened=True))

    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("no\nway")

    monkeypatch.setattr(cases_keeper, "run_batches", broken)
    with caplog.at_level(logging.ERROR):
        assert CasesKeeper(known).look() == 2 + LEDGER
    assert "batches could not go on: RuntimeError: no way" in caplog.text
