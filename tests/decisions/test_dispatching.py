"""Letters that went out are noted on their cases; one from which nothing follows holds up no other."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import CaseAct
from doorleren.decisions.jobs import note_dispatches
from doorleren.decisions.models import ActLetter
from doorleren.letters.jobs import send_waiting
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import a_case
from tests.decisions.objecting import Staff, granted, next_moment, objected


@pytest.fixture(autouse=True)
def own_outbox(settings: Any, tmp_path: Path) -> None:
    """Letters go to a folder of this test."""
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"


def test_a_letter_without_effect_is_ticked_off(known: Library, round_: Round, staff: Staff) -> None:
    """That an objection came in is confirmed by a letter that starts no term: it is noted once, as no act, and waits no more."""
    case = a_case(known, round_)
    granted(case, known, staff)
    objection = objected(case)
    at = next_moment(case)
    send_waiting(lambda: at)
    assert note_dispatches(now=lambda: at) == 2
    assert not ActLetter.objects.filter(noted_at=None).exists()
    assert not CaseAct.objects.filter(act="dispatched", details__of=objection.act.number).exists()
    assert CaseAct.objects.filter(act="dispatched", details__of__lt=objection.act.number).exists()
    assert note_dispatches(now=lambda: at) == 0
