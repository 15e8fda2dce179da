"""Two officials decide on one case at the same moment: one decision stands, and the other hears why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from doorleren.cases import rules
from doorleren.cases.commands import perform as module
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from tests.cases import made
from tests.cases.made import by

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[[float], tuple[Case, list[object]]]
"""How many seconds the first waits for the other to come as far."""


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Race:
    """Give a function that lets two officials decide at once: each waits for the other just before the rules are asked."""
    staff, case = made.Staff(), made.a_case()
    staff.do(case, "assessed")
    patience: list[float] = []
    meeting, at = Barrier(2), case.last_act_at + timedelta(minutes=1)

    def why_not(*told: Any) -> Any:
        with suppress(BrokenBarrierError):
            meeting.wait(patience[0])
        return rules.why_not(*told)

    def decide(act: str) -> object:
        who = staff.decider if act == "granted" else staff.reviewer
        try:
            return module.perform(case.pk, act, by=by(who, at), at=at)
        except (CaseRefused, IntegrityError) as fault:
            return fault
        finally:
            connection.close()

    def race(seconds: float) -> tuple[Case, list[object]]:
        patience.append(seconds)
        monkeypatch.setattr(module, "why_not", why_not)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(decide, ("granted", "refused")))
        case.refresh_from_db()
        return case, answers

    return race


def test_one_decision_stands(both: Race) -> None:
    """The case is locked before the rules are asked, so that the second is refused with the sentence of the rule."""
    case, answers = both(1)
    assert sorted(type(one).__name__ for one in answers) == ["CaseAct", "CaseRefused"]
    assert (case.granted_at is None) != (case.refused_at is None)
    assert CaseAct.objects.filter(case=case, act__in=("granted", "refused")).count() == 1


def test_without_the_lock_the_database_refuses(both: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the lock taken away both pass the rules, and it is the database that keeps the second decision out."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **how: self.all())
    case, answers = both(60)
    assert sorted(type(one).__name__ for one in answers) == ["CaseAct", "IntegrityError"]
    assert (case.granted_at is None) != (case.refused_at is None)
