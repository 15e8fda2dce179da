"""The keeper of cases: from a ticket with a place to a letter whose dispatch is noted, with two officials in between."""

import logging
from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import CaseAct
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
