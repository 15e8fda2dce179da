"""Two grants to one employer at once, in two rounds: the second sees the first, and does not go above what a year gives."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from doorleren.cases.models import Case
from doorleren.decisions import on_record
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.objecting import next_moment
from tests.decisions.test_on_record import Firm, yearly_sum

pytestmark = pytest.mark.django_db(transaction=True)
AUTUMN = """
[[round]]
id = "najaar"
opens = 2026-03-01T09:00:00+01:00
closes = 2026-04-30T17:00:00+02:00
ceiling_money = 100000
source = "order"
"""
Race = Callable[[float], list[object]]
"""How many seconds the first waits for the other to come as far; gives the two answers."""


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Race:
    """Give a function that grants both at once: each waits for the other once it knows what was granted before."""
    known = made.library(tmp_path, yearly_sum(1500) + AUTUMN)
    firm = Firm(known, a_round(known, opened=True))
    cases = [firm.applies()]
    firm.round = a_round(known, code="najaar", opened=True)
    cases.append(firm.applies())
    for one in cases:
        firm.assessed(one)
    jobs = [(one, next_moment(one)) for one in cases]
    meeting, looked_up = Barrier(2), on_record.on_record

    def answer(job: tuple[Case, datetime]) -> object:
        case, at = job
        try:
            return grant(case.pk, by=made.by(firm.staff["decider"], at), at=at, activities_until=made.UNTIL)
        except DecisionRefused as fault:
            return fault
        finally:
            connection.close()

    def race(seconds: float) -> list[object]:
        def looked(*told: Any) -> Any:
            found = looked_up(*told)
            with suppress(BrokenBarrierError):
                meeting.wait(seconds)
            return found

        monkeypatch.setattr(on_record, "on_record", looked)
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(answer, jobs))

    return race


def granted() -> int:
    """Give the cents of all grants."""
    return Decision.objects.aggregate(sum=Sum("amount_cents"))["sum"] or 0


def test_the_second_sees_the_first(both: Race) -> None:
    """Who decides on the same employer waits, so that of two grants of 1,000 euros one is refused where a year gives 1,500."""
    answers = both(1)
    refused = [one for one in answers if isinstance(one, DecisionRefused)]
    assert [one.code for one in refused] == ["granted_since"], answers
    assert granted() == 100_000


def test_without_waiting_both_are_granted(both: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where nobody waits, both are granted, and the employer gets more than a year gives."""
    monkeypatch.setattr(on_record, "wait_in_turn", lambda matter: None)
    answers = both(60)
    assert not any(isinstance(one, DecisionRefused) for one in answers), answers
    assert granted() == 200_000
