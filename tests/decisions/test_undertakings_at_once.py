"""Grants to two linked firms at once, in two rounds: the second sees the first, and both stay under one ceiling."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from doorleren.cases.models import Case
from doorleren.decisions import funded_before
from doorleren.decisions.commands.decide import grant
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment
from tests.decisions.test_granted_at_once import AUTUMN
from tests.decisions.test_undertakings import CAP, OTHER, OURS, applied

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[[float], list[int]]
"""How many seconds the first waits for the other to come as far; gives the cents that were granted, the most first."""


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Race:
    """Give a function that grants both at once: each waits for the other once it knows what the firms were granted before."""
    known = made.library(tmp_path, made.HARD + CAP + AUTUMN)
    spring, autumn = a_round(known, opened=True), a_round(known, code="najaar", opened=True)
    staff = made.officials(spring.body)
    cases = [applied(known, spring, OURS, linked=OTHER), applied(known, autumn, OTHER, linked=OURS)]
    for one in cases:
        made.automatic(one, known, at=next_moment(one))
    jobs = [(one, next_moment(one)) for one in cases]
    meeting, looked_up = Barrier(2), funded_before.granted_to_firms

    def answer(job: tuple[Case, datetime]) -> int:
        case, at = job
        try:
            made_ = grant(case.pk, by=made.by(staff["decider"], at), at=at, activities_until=made.UNTIL)
            return made_.amount_cents or 0
        finally:
            connection.close()

    def race(seconds: float) -> list[int]:
        def looked(*told: Any) -> Any:
            found = looked_up(*told)
            with suppress(BrokenBarrierError):
                meeting.wait(seconds)
            return found

        monkeypatch.setattr(funded_before, "granted_to_firms", looked)
        with ThreadPoolExecutor(2) as pool:
            return sorted(pool.map(answer, jobs), reverse=True)

    return race


def test_the_second_sees_the_first(both: Race) -> None:
    """Who decides on a firm that is linked with the other waits, so that together they get what one undertaking may have."""
    assert both(1) == [1000_00, 200_00]


def test_without_waiting_both_get_all(both: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where nobody waits, neither sees the other, and together they get more than the ceiling."""
    monkeypatch.setattr(funded_before, "wait_in_turn", lambda *told: None)
    assert both(60) == [1000_00, 1000_00]
