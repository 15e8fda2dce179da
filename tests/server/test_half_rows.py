"""What was done by somebody at a moment has both: no constraint lets half of it pass because a comparison with nothing says neither."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import BigIntegerField, CheckConstraint, Model, Value

from doorleren.applications.models import Application
from doorleren.cases.models import DestructionList
from doorleren.decisions.models import CommitteeMember, Ranking
from doorleren.payments.models import PayeeAccount, PaymentRun
from tests.decisions.made import AT

LATER, HASH = AT + timedelta(hours=1), "0" * 64
RELEASED = {"proposed_by": 1, "proposed_at": AT, "released_by": 2, "released_at": LATER}
CONFIRMED = {"proposed_at": AT, "confirmed_by": 2, "confirmed_at": LATER, "effective_at": LATER + timedelta(days=2)}
STOPPED = CONFIRMED | {
    "stopped_by": 3,
    "stopped_at": LATER + timedelta(hours=1),
    "stop_reason": "x",
    "destroyed_at": None,
}
WHOLE: dict[str, tuple[type[Model], dict[str, Any], tuple[str, ...]]] = {
    "applications_frozen_whole": (
        Application, {"started_at": AT, "frozen_at": LATER, "frozen_content": HASH}, ("frozen_at",),
    ),
    "cases_destruction_released_whole": (DestructionList, RELEASED, ("released_by", "released_at")),
    "decisions_member_ended": (
        CommitteeMember, {"appointed_at": AT, "ended_by": 2, "ended_at": LATER}, ("ended_by", "ended_at"),
    ),
    "decisions_ranking_two_people": (
        Ranking, {"proposed_by": 1, "proposed_at": AT, "fixed_by": 2, "fixed_at": LATER}, ("fixed_by", "fixed_at"),
    ),
    "payments_run_released": (PaymentRun, RELEASED, ("released_by", "released_at")),
    "payments_payee_confirmed_whole": (PayeeAccount, CONFIRMED, ("confirmed_by", "confirmed_at", "effective_at")),
    "payments_payee_stopped_in_time": (PayeeAccount, STOPPED, ("stopped_by", "stopped_at", "confirmed_at", "effective_at")),
}  # fmt: skip
"""Of each constraint a whole row, and the columns of which none may be empty beside the others."""


def typed(model: type[Model], row: dict[str, Any]) -> dict[str, Value]:
    """Give values with the types of their columns: nothing has none of itself."""
    return {
        name: Value(value, BigIntegerField() if name.endswith("_by") else model._meta.get_field(name))
        for name, value in row.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", WHOLE)
def test_half_a_row_is_refused(name: str) -> None:
    """A whole row passes; with any of its columns empty it does not."""
    model, row, columns = WHOLE[name]
    held = next(one for one in model._meta.constraints if one.name == name)
    assert isinstance(held, CheckConstraint)
    assert held.condition.check(typed(model, row))
    for column in columns:
        assert not held.condition.check(typed(model, row | {column: None})), column
