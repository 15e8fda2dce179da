"""Somebody fixes the scores of a round while they assess one of its cases: one of the two goes through, and the other hears why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from doorleren.cases.access import hands_of
from doorleren.cases.commands import perform as performing
from doorleren.cases.models import Case
from doorleren.decisions.commands import fix_scores as fixing
from doorleren.people.access import NotAllowed
from doorleren.people.models import Person, RoleKind
from tests.decisions.made import YES, assessed, by
from tests.decisions.scoring import Scoring, library, official

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[[float], list[object]]
"""How many seconds the first waits for the other to come as far; gives the two answers."""


@pytest.fixture
def round_(tmp_path: Path) -> Scoring:
    """A round of two cases in which all points are in, with a ranking proposed."""
    found = Scoring(library(tmp_path), ("Els", "Finn"))
    found.all_give({"Els": (6, 6), "Finn": (7, 7)})
    return found


@pytest.fixture
def both(round_: Scoring, monkeypatch: pytest.MonkeyPatch) -> Race:
    """Give a function that lets one official fix and assess at once: each waits for the other once it knows who has a hand in the cases."""
    karel = official(round_.round.body, "Karel", RoleKind.DECIDER, RoleKind.ASSESSOR)
    one = fixing.propose_scores(round_.round.pk, by=by(round_.staff["decider"], round_.at), at=round_.at)
    patience: list[float] = []
    meeting = Barrier(2)

    def wait() -> None:
        with suppress(BrokenBarrierError):
            meeting.wait(patience[0])

    def kept(*told: Any, **more: Any) -> None:
        wait()
        keep_hands(*told, **more)

    def why_not(*told: Any) -> Any:
        wait()
        return asked(*told)

    keep_hands, asked = fixing.keep_hands, performing.why_not

    def fix() -> object:
        return fixing.fix_scores(one.pk, one.digest, by=by(karel, round_.at), at=round_.at)

    def assess() -> object:
        return assessed(round_.cases["Finn"], round_.known, karel, YES)

    def answer(act: Callable[[], object]) -> object:
        try:
            return act()
        except NotAllowed as fault:
            return fault
        finally:
            connection.close()

    def race(seconds: float) -> list[object]:
        patience.append(seconds)
        monkeypatch.setattr(fixing, "keep_hands", kept)
        monkeypatch.setattr(performing, "why_not", why_not)
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(answer, (fix, assess)))

    return race


def duties(round_: Scoring) -> list[str]:
    """Give the duties that Karel has in the case."""
    found = hands_of(round_.cases["Finn"].pk)
    return sorted(duty for duty, who in found.items() if Person.objects.filter(pk__in=who, name="Karel").exists())


def test_nobody_gets_two_hands_in_one_case(both: Race, round_: Scoring) -> None:
    """The cases are locked before it is asked who has a hand in them, so that one of the two is refused."""
    answers = both(1)
    assert sum(isinstance(one, NotAllowed) for one in answers) == 1, answers
    assert duties(round_) in (["assess"], ["decide"])


def test_without_the_lock_somebody_has_two(both: Race, round_: Scoring, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the lock of the cases taken away both go through, and one person assessed and decided."""
    monkeypatch.setattr(fixing, "to_lock", Case.objects.all)
    answers = both(60)
    assert not any(isinstance(one, NotAllowed) for one in answers), answers
    assert duties(round_) == ["assess", "decide"]
